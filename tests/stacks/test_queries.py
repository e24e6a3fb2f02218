"""Saved queries: each question once, over every function's log."""

import pytest

from stacks.questions import QUESTIONS
from tests.stacks.synthesized import Template

KIND = "AWS::Logs::QueryDefinition"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_asked_of_every_log(whole: Template, question: str) -> None:
    [saved] = [
        each for each in whole.each(KIND).values() if each["QueryString"] == QUESTIONS[question]
    ]
    assert saved["Name"] == f"Snapback/{question}"
    assert [each["Ref"] for each in saved["LogGroupNames"]] == [*whole.each("AWS::Logs::LogGroup")]


def test_nothing_else_is_saved(whole: Template) -> None:
    assert len(whole.each(KIND)) == len(QUESTIONS) == 5
