import pytest

from lambdas.model.change import Change
from lambdas.model.state import Part, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.service.observe import PAUSES, Observed, observe, start
from tests.service.world import ADMIN, ALICE, TRAIL, World, attach, change, put, state, stop, user


@pytest.fixture
def world() -> World:
    return World()


def observed(world: World, made: Change) -> Observed:
    reading = start(made, world.account)
    return observe(made, reading, world.account, world.records, world.clock)


def test_a_change_without_a_subject_reads_nothing(world: World) -> None:
    assert start(change("AttachUserPolicy", None), world.account) is None
    with pytest.raises(ValueError, match="names no subject"):
        observe(
            change("AttachUserPolicy", None),
            world.account.reading(()),
            world.account,
            world.records,
            world.clock,
        )


def test_an_attached_policy_is_read_whether_or_not_it_shows_yet(world: World) -> None:
    start(attach(), world.account)
    assert world.account.reads == [(ALICE, ADMIN)]


def test_what_shows_at_once_is_read_once(world: World) -> None:
    found = observed(world, world.happens(put()))
    assert (len(world.account.reads), world.clock.slept) == (1, [])
    assert found.before.of(ALICE) == user()
    assert found.after.of(ALICE) == found.live


def test_what_never_shows_is_read_until_a_deadline(world: World) -> None:
    world.happens(put())
    world.account.lag = 99
    found = observed(world, put())
    assert world.clock.slept == list(PAUSES)
    assert not put().shown_by(found.live)
    assert put().shown_by(found.after.of(ALICE))


def test_what_was_never_read_has_the_event_laid_over_nothing(world: World) -> None:
    world.records.history.clear()
    world.account.world.clear()
    found = observed(world, put())
    after = found.after.of(ALICE)
    assert isinstance(found.before, Unknown)
    assert after.arn == "arn:aws:iam::123456789012:user/alice"
    assert (after.unique_id, set(after.parts)) == ("", {Part.INLINE})


def test_an_unread_trail_is_named_by_its_arn(world: World) -> None:
    world.account.world.clear()
    assert observed(world, stop()).after.of(TRAIL).arn == TRAIL.name


def test_what_the_state_before_drew_on_is_read_too(world: World) -> None:
    group = Subject(Kind.GROUP, "staff")
    world.account.have(state(group, attached={}, inline={}))
    world.records.history = [user(groups={"staff": "staff"})]
    found = observed(world, world.happens(put()))
    assert found.before.of(group) is not None
    assert found.after.of(group) is None


def test_what_is_overwritten_since_is_not_waited_for(world: World) -> None:
    world.happens(put(document="{ }"))
    found = observed(world, put())
    assert world.clock.slept == []
    assert put().shown_by(found.after.of(ALICE))


def test_of_a_user_who_is_being_made_the_state_before_is_waited_for(world: World) -> None:
    world.records.history.clear()
    world.clock.meanwhile.append(lambda: world.records.remember([user()]))
    found = observed(world, world.happens(put()))
    assert world.clock.slept == [PAUSES[0]]
    assert found.before.of(ALICE) == user()
