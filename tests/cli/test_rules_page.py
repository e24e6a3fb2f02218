import pytest

from cli.rules_page import PAGE, page
from lambdas.rules import RULES
from lambdas.rules.rule import Rule


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == page(), "docs/rules.md is out of date: make table"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_stands_on_the_page_with_both_examples(rule: Rule):
    name = rule.__name__.replace("_", "-")
    section = page().partition(f"## {name}\n")[2].partition("\n## ")[0]
    assert section.index("Benign: ") < section.index("Nothing is found.") < section.index("Risky: ")
