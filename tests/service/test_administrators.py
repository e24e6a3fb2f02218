"""No undo leaves nobody but root: another active administrator is looked for, or it is refused."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from lambdas.model.change import Edit
from lambdas.model.incident import Ending
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.administrators import TO_FIND
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from tests.service.world import ACCOUNT, ADMIN, ALICE, ALL, OWNERS, READ, World, attach, put, state

BOB = Subject(Kind.USER, "bob")
TRUST = '{"Statement":{"Effect":"%s","Action":"%s","Principal":%s}}'
SOMEBODY = f'{{"AWS":"arn:aws:iam::{ACCOUNT}:user/bob"}}'
BUILD = Subject(Kind.ROLE, "build")
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
