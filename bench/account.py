"""A whole account, judged, with chains up to administrator: seconds, memory, and their growth."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

from bench.figure import Figure
from cli.aws_policies import AwsPolicies, aws_policies
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject

PRINCIPALS = 10_000
_FEW = 1_000
_ACCOUNT = "arn:aws:iam::123456789012"
_NOW = datetime(2026, 1, 2, tzinfo=UTC)
_SERVICES = ("ec2", "lambda", "ecs-tasks", "glue", "codebuild", "cloudformation")
_MEMBERS = 50
"""Principals for each group."""
_OWN = 20
"""One principal of so many has an inline policy that names itself."""
_CODE = """
import json, time
from pathlib import Path
from bench.account import built
from lambdas.policy.chains import chains
from lambdas.policy.chains.people import people
states = built({number})
began = time.perf_counter()
everybody = [*people(states)]
found = chains(everybody)
seconds = time.perf_counter() - began
peak = next(line for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
print(json.dumps([seconds, int(peak.split()[1]) / 1024, len(found),
    len({{person.judged for person in everybody}})]))
"""


def run() -> Iterable[Figure]:
    """Judge an account of AWS-managed policies, twice.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    few, memory_of_few, _, _ = _measured(_FEW)
    many, memory, chained, judged = _measured(PRINCIPALS)
    named = f"account of {PRINCIPALS:,} principals, chains included"
    yield Figure(name=named, value=many, unit="s", compared_with="aim: under 10 s")
    yield Figure(
        name="peak memory of it", value=memory, unit="MB", compared_with="aim: under 500 MB"
    )
    yield Figure(
        name=f"seconds grow, with {PRINCIPALS // _FEW} times the principals, by",
        value=many / few,
        unit="times",
        compared_with="aim: no more than the principals",
    )
    yield Figure(
        name="memory grows by",
        value=memory / memory_of_few,
        unit="times",
        compared_with=f"{memory_of_few:.0f} MB for {_FEW:,} principals",
    )
    yield Figure(
        name="principals with a chain to administrator",
        value=chained,
        unit="principals",
        compared_with=f"{judged:,} different powers",
    )


def _measured(number: int) -> tuple[float, float, int, int]:
    """Seconds, peak memory in MB, principals with chains, and different powers."""
    code = _CODE.format(number=number)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    seconds, memory, chained, judged = json.loads(done.stdout)
    return seconds, memory, chained, judged


def built(number: int) -> States:
    """An account of that many users and roles; each has one to three AWS-managed policies."""
    table = aws_policies()
    policies = [
        f"arn:aws:iam::aws:{name}"
        for name in table.documents
        if "service-role/" not in name and not name.endswith("/AdministratorAccess")
    ]
    states = (*_policies(table), *_groups(number, policies), *_people(number, policies))
    return States({state.subject: state for state in states})


def _policies(table: AwsPolicies) -> Iterator[State]:
    for name in table.documents:
        state = table.state(Subject(Kind.POLICY, f"arn:aws:iam::aws:{name}"))
        if state is not None:
            yield state


def _groups(number: int, policies: list[str]) -> Iterator[State]:
    for each in range(1 + number // _MEMBERS):
        yield _state(Kind.GROUP, f"group-{each}", _held(policies[each * 7 % len(policies)]))


def _people(number: int, policies: list[str]) -> Iterator[State]:
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    for each in range(number):
        held = [policies[each * step % len(policies)] for step in (1, 11, 31)[: 1 + each % 3]]
        if each % 1000 == 0:
            held.append(administrator)
        inline = {"own": _own(each)} if each % _OWN == 0 else {}
        user = partial(_state, Kind.USER, f"person-{each}")
        if each % 2:
            group = f"group-{each % (1 + number // _MEMBERS)}"
            yield user({**_held(*held, inline=inline), Part.GROUPS: {group: group}})
        else:
            trust = {ONLY: json.dumps({"Version": "2012-10-17", "Statement": _trusting(each)})}
            parts = {**_held(*held, inline=inline), Part.TRUST: trust}
            yield _state(Kind.ROLE, f"person-{each}", parts)


def _trusting(each: int) -> dict[str, object]:
    whom = (
        {"Service": f"{_SERVICES[each % len(_SERVICES)]}.amazonaws.com"},
        {"AWS": f"{_ACCOUNT}:root"},
        {"AWS": f"{_ACCOUNT}:user/person-{each + 1}"},
    )
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": whom[each // 2 % 3]}


def _own(each: int) -> str:
    """A policy for a role of its own, as pipelines have."""
    role = f"{_ACCOUNT}:role/person-{each + 2}"
    allow = {"Effect": "Allow", "Action": ["sts:AssumeRole", "iam:PassRole"], "Resource": role}
    return json.dumps({"Version": "2012-10-17", "Statement": allow})


def _held(*attached: str, inline: dict[str, str] | None = None) -> dict[Part, dict[str, str]]:
    return {
        Part.ATTACHED: {arn: arn.rpartition("/")[2] for arn in attached},
        Part.INLINE: inline or {},
        Part.BOUNDARY: {},
    }


def _state(kind: Kind, name: str, parts: dict[Part, dict[str, str]]) -> State:
    arn = f"{_ACCOUNT}:{kind}/{name}"
    return State(subject=Subject(kind, name), unique_id=arn, arn=arn, as_of=_NOW, parts=parts)
