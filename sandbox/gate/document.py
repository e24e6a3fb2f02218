"""Documents: a policy's JSON, read into statements; an element that is not known is an error.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sandbox.gate import match
from sandbox.gate.conditions import Condition, Context, holds
from sandbox.gate.errors import UnsupportedPolicyError

_ELEMENTS = frozenset(
    {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "Condition"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement. ``principals`` is None where it has none, as in an identity policy."""

    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    condition: Condition
    all_actions_but: bool = False
    all_resources_but: bool = False
    principals: tuple[tuple[str, str], ...] | None = None
    """(``AWS`` or ``Service`` or ..., value)."""

    def covers(self, action: str, resource: str, context: Context) -> bool:
        """Whether it speaks of this action on this resource, and its condition holds.

        The condition is asked only where action and resource match, as a reader would.
        """
        return (
            any(match.action(a, action) for a in self.actions) is not self.all_actions_but
            and any(match.resource(r, resource) for r in self.resources)
            is not self.all_resources_but
            and holds(self.condition, context)
        )


def read(text: str | Mapping[str, Any]) -> tuple[Statement, ...]:
    """The statements of a policy document.

    Raises:
        UnsupportedPolicyError: the text is not JSON, or a statement has an element, an effect or
            a variable that the gate does not evaluate.
    """
    return _read(text if isinstance(text, str) else json.dumps(text))


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[Statement, ...]:
    try:
        held = json.loads(text)["Statement"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnsupportedPolicyError(f"not a policy document: {text!r}") from error
    return tuple(_statement(each) for each in (held if isinstance(held, list) else [held]))


def _statement(raw: Mapping[str, Any]) -> Statement:
    strange = set(raw) - _ELEMENTS
    if strange or raw.get("Effect") not in {"Allow", "Deny"}:
        raise UnsupportedPolicyError(f"the gate does not evaluate {sorted(strange)} of {raw!r}")
    actions, all_actions_but = _either(raw, "Action")
    # A queue's or topic's policy may leave Resource out: it then means the resource it is on.
    resources, all_resources_but = _either(raw, "Resource", default="*")
    if any("${" in resource for resource in resources):
        raise UnsupportedPolicyError(f"the gate does not fill in policy variables: {resources}")
    return Statement(
        effect=raw["Effect"],
        actions=actions,
        resources=resources,
        condition={
            operator: {key: _listed(values) for key, values in keys.items()}
            for operator, keys in raw.get("Condition", {}).items()
        },
        all_actions_but=all_actions_but,
        all_resources_but=all_resources_but,
        principals=_principals(raw["Principal"]) if "Principal" in raw else None,
    )


def _either(
    raw: Mapping[str, Any], element: str, default: str | None = None
) -> tuple[tuple[str, ...], bool]:
    negated = f"Not{element}"
    if negated in raw:
        return _listed(raw[negated]), True
    value = raw.get(element, default)
    if value is None:
        raise UnsupportedPolicyError(f"a statement without {element}: {raw!r}")
    return _listed(value), False


def _listed(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(v).lower() if isinstance(v, bool) else str(v) for v in values)


def _principals(raw: Any) -> tuple[tuple[str, str], ...]:
    if raw == "*":
        return (("AWS", "*"),)
    return tuple((kind, value) for kind, values in raw.items() for value in _listed(values))
