"""Hops: whom somebody can become, of those who can become administrator."""

from collections.abc import Iterable, Iterator

from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy import evaluate
from lambdas.policy.chains.hop import Hop, deciding, hop_to
from lambdas.policy.chains.index import Candidate, Index
from lambdas.policy.chains.judged import Judged
from lambdas.policy.chains.stage import Stage
from lambdas.policy.chains.steps import BECOMING, RAISING
from lambdas.policy.escalation import Way
from lambdas.policy.escalation.beside import beside
from lambdas.policy.escalation.path import Category
from lambdas.policy.evaluate import Answer, Decision


def becoming(judged: Judged, stage: Stage, sureness: int) -> Hop | None:
    """A hop to somebody of the stage, at least this sure; None where there is none."""
    hops = (
        hop
        for way in judged.shortest
        if way.path.id not in RAISING and SURENESS.index(_at_most(way)) >= sureness
        for hop in over(judged, way, stage, sureness)
    )
    return next((hop for hop in hops if hop.sureness >= sureness), None)


def _at_most(way: Way) -> Certainty:
    """How sure a hop over this way is at most, whomever it leads to."""
    known = BECOMING.get(way.path.id)
    return known.at_most if known else way.path.at_most


def over(judged: Judged, way: Way, stage: Stage, sureness: int) -> Iterator[Hop]:
    """Hops over a way to people of the stage; such as cannot be that sure need not be there."""
    path = way.path
    if path.category is Category.EXISTING:
        for role, _ in stage.of(path.service).among(("*",)):
            says = f"{path.says}, which may run as {role.subject}"
            decision = Decision(Answer.ALLOWED, way.because, way.given)
            yield hop_to(role.subject, path.id, says, Certainty.POSSIBLE, (decision,))
    elif path.category is Category.NEW:
        yield from _passing(judged, way, stage.of(path.service), sureness)
    elif found := BECOMING.get(path.id) or RAISING.get(path.id):
        for candidate, decisions in _open(judged, way, stage.of(found.where), sureness):
            says = found.says.format(who=candidate[0].subject)
            lift = candidate[0].judged.lift if path.id in RAISING else None
            further = (f"{says}{lift.says}", (lift.decision,)) if lift else (says, ())
            yield _entered(way, candidate, further[0], found.at_most, (*decisions, *further[1]))


def _passing(judged: Judged, way: Way, index: Index, sureness: int) -> Iterator[Hop]:
    sides: tuple[Decision, ...] = ()
    for candidate, decisions in _open(judged, way, index, sureness):
        sides = sides or (*beside(judged.asking, way.path.beside),)
        if min(side.answer for side in sides) < sureness:
            return
        says = way.path.says.replace("a role that it passes", str(candidate[0].subject))
        yield _entered(way, candidate, says, way.path.at_most, (*decisions, *sides))


def _open(
    judged: Judged, way: Way, index: Index, sureness: int
) -> Iterator[tuple[Candidate, tuple[Decision, ...]]]:
    """Those of the people on whom the way's actions are allowed."""
    asking, actions = judged.asking.passing_to(way.path.service), way.path.actions
    least = max(sureness, Answer.CONDITIONAL)
    regions = (
        region
        for region in asking.regions(actions[0], "*")
        if all(asking.somewhere(action, region).answer >= least for action in actions)
    )
    for candidate in index.among(regions):
        decisions = tuple(
            evaluate.decide(asking.power, action, candidate[0].arn) for action in actions
        )
        if all(decision.answer >= least for decision in decisions):
            yield candidate, decisions


def _entered(
    way: Way, candidate: Candidate, says: str, at_most: Certainty, decisions: Iterable[Decision]
) -> Hop:
    """A hop to somebody who must let in whoever comes."""
    person, entry = candidate
    told = [*decisions]
    if entry is not None:
        because = (f"{person.subject}: {entry.because}",)
        told.append(deciding(entry.certainty, because, entry.given))
    return hop_to(person.subject, way.path.id, says, at_most, told)
