"""Which statements apply to a question: one resource, some of a pattern, or most of it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
"""

import re
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import NamedTuple

from lambdas.model.subject import Kind
from lambdas.policy.document import Effect, Statement
from lambdas.policy.match import covers, matches, meets_arns
from lambdas.policy.source import Power, Source
from lambdas.policy.variables import resolved


class Fit(IntEnum):
    """Whether a statement applies; IF is for conditions and variables that are not known."""

    NO = 0
    IF = 1
    YES = 2


_WILD = re.compile(r"[*?]{2,}")
_USERNAME = "${aws:username}"
_NOTHING = ""
"""What a variable without a value leaves of a pattern: a role's session has no user name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

Test = Callable[[str, str], bool]
"""Whether a pattern of a statement has to do with the resource that is asked about."""


class Question(NamedTuple):
    """How the patterns of Resource and of NotResource are compared with what is asked about."""

    allow: tuple[Test, Test]
    deny: tuple[Test, Test]


CONCRETE = Question(allow=(matches, matches), deny=(matches, matches))
"""On this one resource?"""
SOME = Question(allow=(meets_arns, covers), deny=(covers, meets_arns))
"""On at least one resource of this pattern? Allowed by what meets it, denied by what covers it.

For resources without a colon in their names, such as IAM's.
"""


def _spares(pattern: str, resource: str) -> bool:
    """Whether an exception of a Deny may be all that there is: a single name is not."""
    return ("*" in pattern or "?" in pattern) and meets_arns(pattern, resource)


def _takes(pattern: str, resource: str) -> bool:
    """Whether an Allow is for all of them: no name is empty, so that ``?*`` is as good as ``*``."""
    if "?*" in pattern or "*?" in pattern:
        pattern = _WILD.sub(lambda run: "*" if "*" in run.group() else run.group(), pattern)
    return covers(pattern, resource)


GENERAL = Question(allow=(_takes, covers), deny=(covers, _spares))
"""On resources of this pattern that no statement singles out?"""


Found = list[tuple[Source, Statement]]


class Applying(NamedTuple):
    """The statements of one set of documents that apply, by effect and by fit."""

    allows: dict[Fit, Found]
    denies: dict[Fit, Found]


def applying(
    sources: Iterable[Source], power: Power, action: str, resource: str, question: Question
) -> Applying:
    """The statements of these documents that apply to the action, given in lower case."""
    found = Applying({}, {})
    for source in sources:
        for statement in source.document.naming(action):
            fit = _fit(statement, power, resource, question)
            if fit is not Fit.NO and not statement.void:
                effect = found.allows if statement.effect is Effect.ALLOW else found.denies
                effect.setdefault(fit, []).append((source, statement))
    return found


def _fit(statement: Statement, power: Power, resource: str, question: Question) -> Fit:
    wanted, unwanted = question.allow if statement.effect is Effect.ALLOW else question.deny
    fit = Fit.YES
    if statement.resources is not None:
        fit = _best_fit(statement.resources, statement, power, wanted, resource)
    elif statement.not_resources is not None:
        left_out = _best_fit(statement.not_resources, statement, power, unwanted, resource)
        fit = Fit(Fit.YES - left_out)
    return min(fit, Fit.IF) if statement.conditional else fit


def _best_fit(
    patterns: Iterable[str], statement: Statement, power: Power, test: Test, resource: str
) -> Fit:
    best = Fit.NO
    for pattern in patterns:
        known, certain = known_pattern(pattern, statement, power)
        if test(known, resource):
            if certain:
                return Fit.YES
            best = Fit.IF
    return best


def known_pattern(pattern: str, statement: Statement, power: Power) -> tuple[str, bool]:
    """A resource pattern with its variables replaced, and whether all of them were known."""
    if statement.variables and "${" in pattern:
        if power.subject.kind is Kind.ROLE and _USERNAME in pattern.lower():
            return _NOTHING, True
        return resolved(pattern, power.variables)
    return pattern, True
