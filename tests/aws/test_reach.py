from typing import Any

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read_changed, refusal

GROUP = Subject(Kind.GROUP, "team")
USERS = tuple(Subject(Kind.USER, name) for name in ("alice", "bob", "carol"))


@pytest.fixture
def team(iam: IAMClient) -> None:
    iam.create_group(GroupName="team")
    for user in USERS:
        iam.create_user(UserName=user.name)
        iam.add_user_to_group(GroupName="team", UserName=user.name)


def test_a_user_reaches_nobody_else(team: None) -> None:
    assert read_changed(USERS[0]).reached == ()


def test_whom_a_group_reaches_is_asked_for_only_where_it_counts(team: None) -> None:
    assert LiveAccount().reading((GROUP,)).states().reached == ()


def test_a_groups_members_are_found_and_read(team: None) -> None:
    states = read_changed(GROUP)
    assert states.reached == USERS
    assert all(states.of(user) for user in USERS)
    assert states.problems == ()


def test_a_changed_group_that_does_not_exist_reaches_nobody(iam: IAMClient) -> None:
    states = read_changed(GROUP)
    assert (states.reached, states.absent, states.problems) == ((), {GROUP}, ())


def said_to_be_gone(subject: Subject) -> list[str]:
    return [f"{subject} is not to be found: whom it reaches is not known"]


def test_a_changed_group_that_one_read_finds_and_another_does_not_is_a_problem(
    team: None, iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = iam._make_api_call

    def half(name: str, parameters: Any) -> Any:
        if name == "GetGroup" and parameters["MaxItems"] != 1:
            raise refusal("NoSuchEntity")
        return call(name, parameters)

    monkeypatch.setattr(iam, "_make_api_call", half)
    states = read_changed(GROUP)
    assert states.of(GROUP) is not None
    assert [problem.says for problem in states.problems] == said_to_be_gone(GROUP)


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
    states = read_changed(policy)
    assert states.reached == (Subject(Kind.ROLE, "app"), *USERS)
    assert all(states.of(principal) for principal in states.reached)
    assert states.problems == ()


def test_a_changed_policy_that_one_read_finds_and_another_does_not_is_a_problem(
    policy: Subject, iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, iam, "ListEntitiesForPolicy", refusal("NoSuchEntity"))
    states = read_changed(policy)
    assert states.of(policy) is not None
    assert [problem.says for problem in states.problems] == said_to_be_gone(policy)


def test_a_group_with_a_changed_policy_that_goes_meanwhile_is_a_problem(
    policy: Subject, iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, iam, "GetGroup", refusal("NoSuchEntity"))
    states = read_changed(policy)
    assert states.reached == (Subject(Kind.ROLE, "app"), USERS[1])
    assert [problem.says for problem in states.problems] == said_to_be_gone(GROUP)
