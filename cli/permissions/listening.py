"""Listening: a plugin for pytest that keeps what roles ask of the gate while tests run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.deployed import STACK
from sandbox.front.hooks import Hooks, LoggedCall

OPTION = "--heard"
"""Names the file; its lines are a role's logical id, an action, and "allowed" or "refused"."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    parser.addoption(OPTION, type=Path, required=True, help="where to write what roles asked")


@pytest.fixture(scope="session", autouse=True)
def _listening(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep what is logged, whichever sandbox logs it."""
    heard: set[str] = set()
    log = Hooks.logged

    def logged(hooks: Hooks, entry: LoggedCall) -> None:
        heard.update(lines(entry))
        log(hooks, entry)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Hooks, "logged", logged)
        yield
    path: Path = request.config.getoption(OPTION)
    path.write_text("".join(f"{line}\n" for line in sorted(heard)), "utf-8")


def lines(entry: LoggedCall) -> Iterator[str]:
    """What the home stack's roles asked: CloudFormation's names hold the logical ids."""
    stack, _, rest = entry.caller.principal_arn.rpartition("/")[2].partition("-")
    role = rest.partition("-")[0]
    if stack != STACK or not role.partition("Role")[1]:
        return
    for decision in entry.decisions or ():
        yield f"{role} {decision.need.action} {'allowed' if decision.allowed else 'refused'}"
