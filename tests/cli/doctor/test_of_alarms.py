"""Whether the alarms are there, as deployed, tell people, and are quiet."""

import json
import shlex

import pytest

from cli.doctor.of_alarms import alarms
from tests.cli.doctor.examining import examined

TOPIC = "arn:aws:sns:us-east-1:123456789012:Snapback-Alarms"
LETTERS = {"Namespace": "AWS/SQS", "MetricName": "ApproximateNumberOfMessagesVisible"}
FORMULA = [
    {"Id": "expr_1", "Expression": "DIFF(FILL(letters, 0))"},
    {"Id": "letters", "MetricStat": {"Metric": LETTERS, "Period": 60}, "ReturnData": False},
]
DEPLOYED = {
    "AlarmActions": [{"Ref": "Topic"}],
    "AlarmDescription": "Snapback could not handle events.",
    "Metrics": FORMULA,
    "Threshold": 0,
    "TreatMissingData": "notBreaching",
}
RESOURCES = {
    "Topic": ("AWS::SNS::Topic", TOPIC, {}),
    "Alarm": ("AWS::CloudWatch::Alarm", "Snapback-Alarm", DEPLOYED),
}
LIVE = {
    **DEPLOYED,
    "ActionsEnabled": True,
    "AlarmActions": [TOPIC],
    "AlarmName": "Snapback-Alarm",
    "Metrics": [{**FORMULA[0], "ReturnData": True}, FORMULA[1]],
    "OKActions": [],
    "StateValue": "OK",
    "Threshold": 0.0,
}
ANOTHER = {**FORMULA[0], "Expression": "letters - letters"}


def asked(*live):
    return alarms(examined(RESOURCES, describe_alarms={"MetricAlarms": [*live]}))


@pytest.mark.parametrize("state", ["OK", "INSUFFICIENT_DATA"])
def test_alarms_as_deployed_are_well(state):
    found = asked({**LIVE, "StateValue": state})
    assert found.mend == ()
    assert found.says == "all 1 alarms are as they were deployed, and quiet"


@pytest.mark.parametrize(
    ("live", "says", "mend"),
    [
        pytest.param([], "is gone", "snapback deploy --revert-drift", id="gone"),
        pytest.param(
            [{**LIVE, "ActionsEnabled": False}],
            "tells nobody: its actions are disabled",
            "aws cloudwatch enable-alarm-actions --alarm-names Snapback-Alarm",
            id="silenced",
        ),
        pytest.param(
            [{**LIVE, "StateValue": "ALARM"}],
            "is raised: Snapback could not handle events.",
            "aws cloudwatch describe-alarm-history --alarm-name Snapback-Alarm"
            " (then docs/operations.md)",
            id="raised",
        ),
    ],
)
def test_a_fault_is_named_with_its_mend(live, says, mend):
    found = asked(*live)
    assert (found.says, found.mend) == (f"Snapback-Alarm {says}", (mend,))
    assert found.parts == ("Snapback-Alarm",)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"AlarmActions": []}, id="it tells nobody"),
        pytest.param({"AlarmActions": ["arn:aws:sns:us-east-1:1:x"]}, id="it tells others"),
        pytest.param({"Threshold": 1000.0}, id="it waits for more"),
        pytest.param({"TreatMissingData": "ignore"}, id="silence is ignored"),
        pytest.param({"Metrics": [ANOTHER, FORMULA[1]]}, id="it computes something else"),
        pytest.param({"Metrics": []}, id="it looks at nothing"),
    ],
)
def test_one_that_was_changed_is_put_back_by_what_is_printed(changed):
    [command] = asked({**LIVE, **changed}).mend
    *_, text = shlex.split(command)
    put = {**DEPLOYED, "AlarmActions": [TOPIC], "AlarmName": "Snapback-Alarm"}
    assert json.loads(text) == put
    assert command.startswith("aws cloudwatch put-metric-alarm --cli-input-json ")
