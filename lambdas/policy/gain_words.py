"""Gains in words: like ones in one line, with what else limits them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lambdas.policy.access_words import (
    FIRST,
    Known,
    Line,
    Lookup,
    News,
    access_lines,
)
from lambdas.policy.elements import Comparison, Element
from lambdas.policy.gains import MOST_ASKED, Gains, Granted, Held, asked_instead
from lambdas.policy.grants import Grant
from lambdas.policy.listing import element_words, joined, listed
from lambdas.policy.wording import condition_words

_LONGEST = 200
"""Characters of what one statement of a limit allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """How gains are told: as what was given or, both powers exchanged, as what was taken."""

    news: News
    asked: str
    undenied: str
    let_through: str
    unlimited: str


GAVE = Tongue(
    news=News(
        service="new service",
        level="new: {}",
        services="of them new",
        some=", some of which it had before",
    ),
    asked=", before only if {}",
    undenied="no longer denied: ",
    let_through="{} now lets through ",
    unlimited="{} no longer limits it to ",
)
HAS = replace(GAVE, news=News())
"""Where it is not known what is new."""
TOOK = Tongue(
    news=News(
        service="all of it",
        level="all of its {}",
        services="of them wholly",
        some=", some of which it keeps",
    ),
    asked=", now only if {}",
    undenied="now denied: ",
    let_through="{} no longer lets through ",
    unlimited="{} now limits it to ",
)


def gain_lines(found: Gains, other: Held, tongue: Tongue) -> Iterator[Line]:
    """The lines of gains over what the other side holds; everything at once swallows the rest."""
    known = Known((grant.actions for grant in other.allows if found.granted), Lookup())
    whole = [each for each in found.granted if each.grant.everything]
    comparison = Comparison(MOST_ASKED)
    granted = []
    for each in whole or found.granted:
        asked = asked_instead(each.grant, other, comparison)
        limits = _limits(each, tongue.asked.format(condition_words(asked)) if asked else "")
        granted.append((each.grant, limits))
    for where, elements in _alike(granted):
        yield from access_lines(elements, known, tongue.news, where)
    for name in found.unlimited:
        limit = listed(_reached(other.limits[name]), "; ", longest=_LONGEST)
        yield FIRST, f"{tongue.unlimited.format(name)}{limit or 'nothing'}"
    yield from ((FIRST + 1, f"{tongue.undenied}{each}") for each in _reached(found.undenied))
    for name in dict.fromkeys(name for name, _ in found.let_through):
        through = (grant for its, grant in found.let_through if its == name)
        words = tongue.let_through.format(name)
        yield from ((FIRST + 1, f"{words}{each}") for each in _reached(through))


def _reached(grants: Iterable[Grant]) -> Iterator[str]:
    """What grants reach, in words: the same resources under the same condition once."""
    for where, elements in _alike((grant, _condition(grant)) for grant in grants):
        patterns = [p for element in elements if not element.all_but for p in element.patterns]
        joint = [Element.of(dict.fromkeys(patterns))] if patterns else []
        for element in (*joint, *(each for each in elements if each.all_but)):
            yield f"{element_words(element)}{where}"


def _alike(grants: Iterable[tuple[Grant, str]]) -> Iterator[tuple[str, list[Element]]]:
    """The actions of grants on the same resources and with the same limits, and both in words."""
    filed: dict[tuple[Element, str], list[Element]] = {}
    for grant, limits in grants:
        filed.setdefault((grant.resources, limits), []).append(grant.actions)
    for (resources, limits), actions in filed.items():
        yield f" on {element_words(resources)}{limits}", actions


def _limits(granted: Granted, asked: str) -> str:
    return "".join(
        (
            _condition(granted.grant),
            asked,
            f", as far as {joined(granted.within)} allows" if granted.within else "",
            ", but for what is denied" if granted.denied else "",
        )
    )


def _condition(grant: Grant) -> str:
    return f" if {condition_words(grant.statement)}" if grant.asked else ""
