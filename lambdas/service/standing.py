"""Standing: everybody who is administrator or can become it, told when that changes.

It is the account itself that is judged here, not a change: managed, inline and group policies,
boundaries and trust alike, with every step from one principal to the next.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from lambdas.model.finding import SURENESS, Certainty
from lambdas.model.standing import Rank, Standing
from lambdas.model.state import States
from lambdas.model.subject import PRINCIPALS
from lambdas.policy.chains import chains
from lambdas.policy.chains.hop import Chain
from lambdas.policy.chains.people import Person, people
from lambdas.policy.evaluate import Answer
from lambdas.service.renewed import all_renewed
from lambdas.service.standing_mail import standing_mail
from lambdas.service.sweeping import Sweeping

_IS = {Answer.ALLOWED: Rank.IS, Answer.CONDITIONAL: Rank.IS_IF}
_CAN = {
    Certainty.CERTAIN: Rank.CAN,
    Certainty.CONDITIONAL: Rank.CAN_IF,
    Certainty.POSSIBLE: Rank.MAY,
}


def tell_standing(states: States, of: Sweeping, *, first: bool = True) -> int:
    """Judge everybody, and send one mail if it is others than before; how many there are.

    What the ``first`` sweep finds is told as what holds and is accepted. It is noted when the mail
    is out: a crash may repeat a mail and never loses one.

    Raises:
        AlertNotSentError: it could not be handed over; the next sweep tries again.
    """
    former = {each.unique_id: each for each in of.records.standing()}
    found = [_since(each, former) for each in standings(states, of.clock.now())]
    new = [each for each in found if _is_new(each, former)]
    left = [former[each] for each in former.keys() - {each.unique_id for each in found}]
    if new or left:
        told = new if former or not first else ()
        of.alerts.send(standing_mail(found, new=told, gone=left))
    of.records.stand([each for each in found if former.get(each.unique_id) != each], left)
    return len(found)


def standings(states: States, now: datetime) -> Iterator[Standing]:
    """Everybody in the states who is administrator, can become it, or could not be judged.

    A role whose older sessions were ended is what it was: whoever assumes it again has all of it.
    """
    everybody = [*people(all_renewed(states, now))]
    up = chains(everybody)
    for person in everybody:
        if person.subject.kind in PRINCIPALS:
            found = _found(person, up.get(person.subject, ()))
            if found is not None:
                rank, says, because, given = found
                yield Standing(
                    subject=person.subject,
                    unique_id=states.known[person.subject].unique_id,
                    arn=person.arn,
                    rank=rank,
                    says=says,
                    since=now,
                    because=because,
                    given=given,
                )


_Found = tuple[Rank, str, tuple[str, ...], tuple[str, ...]]


def _found(person: Person, up: tuple[Chain, ...]) -> _Found | None:
    admin, problems = person.judged.admin, person.judged.power.problems
    if admin.answer in _IS:
        return _IS[admin.answer], "by its policies", admin.because, admin.given
    if up:
        chain = max(up, key=lambda each: SURENESS.index(each.certainty))
        because = (reason for hop in chain.hops for reason in hop.because)
        given = (condition for hop in chain.hops for condition in hop.given)
        says = ", then ".join(hop.says for hop in chain.hops)
        return _CAN[chain.certainty], says, (*dict.fromkeys(because),), (*dict.fromkeys(given),)
    return (Rank.UNKNOWN, problems[0].says, (), ()) if problems else None


def _since(each: Standing, former: Mapping[str, Standing]) -> Standing:
    """With the moment at which it was first found to be so."""
    known = former.get(each.unique_id)
    return replace(each, since=known.since) if known and known.rank is each.rank else each


def _is_new(each: Standing, former: Mapping[str, Standing]) -> bool:
    """Whether people are told: of several ways that are equally sure, which is named may vary."""
    known = former.get(each.unique_id)
    return known is None or known.rank is not each.rank
