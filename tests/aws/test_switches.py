"""The sweep's users with their credentials, against moto."""

from collections import Counter
from threading import Event

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import switches
from lambdas.aws.account import LiveAccount
from lambdas.model.state import SWITCHED, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import counted, failing, refusal

ALICE, BOB, CAROL = (Subject(Kind.USER, name) for name in ("alice", "bob", "carol"))
LISTS = (
    "ListAccessKeys",
    "ListSSHPublicKeys",
    "ListServiceSpecificCredentials",
    "ListSigningCertificates",
)


@pytest.fixture
def key(iam: IAMClient) -> str:
    """Bob's, which is dormant."""
    for user in (ALICE, BOB, CAROL):
        iam.create_user(UserName=user.name)
    made = iam.create_access_key(UserName="bob")["AccessKey"]["AccessKeyId"]
    iam.update_access_key(UserName="bob", AccessKeyId=made, Status="Inactive")
    return made


def swept():
    pages = list(LiveAccount().everything())
    known = {subject: state for page in pages for subject, state in page.known.items()}
    return known, [problem.says for page in pages for problem in page.problems]


def test_every_user_is_swept_with_the_status_of_each_credential(key):
    known, problems = swept()
    assert known[BOB].parts[Part.ACCESS_KEYS] == {key: "Inactive"}
    assert {part: known[ALICE].parts[part] for part in SWITCHED} == {part: {} for part in SWITCHED}
    assert problems == []


def test_four_lists_are_asked_for_each_user_and_nothing_else(key, iam, monkeypatch):
    asked = counted(monkeypatch, iam)
    swept()
    assert Counter(each for each in asked if each in LISTS) == dict.fromkeys(LISTS, 3)
    assert Counter(asked)["GetAccountAuthorizationDetails"] == 2


@pytest.mark.parametrize("operation", LISTS)
def test_what_is_refused_is_told_once_with_how_many_it_is_of(key, iam, monkeypatch, operation):
    failing(monkeypatch, iam, operation, refusal("AccessDenied"))
    known, (first, summed) = swept()
    assert "could not be read: AccessDenied" in first
    assert summed == "credentials of 3 users were not read: their former status is not known"
    assert len([part for part in SWITCHED if part in known[BOB].parts]) == len(SWITCHED) - 1


def test_what_takes_too_long_is_left_out_and_told(key, iam, monkeypatch):
    end = Event()

    def hangs(answer):
        end.wait(30)
        return answer

    monkeypatch.setattr(switches, "PATIENCE", 0.05)
    failing(monkeypatch, iam, "ListAccessKeys", hangs)
    known, problems = swept()
    end.set()
    assert Part.ACCESS_KEYS not in known[BOB].parts
    assert problems == ["credentials of 3 users were not read: their former status is not known"]


def test_what_has_not_begun_when_time_is_over_is_never_asked(key, iam, monkeypatch):
    asked = counted(monkeypatch, iam)
    monkeypatch.setattr(switches, "DEADLINE", 0.0)
    known, problems = swept()
    assert not {*asked} & {*LISTS}
    assert Part.GROUPS in known[BOB].parts
    assert problems == ["credentials of 3 users were not read: their former status is not known"]
