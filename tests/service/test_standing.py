import json

import pytest

from lambdas.model.standing import Rank
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from lambdas.service.ports import AlertNotSentError
from lambdas.service.standing import standings, tell_standing
from lambdas.service.standing_mail import MOST_NAMED
from tests.service.world import ACCOUNT, ADMIN, ALICE, ALL, READ, READER, World, state, user

TEAM = Subject(Kind.GROUP, "team")
BOB = Subject(Kind.USER, "bob")
BOSS = Subject(Kind.ROLE, "boss")
ON_A_CONDITION = ALL.replace('"*"}', '"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}')
POLICIES = (state(ADMIN, document={"v1": ALL}), state(READER, document={"v1": READ}))
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/alice"},
        },
    }
)
BOSSED = State(
    subject=BOSS,
    unique_id="ID-boss",
    arn=f"arn:aws:iam::{ACCOUNT}:role/boss",
    as_of=POLICIES[0].as_of,
    parts={**user().parts, **state(BOSS, attached={ADMIN.name: "A"}, trust={ONLY: TRUST}).parts},
)


REVOKED = State(
    subject=BOSS,
    unique_id="ID-boss",
    arn=BOSSED.arn,
    as_of=BOSSED.as_of,
    parts={
        **BOSSED.parts,
        Part.INLINE: {
            "AWSRevokeOlderSessions": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": {
                        "Effect": "Deny",
                        "Action": "*",
                        "Resource": "*",
                        "Condition": {
                            "DateLessThan": {"aws:TokenIssueTime": "2026-03-01T11:59:00Z"}
                        },
                    },
                }
            )
        },
    },
)


def inline(text: str) -> State:
    return user(inline={"own": text})


def states(*held: State) -> States:
    return States({each.subject: each for each in (*POLICIES, *held)})


ALLOWED = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"%s","Resource":"%s"}}'
ACCOUNTS = {
    "nobody who only reads": ([user()], {}),
    "whoever has the managed policy": (
        [user(attached={ADMIN.name: "AdministratorAccess"})],
        {ALICE: Rank.IS},
    ),
    "whoever has it inline under another name": ([inline(ALL)], {ALICE: Rank.IS}),
    "whoever has it through a group": (
        [user(groups={"team": "team"}), state(TEAM, attached={ADMIN.name: "A"}, inline={})],
        {ALICE: Rank.IS},
    ),
    "whoever has it under a condition": ([inline(ON_A_CONDITION)], {ALICE: Rank.IS_IF}),
    "whoever can give it to itself": (
        [inline(ALLOWED % ("iam:AttachUserPolicy", "*"))],
        {ALICE: Rank.CAN},
    ),
    "whoever can become somebody who has it": (
        [user(), BOSSED],
        {ALICE: Rank.CAN, BOSS: Rank.IS},
    ),
    "whoever has it as soon as it is assumed again": (
        [user(), REVOKED],
        {ALICE: Rank.CAN, BOSS: Rank.IS},
    ),
    "of whom it is not known": ([inline("{")], {ALICE: Rank.UNKNOWN}),
}


@pytest.mark.parametrize(("held", "found"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_listed_is(held: list[State], found: dict[Subject, Rank]) -> None:
    listed = {each.subject: each.rank for each in standings(states(*held), World().clock.now())}
    assert listed == found


@pytest.fixture
def world() -> World:
    return World()


def told(world: World, *held: State) -> list[str]:
    """The subjects of the mails that a list of these principals leads to."""
    world.alerts.sent.clear()
    tell_standing(states(*held), world.sweeping())
    return [mail.subject for mail in world.alerts.sent]


def test_the_first_list_is_told_as_accepted(world: World) -> None:
    [subject] = told(world, inline(ALL))
    assert subject == f"[ACCEPTED] Administrators: 1, who can become it: 0 (account {ACCOUNT})"
    assert "taken as agreed" in world.alerts.sent[0].body
    assert "user alice is administrator: by its policies" in world.alerts.sent[0].body


def test_nothing_is_told_while_it_stays_as_it_is(world: World) -> None:
    told(world, inline(ALL))
    [first] = world.records.standing()
    world.clock.sleep(3600)
    assert told(world, inline(ALL)) == []
    assert world.records.standing() == (first,)


def test_another_way_to_the_same_rank_is_noted_and_not_told(world: World) -> None:
    told(world, inline(ALL))
    assert told(world, user(attached={ADMIN.name: "A"})) == []
    assert ADMIN.name in world.records.standing()[0].because[0]


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ((inline(ALL), BOSSED), "NEW SINCE THE LAST LIST\n  role boss is administrator"),
        ((user(),), "NO LONGER\n  user alice is administrator"),
        (
            (inline(ALLOWED % ("iam:AttachUserPolicy", "*")),),
            "NEW SINCE THE LAST LIST\n  user alice can become administrator",
        ),
    ],
    ids=["one more", "one less", "another rank"],
)
def test_a_list_that_changed_is_told_again(world: World, now: tuple[State, ...], says: str) -> None:
    told(world, inline(ALL))
    [subject] = told(world, *now)
    assert subject.startswith("[STANDING]")
    assert says in world.alerts.sent[0].body


def test_what_could_not_be_judged_is_counted_apart(world: World) -> None:
    [subject] = told(world, inline("{"))
    assert "Administrators: 0, who can become it: 0, 1 not judged in full" in subject


def test_the_first_who_is_administrator_of_an_account_without_any_is_not_taken_as_agreed(
    world: World,
) -> None:
    assert told(world, user()) == []
    tell_standing(states(inline(ALL)), world.sweeping(), first=False)
    [mail] = world.alerts.sent
    assert mail.subject.startswith("[STANDING]")
    assert "NEW SINCE THE LAST LIST\n  user alice is administrator" in mail.body


def test_a_mail_that_is_refused_is_sent_the_next_time(world: World) -> None:
    world.alerts.refusals = 1
    with pytest.raises(AlertNotSentError):
        told(world, inline(ALL))
    assert len(told(world, inline(ALL))) == 1


def test_of_very_many_only_some_are_named(world: World) -> None:
    many = [
        State(
            subject=Subject(Kind.USER, f"u{number}"),
            unique_id=f"ID-{number}",
            arn=f"arn:aws:iam::{ACCOUNT}:user/u{number}",
            as_of=POLICIES[0].as_of,
            parts=inline(ALL).parts,
        )
        for number in range(MOST_NAMED + 3)
    ]
    told(world, *many)
    assert "  and 3 more, in the records" in world.alerts.sent[0].body
