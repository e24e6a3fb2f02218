"""What is counted and timed: a name for everything that can happen, and each name once."""

import pytest

from lambdas.model.incident import Ending
from lambdas.model.measure import ENDINGS, TAKEN_BACK, TIMES, VERDICTS, Measure
from lambdas.model.severity import Severity


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_measure(severity: Severity) -> None:
    assert VERDICTS[severity] == f"Verdict{str(severity).capitalize()}"


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_has_a_measure(ending: Ending) -> None:
    assert ENDINGS[ending] == "Undo" + ending.title().replace(" ", "")


def test_what_is_timed_is_no_count() -> None:
    assert {*VERDICTS.values(), *ENDINGS.values()} & TIMES == set()
    assert all(each.startswith("EventTo") for each in TIMES)


def test_only_what_was_taken_back_has_taken_a_time() -> None:
    assert {*ENDINGS} > TAKEN_BACK
    assert {ENDINGS[each] for each in TAKEN_BACK} == {Measure.RESTORED, Measure.CONTAINED}
