"""Whatever JSON documents and requests hold: a ruling, or one of the documented errors."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.document import DocumentError, parse
from lambdas.policy.operators import OPERATORS
from lambdas.policy.power import Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request, RequestError
from lambdas.policy.ruling import decide_request

TEXTS = st.text(max_size=8) | st.sampled_from(
    [
        "*",
        "?",
        "${a}",
        "${a,'b'}",
        "${",
        "arn:aws:s3:::b",
        "s3:Get*",
        "1",
        "2026-01-01",
        "::",
        "arn:aws:sts::1:assumed-role",
        "a/b",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
)
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "ForAnyValue:"]),
    st.sampled_from([*OPERATORS]) | TEXTS,
    st.sampled_from(["", "IfExists"]),
)
VALUES = st.lists(SCALARS, max_size=3) | SCALARS
CONDITIONS = st.dictionaries(NAMES, st.dictionaries(TEXTS, VALUES, max_size=2), max_size=2)
PRINCIPALS = TEXTS | st.dictionaries(
    st.sampled_from(["AWS", "Service", "Federated", "CanonicalUser"]) | TEXTS,
    st.lists(TEXTS, max_size=2) | TEXTS,
    max_size=2,
)
STATEMENTS = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"])},
    optional={
        "Action": TEXTS | st.just("*"),
        "NotAction": TEXTS,
        "Resource": TEXTS | st.just("*"),
        "NotResource": st.lists(TEXTS, max_size=2),
        "Principal": PRINCIPALS,
        "NotPrincipal": PRINCIPALS,
        "Condition": CONDITIONS | ANY,
    },
)
DOCUMENTS = ANY | st.fixed_dictionaries(
    {"Version": st.just("2012-10-17"), "Statement": STATEMENTS | st.lists(STATEMENTS, max_size=2)}
)


def _source(document: Any) -> Source | None:
    try:
        return Source("policy", parse(json.dumps(document)))
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - either is right, if it says why
        return None


@given(DOCUMENTS, DOCUMENTS, TEXTS, TEXTS | st.none(), st.dictionaries(TEXTS, VALUES, max_size=3))
def test_a_ruling_or_a_documented_error(
    own: Any, others: Any, resource: str, principal: str | None, context: dict[str, Any]
) -> None:
    mine, theirs = _source(own), _source(others)
    policies = Policies(
        identity=(mine,) if mine else (),
        boundary=mine,
        scps=((mine,),) if mine else (),
        rcps=((theirs,),) if theirs else (),
        resource=theirs,
    )
    try:
        asked = Request("s3:GetObject", resource, principal, context=context)
    except RequestError as error:
        assert "context key" in str(error)  # noqa: PT017 - either is right, if it says why
    else:
        assert decide_request(asked, policies).because
