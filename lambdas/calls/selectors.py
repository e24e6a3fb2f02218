"""Selectors: one spelling for what a request sets and what CloudTrail gives back."""

import json
from collections.abc import Mapping

_BASIC: Mapping[str, object] = {
    "DataResources": [],
    "ExcludeManagementEventSources": [],
    "IncludeManagementEvents": True,
    "ReadWriteType": "All",
}
"""What a basic event selector has where it does not say otherwise.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
"""
_INSIGHT: Mapping[str, object] = {"EventCategories": ["Management"]}
"""What an insight selector has where it does not say otherwise; left out: older SDKs lack it.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_InsightSelector.html
"""
_DEPTH = 5
"""Lists and objects in one another that a list of selectors is made of, at the most."""


def canonical(value: object) -> str:
    """A list of event or insight selectors as JSON that is equal where they select the same.

    Names are spelled as the API does (CloudTrail lower-cases their first letters), members that are
    empty or null are left out, defaults of basic selectors are written out, and lists stand in a
    fixed order, because theirs means nothing. So the text can be sent as it is to restore it.
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
    """
    spelled = _spelled(value, _DEPTH)
    if isinstance(spelled, list):
        spelled = sorted((_complete(each) for each in spelled), key=_text)
    return _text(spelled)


def _spelled(value: object, depth: int) -> object:
    """The value with names as the API has them; what is nested too deeply for selectors stays."""
    if depth and isinstance(value, Mapping):
        named = ((_upper(str(name)), _spelled(held, depth - 1)) for name, held in value.items())
        return {name: held for name, held in named if held not in (None, "", [], {})}
    if depth and isinstance(value, list | tuple):
        return sorted((_spelled(each, depth - 1) for each in value), key=_text)
    return value


def _complete(selector: object) -> object:
    """A selector of one of the kinds that have defaults with those as they are always written."""
    if not isinstance(selector, Mapping):
        return selector
    if selector.keys() <= _BASIC.keys():
        return {**_BASIC, **selector}
    return {name: held for name, held in selector.items() if held != _INSIGHT.get(name)}


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
