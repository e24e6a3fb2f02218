"""What the sweep reads beside the pages of the whole account, against moto."""

from datetime import UTC, datetime

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import whole
from lambdas.model.state import Part, States
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import counted, failing, mended, refusal

DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
)
APP = Subject(Kind.ROLE, "app")


@pytest.fixture(autouse=True)
def complete(iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", mended)


@pytest.fixture
def policy(iam: IAMClient) -> Subject:
    tags = [{"Key": "team", "Value": "blue"}]
    made = iam.create_policy(PolicyName="work", PolicyDocument=DOCUMENT, Tags=tags)
    return Subject(Kind.POLICY, made["Policy"]["Arn"])


def swept(iam: IAMClient) -> States:
    found = States({})
    for page in whole.others(iam):
        found = found.joined(page)
    return found


def test_a_policy_has_its_tags(iam: IAMClient, policy: Subject) -> None:
    assert swept(iam).of(policy).parts[Part.TAGS] == {"team": "blue"}


def test_a_policy_of_aws_is_not_asked_for_its_tags(
    iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    listed = {"Arn": arn, "PolicyId": "ANPAAWS", "PolicyVersionList": []}
    failing(
        monkeypatch,
        iam,
        "GetAccountAuthorizationDetails",
        lambda answer: {**answer, "Policies": [listed]},
    )
    asked = counted(monkeypatch, iam)
    assert Part.TAGS not in swept(iam).of(Subject(Kind.POLICY, arn)).parts
    assert "ListPolicyTags" not in asked


@pytest.mark.parametrize(
    ("error", "problems"),
    [("NoSuchEntity", []), ("AccessDenied", ["the tags of policy {} could not be read"])],
    ids=["of one that is gone by now", "of one that may not be read"],
)
def test_tags_that_were_not_read_are_not_no_tags(
    iam: IAMClient, policy: Subject, monkeypatch: pytest.MonkeyPatch, error: str, problems: list
) -> None:
    failing(monkeypatch, iam, "ListPolicyTags", refusal(error))
    found = swept(iam)
    assert Part.TAGS not in found.of(policy).parts
    told = [problem.says.partition(": ")[0] for problem in found.problems]
    assert told == [says.format(policy.name) for says in problems]


def test_a_role_counts_as_of_before_its_settings_were_read(
    iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=DOCUMENT, MaxSessionDuration=7200)

    def lengthened(answer: dict) -> dict:
        iam.update_role(RoleName="app", MaxSessionDuration=36000)
        return answer

    failing(monkeypatch, iam, "ListRoles", lengthened)
    moments = []
    failing(
        monkeypatch, iam, "UpdateRole", lambda answer: moments.append(datetime.now(UTC)) or answer
    )
    role = swept(iam).of(APP)
    assert role.parts[Part.SETTINGS] == {"MaxSessionDuration": "7200"}
    assert role.as_of <= moments[0]


def test_a_role_made_after_the_settings_were_read_has_none_that_are_known(
    iam: IAMClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    iam.create_role(RoleName="app", AssumeRolePolicyDocument=DOCUMENT)
    failing(monkeypatch, iam, "ListRoles", lambda answer: {**answer, "Roles": []})
    assert Part.SETTINGS not in swept(iam).of(APP).parts
