import pytest

from lambdas.model.source import action_of


@pytest.mark.parametrize(
    ("source", "action"),
    [
        ("iam.amazonaws.com", "iam:X"),
        ("access-analyzer.amazonaws.com", "access-analyzer:X"),
        ("monitoring.amazonaws.com", "cloudwatch:X"),
    ],
)
def test_an_action_is_spelled_as_policies_do(source: str, action: str) -> None:
    assert action_of(source, "X") == action
