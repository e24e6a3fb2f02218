from typing import Any

import pytest

from lambdas.aws import documents
from lambdas.aws.documents import default_version

POLICY = {
    "PolicyId": "ANPA1",
    "Arn": "arn:aws:iam::123456789012:policy/p",
    "DefaultVersionId": "v1",
    "UpdateDate": "2026-01-01",
}
OTHERS = {
    "another version": {"DefaultVersionId": "v2"},
    "another policy of the same name": {"PolicyId": "ANPA2"},
    "a version of the same number, written later": {"UpdateDate": "2026-01-02"},
}


class Asked:
    """IAM, counting how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def get_policy_version(self, **_: Any) -> Any:
        self.times += 1
        return {"PolicyVersion": {"Document": f"%7B%22{self.times}%22%7D"}}


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(documents, "_kept", {})


def test_a_version_is_asked_for_once():
    iam = Asked()
    assert [default_version(iam, POLICY) for _ in range(2)] == ['{"1"}', '{"1"}']
    assert iam.times == 1


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_asked_for_anew_is(other):
    iam = Asked()
    default_version(iam, POLICY)
    assert default_version(iam, {**POLICY, **other}) == '{"2"}'


def test_no_more_are_kept_than_fit(monkeypatch):
    monkeypatch.setattr(documents, "MOST", 2)
    iam = Asked()
    for number in range(5):
        default_version(iam, {**POLICY, "PolicyId": f"ANPA{number}"})
    assert len(documents._kept) <= 2
