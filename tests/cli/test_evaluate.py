"""`snapback evaluate`: what goes in and comes out; what is decided is tested with the engine."""

import json
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.evaluate_line import given
from cli.json_lines import LineError
from cli.main import app
from tests.policy.account import text
from tests.policy.cases import Case, cases
from tests.policy.requests import ALICE, OBJECT

RUNNER = CliRunner()
ALLOW = {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
DENY = {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
REQUEST = {"action": "s3:GetObject", "resource": OBJECT, "principal": ALICE}
LINE = {"id": 1, "identity": [ALLOW], "request": REQUEST}
ANSWER = {
    "id": 1,
    "decision": "Allowed",
    "because": ["identity policy 1, statement 1 (Allow s3:* on *)"],
    "errors": [],
}
INVALID = "is no valid policy document: statement 1 is None, not an object"


def answered(*lines: Any) -> tuple[int, list[Any]]:
    whole = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = RUNNER.invoke(app, ["evaluate"], input=whole)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_lines_of_standard_input_are_answered_in_their_order() -> None:
    second = {**LINE, "id": "two", "identity": [ALLOW, DENY]}
    code, (one, two) = answered(LINE, "", second)
    assert (code, one) == (0, ANSWER)
    assert (two["id"], two["decision"]) == ("two", "ExplicitlyDenied")


def test_a_file_is_answered(tmp_path) -> None:
    file = tmp_path / "requests.jsonl"
    file.write_text(json.dumps(LINE), "utf-8")
    done = RUNNER.invoke(app, ["evaluate", str(file)])
    assert (done.exit_code, json.loads(done.stdout)) == (0, ANSWER)


def test_a_file_that_is_not_there() -> None:
    done = RUNNER.invoke(app, ["evaluate", "/nope"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such file" in done.stderr


def test_a_malformed_line_is_told_with_its_number_and_the_others_are_answered() -> None:
    code, (one, two, three) = answered(LINE, "{", LINE)
    assert (code, one, three) == (1, ANSWER, ANSWER)
    assert two["line"] == 2
    assert "cannot be read" in two["error"]


def test_an_id_that_no_json_can_hold_is_told_and_a_large_one_is_kept() -> None:
    small, large = (
        json.dumps(LINE).replace('"id": 1', f'"id": {each}') for each in ("1e9", "1e999")
    )
    code, (good, mistake) = answered(small, large)
    assert (code, good["id"], mistake["line"]) == (1, 1e9, 2)
    assert mistake["error"] == "'1e999' is too large a number"


def test_bytes_that_are_no_text() -> None:
    done = RUNNER.invoke(app, ["evaluate"], input=b'{"id": "\xff"}')
    assert done.exit_code == 1
    assert json.loads(done.stdout)["line"] == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param([], "the line is a list, not an object", id="no object"),
        pytest.param({}, "request is None, not an object", id="no request"),
        pytest.param({"request": {}}, "action '' is not like", id="no action"),
        pytest.param({"request": {"action": 1}}, "action is 1, not a text", id="an odd action"),
        pytest.param(
            {"request": {**REQUEST, "principal": []}}, "principal is a list", id="an odd principal"
        ),
        pytest.param(
            {"request": {**REQUEST, "context": []}}, "context is a list", id="an odd context"
        ),
        pytest.param(
            {"request": {**REQUEST, "context": {"a": {}}}}, "'a' holds a dict", id="an odd value"
        ),
        pytest.param(
            {**LINE, "identity": ALLOW}, "identity is a dict, not a list", id="no list of policies"
        ),
        pytest.param(
            {**LINE, "scps": [ALLOW]}, "level 1 of scps is a dict, not a list", id="no levels"
        ),
    ],
)
def test_malformed_lines(line: Any, says: str) -> None:
    with pytest.raises(LineError) as error:
        given(json.dumps(line))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("line", "decision", "errors"),
    [
        pytest.param(
            {**LINE, "identity": [{}, ALLOW]},
            "Allowed",
            [f"identity policy 1 {INVALID}"],
            id="a policy that is none",
        ),
        pytest.param(
            {**LINE, "boundary": {}},
            "Allowed",
            [f"permissions boundary {INVALID}"],
            id="a boundary that is none restricts nothing",
        ),
        pytest.param(
            {**LINE, "scps": [[{}]], "rcps": [[{}]]},
            "Allowed",
            [
                f"service control policy 1 of level 1 {INVALID}",
                f"resource control policy 1 of level 1 {INVALID}",
            ],
            id="nor does a policy of an organization",
        ),
        pytest.param(
            {**LINE, "odd": 1, "request": {**REQUEST, "even": 2}},
            "Allowed",
            ["'odd' is not known and was left out", "'even' is not known and was left out"],
            id="keys that are not known",
        ),
        pytest.param(
            {**LINE, "identity": [json.dumps(ALLOW)]}, "Allowed", [], id="a document as a text"
        ),
        pytest.param(
            {"request": {"action": "s3:ListAllMyBuckets"}},
            "ImplicitlyDenied",
            [],
            id="no more than an action",
        ),
    ],
)
def test_what_is_left_out(line: Any, decision: str, errors: list[str]) -> None:
    _, (answer,) = answered(line)
    assert (answer["decision"], answer["errors"]) == (decision, errors)


def _line(case: Case) -> Any:
    def documents(key: str) -> list[Any]:
        return [json.loads(text(each)) for each in case.get(key, [])]

    def levels(key: str) -> list[Any]:
        return [[json.loads(text(each)) for each in level] for level in case.get(key, [])]

    def one(key: str) -> Any:
        return None if case.get(key) is None else json.loads(text(case[key]))

    return {
        "id": case["id"],
        "identity": documents("identity"),
        "scps": levels("scps"),
        "rcps": levels("rcps"),
        **{key: one(key) for key in ("boundary", "session_policy", "resource_policy")},
        "request": {**REQUEST, **{key: case[key] for key in case.keys() & _ASKED}},
    }


_ASKED = {"action", "resource", "principal", "resource_account", "context"}


@pytest.mark.parametrize("topic", ["boundary", "service_control_policy", "cross_account", "trust"])
def test_lines_say_what_the_engine_says(topic: str) -> None:
    known = [case.values[0] for case in cases(f"requests/{topic}")]
    _, answers = answered(*map(_line, known))
    assert [a["decision"] for a in answers] == [case["decision"] for case in known]


KEYS = [*LINE, "boundary", "scps", "rcps", "resource_policy", "session_policy", *REQUEST, "context"]
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from([ALLOW, LINE]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
)


@settings(deadline=None)
@drawn(line=st.dictionaries(st.sampled_from(KEYS), ANY, max_size=5), asks=st.booleans())
def test_any_line_is_answered_or_told(line: dict[str, Any], *, asks: bool) -> None:
    whole = {**line, "request": REQUEST} if asks else line
    code, (answer,) = answered(whole)
    assert answer.keys() in ({"id", "decision", "because", "errors"}, {"line", "error"})
    assert code == ("error" in answer)


def test_the_help_keeps_its_brackets_and_stars() -> None:
    told = RUNNER.invoke(app, ["evaluate", "--help"], env={"COLUMNS": "200"}).stdout
    assert '"identity": [document, ...]' in told
    assert '"Action": "s3:*"' in told
