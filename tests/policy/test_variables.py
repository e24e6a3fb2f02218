"""Policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import pytest

from lambdas.policy.match import literal
from lambdas.policy.variables import resolved


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("user/a", ("user/a", True), id="none"),
        pytest.param("user/${open", ("user/${open", True), id="one that does not end is text"),
        pytest.param("${" * 100_000, ("${" * 100_000, True), id="nor do many"),
        pytest.param("user/${AWS:UserName}-x", ("user/alice-x", True), id="case does not matter"),
        pytest.param("${aws:userid}/*", ("*/*", False), id="an unknown one may be anything"),
        pytest.param("${aws:username}/${a}", ("alice/*", False), id="one known, one not"),
        pytest.param("${*}", (literal("*"), True), id="a character is known"),
        pytest.param("${a, 'b'}", ("*", False), id="a default does not make it known"),
    ],
)
def test_resolved(pattern: str, expected: tuple[str, bool]) -> None:
    assert resolved(pattern, {"aws:username": "alice"}) == expected
