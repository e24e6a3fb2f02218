import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import reach
from lambdas.aws.account import LiveAccount
from lambdas.model.state import ONLY, Part, States
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


DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
)


@pytest.fixture
def policy(iam: IAMClient, team: None) -> Subject:
    arn = iam.create_policy(PolicyName="work", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=DOCUMENT + " ", SetAsDefault=True)
    iam.attach_group_policy(GroupName="team", PolicyArn=arn)
    iam.attach_user_policy(UserName="bob", PolicyArn=arn)
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=DOCUMENT)
    iam.attach_role_policy(RoleName="app", PolicyArn=arn)
    return Subject(Kind.POLICY, arn)


def test_a_policy_reaches_its_users_and_roles_and_the_members_of_its_groups(
    policy: Subject,
) -> None:
    states = read(policy)
    assert states.reached == (Subject(Kind.ROLE, "app"), *USERS)
    assert all(states.of(principal) for principal in states.reached)
    assert states.problems == ()


def test_a_changed_policy_is_read_with_all_its_versions(policy: Subject) -> None:
    state = read(policy).known[policy]
    assert state.parts == {
        Part.DEFAULT: {ONLY: "v2"},
        Part.DOCUMENT: {"v2": DOCUMENT + " "},
        Part.VERSIONS: {"v1": DOCUMENT, "v2": DOCUMENT + " "},
    }


def test_a_policy_that_is_only_drawn_on_is_read_with_its_default_version(policy: Subject) -> None:
    state = LiveAccount().reading((USERS[1],)).states().known[policy]
    assert set(state.parts) == {Part.DOCUMENT}


def test_a_changed_policy_that_is_gone_is_absent_and_no_problem(iam: IAMClient) -> None:
    gone = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/gone")
    states = read(gone)
    assert (states.reached, states.absent, states.problems) == ((), {gone}, ())
