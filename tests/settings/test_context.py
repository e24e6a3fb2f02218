"""Settings from what a person wrote: each mistake is named, with what is allowed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.family import Family
from lambdas.settings import (
    DEFAULTS,
    Settings,
    SettingsError,
    UndoLimits,
    dump,
    from_context,
    load,
)

CASES = Path(__file__).parents[1] / "cases" / "settings"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.mark.parametrize("case", cases("good"))
def test_good(case: dict[str, Any]) -> None:
    settings = from_context(case["context"])
    assert [family for family in Family if settings.reverts(family)] == case["reverts"]
    assert list(settings.alert_emails) == case["context"]["alertEmails"]


@pytest.mark.parametrize("case", cases("good"))
def test_the_functions_are_given_the_same(case: dict[str, Any]) -> None:
    settings = from_context(case["context"])
    assert load(dump(settings)) == settings


@pytest.mark.parametrize("case", cases("bad"))
def test_bad(case: dict[str, Any]) -> None:
    with pytest.raises(SettingsError) as caught:
        from_context(case["context"])
    message = str(caught.value)
    assert message.startswith('cdk.json, context "snapback"')
    assert [part for part in case["says"] if part not in message] == []


def test_what_is_left_out_is_the_default() -> None:
    settings = from_context({"alertEmails": ["a@example.com"]})
    assert list(settings.protected_principals) == DEFAULTS["protectedPrincipals"]
    assert settings.home_region == "us-east-1"


def test_nobody_is_contained_unless_that_is_set() -> None:
    by_default = from_context({"alertEmails": ["a@example.com"], "response": {"trail": "revert"}})
    chosen = {"response": {"trail": "revert"}, "revokeSessions": True}
    settings = from_context({"alertEmails": ["a@example.com"], **chosen})
    assert (by_default.quarantine, by_default.revoke_sessions) == (False, False)
    assert (settings.quarantine, settings.revoke_sessions) == (False, True)


def test_a_grace_and_a_limit_that_are_left_out_are_the_default() -> None:
    chosen = {"graceSeconds": {"default": 60, "trail": 0}, "undoLimits": {"perSubject": 5}}
    settings = from_context({"alertEmails": ["a@example.com"], **chosen})
    graces = [settings.grace(family) for family in (Family.TRUST, Family.TRAIL, None)]
    assert graces == [60, 0, 0]
    assert settings.undo_limits == UndoLimits(per_subject=5, per_account=20)


@pytest.mark.parametrize(
    ("service", "reverts"),
    [
        ("cloudformation.amazonaws.com", True),
        ("sso.amazonaws.com", False),
        ("codepipeline.amazonaws.com", False),
        ("AWS Internal", False),
    ],
)
def test_which_services_changes_are_undone(service: str, reverts: bool) -> None:
    chosen = {"cloudformation.amazonaws.com": "revert", "sso.amazonaws.com": "alert"}
    settings = from_context({"alertEmails": ["a@example.com"], "viaServices": chosen})
    assert settings.reverts_via(service) is reverts


@pytest.mark.parametrize("text", ["", "{", "[]", '{"alertEmails": 1}', '{"unknown": 1}'])
def test_what_the_functions_are_given_is_looked_at_again(text: str) -> None:
    with pytest.raises(SettingsError):
        load(text)


@given(st.dictionaries(st.sampled_from([*DEFAULTS]), ANYTHING))
def test_whatever_is_written_is_settings_or_named_as_a_mistake(context: dict[str, Any]) -> None:
    outcome = settings_or_message(context)
    again = outcome if isinstance(outcome, str) else load(dump(outcome))
    assert outcome == again
    assert isinstance(outcome, Settings) or "allowed" in outcome


def settings_or_message(context: dict[str, Any]) -> Settings | str:
    try:
        return from_context(context)
    except SettingsError as error:
        return str(error)
