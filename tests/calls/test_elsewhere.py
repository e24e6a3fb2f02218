"""What is recorded in other regions than IAM's own."""

from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import elsewhere, watches
from lambdas.calls.watched import CLOUDTRAIL, IAM, SIGN_IN, Scope


def test_what_iam_records_is_recorded_at_home_alone() -> None:
    assert {call.source for call in elsewhere(CATALOG.values())} >= {CLOUDTRAIL, SIGN_IN}
    assert all(call.source != IAM for call in elsewhere(CATALOG.values()))


def test_nothing_that_is_recorded_elsewhere_is_left_out() -> None:
    left_out = [call for call in CATALOG.values() if call not in elsewhere(CATALOG.values())]
    assert {call.scope for call in left_out} == {Scope.IAM_HOME}


def test_each_source_has_one_watch_by_its_name() -> None:
    names = [*watches(CATALOG.values())]
    assert names == sorted(names)
    assert {"snapback-changes-cloudtrail", "snapback-tampering-sensors"} <= {*names}
