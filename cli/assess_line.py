"""One line for `snapback assess`: whose policies are to be judged, and with which limits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from cli.assess_whose import NOBODY, principals
from cli.json_lines import LineError, line_object
from lambdas.model.arn import Arn
from lambdas.model.problem import Problem
from lambdas.model.subject import Kind, Subject
from lambdas.policy.document import DocumentError, parse
from lambdas.policy.escalation.path import Target
from lambdas.policy.power import NAMES_PRINCIPALS, Power, Source
from lambdas.policy.reading import shown

_KEYS = frozenset({"id", "principal", "identity", "boundary", "scps"})
_HELD = frozenset({Target.ITS_GROUP, Target.ITS_POLICY})
"""Documents come without the policies and groups that they are from."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a line gives: one power, or one for each principal that it may be.

    ``whose`` are the ARNs of these; ``named`` says whether the line names its principal itself.
    """

    id: object
    whose: tuple[str, ...]
    named: bool
    power: Power
    """What the documents say, of whoever it may be."""
    unknown: frozenset[Target]
    boundary_known: bool
    """Whether the line says which boundary there is, if any."""
    errors: tuple[str, ...]

    @property
    def powers(self) -> tuple[Power, ...]:
        """The power of each."""
        return tuple(map(self.of, self.whose))

    def of(self, who: str) -> Power:
        """The power as one principal's."""
        return _of(who, self.power)


def given(text: str) -> Given:
    """The line, read.

    A document that is none is an error of the verdict; what the others allow is judged all the
    same.

    Raises:
        LineError: the line itself is not what is expected.
    """
    line = line_object(text)
    errors = [f"{shown(key)} is not known and was left out" for key in line if key not in _KEYS]
    power = _power(line, errors)
    named = line.get("principal") is not None
    whose = tuple(_principals(line.get("principal"), text, errors))
    for who in whose:
        _of(who, power)
    unknown = _HELD if named else _HELD | {Target.ITSELF}
    return Given(line.get("id"), whose, named, power, unknown, "boundary" in line, tuple(errors))


def _power(line: dict[str, object], errors: list[str]) -> Power:
    """What the documents say, of whoever it may be."""
    boundary = line.get("boundary")
    bounding = [] if boundary is None else [*_sources([boundary], "boundary", errors)]
    levels = _listed(line.get("scps") or [], "scps")
    return Power(
        subject=Subject(Kind.USER, NOBODY),
        identity=tuple(_sources(_listed(line.get("identity"), "identity"), "identity", errors)),
        boundary=bounding[0] if bounding else None,
        boundary_arn=None if boundary is None else "boundary",
        scps=tuple(_level(each, number, errors) for number, each in enumerate(levels, 1)),
        problems=tuple(map(Problem, errors)),
    )


def _level(given: object, number: int, errors: list[str]) -> tuple[Source, ...]:
    """One level of service control policies; one that cannot be read at all restricts nothing."""
    documents = _listed(given, f"level {number} of scps")
    found = tuple(_sources(documents, f"service control (level {number})", errors))
    return found if len(found) == len(documents) else (*found, _EVERYTHING)


def _listed(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise LineError(f"{what} is {shown(value)}, not a list")
    return value


def _sources(documents: list[object], what: str, errors: list[str]) -> Iterator[Source]:
    for number, document in enumerate(documents, 1):
        says = f"{what} policy {number}" if len(documents) > 1 else f"{what} policy"
        try:
            text = document if isinstance(document, str) else json.dumps(document)
            parsed = parse(text)
        except DocumentError as error:
            errors.append(f"{says} is no valid policy document: {error}")
        else:
            if any(not statement.own for statement in parsed.statements):
                errors.append(f"{says} {NAMES_PRINCIPALS}")
            yield Source(says, parsed)


def _principals(given: object, text: str, errors: list[str]) -> list[str]:
    if given is None:
        return principals(text, errors)
    if isinstance(given, str):
        return [given]
    raise LineError(f"principal is {shown(given)}, not an ARN")


def _of(who: str, power: Power) -> Power:
    """The power as this principal's.

    Raises:
        LineError: it is neither a user nor a role.
    """
    arn = Arn.parse(who)
    kind, _, rest = arn.resource.partition("/") if arn else ("", "", "")
    if arn is None or kind not in _KINDS or not rest:
        raise LineError(f"principal {shown(who)} is no ARN of a user or role")
    name = rest.partition("/")[0] if kind == "assumed-role" else rest.rpartition("/")[2]
    subject = Subject(_KINDS[kind], name)
    own = f"arn:{arn.partition}:iam::{arn.account}:{_KINDS[kind]}/{name}"
    return Power(
        subject=subject,
        arn=own if kind == "assumed-role" else who,
        identity=power.identity,
        boundary=power.boundary,
        boundary_arn=power.boundary_arn,
        scps=() if arn.resource.startswith(_SERVICE_LINKED) else power.scps,
        problems=power.problems,
        variables={"aws:username": name} if subject.kind is Kind.USER else {},
    )


_KINDS = {"user": Kind.USER, "role": Kind.ROLE, "assumed-role": Kind.ROLE}
_SERVICE_LINKED = "role/aws-service-role/"
"""Where roles are that no service control policy binds.

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
"""
_EVERYTHING = Source(
    "what could not be read",
    parse('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'),
)
