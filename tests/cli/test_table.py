from cli.table import README, written


def test_the_readme_lists_the_calls_of_the_catalogue():
    text = README.read_text("utf-8")
    assert text == written(text), "README.md is out of date: make table"
