"""Documents: what is one, what is none, and that nothing else can happen.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.document import DocumentError, Effect, parse

ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}
LARGEST = 131_072
"""The most characters that IAM takes as a policy document."""


def _without(key: str) -> dict[str, str]:
    return {k: v for k, v in ALLOW.items() if k != key}


def _one(**elements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": {**ALLOW, **elements}})


def test_a_statement_knows_its_elements() -> None:
    document = parse(
        """{"Id": "x", "Statement": [
            {"Effect": "Allow", "NotAction": "iam:*", "Resource": ["a", "b"]},
            {"Sid": "No", "Effect": "Deny", "Action": ["S3:*", "ec2:X"], "NotResource": "*",
             "Condition": {"Bool": {"a": [true, 1, "x"]}, "Null": {"b": "true"}}}
        ]}"""
    )
    first, second = document.statements
    assert document.version == "2008-10-17"
    assert (first.index, first.sid, first.effect, first.resources) == (
        0,
        None,
        Effect.ALLOW,
        ("a", "b"),
    )
    assert first.not_actions is not None
    assert first.not_actions.given == ("iam:*",)
    assert not first.conditional
    assert (second.index, second.sid, second.effect) == (1, "No", Effect.DENY)
    assert second.actions is not None
    assert second.actions.given == ("S3:*", "ec2:X")
    assert second.not_resources == ("*",)
    assert second.condition == {"Bool": {"a": (True, 1, "x")}, "Null": {"b": ("true",)}}
    assert second.conditional


@pytest.mark.parametrize(
    ("principal", "kept"),
    [
        pytest.param("*", "*", id="everybody"),
        pytest.param(
            {"AWS": "a", "Service": ["b", "c"]}, {"AWS": ("a",), "Service": ("b", "c")}, id="a map"
        ),
    ],
)
def test_a_trust_policy_has_a_principal_and_no_resource(principal: Any, kept: Any) -> None:
    trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    (statement,) = parse(json.dumps({"Statement": trust})).statements
    assert statement.principal == kept
    assert statement.resources is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_one(Sid="Grüße 🔑"), id="Unicode"),
        pytest.param(_one().ljust(LARGEST), id="padded at the end to the largest size"),
        pytest.param("\r\n\t " * 1000 + _one(), id="padded at the beginning"),
        pytest.param(_one(Resource=["arn:aws:s3:::" + "x" * LARGEST]), id="one long resource"),
        pytest.param(_one(Sid=""), id="an empty Sid"),
    ],
)
def test_documents(text: str) -> None:
    (statement,) = parse(text).statements
    assert statement.effect is Effect.ALLOW


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "cannot be read", id="nothing"),
        pytest.param("{", "cannot be read", id="cut short"),
        pytest.param("%7B%22Version%22%7D", "cannot be read", id="still URL-encoded"),
        pytest.param("[" * 200_000, "nested too deeply", id="nested too deeply"),
        pytest.param(
            _one(Condition={"a": {"b": 1}})[:-4] + "1" * 5000 + "}}}}",
            "cannot be read",
            id="a huge number",
        ),
        pytest.param('{"Statement": NaN}', "NaN is no JSON", id="not a number"),
        pytest.param('{"Statement": 1e999}', "'1e999' is too large", id="a number without end"),
        pytest.param('{"Statement": [-1e999]}', "'-1e999' is too large", id="one below zero"),
        pytest.param(
            '{"Statement": [], "Statement": []}', "'Statement' stands twice", id="a key twice"
        ),
        pytest.param(
            '{"Statement": {"Effect": "Deny", "Effect": "Allow"}}',
            "'Effect' stands twice",
            id="an Effect twice",
        ),
        pytest.param(_one(Sid="\ud800"), "cannot be read", id="half a character, escaped"),
        pytest.param(
            json.dumps({"Statement": {**ALLOW, "Sid": "\udfff"}}, ensure_ascii=False),
            "cannot be read",
            id="half a character",
        ),
        pytest.param("[]", "the document is a list, not an object", id="a list"),
        pytest.param('"x"', "the document is 'x', not an object", id="a text"),
        pytest.param(
            '{"Rules": []}', "holds 'Rules', which is no policy element", id="an unknown element"
        ),
        pytest.param(
            '{"Version": "2012-10-18", "Statement": []}',
            "Version is '2012-10-18'",
            id="an unknown version",
        ),
        pytest.param(
            '{"Version": 1, "Statement": []}',
            "Version of the document is 1",
            id="a version that is no text",
        ),
        pytest.param('{"Version": "2012-10-17"}', "statement 1 is None", id="no statement"),
        pytest.param(
            '{"Statement": []}', "statement 1 is a list", id="an empty list of statements"
        ),
        pytest.param('{"Statement": [null]}', "statement 1 is None", id="a statement that is null"),
        pytest.param(_one(effect="Allow"), "holds 'effect'", id="a key in the wrong case"),
        pytest.param(
            _one(Effect="allow"),
            "Effect of statement 1 is 'allow'",
            id="an Effect in the wrong case",
        ),
        pytest.param(
            _one(Effect=["Allow"]), "Effect of statement 1 is a list", id="an Effect that is a list"
        ),
        pytest.param(
            json.dumps({"Statement": _without("Effect")}),
            "Effect of statement 1 is None",
            id="no Effect",
        ),
        pytest.param(
            json.dumps({"Statement": _without("Action")}),
            "neither Action nor NotAction",
            id="no Action",
        ),
        pytest.param(
            json.dumps({"Statement": _without("Resource")}),
            "neither Resource nor NotResource",
            id="no Resource",
        ),
        pytest.param(
            _one(NotAction="a"), "both Action and NotAction", id="both Action and NotAction"
        ),
        pytest.param(
            _one(NotResource="a"),
            "both Resource and NotResource",
            id="both Resource and NotResource",
        ),
        pytest.param(
            _one(Principal="*", NotPrincipal="*"),
            "both Principal and NotPrincipal",
            id="both principals",
        ),
        pytest.param(
            _one(Action=[]), "Action of statement 1 is a list", id="no action in the list"
        ),
        pytest.param(
            _one(Action=["a", 1]), "Action of statement 1 is a list", id="an action that is no text"
        ),
        pytest.param(
            _one(Resource={"a": 1}),
            "Resource of statement 1 is a dict",
            id="a resource that is no text",
        ),
        pytest.param(_one(Sid=7), "Sid of statement 1 is 7", id="a Sid that is no text"),
        pytest.param(
            _one(Principal=7), "Principal of statement 1 is 7", id="a principal that is no text"
        ),
        pytest.param(
            _one(Principal={"AWS": 7}),
            "Principal of statement 1 is 7",
            id="an identifier that is no text",
        ),
        pytest.param(
            _one(Condition="x"),
            "Condition of statement 1 holds 'x'",
            id="a condition that is a text",
        ),
        pytest.param(
            _one(Condition={"Bool": []}),
            "Condition of statement 1 holds a list",
            id="an operator without keys",
        ),
        pytest.param(
            _one(Condition={"Bool": {"a": None}}),
            "Condition of statement 1 holds None",
            id="a value that is null",
        ),
        pytest.param(
            _one(Sid=10**70), f"Sid of statement 1 is {'1' + '0' * 59}...", id="a long wrong value"
        ),
    ],
)
def test_what_is_no_document(text: str, says: str) -> None:
    with pytest.raises(DocumentError) as error:
        parse(text)
    assert says in str(error.value)


def _parsed_or_refused(text: str) -> bool:
    try:
        return bool(parse(text).statements)
    except DocumentError as error:
        return bool(str(error))


@given(st.text() | st.text('{}[]":,\\ud8a0 0eE-'))
def test_any_text_is_a_document_or_a_documented_error(text: str) -> None:
    assert _parsed_or_refused(text)


WORDS = st.sampled_from(
    [*ALLOW, "Version", "2012-10-17", "Statement", "NotAction", "Sid", "\ud800"]
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
)


@given(value=ANY_JSON, escaped=st.booleans())
def test_any_json_is_a_document_or_a_documented_error(value: Any, *, escaped: bool) -> None:
    assert _parsed_or_refused(json.dumps(value, ensure_ascii=escaped))


@given(st.dictionaries(WORDS, ANY_JSON))
def test_any_statement_is_one_or_a_documented_error(elements: dict[str, Any]) -> None:
    assert _parsed_or_refused(json.dumps({"Statement": {**ALLOW, **elements}}))
