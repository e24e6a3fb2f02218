import pytest

from lambdas.model.own import Own

KEY = "1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("payments", False),
        ("my-snapback", False),
        (KEY, False),
        ("Snapback-EvaluateFunction1B2C", True),
        ("snapback-changes-iam", True),
        ("StackSet-Snapback-14e0db71-EvaluateFunction1B2C", True),
    ],
)
def test_what_a_stack_holds_begins_with_its_name(name: str, ours: bool) -> None:
    assert Own().has(name) is ours


def test_what_has_no_name_goes_by_its_id() -> None:
    assert Own((KEY,)).has(KEY)
