import json
from typing import Any

import pytest

from sandbox.target_input import UnknownPathError, shaped

EVENT = {"source": "aws.iam", "detail": {"name": 'a"b', "n": 3}}
MAP = {"name": "$.detail.name", "n": "$.detail.n", "gone": "$.detail.x"}


def template(text: Any) -> Any:
    return {"InputTransformer": {"InputPathsMap": MAP, "InputTemplate": text}}


CASES = {
    "the event itself": ({}, EVENT),
    "a constant": ({"Input": '{"a": 1}'}, {"a": 1}),
    "a part": ({"InputPath": "$.detail"}, EVENT["detail"]),
    "a part that is absent": ({"InputPath": "$.nothing.here"}, None),
    "the whole by its path": ({"InputPath": "$"}, EVENT),
    "a value": (template('{"who": <name>, "n": <n>}'), {"who": 'a"b', "n": 3}),
    "a value in quotes": (template('{"who": "<name>"}'), {"who": 'a"b'}),
    "a value inside a text": (template('"user <name> x<n>"'), 'user a"b x3'),
    "an absent value": (template('{"who": <gone>}'), {"who": None}),
    "the event inside": (template('{"e": <aws.events.event.json>}'), {"e": EVENT}),
}


@pytest.mark.parametrize(("target", "wanted"), CASES.values(), ids=CASES.keys())
def test_shaped(target: Any, wanted: Any) -> None:
    assert json.loads(shaped(target, EVENT)) == wanted


def test_a_path_of_another_form_is_refused() -> None:
    with pytest.raises(UnknownPathError, match="items"):
        shaped({"InputPath": "$.items[0]"}, EVENT)
