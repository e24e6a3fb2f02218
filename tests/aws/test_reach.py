import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import reach
from lambdas.aws.account import LiveAccount
from lambdas.model.state import States
from lambdas.model.subject import Kind, Subject

GROUP = Subject(Kind.GROUP, "team")
USERS = tuple(Subject(Kind.USER, name) for name in ("alice", "bob", "carol"))


def read(reached: Subject) -> States:
    return LiveAccount().reading((reached,), reach=reached).states()


@pytest.fixture
def team(iam: IAMClient) -> None:
    iam.create_group(GroupName="team")
    for user in USERS:
        iam.create_user(UserName=user.name)
        iam.add_user_to_group(GroupName="team", UserName=user.name)


def test_a_user_reaches_nobody_else(team: None) -> None:
    assert read(USERS[0]).reached == ()


def test_whom_a_group_reaches_is_asked_for_only_where_it_counts(team: None) -> None:
    assert LiveAccount().reading((GROUP,)).states().reached == ()


def test_a_groups_members_are_found_and_read(team: None) -> None:
    states = read(GROUP)
    assert states.reached == USERS
    assert all(states.of(user) for user in USERS)
    assert states.problems == ()


def test_a_group_that_does_not_exist_reaches_nobody(iam: IAMClient) -> None:
    states = read(GROUP)
    assert (states.reached, states.absent) == ((), {GROUP})


def test_beyond_what_can_be_read_in_time_the_number_of_the_unread_is_a_problem(
    team: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "MOST", 2)
    states = read(GROUP)
    assert states.reached == USERS
    assert sum(states.of(user) is not None for user in USERS) == 2
    assert [problem.says for problem in states.problems] == [
        "1 of the 3 reached were not read, nor judged"
    ]
