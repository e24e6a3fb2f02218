"""`python -m bench.fuzz [EVENTS] [SEED]`: spoilt events by the million through the parser.

Whatever an event holds, parsing it gives a change, or why it is ignored, or MalformedEventError;
anything else that is raised ends the run with the event that did it.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from lambdas.aws.events import Ignored, MalformedEventError, parse
from lambdas.calls import CATALOG
from lambdas.calls.watched import CLOUDTRAIL, IAM

EVENTS = 1_000_000
_CASES = Path(__file__).parents[1] / "tests" / "cases" / "calls"
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, 10**30, "", " ", "*", "true", "False", "omitted", "\ud800"),
    *("\u0000", "\u202f", "arn:", "arn:aws:iam::aws:policy/", "a" * 2_000, "%7B%22", "{", "[]"),
    *(
        "9999-12-31T23:59:59+14:00",
        "0001-01-01T00:00:00-14:00",
        "2026-03-01 12:00:05",
        "not a time",
    ),
    *([], {}, [[]], [None], {"": {}}, {"omitted": "true"}, {"omitted": True, "originalSize": []}),
)
"""Values that real records hold where nobody expects them, and some that none does."""
_MOST_SPOILT = 4
_DEFAULTS = (str(EVENTS), "0")


def main(arguments: list[str]) -> int:
    """Run; 1 where parsing raised what it does not document."""
    number, seed = map(int, (*arguments, *_DEFAULTS[len(arguments) :]))
    dice = chance(seed)
    seeds = [*seed_events()]
    results: Counter[str] = Counter()
    err = Console(stderr=True)
    for _ in track(range(number), "Parsing", console=err, disable=not err.is_terminal):
        event = spoilt(dice.choice(seeds), dice)
        try:
            results[outcome(event)] += 1
        except Exception as error:  # noqa: BLE001 - finding any is what this is for
            print(f"{type(error).__name__}: {error}\n{json.dumps(event)}")
            return 1
    print(json.dumps({"events": number, "seed": seed, "seeds": len(seeds), **results}))
    return 0


def chance(seed: int) -> random.Random:
    """Chance that a seed repeats."""
    return random.Random(seed)  # noqa: S311 - repeatable, and no secret


def outcome(event: object) -> str:
    """What an event is parsed as; anything undocumented is raised."""
    try:
        result = parse(event)
    except MalformedEventError:
        return "malformed"
    if isinstance(result, Ignored):
        return "ignored"
    if result.family and not (result.subject or result.problems):
        raise AssertionError("a watched call has neither a subject nor a problem")
    return "changes"


def seed_events() -> Iterator[dict[str, Any]]:
    """An event for each of the parameters that the case files of the catalogue hold."""
    for path in sorted(_CASES.glob("*.json")):
        for case in json.loads(path.read_text("utf-8"))["parsed"]:
            for source in (IAM, CLOUDTRAIL):
                yield _event(source, path.stem, case["parameters"])


def is_watched(event: Mapping[str, Any]) -> bool:
    """Whether an event tells of a call that the catalogue knows."""
    return (event["detail"]["eventSource"], event["detail"]["eventName"]) in CATALOG


def _event(source: str, name: str, parameters: object) -> dict[str, Any]:
    issuer = {"type": "Role", "arn": "arn:aws:iam::123456789012:role/deploy", "userName": "deploy"}
    return {
        "id": "envelope-1",
        "account": "123456789012",
        "region": "us-east-1",
        "time": "2026-03-01T12:00:09Z",
        "detail": {
            "eventVersion": "1.11",
            "eventID": "e-1",
            "eventTime": "2026-03-01T12:00:05Z",
            "eventSource": source,
            "eventName": name,
            "eventType": "AwsApiCall",
            "awsRegion": "us-east-1",
            "recipientAccountId": "123456789012",
            "readOnly": False,
            "sourceIPAddress": "192.0.2.10",
            "userAgent": "aws-cli/2",
            "userIdentity": {
                "type": "AssumedRole",
                "principalId": "AROAEXAMPLE:session",
                "arn": "arn:aws:sts::123456789012:assumed-role/deploy/session",
                "accountId": "123456789012",
                "sessionContext": {
                    "attributes": {"mfaAuthenticated": "false"},
                    "sessionIssuer": issuer,
                },
            },
            "requestParameters": parameters,
            "responseElements": None,
        },
    }


def spoilt(event: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """The event with up to four of its values, at any depth, dropped, exchanged or cut."""
    made: dict[str, Any] = deepcopy(dict(event))
    for _ in range(chance.randint(1, _MOST_SPOILT)):
        places = [*_places(made)]
        holder, key = chance.choice(places)
        chance.choice((_drop, _exchange, _exchange, _cut, _move))(holder, key, places, chance)
    return made


_Holder = dict[str, Any] | list[Any]
_Place = tuple[Any, Any]


def _places(holder: _Holder) -> Iterator[_Place]:
    """Every value below an object or list, as what holds it and its key there."""
    pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
    for key, value in [*pairs]:
        yield holder, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


def _drop(holder: Any, key: Any, _: list[_Place], __: random.Random) -> None:
    del holder[key]


def _exchange(holder: Any, key: Any, _: list[_Place], chance: random.Random) -> None:
    holder[key] = deepcopy(chance.choice(_ODD))


def _cut(holder: Any, key: Any, _: list[_Place], chance: random.Random) -> None:
    text = holder[key] if isinstance(holder[key], str) else json.dumps(holder[key])
    holder[key] = text[: chance.randint(0, len(text))]


def _move(holder: Any, key: Any, places: list[_Place], chance: random.Random) -> None:
    """A value that belongs elsewhere."""
    other, there = chance.choice(places)
    holder[key] = deepcopy(other[there])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
