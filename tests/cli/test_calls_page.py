from cli.calls_page import PAGE, page


def test_the_page_lists_the_calls_of_the_catalogue():
    assert PAGE.read_text("utf-8") == page(), "docs/calls.md is out of date: make table"
