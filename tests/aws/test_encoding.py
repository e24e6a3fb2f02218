import json
import zlib
from typing import Any

import pytest
from hypothesis import given

from lambdas.aws.encoding import decode, encode
from lambdas.model.incident import Incident, Outcome
from lambdas.model.permission import Permission
from lambdas.model.state import State
from lambdas.service.ports import UnreadableItemError
from tests.model.strategies import INCIDENTS, OUTCOMES, STATES


@given(STATES)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    assert decode(State, encode(state), "state") == state


@given(INCIDENTS)
def test_an_incident_comes_back_as_it_was(incident: Incident) -> None:
    assert decode(Incident, encode(incident), "incident") == incident


@given(OUTCOMES)
def test_an_outcome_comes_back_as_it_was(outcome: Outcome) -> None:
    assert decode(Outcome, encode(outcome), "outcome") == outcome


def packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value).encode())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{}", id="what is not compressed"),
        pytest.param(zlib.compress(b"{"), id="what is no JSON"),
        pytest.param(packed([]), id="a list"),
        pytest.param(packed({}), id="an object without its fields"),
        pytest.param(
            packed({"ending": "restored", "says": "x", "at": "yesterday"}), id="a time that is none"
        ),
        pytest.param(
            packed({"ending": "lost", "says": "x", "at": "2026-03-01T12:00:00+00:00"}),
            id="a word that nobody knows",
        ),
        pytest.param(
            packed({"ending": "failed", "says": "x", "at": "2026-03-01T12:00:00+00:00", "new": 1}),
            id="a field that nobody knows",
        ),
    ],
)
def test_what_is_no_record_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableItemError, match="incident#1 holds no Outcome"):
        decode(Outcome, data, "incident#1")


def test_what_has_no_json_form_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="has no JSON form"):
        encode(Permission(action="a", resources=({1},)))  # type: ignore[arg-type]  # on purpose
