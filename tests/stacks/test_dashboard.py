"""The dashboard shows every measure, function, topic, queue and alarm that there is."""

import json
from typing import Any

import pytest

from lambdas.model.measure import Measure
from tests.stacks.synthesized import Template


def widgets(template: Template) -> list[dict[str, Any]]:
    """The dashboard's widgets, with every token as the logical id that it refers to."""
    _, properties = template.one("AWS::CloudWatch::Dashboard")
    parts = properties["DashboardBody"]["Fn::Join"][1]
    return json.loads("".join(map(_plain, parts)))["widgets"]


def _plain(part: Any) -> str:
    if isinstance(part, str):
        return part
    return part["Ref"] if "Ref" in part else part["Fn::GetAtt"][0]


def metrics(template: Template) -> list[list[Any]]:
    """Every metric that is drawn: namespace, name, dimensions."""
    return [
        each for widget in widgets(template) for each in widget["properties"].get("metrics", [])
    ]


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_is_shown(whole: Template, measure: Measure) -> None:
    shown = [each[:4] for each in metrics(whole) if each[1] == measure]
    assert ["Snapback", measure, "service", "snapback"] in shown


@pytest.mark.parametrize(
    ("kind", "metric"),
    [
        ("AWS::Lambda::Function", "Errors"),
        ("AWS::Lambda::Function", "Throttles"),
        ("AWS::Lambda::Function", "AsyncEventAge"),
        ("AWS::SQS::Queue", "ApproximateNumberOfMessagesVisible"),
        ("AWS::SNS::Topic", "NumberOfMessagesPublished"),
        ("AWS::SNS::Topic", "NumberOfNotificationsFailed"),
    ],
)
def test_every_one_is_shown_with_its(whole: Template, kind: str, metric: str) -> None:
    shown = {each[3] for each in metrics(whole) if each[1] == metric}
    assert shown == {*whole.each(kind)}


def test_every_alarm_is_shown(whole: Template) -> None:
    [alarms] = [each for each in widgets(whole) if each["type"] == "alarm"]
    assert {*alarms["properties"]["alarms"]} == {*whole.each("AWS::CloudWatch::Alarm")}


def test_all_of_it_fits_beside_one_another(whole: Template) -> None:
    places = {(each["x"], each["y"]) for each in widgets(whole)}
    assert len(places) == len(widgets(whole))
    assert all(each["x"] + each["width"] <= 24 for each in widgets(whole))


def test_it_has_the_stacks_name(whole: Template) -> None:
    _, properties = whole.one("AWS::CloudWatch::Dashboard")
    assert properties["DashboardName"] == {"Ref": "AWS::StackName"}
