"""Every function has its alarms, and the watch clock a dead man's switch."""

from math import ceil

import pytest

from tests.stacks.synthesized import Properties, Template, settled

FIVE_MINUTES = 300


def of_functions(metric: str, whole: Template) -> dict[str, Properties]:
    """The alarms on a metric by the logical id of the function that they look at."""
    return {
        alarm["Dimensions"][0]["Value"]["Ref"]: alarm
        for alarm in whole.each("AWS::CloudWatch::Alarm").values()
        if alarm.get("MetricName") == metric
    }


def everyone(whole: Template) -> set[str]:
    return {*whole.each("AWS::Lambda::Function")}


def asynchronous(whole: Template) -> set[str]:
    configured = whole.each("AWS::Lambda::EventInvokeConfig").values()
    return {each["FunctionName"]["Ref"] for each in configured}


@pytest.fixture(scope="module", params=["alone", "with everything"])
def template(request: pytest.FixtureRequest, whole: Template) -> Template:
    central = {"account": "999988887777", "organization": "o-a1b2c3d4e5"}
    deployed = {"response": {"default": "revert"}, "central": central}
    return whole if request.param == "alone" else settled(deployed)


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_of_every_function_that_fails_or_is_throttled(metric: str, template: Template) -> None:
    found = of_functions(metric, template)
    assert {*found} == everyone(template)
    for alarm in found.values():
        assert (alarm["Namespace"], alarm["Statistic"]) == ("AWS/Lambda", "Sum")
        assert (alarm["ComparisonOperator"], alarm["Threshold"]) == (
            "GreaterThanOrEqualToThreshold",
            1,
        )


def test_of_every_event_that_waits_for_long(template: Template) -> None:
    found = of_functions("AsyncEventAge", template)
    assert {*found} == asynchronous(template)
    assert all(each["Statistic"] == "Maximum" for each in found.values())
    assert {each["Threshold"] for each in found.values()} == {FIVE_MINUTES * 1000}


@pytest.mark.parametrize("metric", ["Errors", "Throttles", "AsyncEventAge"])
def test_one_of_them_is_enough_however_long_ago_the_run_began(metric: str, whole: Template) -> None:
    functions = whole.each("AWS::Lambda::Function")
    for name, alarm in of_functions(metric, whole).items():
        assert alarm["DatapointsToAlarm"] == 1
        assert alarm["Period"] == FIVE_MINUTES
        assert alarm["EvaluationPeriods"] == 1 + ceil(functions[name]["Timeout"] / FIVE_MINUTES)
        assert alarm["TreatMissingData"] == "notBreaching"


def test_a_heartbeat_that_is_missing_is_the_worst_answer(whole: Template) -> None:
    _, alarm = whole.one("AWS::CloudWatch::Alarm", "Heartbeat")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Snapback", "Heartbeat")
    assert alarm["TreatMissingData"] == "breaching"
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert (alarm["Period"], alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (60, 5, 5)


def test_a_canary_that_is_missing_is_noticed_within_hours(whole: Template) -> None:
    _, alarm = whole.one("AWS::CloudWatch::Alarm", "CanaryAlarm")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Snapback", "Canaries")
    assert (alarm["TreatMissingData"], alarm["ComparisonOperator"]) == (
        "breaching",
        "LessThanThreshold",
    )
    hours = alarm["EvaluationPeriods"]
    assert (alarm["Period"], alarm["DatapointsToAlarm"]) == (3600, hours)
    assert 24 < hours <= 7 * 24


def test_the_heartbeat_is_the_one_that_the_watch_clock_writes(whole: Template) -> None:
    _, alarm = whole.one("AWS::CloudWatch::Alarm", "Heartbeat")
    _, watch = whole.one("AWS::Lambda::Function", "Watch")
    variables = watch["Environment"]["Variables"]
    assert alarm["Namespace"] == variables["POWERTOOLS_METRICS_NAMESPACE"]
    assert alarm["Dimensions"] == [
        {"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]}
    ]
