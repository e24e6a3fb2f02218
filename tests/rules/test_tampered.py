from dataclasses import replace
from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.model.family import Family
from lambdas.model.severity import Severity
from lambdas.model.subject import Kind, Subject
from lambdas.rules.tampered import named, tampered
from lambdas.rules.tampering import TAMPERING
from tests.rules.cases import called, cases, told

OURS = {entry.action for entry in CATALOG.values() if entry.family is Family.SELF}
FUNCTION = Subject(Kind.FUNCTION, "arn:aws:lambda:us-east-1:123456789012:function:Snapback-X1A2B")


@pytest.mark.parametrize("case", cases("tampered"))
def test_findings(case: dict[str, Any]) -> None:
    assert told([*tampered(called(case))]) == case["findings"]


def test_every_call_on_snapback_has_a_meaning_and_no_other_has() -> None:
    assert TAMPERING.keys() == OURS


@pytest.mark.parametrize("call", TAMPERING)
def test_a_call_means_something_whatever_it_set(call: str) -> None:
    assert TAMPERING[call][-1].when == {}
    assert all(meaning.when for meaning in TAMPERING[call][:-1])


def test_who_called_what_is_said() -> None:
    [found] = tampered(_called("a watch disabled"))
    assert (found.rule, found.because) == ("tampered", ("user mallory called events:DisableRule",))


def test_a_call_that_is_not_in_the_catalogue_is_told() -> None:
    case = _called("a watch disabled")
    change = replace(case.change, name="RenameRule", family=None)
    [found] = tampered(replace(case, change=change))
    assert (found.severity, found.says.rpartition(") ")[2]) == (Severity.MEDIUM, "was changed")


def test_a_part_without_a_known_purpose_is_named_all_the_same() -> None:
    assert named(FUNCTION) == "Snapback's function Snapback-X1A2B"


def test_what_is_no_arn_is_named_as_it_is() -> None:
    assert named(Subject(Kind.GUARDDUTY, "odd")) == "GuardDuty odd in an unknown region"


def _called(id_: str) -> Any:
    [case] = [each.values[0] for each in cases("tampered") if each.id == id_]
    return called(case)
