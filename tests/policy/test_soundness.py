"""What is said of unknown contexts agrees with what is said of each context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.document import parse
from lambdas.policy.evaluate import Answer, decide, decide_some
from lambdas.policy.operators import OPERATORS
from lambdas.policy.power import Power, Source
from lambdas.policy.reaching import Policies
from lambdas.policy.request import Request
from lambdas.policy.ruling import Result, Ruling, decide_request
from lambdas.policy.unknown import decide_unknown
from tests.policy.account import ACCOUNT, power, text

ALICE = f"{ACCOUNT}:user/alice"
ROLES = f"{ACCOUNT}:role/*"
VALUES = st.sampled_from(
    ["a", "A", "a*", "1", "true", "QQ==", "2026-01-01", "192.0.2.0/24", "192.0.2.1", ""]
) | st.sampled_from(["arn:aws:iam::1:a", "${k:b}", "${k:b, 'a'}"])
KEYS = st.sampled_from(["k:a", "K:B", "aws:username"])
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "ForAllValues:", "ForAnyValue:"]),
    st.sampled_from([*OPERATORS, "Unknown"]),
    st.sampled_from(["", "", "IfExists"]),
)
CONDITIONS = st.dictionaries(
    NAMES,
    st.dictionaries(KEYS, st.lists(VALUES, max_size=2) | VALUES, max_size=2),
    min_size=1,
    max_size=2,
)
ACTIONS = st.sampled_from(["iam:PutRolePolicy", "IAM:put*", "s3:*", "*", "iam:?utRolePolicy"])
RESOURCES = st.sampled_from(["*", "arn:aws:iam::*:*/a"]) | st.sampled_from(
    ["role/a", "role/*", "role/?", "role/${k:a}", "role/${*}", "user/${aws:username}"]
).map(lambda resource: f"{ACCOUNT}:{resource}")


def _statements() -> st.SearchStrategy[dict[str, Any]]:
    elements = (("Action", "NotAction", ACTIONS), ("Resource", "NotResource", RESOURCES))
    parts = [
        st.one_of(
            *(
                st.fixed_dictionaries({name: st.lists(of, min_size=1, max_size=2)})
                for name in (one, other)
            )
        )
        for one, other, of in elements
    ]
    effect = st.sampled_from([{"Effect": "Allow"}] * 4 + [{"Effect": "Deny"}] * 2) | st.builds(
        lambda name, whom: {"Effect": "Deny", name: whom},
        st.sampled_from(["Principal", "NotPrincipal"]),
        st.sampled_from(["*", {"AWS": "*"}]),
    )
    condition = st.just({}) | st.fixed_dictionaries({"Condition": CONDITIONS})
    return st.builds(
        lambda *each: dict(p for part in each for p in part.items()), effect, *parts, condition
    )


DOCUMENTS = st.builds(
    lambda version, statements: {**version, "Statement": statements},
    st.sampled_from([{"Version": "2012-10-17"}, {"Version": "2012-10-17"}, {}]),
    st.lists(_statements(), min_size=1, max_size=3),
)
CONTEXTS = st.dictionaries(
    st.sampled_from(["k:a", "k:b"]), VALUES | st.lists(VALUES, max_size=2), max_size=2
).map(lambda context: {**context, "aws:username": "alice"})
POWERS = st.builds(
    lambda identity, boundary, scps: replace(power(identity, boundary=boundary), scps=scps),
    st.lists(DOCUMENTS, min_size=1, max_size=2),
    st.none() | st.none() | DOCUMENTS,
    st.just(())
    | st.lists(
        st.lists(DOCUMENTS.map(lambda each: Source("SCP", parse(text(each)))), max_size=2).map(
            tuple
        ),
        max_size=2,
    ).map(tuple),
)


PRINCIPALS = st.builds(
    lambda name, whom: {name: whom},
    st.sampled_from(["Principal", "Principal", "Principal", "NotPrincipal"]),
    st.sampled_from(["*", {"AWS": ALICE}, {"AWS": "123456789012"}, {"AWS": f"{ACCOUNT}:user/b"}]),
)
OF_RESOURCES = st.builds(
    lambda document, principals: {
        **document,
        "Statement": [
            {"Effect": each["Effect"]}
            | {k: v for k, v in each.items() if not k.endswith("Principal")}
            | principals
            for each in document["Statement"]
        ],
    },
    DOCUMENTS,
    PRINCIPALS,
)


def _source(says: str, document: dict[str, Any] | None) -> Source | None:
    return None if document is None else Source(says, parse(text(document)))


def _levels(says: str, of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    sources = st.lists(of.map(lambda each: _source(says, each)), max_size=2).map(tuple)
    return st.just(()) | st.lists(sources, max_size=2).map(tuple)


POLICIES = st.builds(
    lambda identity, boundary, session, resource, scps, rcps: Policies(
        identity=tuple(Source("identity", parse(text(each))) for each in identity),
        boundary=_source("boundary", boundary),
        session=_source("session", session),
        resource=_source("resource", resource),
        scps=scps,
        rcps=rcps,
    ),
    st.lists(DOCUMENTS, max_size=2),
    st.none() | DOCUMENTS,
    st.none() | DOCUMENTS,
    st.none() | OF_RESOURCES,
    _levels("SCP", DOCUMENTS),
    _levels("RCP", OF_RESOURCES),
)
CALLERS = st.sampled_from(
    [ALICE, f"{ACCOUNT}:role/a", "arn:aws:sts::123456789012:assumed-role/a/s", "999988887777", "*"]
)


@given(held=POLICIES, who=CALLERS, context=CONTEXTS, name=st.sampled_from(["a", "b"]))
def test_all_policies_agree_with_what_is_said_of_an_unknown_context(
    held: Policies, who: str, context: dict[str, Any], name: str
) -> None:
    resource = f"{ACCOUNT}:role/{name}"
    known = {"aws:username": "alice"}
    ruling = decide_request(Request("iam:PutRolePolicy", resource, who, context=context), held)
    said = decide_unknown(Request("iam:PutRolePolicy", resource, who, context=known), held).answer
    if ruling.result is Result.ALLOWED:
        assert said is not Answer.DENIED
    else:
        assert said is not Answer.ALLOWED


@given(held=POLICIES, who=CALLERS, context=CONTEXTS)
def test_a_known_context_leaves_nothing_open_but_what_cannot_be_judged(
    held: Policies, who: str, context: dict[str, Any]
) -> None:
    full = {"k:a": "a", "k:b": "b", **{key: value for key, value in context.items() if value}}
    asked = Request("iam:PutRolePolicy", f"{ACCOUNT}:role/a", who, context=full)
    ruling = decide_request(asked, held)
    said = decide_unknown(asked, held)
    if said.answer is Answer.CONDITIONAL:
        assert said.given
    else:
        assert (said.answer is Answer.ALLOWED) is (ruling.result is Result.ALLOWED)


def _ruling(held: Power, resource: str, context: dict[str, Any]) -> Ruling:
    asked = Request("iam:PutRolePolicy", resource, ALICE, context=context)
    own = Policies(identity=held.identity, boundary=held.boundary, scps=held.scps)
    return decide_request(asked, own)


@given(held=POWERS, context=CONTEXTS, name=st.sampled_from(["a", "b", "*"]))
def test_what_any_context_allows_is_not_denied(
    held: Power, context: dict[str, Any], name: str
) -> None:
    resource = f"{ACCOUNT}:role/{name}"
    if _ruling(held, resource, context).result is Result.ALLOWED:
        assert decide(held, "iam:PutRolePolicy", resource).answer is not Answer.DENIED
        assert decide_some(held, "iam:PutRolePolicy", ROLES).answer is not Answer.DENIED


@given(held=POWERS, context=CONTEXTS, name=st.sampled_from(["a", "b", "*"]))
def test_what_is_allowed_every_context_allows(
    held: Power, context: dict[str, Any], name: str
) -> None:
    resource = f"{ACCOUNT}:role/{name}"
    if decide(held, "iam:PutRolePolicy", resource).answer is Answer.ALLOWED:
        ruling = _ruling(held, resource, context)
        void = [
            error for error in ruling.errors if error.endswith("this policy names no principals")
        ]
        assert (ruling.result, [*ruling.errors]) == (Result.ALLOWED, void)


@given(held=POWERS, context=CONTEXTS)
def test_a_ruling_says_why(held: Power, context: dict[str, Any]) -> None:
    ruling = _ruling(held, f"{ACCOUNT}:role/a", context)
    assert ruling.because
    assert len(set(ruling.errors)) == len(ruling.errors)
