"""What a function is given: complete, or the variable is named."""

from pathlib import Path

import pytest

from lambdas.model.canary import Canary
from lambdas.settings import Settings, SettingsError, dump, environment, from_environ

TOPIC = "arn:aws-cn:sns:cn-north-1:123456789012:Alerts"
ENVIRON = {"SNAPBACK_SETTINGS": dump(Settings()), "TABLE_NAME": "Records", "TOPIC_ARN": TOPIC}
QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/Undo"
ROLE = "arn:aws:iam::123456789012:role/Undo"


def test_partition_region_and_account_are_the_topics() -> None:
    given = from_environ(ENVIRON)
    assert (given.partition, given.region, given.account) == (
        "aws-cn",
        "cn-north-1",
        "123456789012",
    )
    assert (given.table_name, given.topic_arn) == ("Records", TOPIC)


def test_where_nothing_is_undone_there_is_no_queue() -> None:
    given = from_environ({**ENVIRON, "UNDO_QUEUE_URL": ""})
    assert (given.undo_queue_url, given.undo_role_arn) == (None, None)


def test_where_something_is_undone_there_is_one() -> None:
    given = from_environ({**ENVIRON, "UNDO_QUEUE_URL": QUEUE, "UNDO_ROLE_ARN": ROLE})
    assert (given.undo_queue_url, given.undo_role_arn) == (QUEUE, ROLE)


@pytest.mark.parametrize(
    ("named", "found"), [({}, None), ({"SWEEP_FUNCTION_NAME": "Sweep"}, "Sweep")]
)
def test_a_sweep_is_asked_for_by_name(named: dict[str, str], found: str | None) -> None:
    assert from_environ({**ENVIRON, **named}).sweep_function_name == found


def test_a_file_beside_the_code_holds_large_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_CODE", tmp_path)
    settings = Settings(trusted_accounts=("210987654321",))
    (tmp_path / "settings.json").write_text(dump(settings), "utf-8")
    without = {name: ENVIRON[name] for name in ("TABLE_NAME", "TOPIC_ARN")}
    given = from_environ({**without, "SNAPBACK_SETTINGS_FILE": "settings.json"})
    assert given.settings.trusted_accounts == ("210987654321",)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        pytest.param({"TABLE_NAME": ""}, "TABLE_NAME is not set", id="no table"),
        pytest.param({"TOPIC_ARN": ""}, "TOPIC_ARN is not set", id="no topic"),
        pytest.param({"TOPIC_ARN": "Alerts"}, "TOPIC_ARN is 'Alerts'", id="a topic without ARN"),
        pytest.param({"SNAPBACK_SETTINGS": ""}, "SNAPBACK_SETTINGS is not set", id="no settings"),
        pytest.param({"SNAPBACK_SETTINGS": "{"}, "SNAPBACK_SETTINGS: ", id="no JSON"),
        pytest.param(
            {"SNAPBACK_SETTINGS": '{"responce": 1}'}, "responce is no key", id="an unknown key"
        ),
        pytest.param(
            {"SNAPBACK_SETTINGS_FILE": "absent.json"},
            "SNAPBACK_SETTINGS_FILE names 'absent.json', which cannot be read",
            id="a file that is not there",
        ),
    ],
)
def test_a_missing_or_malformed_variable_is_named(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        from_environ({**ENVIRON, **changed})
    assert named in str(caught.value)


def test_snapbacks_parts_are_known_by_name_and_those_it_was_told_of_by_id() -> None:
    own = from_environ({**ENVIRON, "OWN_NAMES": "Guard,1234abcd"}).own
    assert [own.has(name) for name in ("Snapback-X", "Guard-X", "1234abcd", "other")] == [
        True,
        True,
        True,
        False,
    ]


def test_whoever_hears_the_canary_is_told_which_one_it_is() -> None:
    told = {"CANARY_POLICY_ARN": "arn:policy", "CANARY_ROLE_ARN": "arn:role"}
    assert from_environ({**ENVIRON, **told}).canary == Canary("arn:policy", "arn:role")
    for missing in told:
        assert from_environ({**ENVIRON, **told, missing: ""}).canary is None
