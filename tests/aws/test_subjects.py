import pytest

from lambdas.aws import clients
from lambdas.aws.subjects import _READS
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import read_changed

UNREADABLE = {
    "the root user": (
        Subject(Kind.ROOT, "123456789012"),
        "us-east-1",
        "arn:aws:iam::123456789012:root",
    ),
    "the root user of another partition": (
        Subject(Kind.ROOT, "123456789012"),
        "us-gov-west-1",
        "arn:aws-us-gov:iam::123456789012:root",
    ),
}


def test_every_kind_can_be_read():
    assert set(_READS) == set(Kind)


@pytest.mark.parametrize(("subject", "region", "arn"), UNREADABLE.values(), ids=UNREADABLE)
def test_of_what_cannot_be_read_it_is_known_that_it_is_there(
    aws, monkeypatch, subject, region, arn
):
    def refused(*_, **__):
        raise AssertionError("nothing is to be asked")

    monkeypatch.setattr(clients, "region", lambda: region)
    monkeypatch.setattr(clients.iam(), "_make_api_call", refused)
    states = read_changed(subject)
    state = states.of(subject)
    assert (state.unique_id, state.arn, state.parts) == (subject.name, arn, {})
    assert (states.problems, states.absent, states.reached) == ((), frozenset(), ())
