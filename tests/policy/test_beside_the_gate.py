"""The engine and the sandbox's gate were written apart; on what both know, they agree."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.document import parse
from lambdas.policy.power import Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from lambdas.policy.ruling import Result, decide_request
from sandbox.gate import decide as gate
from sandbox.gate.document import read
from sandbox.gate.needs.need import Need

ROLE = "arn:aws:iam::111122223333:role/app"
SESSION = "arn:aws:sts::111122223333:assumed-role/app/session"
QUEUE = "arn:aws:sqs:us-east-1:111122223333:queue"
TOPIC = "arn:aws:sns:us-east-1:111122223333:topic"


def _some(*of: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=1, max_size=2)


def _either(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = st.sampled_from([name, name, f"Not{name}"])
    return st.builds(lambda key, value: {key: value}, names, values)


CONDITIONS = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(
        lambda operator, key, values: {"Condition": {operator: {key: values}}},
        st.sampled_from(["StringEquals", "ArnEquals", "ArnLike", "ArnNotEquals"]),
        st.sampled_from(["aws:PrincipalArn", "aws:SourceArn", "AWS:sourcearn"]),
        _some(ROLE, TOPIC, "arn:aws:iam::*:role/*", "arn:aws:*:*:*:a?p", "arn:aws:sns:*:1:*"),
    ),
    st.builds(
        lambda values: {"Condition": {"Bool": {"aws:SecureTransport": values}}},
        _some("true", "false"),
    ),
)
ELEMENTS = (
    st.sampled_from(["Allow", "Allow", "Deny"]).map(lambda effect: {"Effect": effect}),
    _either("Action", _some("sqs:SendMessage", "SQS:send*", "*", "s3:*", "sqs:?endMessage")),
    _either("Resource", _some("*", QUEUE, f"{QUEUE}s", "arn:aws:sqs:*:*:q*", "arn:aws:sqs:us-*")),
    CONDITIONS,
)
PRINCIPALS = st.sampled_from(
    [{"AWS": ROLE}, {"AWS": SESSION}, {"AWS": "111122223333"}, {"Service": "sns.amazonaws.com"}]
).map(lambda principal: {"Principal": principal})


def _documents(*elements: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[str]:
    statements = st.builds(
        lambda *parts: {key: value for part in parts for key, value in part.items()}, *elements
    )
    whole = st.lists(statements, min_size=1, max_size=3).map(lambda each: {"Statement": each})
    return whole.map(json.dumps)


OWN, THEIRS = _documents(*ELEMENTS), _documents(*ELEMENTS, PRINCIPALS)
CONTEXTS = st.fixed_dictionaries(
    {},
    optional={
        "aws:principalarn": st.just(ROLE),
        "aws:sourcearn": st.just(TOPIC),
        "aws:securetransport": st.sampled_from(["true", "false"]),
    },
)


def _source(text: str | None) -> Source | None:
    return None if text is None else Source("policy", parse(text))


@given(
    identity=st.lists(OWN, max_size=2),
    boundary=st.none() | OWN,
    resource=st.none() | THEIRS,
    context=CONTEXTS,
)
def test_both_allow_the_same(
    identity: list[str], boundary: str | None, resource: str | None, context: dict[str, str]
) -> None:
    gated = gate.decide(
        gate.Principal(account="111122223333", role=ROLE, session=SESSION),
        Need("sqs:SendMessage", QUEUE),
        context,
        gate.Policies(
            identity=tuple(statement for text in identity for statement in read(text)),
            boundary=None if boundary is None else read(boundary),
            resource=None if resource is None else read(resource),
        ),
    )
    ruling = decide_request(
        Request("sqs:SendMessage", QUEUE, SESSION, context=context),
        Policies(
            identity=tuple(Source("policy", parse(text)) for text in identity),
            boundary=_source(boundary),
            resource=_source(resource),
        ),
    )
    assert gated.allowed is (ruling.result is Result.ALLOWED)
