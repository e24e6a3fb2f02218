"""A storm: mails that were put off, told together by the clock and dropped from no record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.actor import Actor
from lambdas.model.finding import Finding
from lambdas.model.incident import Alert, Contained, Ending, Incident, Outcome
from lambdas.model.severity import Severity
from lambdas.model.verdict import Verdict
from lambdas.service.evaluate import evaluate
from lambdas.service.gravity import FAULT, FIRST, SOON
from lambdas.service.mails import alert_mail
from lambdas.service.owed import MOST_ALONE, MOST_TOGETHER, send_owed
from lambdas.service.own_calls import MISUSED
from lambdas.service.ports import AlertNotSentError, UnreadableItemError
from lambdas.service.storm_mail import storm_mail
from lambdas.service.unannounced_mail import tell
from lambdas.service.undo import undo
from tests.service.world import AT, MALLORY, World, attach

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def judged() -> Incident:
    found = evaluate((world := World()).happens(attach()), world.evaluation())
    assert found is not None
    return found


def owing(judged: Incident, number: int, severity: Severity = Severity.HIGH) -> Incident:
    """One of many that were put off, of whom the name is what it says."""
    finding = Finding(rule="r", says=f"finding {number}", severity=severity)
    return replace(judged, id=f"i{number:04}", verdict=Verdict((finding,)), alert=Alert.PUT_OFF)


def storm(world: World, judged: Incident, count: int) -> None:
    for number in range(count):
        world.records.save(owing(judged, number))


def pay(world: World) -> int:
    return send_owed(world.records, world.alerts, world.clock)


def alerts(world: World) -> set[Alert]:
    return {each.alert for each in world.records.incidents.values()}


def test_an_alert_that_is_put_off_is_owed_and_its_event_is_done_with(world: World) -> None:
    world.alerts.put_off = 1
    made = world.happens(attach())
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    assert (incident.alert, incident.alerted, incident.owes) == (Alert.PUT_OFF, None, True)
    assert world.undos.requested == [incident.id]
    assert evaluate(made, world.evaluation()) is None
    assert world.subjects() == []


def test_one_that_died_before_it_could_be_noted_is_told_by_the_next_try(world: World) -> None:
    world.alerts.put_off = 1
    world.records.failing.add("save")
    made = world.happens(attach())
    with pytest.raises(TimeoutError):
        evaluate(made, world.evaluation())
    evaluate(made, world.evaluation())
    assert world.subjects() == ["CRITICAL"]


def test_what_was_put_off_and_died_later_is_left_to_the_clock(world: World) -> None:
    world.alerts.put_off = 1
    world.records.failing.add("finish")
    made = world.happens(attach())
    with pytest.raises(TimeoutError):
        evaluate(made, world.evaluation())
    world.clock.moment += MINUTE
    incident = evaluate(made, world.evaluation())
    assert incident is not None
    assert world.subjects() == []
    assert pay(world) == 1
    assert world.subjects() == ["CRITICAL"]


def test_a_few_are_told_each_by_itself(world: World, judged: Incident) -> None:
    storm(world, judged, MOST_ALONE)
    assert [pay(world), pay(world)] == [MOST_ALONE, 0]
    assert world.subjects() == ["HIGH"] * MOST_ALONE
    assert alerts(world) == {Alert.SENT}


def test_of_more_one_mail_tells_with_their_number_and_the_worst_ten(
    world: World, judged: Incident
) -> None:
    storm(world, judged, 40)
    for number in range(90, 95):
        world.records.save(owing(judged, number, Severity.CRITICAL))
    assert [pay(world), pay(world)] == [45, 0]
    (mail,) = world.alerts.sent
    assert mail.subject == "[CRITICAL] 45 incidents told together (account 123456789012)"
    named = [line for line in mail.body.splitlines() if line.startswith("  - [")]
    assert [line[5:9] for line in named] == ["CRIT"] * 5 + ["HIGH"] * 5
    assert "and 35 more: 35 high" in mail.body
    assert "user/mallory (45)" in mail.body
    assert alerts(world) == {Alert.SENT}


def test_what_is_critical_about_snapback_itself_comes_before_all_else(
    world: World, judged: Incident
) -> None:
    for number in range(20):
        world.records.save(owing(judged, number, Severity.CRITICAL))
    own = owing(judged, 99, Severity.CRITICAL)
    world.records.save(replace(own, change=replace(own.change, own=True, at=AT + MINUTE)))
    pay(world)
    lines = world.alerts.sent[0].body.splitlines()
    assert "finding 99" in next(line for line in lines if line.startswith("  - ["))


def test_the_mail_is_one_a_minute_whoever_pays(world: World, judged: Incident) -> None:
    storm(world, judged, 10)
    assert pay(world) == 10
    for number in range(20, 30):
        world.records.save(owing(judged, number))
    assert pay(world) == 0
    world.clock.moment += MINUTE
    assert pay(world) == 10
    assert len(world.alerts.sent) == 2


def test_one_that_cannot_be_sent_leaves_all_owed(world: World, judged: Incident) -> None:
    storm(world, judged, 10)
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        pay(world)
    assert alerts(world) == {Alert.PUT_OFF}
    assert pay(world) == 10


@pytest.mark.parametrize("count", [1, 10], ids=["one by itself", "many together"])
def test_what_is_put_off_once_more_is_told_a_minute_later(
    world: World, judged: Incident, count: int
) -> None:
    storm(world, judged, count)
    world.alerts.put_off = 1
    assert [pay(world), pay(world)] == [0, count]


def test_a_run_that_dies_after_the_mail_repeats_it_and_loses_none(
    world: World, judged: Incident
) -> None:
    storm(world, judged, 10)
    world.records.failing.add("alerted")
    with pytest.raises(TimeoutError):
        pay(world)
    assert pay(world) == 10
    assert len(world.alerts.sent) == 2


def test_a_storm_too_large_for_one_mail_is_told_in_several(world: World, judged: Incident) -> None:
    storm(world, judged, MOST_TOGETHER + 10)
    assert pay(world) == MOST_TOGETHER
    world.clock.moment += MINUTE
    assert pay(world) == 10


def test_a_record_that_cannot_be_read_keeps_no_other_back(
    world: World, judged: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm(world, judged, 10)
    found = [*world.records.owed()]

    def owed():
        yield from found
        raise UnreadableItemError("i0099")

    monkeypatch.setattr(world.records, "owed", owed)
    with pytest.raises(UnreadableItemError):
        pay(world)
    assert alerts(world) == {Alert.SENT}


def test_the_end_of_an_undo_that_is_put_off_is_told_by_the_clock(world: World) -> None:
    incident = evaluate(world.happens(attach()), world.evaluation())
    assert incident is not None
    world.alerts.put_off = 1
    undone = undo(incident.id, world.undoing())
    assert undone is not None
    assert undone.owes
    assert undo(incident.id, world.undoing()) is None
    world.clock.moment += 3 * MINUTE
    assert pay(world) == 1
    assert world.subjects() == ["CRITICAL", "RESTORED"]


ENDS = {
    "an undo that failed": Outcome(ending=Ending.FAILED, says="x", at=AT),
    "one that did not hold": Outcome(ending=Ending.RESTORED, says="x", at=AT, again=1),
    "an actor still at large": Outcome(
        ending=Ending.RESTORED, says="x", at=AT, contained=Contained(says="x", failed=True)
    ),
}


@pytest.mark.parametrize("outcome", ENDS.values(), ids=ENDS)
def test_ends_that_are_worse_than_any_change(
    world: World, judged: Incident, outcome: Outcome
) -> None:
    storm(world, judged, 20)
    ended = replace(owing(judged, 99), alert=Alert.SENT, outcome=outcome)
    world.records.save(ended)
    world.records.save(replace(ended, id="good", outcome=replace(ENDS_WELL)))
    world.clock.moment += 3 * MINUTE
    assert pay(world) == 22
    (mail,) = world.alerts.sent
    lines = mail.body.splitlines()
    assert "[CRITICAL" in next(line for line in lines if line.startswith("  - ["))
    assert "1 low" in mail.body
    assert not any(each.owes for each in world.records.incidents.values())


ENDS_WELL = Outcome(ending=Ending.RESTORED, says="x", at=AT)


def test_of_one_both_mails_may_be_owed(world: World, judged: Incident) -> None:
    storm(world, judged, 9)
    world.records.save(owing(judged, 99).ended(ENDS_WELL))
    world.clock.moment += 3 * MINUTE
    assert pay(world) == 10
    assert "[HIGH] finding 99" in world.alerts.sent[0].body
    assert "[RESTORED] " in world.alerts.sent[0].body


def test_of_many_actors_three_are_named(judged: Incident) -> None:
    def by(number: int) -> Incident:
        actor = Actor(kind="IAMUser", arn=f"arn:aws:iam::123456789012:user/u{number}")
        made = owing(judged, number)
        return replace(made, change=replace(made.change, actor=actor))

    mail = storm_mail([by(number) for number in (1, 2, 2, 3, 4, 5)])
    (who,) = (line for line in mail.body.splitlines() if line.startswith("Who"))
    assert who.startswith("Who    arn:aws:iam::123456789012:user/u2 (2), ")
    assert who.endswith(", and 2 more")


def test_what_a_sweep_found_is_put_off_without_failing_it(world: World, judged: Incident) -> None:
    world.alerts.put_off = 1
    tell([replace(judged, id="swept", alert=Alert.OWED)], world.sweeping())
    assert pay(world) == 1


ITSELF = {
    "a part of it was changed": (True, "tampered"),
    "the clock found a fault": (False, FAULT),
    "its role was misused": (False, MISUSED),
}


@pytest.mark.parametrize(("own", "rule"), ITSELF.values(), ids=ITSELF)
def test_what_is_critical_about_snapback_itself_has_more_patience(
    judged: Incident, own: bool, rule: str
) -> None:
    finding = Finding(rule=rule, says="x", severity=Severity.CRITICAL)
    made = replace(judged.change, own=own, actor=MALLORY)
    incident = replace(judged, change=made, verdict=Verdict((finding,)))
    assert alert_mail(incident).patience == FIRST
    lesser = replace(incident, verdict=Verdict((replace(finding, severity=Severity.HIGH),)))
    assert alert_mail(lesser).patience == SOON
