"""Versions of a policy that is changed itself, against moto."""

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, read, read_changed, refusal

DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
)


@pytest.fixture
def policy(iam: IAMClient) -> Subject:
    arn = iam.create_policy(
        PolicyName="work", PolicyDocument=DOCUMENT, Tags=[{"Key": "team", "Value": "blue"}]
    )["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=DOCUMENT + " ", SetAsDefault=True)
    return Subject(Kind.POLICY, arn)


def test_a_policy_that_is_only_drawn_on_is_read_with_its_default_version(policy):
    assert read(policy).of(policy).parts == {Part.DOCUMENT: {"v2": DOCUMENT + " "}}


def test_a_changed_policy_is_read_with_all_its_versions_and_its_tags(policy):
    assert read_changed(policy).of(policy).parts == {
        Part.DEFAULT: {ONLY: "v2"},
        Part.DOCUMENT: {"v2": DOCUMENT + " "},
        Part.TAGS: {"team": "blue"},
        Part.VERSIONS: {"v1": DOCUMENT, "v2": DOCUMENT + " "},
    }


@pytest.mark.parametrize("error", ["NoSuchEntity", "AccessDenied"])
def test_a_list_of_versions_that_was_not_read_is_not_an_empty_one(policy, iam, monkeypatch, error):
    failing(monkeypatch, iam, "ListPolicyVersions", refusal(error))
    assert set(read_changed(policy).of(policy).parts) == {Part.DOCUMENT, Part.TAGS}


@pytest.mark.parametrize("error", ["NoSuchEntity", "AccessDenied"])
def test_one_version_of_several_that_was_not_read_leaves_them_all_unread(
    policy, iam, monkeypatch, error
):
    read(policy)  # keeps the default version's text, so that only the list's reads fail
    failing(monkeypatch, iam, "GetPolicyVersion", refusal(error))
    assert set(read_changed(policy).of(policy).parts) == {Part.DOCUMENT, Part.DEFAULT, Part.TAGS}


def test_a_changed_policy_that_is_gone_is_absent_and_no_problem(iam):
    gone = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/gone")
    states = read_changed(gone)
    assert (states.reached, states.absent, states.problems) == ((), {gone}, ())
