"""Bootstrap, deploy, diff, update and destroy, with the real CDK command line."""

import json
from typing import Any

KEPT = (
    "RecordsTable",
    "AlertsKey",
    "AlertsTopic",
    "AlarmsKey",
    "AlarmsTopic",
    "UndoQueue",
    "DeadLetters",
)


def kept(ids: dict[str, str]) -> dict[str, str]:
    """What holds something or is known outside the stack."""
    return {name: each for name, each in ids.items() if name.startswith(KEPT)}


def test_the_account_is_prepared(life):
    assert "Environment aws://123456789012/us-east-1 bootstrapped" in life.said["bootstrap"]


def test_what_is_next_is_said(life):
    assert (
        "Next: follow the link in each mail that AWS has sent to security@example.com"
        in (life.said["first"])
    )
    assert "taken up again" not in life.said["first"]


def test_plain_cdk_says_what_is_next_too(life):
    assert "Snapback.Next = Follow the link in each mail from AWS" in life.said["again"]


def test_a_second_deployment_changes_nothing(life):
    assert "Snapback (no changes)" in life.said["again"]
    assert life.ids["again"] == life.ids["first"]
    assert life.events["again"] == life.events["first"]


def test_a_diff_announces_no_replacement_and_changes_nothing(life):
    assert "AWS::SNS::Subscription Alerts/Topic/more@example.com" in life.said["diff"]
    assert "replace" not in life.said["diff"].partition("Stack Snapback")[2]
    assert life.ids["diff"] == life.ids["first"]


def test_an_update_of_settings_replaces_nothing(life):
    assert life.events["updated"] > life.events["again"]
    assert {name: life.ids["updated"][name] for name in life.ids["again"]} == life.ids["again"]


def test_an_update_keeps_what_is_remembered_and_what_waits_to_be_undone(life):
    assert life.items["diff"] <= life.items["updated"]
    assert json.loads(life.said["undone"]) == []


def test_destroying_leaves_the_table_and_the_key_and_says_so(life):
    ids = life.ids["updated"]
    [key] = [ids[name] for name in ids if name.startswith("AlertsKey")]
    assert "Snapback: destroyed" in life.said["destroyed"]
    assert "  Snapback: histories, incidents and what people decided" in life.said["destroyed"]
    assert f"  {key}: nothing is encrypted with it any more" in life.said["destroyed"]
    assert life.sandbox.operator.client("kms").describe_key(KeyId=key)["KeyMetadata"]["Enabled"]
    assert life.items["left"] == life.items["before"]


def test_a_deployment_after_that_takes_the_table_up_again(life):
    assert "Table Snapback is taken up again" in life.said["anew"]
    kept_for_good = {each for each in life.items["before"] if '"standing"' not in each}
    assert kept_for_good <= life.items["anew"]  # the list of who is administrator is today's
    different: Any = {name for name in kept(life.ids["updated"]) if "Table" not in name}
    assert all(life.ids["anew"][name] != life.ids["updated"][name] for name in different)


def test_the_functions_of_the_new_deployment_may_write_into_it(life):
    """One that starts before the table's policy names its role is refused, and tried again."""
    swept = [each for each in life.sandbox.invocations if "Sweep" in each.function]
    assert swept[-1].outcome.error is None
    assert life.sandbox.dead_letters() == {}
