"""Replaying: what Snapback would have done on logs that somebody has, without AWS."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from cli.account import Accounts
from cli.located import Located
from cli.replayed import Fate, Replayed, judged
from cli.silent import NoDecisions, SilentAlerts, SilentSweeps, SilentUndos, StandingClock
from cli.spool import Spool
from cli.world import World
from lambdas.aws.events import Ignored, MalformedEventError, parse
from lambdas.service.evaluate import Evaluation, evaluate
from lambdas.settings import Settings

_DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What events are judged by: settings, and the states before as far as they are known.

    ``progress`` is told how many changes are judged, and how many there are.
    """

    settings: Settings
    accounts: Accounts = field(default_factory=dict)
    progress: Callable[[int, int], object] = lambda _done, _whole: None

    def run(self, events: Iterable[Located]) -> Iterator[Replayed]:
        """What would have become of each event: ignored ones as they come, then the judged.

        Changes are judged in order of time, whatever the order of the events, because each is
        judged by what came before it. Memory grows with the states that they change, not with
        the number of events.
        """
        with Spool() as spool:
            for each in events:
                replayed = _kept(each, spool)
                if replayed is not None:
                    yield replayed
            yield from self._judged(spool)

    def _judged(self, spool: Spool) -> Iterator[Replayed]:
        world, clock = World(self.accounts), StandingClock()
        ports = Evaluation(
            account=world,
            records=world,
            decisions=NoDecisions(),
            alerts=SilentAlerts(),
            undos=SilentUndos(),
            sweeps=SilentSweeps(),
            clock=clock,
            settings=self.settings,
            own_role=None,
        )
        whole = len(spool)
        for number, each in enumerate(spool, 1):
            yield _evaluated(each, world, clock, ports)
            self.progress(number, whole)


def _kept(located: Located, spool: Spool) -> Replayed | None:
    """What is known of an event at once; None where it is kept to be judged in its turn."""
    try:
        change = parse(located.event)
    except MalformedEventError as error:
        return Replayed(located=located, fate=Fate.MALFORMED, reason=str(error))
    if isinstance(change, Ignored):
        return Replayed(located=located, fate=Fate.IGNORED, reason=change.reason)
    if not spool.add(change, located):
        return Replayed(located=located, fate=Fate.IGNORED, reason=_DUPLICATE)
    return None


def _evaluated(located: Located, world: World, clock: StandingClock, of: Evaluation) -> Replayed:
    change = parse(located.event)
    if isinstance(change, Ignored):
        raise TypeError(f"an event was kept that is to be ignored: {change.reason}")
    clock.moment = change.at
    world.happen(change)
    incident = evaluate(change, of)
    if incident is None:
        return Replayed(located=located, fate=Fate.IGNORED, reason=_DUPLICATE)
    return Replayed(located=located, fate=judged(incident), incident=incident)
