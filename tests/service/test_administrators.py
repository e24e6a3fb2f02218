"""No undo leaves nobody but root: another active administrator is looked for, or it is refused."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pytest

from lambdas.model.change import Edit
from lambdas.model.incident import Ending
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.model.turn import Turn
from lambdas.service import administrators
from lambdas.service.administrators import NOTED, TO_FIND
from lambdas.service.evaluate import evaluate
from lambdas.service.ports import CallFailedError
from lambdas.service.undo import undo
from tests.service.world import (
    ACCOUNT,
    ADMIN,
    ALICE,
    ALL,
    AT,
    OWNERS,
    READ,
    World,
    attach,
    put,
    state,
)

BOB = Subject(Kind.USER, "bob")
TRUST = '{"Statement":{"Effect":"%s","Action":"%s","Principal":%s}}'
SOMEBODY = f'{{"AWS":"arn:aws:iam::{ACCOUNT}:user/bob"}}'
BUILD = Subject(Kind.ROLE, "build")
TRANSIENT = {"transient": True}
POLICY = state(ADMIN, document={"v1": ALL})


@pytest.fixture
def world() -> World:
    return World()


def user(**parts: dict[str, str]) -> State:
    """What a page shows of bob, who is administrator: nothing of how he gets in."""
    held = {"attached": {ADMIN.name: "AdministratorAccess"}, "inline": {}, "groups": {}}
    return state(BOB, **{**held, "boundary": {}, **parts})


def role(trust: str, **parts: dict[str, str]) -> State:
    held = {"attached": {ADMIN.name: "AdministratorAccess"}, "inline": {}, "boundary": {}}
    return state(BUILD, **{**held, "trust": {ONLY: trust}, **parts})


def page(*states: State) -> States:
    return States({each.subject: each for each in states})


def refused(world: World, *pages: States) -> bool:
    world.account.people = pages
    incident = evaluate(world.happens(attach()), world.evaluation())
    outcome = undo(incident.id, world.undoing()).outcome
    if outcome.ending is Ending.RESTORED:
        return False
    assert outcome.ending is Ending.FAILED
    assert "nobody but the root user would be administrator without user alice" in outcome.says
    assert "detach-user-policy" in outcome.commands[0]
    assert world.reverts.made == []
    return True


DENIED = '{"Statement":[{"Effect":"%s","Action":"*","Resource":"*","Condition":%s}]}'
PAST = '{"DateLessThan":{"aws:TokenIssueTime":"2026-03-01T12:00:00.5Z"}}'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(DENIED % ("Deny", PAST), True, id="sessions of the past"),
        pytest.param(
            DENIED % ("Deny", PAST.replace("2026", "2027")), False, id="those of a year to come"
        ),
        pytest.param(
            DENIED % ("Deny", PAST.replace("2026-03-01T", "soon ")), False, id="of no moment"
        ),
        pytest.param(
            DENIED % ("Deny", PAST.replace("Less", "Greater")), False, id="those that come"
        ),
        pytest.param(
            DENIED % ("Deny", PAST[:-1] + ',"Bool":{"aws:SecureTransport":"false"}}'),
            False,
            id="sessions of the past, with more that is not known",
        ),
        pytest.param(DENIED % ("Deny", "{}"), False, id="everybody"),
        pytest.param(DENIED % ("Allow", PAST), True, id="what only allows is no hindrance"),
        pytest.param("{", False, id="a text that is no policy"),
    ],
)
def test_who_assumes_a_role_again_is_not_one_of_the_sessions_that_were_ended(
    world: World, text: str, *, left: bool
) -> None:
    trust = TRUST % ("Allow", "sts:AssumeRole", SOMEBODY)
    assert refused(world, page(role(trust, inline={"ended": text}), POLICY)) is not left


@pytest.mark.parametrize(
    "trust",
    [
        TRUST % ("Allow", "sts:AssumeRole", SOMEBODY),
        TRUST % ("Allow", "sts:AssumeRoleWithSAML", '{"Federated":"arn:aws:iam::1:saml/x"}'),
        TRUST % ("Allow", "*", '"*"'),
    ],
    ids=["a user", "a company's own sign-in", "anybody"],
)
def test_a_role_that_somebody_may_assume_is_left(world: World, trust: str) -> None:
    assert not refused(world, page(role(trust), POLICY))


@pytest.mark.parametrize(
    "trust",
    [
        TRUST % ("Allow", "sts:AssumeRole", '{"Service":"lambda.amazonaws.com"}'),
        TRUST % ("Deny", "sts:AssumeRole", SOMEBODY),
        TRUST % ("Allow", "sts:TagSession", SOMEBODY),
        "{",
        "",
    ],
    ids=["only a service", "nobody", "nobody, though it may be tagged", "no document", "unread"],
)
def test_a_role_that_nobody_may_assume_is_not_enough(world: World, trust: str) -> None:
    assert refused(world, page(role(trust), POLICY))


@pytest.mark.parametrize(
    ("held", "alone"),
    [
        ({"access keys": {"AKIA1": "Active"}}, False),
        ({"login profile": {ONLY: "present"}}, False),
        ({"access keys": {"AKIA1": "Inactive"}, "login profile": {}}, True),
        ({}, True),
    ],
    ids=["an active key", "a password", "an inactive key", "credentials unread"],
)
def test_a_user_must_be_able_to_get_in(
    world: World, *, held: dict[str, dict[str, str]], alone: bool
) -> None:
    world.account.have(user(**held))
    assert refused(world, page(user(), POLICY)) is alone


def test_a_user_who_is_gone_by_now_is_not_enough(world: World) -> None:
    assert refused(world, page(user(), POLICY))


@pytest.mark.parametrize(
    "pages",
    [
        (),
        (page(),),
        (page(role(TRUST % ("Allow", "sts:AssumeRole", SOMEBODY), attached={}), POLICY),),
        (page(role(TRUST % ("Allow", "sts:AssumeRole", SOMEBODY), attached={"arn:x": "x"})),),
    ],
    ids=["no page", "nobody", "one who is no administrator", "one whose policy is on no page"],
)
def test_where_there_is_none_the_undo_is_refused(world: World, pages: tuple[States, ...]) -> None:
    assert refused(world, *pages)


def test_what_one_draws_on_may_stand_on_a_later_page(world: World) -> None:
    inline = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/all")
    one = role(TRUST % ("Allow", "sts:AssumeRole", SOMEBODY), attached={inline.name: "all"})
    later = state(inline, document={"v1": ALL})
    assert not refused(world, page(one), page(), page(later))


def test_one_who_loses_it_by_the_same_undo_does_not_count(world: World) -> None:
    group = Subject(Kind.GROUP, "staff")
    both = [
        replace(user(attached={}, groups={"staff": "staff"}), subject=each, unique_id=each.name)
        for each in (ALICE, BOB)
    ]
    world.account.have(state(group, attached={}, inline={}), *both)
    world.records.remember([state(group, attached={}, inline={})])
    made = attach()
    made = replace(made, name="AttachGroupPolicy", subject=group)
    world.account.people = (page(*both, world.account.world[group], POLICY),)
    incident = evaluate(world.happens(made), world.evaluation())
    assert undo(incident.id, world.undoing()).outcome.ending is Ending.FAILED


def test_pages_that_cannot_be_read_hold_nobody(world: World) -> None:
    class Broken:
        def __iter__(self) -> Iterator[States]:
            raise ConnectionError("AccessDenied")

    world.account.people = Broken()
    incident = evaluate(world.happens(attach()), world.evaluation())
    outcome = undo(incident.id, world.undoing()).outcome
    assert outcome.says.endswith("as far as was read: ConnectionError: AccessDenied")


def test_the_search_is_bounded_in_time(world: World) -> None:
    def pages() -> Iterable[States]:
        world.clock.sleep(TO_FIND.total_seconds())
        yield page()
        yield page(*OWNERS)

    world.account.people = pages()
    incident = evaluate(world.happens(attach()), world.evaluation())
    outcome = undo(incident.id, world.undoing()).outcome
    assert outcome.says.endswith("as far as there was time to look")


def test_who_takes_administrator_from_nobody_asks_for_no_other(world: World) -> None:
    world.account.people = ()
    passing = '{"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}'
    incident = evaluate(world.happens(put(passing)), world.evaluation())
    assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
    assert not Edit(Part.INLINE, "work", READ).shown_by(world.account.world[ALICE])


@dataclass
class Pages:
    """Pages that are made when they are read."""

    made: Callable[[], Iterator[States]]

    def __iter__(self) -> Iterator[States]:
        return self.made()


class TestSideBySide:
    """Two undos, each of which takes administrator from the one on whom the other could count."""

    @pytest.fixture
    def both(self, world: World) -> tuple[str, str]:
        """The incidents of alice and bob, who were made administrators and can both sign in."""
        keys = {"access keys": {"AKIA1": "Active"}}
        held = {"attached": {}, "inline": {}, "groups": {}, "boundary": {}}
        former = (state(ALICE, **held, **keys), state(BOB, **held, **keys))
        world.account.have(*former)
        world.records.remember(former)
        made = [
            world.happens(attach()),
            world.happens(replace(attach(), subject=BOB, event_id="event-of-bob")),
        ]
        world.account.people = (
            page(*(world.account.world[each] for each in (ALICE, BOB)), POLICY),
        )
        alice, bob = (evaluate(each, world.evaluation()) for each in made)
        return alice.id, bob.id

    def test_who_was_just_taken_from_is_not_counted_though_reads_still_show_it(
        self, world: World, both: tuple[str, str]
    ) -> None:
        alice, bob = both
        assert undo(alice, world.undoing()).outcome.ending is Ending.RESTORED
        outcome = undo(bob, world.undoing()).outcome
        assert outcome.ending is Ending.FAILED
        assert "nobody but the root user would be administrator without user bob" in outcome.says

    def test_of_two_that_meet_one_is_made(self, world: World, both: tuple[str, str]) -> None:
        alice, bob = both
        people, ends = world.account.people, []

        def looks() -> Iterator[States]:
            if not ends:
                ends.append(None)
                ends[0] = undo(bob, world.undoing()).outcome.ending
            yield from people

        world.account.people = Pages(looks)
        ends.append(undo(alice, world.undoing()).outcome.ending)
        assert ends == [Ending.FAILED, Ending.RESTORED]

    def test_who_writes_its_note_first_is_first(self, world: World, both: tuple[str, str]) -> None:
        alice, bob = both
        ends: list[Ending] = []
        undoing = world.undoing()
        world.records.meanwhile = [lambda: ends.append(undo(bob, undoing).outcome.ending)]
        ends.append(undo(alice, undoing).outcome.ending)
        assert ends == [Ending.RESTORED, Ending.FAILED]

    def test_who_was_refused_counts_for_others(self, world: World, both: tuple[str, str]) -> None:
        alice, bob = both
        people, world.account.people = world.account.people, ()
        assert undo(alice, world.undoing()).outcome.ending is Ending.FAILED
        world.account.people = people
        assert undo(bob, world.undoing()).outcome.ending is Ending.RESTORED

    def test_a_note_is_taken_back_beside_what_others_write_meanwhile(
        self, world: World, both: tuple[str, str]
    ) -> None:
        records, other = world.records, Turn("20260301-other", "ID-carol", AT)
        records.meanwhile = [
            lambda: None,
            lambda: records.take(replace(records.taken, refused=(other,))) or None,
        ]
        world.account.people = ()
        assert undo(both[0], world.undoing()).outcome.ending is Ending.FAILED
        assert (records.taken.deprived, records.taken.refused) == ((), (other,))

    def test_after_a_while_reads_are_believed_again(
        self, world: World, both: tuple[str, str]
    ) -> None:
        alice, bob = both
        assert undo(alice, world.undoing()).outcome.ending is Ending.RESTORED
        world.clock.sleep(NOTED.total_seconds())
        assert undo(bob, world.undoing()).outcome.ending is Ending.RESTORED

    def test_a_try_that_follows_another_looks_anew_and_does_not_hinder_itself(
        self, world: World, both: tuple[str, str]
    ) -> None:
        alice, _ = both
        world.reverts.failures.append(TRANSIENT)
        with pytest.raises(CallFailedError):
            undo(alice, world.undoing())
        assert undo(alice, world.undoing()).outcome.ending is Ending.RESTORED
        assert [turn.scope for turn in world.records.taken.deprived] == ["ID-alice"]

    def test_where_notes_cannot_be_read_nobody_is_counted(
        self, world: World, both: tuple[str, str]
    ) -> None:
        world.records.uncountable = True
        outcome = undo(both[0], world.undoing()).outcome
        assert outcome.ending is Ending.FAILED
        assert outcome.says.endswith("as far as was read: UnreadableItemError: turns")

    def test_while_more_are_taken_from_than_are_named_nobody_counts(
        self, world: World, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(administrators, "MOST_NAMED", 0)
        alice, bob = both
        assert undo(alice, world.undoing()).outcome.ending is Ending.RESTORED
        outcome = undo(bob, world.undoing()).outcome
        assert outcome.ending is Ending.FAILED
        assert outcome.says.endswith("another undo takes that from more than can be told apart")
