"""docs/cost.md is what the template costs."""

import json

from cli.cost.__main__ import PAGE, main, reference
from cli.cost.page import page
from tests.stacks.synthesized import Template


def test_the_page_is_up_to_date(whole: Template) -> None:
    assert PAGE.read_text("utf-8") == page(whole.body), "run `make table`"


def test_the_page_is_of_that_template(whole: Template) -> None:
    assert reference()["Resources"].keys() == whole.body["Resources"].keys()


def test_a_template_of_ones_own_is_printed(whole: Template, tmp_path, capsys) -> None:
    written = tmp_path / "own.json"
    written.write_text(json.dumps(whole.body), "utf-8")
    main([str(written)])
    assert capsys.readouterr().out == page(whole.body)
