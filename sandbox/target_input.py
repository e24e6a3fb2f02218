"""Target input: what a rule hands to its target in place of the event.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_PATH = re.compile(r"\$(\.[A-Za-z0-9_-]+)*")
_PLACE = re.compile(r'"<([A-Za-z0-9_.-]+)>"|<([A-Za-z0-9_.-]+)>')


class UnknownPathError(ValueError):
    """A path is none that the sandbox reads: only `$` and names after dots."""


def shaped(target: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """The text that a target is given for an event.

    Raises:
        UnknownPathError: the target's InputPath or InputPathsMap has a path of another form.
    """
    if "Input" in target:
        return str(target["Input"])
    if "InputPath" in target:
        return json.dumps(_at(target["InputPath"], event))
    if "InputTransformer" in target:
        return _transformed(target["InputTransformer"], event)
    return json.dumps(event)


def _transformed(transformer: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    paths = transformer.get("InputPathsMap", {})
    values = {name: _at(path, event) for name, path in paths.items()}
    values |= {"aws.events.event.json": event, "aws.events.event": event}

    def filled(place: re.Match[str]) -> str:
        quoted, bare = place.groups()
        value = values.get(quoted or bare)
        text = json.dumps(value)
        if quoted is not None or not _inside_text(place):
            return text
        return text[1:-1] if isinstance(value, str) else text.replace('"', '\\"')

    return _PLACE.sub(filled, transformer["InputTemplate"])


def _inside_text(place: re.Match[str]) -> bool:
    return place.string[: place.start()].replace('\\"', "").count('"') % 2 == 1


def _at(path: str, event: Any) -> Any:
    if not _PATH.fullmatch(path):
        raise UnknownPathError(f"the sandbox does not read the path {path!r}")
    for name in path.split(".")[1:]:
        event = event.get(name) if isinstance(event, Mapping) else None
    return event
