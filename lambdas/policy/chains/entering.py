"""Entering roles by their trust alone: those that name somebody, or let in anybody.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
"""

from collections.abc import Iterator

from lambdas.model.finding import Certainty
from lambdas.policy.chains.boundary import INVITED
from lambdas.policy.chains.entry import Entry
from lambdas.policy.chains.hop import Hop, decided, deciding, hop_to
from lambdas.policy.chains.judged import Judged
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.steps import BECOMING, ENTERING, RAISING_INVITED
from lambdas.policy.escalation.path import ASSUME
from lambdas.policy.evaluate import Answer, Decision

Invited = tuple[Person, Judged, Person, Entry]
"""Somebody, with a power to act with, whom the trust policy of a role lets in, and how it does."""


def entering(invited: Invited) -> Iterator[Hop]:
    """The hop to the role; none where something stops it.

    Only a Deny does, and for a role that is named a boundary. Of users AWS says that a boundary
    does not limit what a resource's policy allows them, and on another page that it must allow
    them to assume: that is possible, then.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
    """
    person, judged, role, given = invited
    entry = given.of(person.arn, bounded=judged.bounded)
    own = judged.invited.here(ASSUME, role.arn)
    limited = own.answer is Answer.DENIED
    if entry is None or (limited and (own.because or given.entity)):
        return
    unsure = limited or (judged.bounded and judged.power.boundary is None)
    lets_in = deciding(entry.certainty, (f"{role.subject}: {entry.because}",), entry.given)
    asks = () if limited else (own._replace(because=_asking(own)),)
    yield hop_to(
        role.subject,
        ENTERING,
        BECOMING[ENTERING].says.format(who=role.subject),
        Certainty.POSSIBLE if unsure else Certainty.CERTAIN,
        (lets_in, *asks),
    )


def _asking(own: Decision) -> tuple[str, ...]:
    """The principal's own statements that ask for more."""
    return tuple(each for each in own.because if not each.startswith(INVITED))


def raising_invited(invited: Invited) -> Iterator[Hop]:
    """Hops to being administrator by giving everything to the role first, and then entering it."""
    _, judged, role, _ = invited
    lift = role.judged.lift
    for entered in entering(invited) if lift else ():
        for way in judged.ways:
            says = RAISING_INVITED.get(way.path.id)
            decisions = [judged.asking.here(action, role.arn) for action in way.path.actions]
            if lift and says and all(each.answer is not Answer.DENIED for each in decisions):
                yield hop_to(
                    None,
                    way.path.id,
                    f"{says.format(who=role.subject)}{lift.says}",
                    Certainty.CERTAIN,
                    (*decisions, lift.decision, decided(entered)),
                )
