"""`snapback assess --account`: everybody in an account's dump, with chains up to administrator."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from cli.account import read_account
from cli.assessed import Assessed, escalation, reasons
from cli.aws_policies import aws_policies
from lambdas.model.state import State, States
from lambdas.model.subject import PRINCIPALS, Subject
from lambdas.policy.chains import chains
from lambdas.policy.chains.hop import Chain, Hop
from lambdas.policy.chains.people import Person, people

_OF_EVERYBODY = "aws"
"""What `cli.account` files policies under that AWS owns."""


def run(path: Path, out: TextIO, *, as_text: bool) -> None:
    """Judge everybody in a dump.

    Raises:
        AccountDumpError: the dump cannot be read.
    """
    accounts = read_account(path)
    for account, known in accounts.items():
        if account != _OF_EVERYBODY:
            out.writelines(
                f"{told}\n"
                for told in judged({**accounts.get(_OF_EVERYBODY, {}), **known}, as_text=as_text)
            )


def judged(known: Mapping[Subject, State], *, as_text: bool) -> Iterator[str]:
    """What is to be told of each user and role of one account."""
    everybody = [*people(States({**_of_aws(known), **known}))]
    found = chains(everybody)
    for person in everybody:
        if person.subject.kind in PRINCIPALS:
            assessed = _assessed(person)
            up = found.get(person.subject, ())
            if as_text:
                yield "\n".join((*assessed.as_text(), *_chains_as_text(up)))
            else:
                told = {**assessed.as_json(), "chains": [_chain_as_json(each) for each in up]}
                yield json.dumps(told)


def _of_aws(known: Mapping[Subject, State]) -> dict[Subject, State]:
    """The policies that AWS owns and somebody draws on, as far as they are known offline."""
    wanted = {subject for state in known.values() for subject in state.draws_on()}
    found = {subject: aws_policies().state(subject) for subject in wanted - known.keys()}
    return {subject: state for subject, state in found.items() if state}


def _assessed(person: Person) -> Assessed:
    problems = (problem.says for problem in person.judged.power.problems)
    return Assessed.found(person.arn, person.judged.admin, person.ways, problems)


def _chain_as_json(chain: Chain) -> dict[str, Any]:
    return {"certainty": str(chain.certainty), "hops": [_hop_as_json(hop) for hop in chain.hops]}


def _hop_as_json(hop: Hop) -> dict[str, Any]:
    to = "administrator" if hop.to is None else str(hop.to)
    return {
        "to": to,
        "says": hop.says,
        **escalation(hop.path, hop.certainty, hop.because, hop.given),
    }


def _chains_as_text(up: Sequence[Chain]) -> Iterator[str]:
    for chain in up:
        yield f"  {chain.certainty} chain to administrator:"
        for number, hop in enumerate(chain.hops, 1):
            yield f"    {number}. {hop.says}"
            yield from reasons(hop.because, hop.given)
