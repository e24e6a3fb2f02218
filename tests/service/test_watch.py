from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from lambdas.model.family import Family
from lambdas.model.incident import Alert
from lambdas.model.state import States
from lambdas.service.checking import Checking
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import AlertNotSentError
from lambdas.service.watch import Watched, watch
from lambdas.service.watching import Watching
from lambdas.settings import Response
from tests.service.fake_sensor import WATCH, FakeFaults, FakeSensor, whole_trail
from tests.service.world import ACCOUNT, SETTINGS, TRAIL, World, attach

MINUTE = timedelta(minutes=1)
DISABLED = replace(WATCH, state="DISABLED")
OTHER = replace(DISABLED, name="other")


@dataclass
class Clock:
    world: World = field(default_factory=World)
    sensor: FakeSensor = field(default_factory=FakeSensor)
    faults: FakeFaults = field(default_factory=FakeFaults)
    settings = SETTINGS

    def look(self, later: timedelta = MINUTE) -> Watched:
        self.world.clock.moment += later
        world = self.world
        checking = Checking(
            sensor=self.sensor, records=world.records, clock=world.clock, settings=self.settings
        )
        return watch(
            Watching(
                checking=checking,
                evaluation=replace(world.evaluation(), settings=self.settings),
                faults=self.faults,
                account=ACCOUNT,
            )
        )

    @property
    def told(self) -> list[str]:
        return [mail.subject.partition(":")[0] for mail in self.world.alerts.sent]


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_good_minute_tells_nobody(clock: Clock) -> None:
    assert clock.look().good
    assert clock.told == []


def test_a_fault_is_told_once_then_hourly_then_its_end(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.look()
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback watches"]
    clock.look(timedelta(hours=1))
    clock.look()
    assert clock.told[1:] == ["[STILL CRITICAL] Snapback watches"]
    clock.sensor.seen_watches = (WATCH,)
    clock.look()
    clock.look()
    assert clock.told[2:] == ["[ENDED] Snapback watches"]
    assert clock.faults.held == {}


def test_a_fault_is_an_incident_that_names_the_part_and_the_mend(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.look()
    (incident,) = clock.world.records.incidents.values()
    (finding,) = incident.verdict.findings
    assert incident.alert is Alert.SENT
    assert finding.says == "changes is disabled"
    assert "aws events enable-rule --name changes --region us-east-1" in finding.because[1]
    (mail,) = clock.world.alerts.sent
    assert "aws events enable-rule --name changes" in mail.body
    assert f"Incident {incident.id}" in mail.body


def test_a_fault_that_spreads_is_told_again_at_once(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.look()
    clock.sensor.seen_watches = (DISABLED, OTHER)
    clock.look()
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback watches", "[STILL CRITICAL] Snapback watches"]
    assert len(clock.world.records.incidents) == 1


def test_what_cannot_be_checked_is_told_if_it_lasts(clock: Clock) -> None:
    clock.sensor.blind = True
    clock.look()
    assert clock.told == []
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback watches"]
    assert "cannot be checked" in clock.world.alerts.sent[0].body


def test_what_could_not_be_checked_once_was_nothing(clock: Clock) -> None:
    clock.sensor.blind = True
    clock.look()
    clock.sensor.blind = False
    clock.look()
    assert (clock.told, clock.faults.held) == ([], {})


def stop(clock: Clock) -> None:
    """As if the event had never come."""
    clock.world.records.history.append(whole_trail())
    clock.world.account.have(whole_trail("false"))
    clock.sensor.seen_trails = States({TRAIL: whole_trail("false")})


def test_a_trail_that_was_stopped_without_an_event_is_to_be_started(clock: Clock) -> None:
    stop(clock)
    clock.look()
    assert clock.world.undos.requested == []
    clock.look()
    clock.look()
    (incident,) = clock.world.records.incidents.values()
    assert clock.world.undos.requested == [incident.id]
    assert [call.operation for call in incident.revert] == ["StartLogging"]
    assert incident.change.actor.kind == "that is not known, because no event came"
    assert clock.faults.held["trails"].incident == incident.id
    assert len(clock.told) == 1


def test_where_trails_are_not_to_be_undone_people_are_told_how(clock: Clock) -> None:
    clock.settings = replace(SETTINGS, response={**SETTINGS.response, Family.TRAIL: Response.ALERT})
    stop(clock)
    clock.look()
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback trails"]
    assert "aws cloudtrail start-logging" in clock.world.alerts.sent[0].body
    assert clock.world.undos.requested == []


def test_a_trail_that_never_logged_was_stopped_by_nobody(clock: Clock) -> None:
    clock.world.records.history.clear()
    clock.sensor.seen_trails = States({})
    clock.look()
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback trails"]
    assert clock.world.undos.requested == []


def test_mail_that_cannot_be_sent_is_owed_and_sent_a_minute_later(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        clock.look()
    (incident,) = clock.world.records.incidents.values()
    assert incident.alert is Alert.OWED
    assert clock.look().alerts_sent == 1
    assert len(clock.told) == 1


def test_several_failures_are_all_named(clock: Clock) -> None:
    clock.sensor.seen_watches, clock.sensor.seen_functions = (), ()
    clock.look()
    clock.world.alerts.refusals = 9
    with pytest.raises(AlertNotSentError) as failed:
        clock.look(timedelta(hours=1))
    assert failed.value.__notes__ == ["and AlertNotSentError: InternalError"]


def test_a_run_that_dies_while_it_tells_tells_in_the_next_minute(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.world.records.failing.add("save")
    with pytest.raises(TimeoutError):
        clock.look()
    clock.look()
    assert clock.told == ["[CRITICAL] Snapback watches"]


def test_what_is_owed_about_changes_is_sent(clock: Clock) -> None:
    clock.world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        evaluated(clock)
    assert clock.look().alerts_sent == 1


def test_that_the_owed_mails_cannot_be_read_is_raised_when_all_else_is_done(clock: Clock) -> None:
    clock.sensor.seen_watches = (DISABLED,)
    clock.world.records.failing.add("owed")
    with pytest.raises(TimeoutError):
        clock.look()
    assert "[CRITICAL] Snapback watches" in clock.told


def evaluated(clock: Clock) -> None:
    evaluate(clock.world.happens(attach()), clock.world.evaluation())


def test_a_stopped_trail_whose_run_dies_is_seen_to_in_the_next_minute(clock: Clock) -> None:
    stop(clock)
    clock.look()
    clock.world.records.failing.add("save")
    with pytest.raises(TimeoutError):
        clock.look()
    clock.look()
    assert len(clock.world.undos.requested) == 1
