"""Chains: who of an account can become administrator, over whom, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lambdas.model.finding import SURENESS
from lambdas.model.subject import Subject
from lambdas.policy.chains.hop import Chain
from lambdas.policy.chains.people import Person
from lambdas.policy.chains.search import Search
from lambdas.policy.evaluate import Answer

_SURE_FIRST = tuple(reversed(range(len(SURENESS))))


def chains(people: Sequence[Person]) -> Mapping[Subject, tuple[Chain, ...]]:
    """The shortest chains of everybody who can become administrator, and is none yet.

    Of each that are equally sure, one; a less sure one only where it is shorter. The shortest
    comes first. What lies between two principals and is not among an account's identities, such
    as a function that runs with a role, makes a hop possible.
    """
    found: dict[Subject, list[Chain]] = defaultdict(list)
    for sureness in _SURE_FIRST:
        for subject, hops in Search(people, sureness).run().items():
            if not found[subject] or len(hops) < len(found[subject][-1].hops):
                found[subject].append(Chain(hops, SURENESS[sureness]))
    administrators = {p.subject for p in people if p.judged.admin.answer is Answer.ALLOWED}
    return {
        subject: tuple(reversed(each))
        for subject, each in found.items()
        if each and each[-1].hops and subject not in administrators
    }
