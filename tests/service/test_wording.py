from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.model.actor import Actor
from lambdas.model.change import Change, Edit
from lambdas.model.state import ONLY, Part
from lambdas.service.wording import LONGEST, shown, what, who
from tests.service.world import ALICE, MALLORY, PIPELINE, attach, change, put, stop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("alice", "alice", id="a plain name stays plain"),
        pytest.param("192.0.2.10", "192.0.2.10", id="an address stays readable"),
        pytest.param("a\nFrom: b", "a\\nFrom: b", id="a line break"),
        pytest.param("a\r\x00\x1b[31m", "a\\r\\x00\\x1b[31m", id="control characters"),
        pytest.param("evil.example/x", "evil[.]example/x", id="a name that becomes a link"),
        pytest.param("https://192.0.2.1/", "https[://]192.0.2.1/", id="a link by its scheme"),
        pytest.param("\u202egnp.exe", "\\u202egnp[.]exe", id="text that runs from right to left"),
        pytest.param("Jürgen 🙂", "J\\xfcrgen \\U0001f642", id="letters beyond ASCII"),
        pytest.param("x" * 301, "x" * 300 + "... (cut)", id="what is too long"),
        pytest.param("\ud800", "\\ud800", id="a lone surrogate"),
    ],
)
def test_foreign_text_is_harmless(text: str, expected: Any) -> None:
    assert shown(text) == expected


@given(st.text(st.characters()), st.sampled_from(["", "http://a.bc/", "www.example.com", "\n"]))
def test_any_text_stays_on_one_line_and_forms_no_link(text: str, more: Any) -> None:
    found = shown(text + more)
    assert found.isascii()
    assert found.isprintable()
    assert len(found) <= LONGEST + len("... (cut)")
    assert "://" not in found.replace("[://]", "")
    assert "example.com" not in found


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        pytest.param(
            MALLORY,
            "arn:aws:iam::123456789012:user/mallory"
            " (IAMUser; without MFA, source address not stated)",
            id="a user",
        ),
        pytest.param(
            replace(PIPELINE, mfa=True, source_address="192.0.2.1", user_agent="aws-cli/2.1 x"),
            "arn:aws:iam::123456789012:role/deploy (AssumedRole; session run-1, with MFA,"
            " from 192.0.2.1, agent aws-cli/2.1 x)",
            id="a role's session",
        ),
        pytest.param(
            replace(MALLORY, kind="A\nB", arn="x\ny", mfa=None, session="s\nt"),
            "x\\ny (A\\nB; session s\\nt, MFA not stated, source address not stated)",
            id="a hostile one",
        ),
    ],
)
def test_who_called(actor: Actor, expected: Any) -> None:
    assert who(actor) == expected


DETACHED = Edit(Part.ATTACHED, "arn:p", None)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (attach(), "attached managed policy arn:aws:iam::aws:policy/AdministratorAccess"),
        (change("X", ALICE, DETACHED), "detached managed policy arn:p"),
        (put(), "wrote inline policy work"),
        (change("X", ALICE, Edit(Part.INLINE, "work", None)), "deleted inline policy work"),
        (stop(), "logging stopped"),
        (change("X", ALICE, Edit(Part.LOGGING, ONLY, "true")), "logging started"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_done(made: Change, expected: Any) -> None:
    assert what(made).endswith(f": {expected}")


def test_a_call_without_edits_or_target() -> None:
    assert what(change("TagUser", ALICE)) == "iam:TagUser on user alice"
    assert what(change("TagUser", None)) == "iam:TagUser on an unknown target"
