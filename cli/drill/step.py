"""Steps: the AWS calls on the way of one incident, found in the log of a run without faults."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandbox import deployed
from sandbox.calls.caller import Caller
from sandbox.calls.caller import Kind as CallerKind
from sandbox.front.hooks import LoggedCall

OWN = "own"
"""Word for the judging of Snapback's own calls, whose events come in when the undo is over."""
_LAMBDAS = frozenset({"sqs:ReceiveMessage", "sqs:DeleteMessageBatch"})
"""What Lambda calls under a function's role, and no code of ours."""
_NO_SERVER = frozenset({"logs"})
"""Services that the sandbox is only asked about: nothing is sent that could fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One call: by which function, in which part of the way, and which of those of its action.

    ``number`` counts the calls of its part from 1; ``nth`` those of the same action from 0.
    """

    function: str
    part: str
    call: str
    number: int
    nth: int

    @property
    def name(self) -> str:
        """Its part and number, such as ``undo 3``."""
        return f"{self.part} {self.number}"

    @property
    def names(self) -> tuple[str, str]:
        """What it is asked for by: its part's name, and its own."""
        return self.part, self.name


def steps(log: Iterable[LoggedCall], account: str, *, own: bool) -> Iterator[Step]:
    """The steps that a log shows, in its order; ``own`` if it is of Snapback's own calls."""
    numbers: Counter[str] = Counter()
    nths: Counter[tuple[str, str]] = Counter()
    for entry in log:
        function = function_of(entry.caller)
        call = str(entry.call)
        if function is None or call in _LAMBDAS or entry.call.service in _NO_SERVER:
            continue
        part = OWN if own else _part(account, entry.call.region, function)
        numbers[part] += 1
        yield Step(
            function=function,
            part=part,
            call=call,
            number=numbers[part],
            nth=nths[function, call],
        )
        nths[function, call] += 1


def function_of(caller: Caller) -> str | None:
    """The function under whose role a call was made: it names the role's session."""
    return caller.arn.rpartition("/")[2] if caller.kind is CallerKind.ROLE else None


def _part(account: str, region: str, function: str) -> str:
    """The first word of the handler's module: ``evaluate`` of lambdas.handlers.evaluate_change."""
    module = deployed.read(account, region, function).handler.split(".")[-2]
    return module.partition("_")[0]
