from typing import Any, Never

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from lambdas.aws import clients
from lambdas.aws.reads import Problems, code, drain, reason, start
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity

REFUSED = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "GetUser")
UNREACHED = EndpointConnectionError(endpoint_url="https://iam")


def test_reads_that_follow_from_reads_are_made_too() -> None:
    seen = []

    def read(depth: Any) -> Any:
        def one() -> Any:
            seen.append(depth)
            return tuple(read(depth - 1) for _ in range(2 if depth else 0))

        return one

    drain([read(3)])
    assert sorted(seen) == [0] * 8 + [1] * 4 + [2] * 2 + [3]


def test_nothing_to_read_is_done_at_once() -> None:
    assert start([]).result(10) is None


def test_a_read_that_dies_is_raised_to_whoever_waits() -> None:
    def dies() -> Never:
        raise KeyError("User")

    with pytest.raises(KeyError, match="User"):
        start([dies]).result(10)


@pytest.mark.parametrize(
    ("error", "spelled"),
    [
        pytest.param(REFUSED, "AccessDenied", id="a refusal by its code"),
        pytest.param(ClientError({}, "GetUser"), "Unknown", id="a refusal without a code"),
        pytest.param(UNREACHED, "EndpointConnectionError", id="an error of the SDK by its name"),
    ],
)
def test_an_error_is_named(error: Exception, spelled: Any) -> None:
    assert code(error) == spelled
    assert reason(error) == f"{spelled}: {error}"


@pytest.mark.parametrize("error", [REFUSED, UNREACHED], ids=["refused", "unreached"])
def test_a_guarded_read_that_fails_is_a_problem_and_tells_what_is_lost(error: Exception) -> None:
    problems, lost = Problems(), []

    def fails() -> Never:
        raise error

    assert problems.guarded("the profile", fails, lambda: lost.append(1))() == ()
    assert problems.all() == (Problem(f"the profile could not be read: {reason(error)}"),)
    assert lost == [1]


def test_an_operation_that_the_sdk_does_not_have_is_a_problem(aws: None) -> None:
    problems: Any = Problems()
    iam: Any = clients.iam()
    read = problems.guarded("the token", lambda: iam.get_token_of_next_year(Id=1))
    assert read() == ()
    [problem] = problems.all()
    assert problem.says.startswith("the token could not be read: AttributeError: 'IAM' object has")


def test_a_mistake_of_our_own_in_a_guarded_read_is_raised() -> None:
    nothing: Any = None
    with pytest.raises(AttributeError):
        Problems().guarded("the profile", lambda: nothing.pages)()


def test_a_guarded_read_that_fails_while_it_lists_is_a_problem_too() -> None:
    problems = Problems()

    def fails() -> Any:
        yield lambda: ()
        raise REFUSED

    assert problems.guarded("the list", fails)() == ()
    assert len(problems.all()) == 1


def test_problems_stand_in_a_fixed_order_and_once() -> None:
    problems = Problems()
    for says in ("b", "a", "b"):
        problems.add(says, Severity.LOW)
    assert problems.all() == (Problem("a", Severity.LOW), Problem("b", Severity.LOW))
