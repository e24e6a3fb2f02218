"""Hops: whom somebody can become, of those who can become administrator."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from lambdas.model.finding import SURENESS, Certainty
from lambdas.policy import evaluate
from lambdas.policy.chains.boundary import unbound
from lambdas.policy.chains.hop import Hop
from lambdas.policy.chains.index import Candidate, Index
from lambdas.policy.chains.people import Judged, Person
from lambdas.policy.chains.stage import Stage
from lambdas.policy.chains.steps import BECOMING, RAISING
from lambdas.policy.chains.trusts import Entry
from lambdas.policy.escalation import Way
from lambdas.policy.escalation.beside import beside
from lambdas.policy.escalation.path import ASSUME, Category
from lambdas.policy.evaluate import Answer, Decision

_BY_ITSELF = frozenset(
    {"iam-001", "iam-005", "iam-007", "iam-008", "iam-009", "iam-010", "iam-011"}
)
_BY_A_NEW_ROLE = frozenset({"attachrolepolicy+createrole", "createrole+putrolepolicy"})


def becoming(judged: Judged, stage: Stage, sureness: int) -> Hop | None:
    """A hop to somebody of the stage, at least this sure; None where there is none."""
    hops = (
        hop
        for way in judged.shortest
        if way.path.id not in RAISING and SURENESS.index(_at_most(way)) >= sureness
        for hop in _over(judged, way, stage, sureness)
    )
    return next((hop for hop in hops if hop.sureness >= sureness), None)


def _at_most(way: Way) -> Certainty:
    """How sure a hop over this way is at most, whomever it leads to."""
    known = BECOMING.get(way.path.id)
    return known.at_most if known else way.path.at_most


def raising(judged: Judged, raised: Stage, sureness: int) -> Hop | None:
    """A hop to being administrator, at least this sure; None where there is none.

    What is done to oneself does not lead there where a boundary stands and cannot be lifted;
    ``raised`` are those for whom it can, or who have none.
    """
    hops = chain(_by_itself(judged), _by_others(judged, raised, sureness))
    return next((hop for hop in hops if hop.sureness >= sureness), None)


def _by_itself(judged: Judged) -> Iterator[Hop]:
    for way in judged.ways:
        decision = Decision(Answer(SURENESS.index(way.certainty)), way.because, way.given)
        if way.path.id in _BY_A_NEW_ROLE:
            yield _hop(way, None, way.path.says, way.certainty, (decision,))
        elif way.certainty is not Certainty.POSSIBLE and _lifts(judged, way):
            admin = unbound(judged.power)
            if admin.answer is not Answer.DENIED:
                yield _hop(way, None, way.path.says, way.certainty, (decision, admin))
        elif way.certainty is not Certainty.POSSIBLE and _is_its_own(judged, way) and judged.lift:
            says = f"{way.path.says}{judged.lift.says}"
            yield _hop(way, None, says, way.certainty, (decision, judged.lift.decision))


def _lifts(judged: Judged, way: Way) -> bool:
    """Whether a way only takes the principal's own boundary away, and gives nothing else."""
    power = judged.power
    return way.on == (power.arn if way.path.unbinds else power.boundary_arn)


def _is_its_own(judged: Judged, way: Way) -> bool:
    """Whether a way leads over the principal itself, or over what it draws on."""
    power = judged.power
    own = (power.arn, *power.groups, *power.policies)
    return way.path.id in _BY_ITSELF and way.on in own


def _by_others(judged: Judged, raised: Stage, sureness: int) -> Iterator[Hop]:
    for way in judged.ways:
        if way.path.id in RAISING:
            for hop in _over(judged, way, raised, sureness):
                yield replace(hop, to=None)


def open_hop(person: Person, stage: Stage, sureness: int) -> Hop | None:
    """A hop to a role of the stage that trusts anybody, at least this sure; None without one."""
    hops = (
        named_hop(person, role, entry)
        for roles in stage.open_to_anybody(sureness)
        if roles[0][1].admits(person.arn)
        for role, entry in roles
    )
    return next((hop for hop in hops if hop and hop.sureness >= sureness), None)


def named_hop(person: Person, role: Person, entry: Entry) -> Hop | None:
    """The hop to a role that trusts this very principal: nothing but a Deny can forbid it.

    A boundary limits roles that are named so, and not users.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
    """
    power = person.judged.power
    found = person.judged.asking.here(ASSUME, role.arn)
    if found.answer is Answer.DENIED and found.because:
        return None
    limited = power.boundary_arn is not None and found.answer is Answer.DENIED
    unsure = limited or person.arn in entry.but
    return Hop(
        to=role.subject,
        path="sts-001",
        says=f"can assume {role.subject}",
        certainty=Certainty.POSSIBLE if unsure else entry.certainty,
        because=(f"{role.subject}: {entry.because}",),
        given=entry.given,
    )


def _over(judged: Judged, way: Way, stage: Stage, sureness: int) -> Iterator[Hop]:
    """Hops over a way to people of the stage; such as cannot be that sure need not be there."""
    path = way.path
    if path.category is Category.EXISTING:
        for role, _ in stage.of(path.service).among(("*",)):
            says = f"{path.says}, which may run as {role.subject}"
            decision = Decision(Answer.ALLOWED, way.because, way.given)
            yield _hop(way, role, says, Certainty.POSSIBLE, (decision,))
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
    if entry is None:
        return _hop(way, person, says, at_most, decisions)
    answer = Answer(SURENESS.index(entry.certainty))
    lets_in = Decision(answer, (f"{person.subject}: {entry.because}",), entry.given)
    return _hop(way, person, says, at_most, (*decisions, lets_in))


def _hop(
    way: Way, person: Person | None, says: str, at_most: Certainty, decisions: Iterable[Decision]
) -> Hop:
    told = tuple(decisions)
    answer = min(decision.answer for decision in told)
    return Hop(
        to=person.subject if person else None,
        path=way.path.id,
        says=says,
        certainty=min(SURENESS[answer], at_most, key=SURENESS.index),
        because=tuple(dict.fromkeys(reason for each in told for reason in each.because)),
        given=tuple(dict.fromkeys(condition for each in told for condition in each.given)),
    )
