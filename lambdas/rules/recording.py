"""Recording: which events a trail's selectors let it log, compared with which they did.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_InsightSelector.html
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lambdas.model.severity import Severity
from lambdas.rules.loss import Loss

Limits = frozenset[str]
"""What an event must be like to be recorded, in words; of none, every event is."""
_Kinds = frozenset[str]

_BOTH = frozenset({"true", "false"})
_TYPES = {"All": _BOTH, "ReadOnly": frozenset({"true"}), "WriteOnly": frozenset({"false"})}
"""ReadWriteType -> the values of readOnly that it records."""
FAR = frozenset(
    {"eventSource NotEquals kms.amazonaws.com", "eventSource NotEquals rdsdata.amazonaws.com"}
)
"""Limits that many set because there are so many of these events; none of them is of IAM."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a trail records: of each selector that records such management events the limits.

    ``data`` are the types of the resources whose own events it records.
    """

    writes: tuple[Limits, ...]
    reads: tuple[Limits, ...]
    data: _Kinds


def recorded(selectors: Mapping[str, str]) -> Recorded:
    """What a trail with these selectors records, by kind of selectors in canonical spelling.

    Raises:
        LookupError, TypeError, AttributeError, ValueError: they look like no selectors.
    """
    basic = map(_basic, json.loads(selectors.get("EventSelectors", "[]")))
    advanced = map(_advanced, json.loads(selectors.get("AdvancedEventSelectors", "[]")))
    found = (*basic, *advanced)
    return Recorded(
        writes=tuple(limits for limits, sides, _ in found if "false" in sides),
        reads=tuple(limits for limits, sides, _ in found if "true" in sides),
        data=frozenset(kind for *_, kinds in found for kind in kinds),
    )


def unrecorded(former: Recorded | None, now: Recorded) -> Iterator[Loss]:
    """What is not recorded now and was; all that changes something where that is not known."""
    everything: tuple[Limits, ...] = (frozenset(),)
    limits = _new_limits(former.writes if former else everything, now.writes)
    if limits is not None and (former or not limits or not limits <= FAR):
        severity = Severity.HIGH if limits and limits <= FAR else Severity.CRITICAL
        yield _missing(severity, limits, "that change something")
    elif former and (unread := _new_limits(former.reads, now.reads)) is not None:
        yield _missing(Severity.MEDIUM, unread, "that only read")
    if former and (kinds := former.data - now.data):
        what = f"record data events of {', '.join(sorted(kinds))}"
        yield Loss(Severity.MEDIUM, what, ("no event selector names them",))


def unexamined(former: str | None, now: str | None) -> Iterator[Loss]:
    """The insights that are lost between two lists of insight selectors."""
    lost = _insights(former) - _insights(now)
    if lost:
        what = f"look for unusual activity: {', '.join(sorted(lost))}"
        yield Loss(Severity.MEDIUM, what, ("no insight selector names it",))


def _missing(severity: Severity, limits: Limits, kind: str) -> Loss:
    how = "all" if limits else "any"
    reasons = tuple(f"it records them only if {limit}" for limit in sorted(limits))
    none = (f"no event selector includes management events {kind}",)
    return Loss(severity, f"record {how} management events {kind}", reasons or none)


def _new_limits(before: tuple[Limits, ...], after: tuple[Limits, ...]) -> Limits | None:
    """The limits by which some of the events that were recorded are not recorded now.

    Empty where none such is recorded at all any more, None where all of them are.
    """
    for former in before:
        if not any(now <= former for now in after):
            return min((now - former for now in after), key=len, default=frozenset())
    return None


_Selected = tuple[Limits, frozenset[str], _Kinds]
"""Limits, the values of readOnly of the management events it records, and the types of data."""


def _basic(selector: Mapping[str, Any]) -> _Selected:
    excluded = selector["ExcludeManagementEventSources"]
    limits = frozenset(f"eventSource NotEquals {source}" for source in excluded)
    sides = _TYPES[selector["ReadWriteType"]]
    is_management = str(selector["IncludeManagementEvents"]).lower() == "true"
    kinds = frozenset(resource["Type"] for resource in selector["DataResources"])
    return limits, sides if is_management else frozenset(), kinds


def _advanced(selector: Mapping[str, Any]) -> _Selected:
    fields = selector["FieldSelectors"]
    equal = {field["Field"]: frozenset(field["Equals"]) for field in fields if _is_plain(field)}
    categories = equal.get("eventCategory", frozenset())
    if "Management" not in categories:
        return frozenset(), frozenset(), equal.get("resources.type", categories)
    rest = (field for field in fields if not (_is_plain(field) and field["Field"] in _TAKEN))
    limits = frozenset(limit for field in rest for limit in _limits(field))
    return limits, equal.get("readOnly", _BOTH), frozenset()


_TAKEN = frozenset({"eventCategory", "readOnly"})
"""The fields that say which side of the management events is recorded."""


def _is_plain(field: Mapping[str, Any]) -> bool:
    return field.keys() == {"Field", "Equals"}


def _limits(field: Mapping[str, Any]) -> Iterator[str]:
    """Of values that an event must not have, each is a limit; one of the others is enough."""
    for operator, values in sorted(field.items()):
        if operator.startswith("Not"):
            yield from (f"{field['Field']} {operator} {value}" for value in values)
        elif operator != "Field":
            yield f"{field['Field']} {operator} {' or '.join(values)}"


def _insights(selectors: str | None) -> frozenset[str]:
    return frozenset(
        f"{selector['InsightType']} of {category} events"
        for selector in json.loads(selectors or "[]")
        for category in selector.get("EventCategories", ["Management"])
    )
