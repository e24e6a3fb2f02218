"""Watching: rules, schedules, alarms, log groups, metric filters and trails."""

import json
from typing import Any, Self

from moto.events.models import EventBus, Rule
from moto.logs.models import LogGroup

from sandbox.cloudformation.completion import Completion
from sandbox.cloudformation.extension import Extension, Properties, known_to_moto
from sandbox.cloudformation.place import Account
from sandbox.gate import resource_policies
from sandbox.pattern_check import check


@known_to_moto
class CompleteRule(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html."""

    MODEL = Rule

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:  # noqa: ARG003  # asks moto's object
        """Refuse a pattern that EventBridge would refuse."""
        if "EventPattern" in properties:
            check(properties["EventPattern"], resource.name)


@known_to_moto
class CompleteEventBus(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html."""

    MODEL = EventBus
    REVISED = frozenset({"Tags"})

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:  # noqa: ARG003  # set on moto's object
        """Let a reference to it be its name."""
        resource.physical_resource_id = resource.name


@known_to_moto
class EventBusPolicy(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html."""

    TYPE = "AWS::Events::EventBusPolicy"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Give the bus its one statement."""
        bus = properties["EventBusName"]
        if Account.front is None:
            raise RuntimeError("no sandbox is running to deploy into")
        arn = f"arn:aws:events:{region}:{Account.front.account}:event-bus/{bus}"
        document = {"Version": "2012-10-17", "Statement": [properties["Statement"]]}
        resource_policies.register(arn, json.dumps(document))
        return cls(name, region, {"Arn": arn})

    def remove(self) -> None:
        """Leave the bus to its own account."""
        resource_policies.register(self.attributes["Arn"], None)


@known_to_moto
class Schedule(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html."""

    TYPE = "AWS::Scheduler::Schedule"
    NAME = "Name"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Make the schedule; the sandbox's clock does not run it by itself."""
        name = name[-64:]
        wanted = {**properties, "Name": name}
        arn = Account.client("scheduler", region).create_schedule(**wanted)["ScheduleArn"]
        return cls(name, region, {"Arn": arn})

    def remove(self) -> None:
        """Delete it."""
        group = self.properties.get("GroupName", "default")
        Account.client("scheduler", self.region).delete_schedule(
            Name=self.physical_resource_id, GroupName=group
        )


@known_to_moto
class Alarm(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html."""

    TYPE = "AWS::CloudWatch::Alarm"
    NAME = "AlarmName"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Make the alarm, which is looked at when somebody asks."""
        Account.client("cloudwatch", region).put_metric_alarm(**{**properties, "AlarmName": name})
        account = "" if Account.front is None else Account.front.account
        return cls(name, region, {"Arn": f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}"})

    def remove(self) -> None:
        """Delete it."""
        Account.client("cloudwatch", self.region).delete_alarms(
            AlarmNames=[self.physical_resource_id]
        )


@known_to_moto
class CompleteLogGroup(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html."""

    MODEL = LogGroup
    REVISED = frozenset({"RetentionInDays", "Tags"})

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Nothing is missing."""

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Change for how long lines are kept."""
        if "RetentionInDays" in properties:
            Account.client("logs", region).put_retention_policy(
                logGroupName=resource.name, retentionInDays=int(properties["RetentionInDays"])
            )


@known_to_moto
class MetricFilter(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html."""

    TYPE = "AWS::Logs::MetricFilter"
    NAME = "FilterName"

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Make the filter; the sandbox derives no metrics from logs."""
        wanted = _lowered({**properties, "FilterName": name})
        Account.client("logs", region).put_metric_filter(**wanted)
        return cls(name, region)

    def remove(self) -> None:
        """Delete it."""
        Account.client("logs", self.region).delete_metric_filter(
            logGroupName=self.properties["LogGroupName"], filterName=self.physical_resource_id
        )


def _lowered(value: Any) -> Any:
    """The API of the logs spells its names with a lower first letter."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _lowered(inner) for key, inner in value.items()}
    return [_lowered(inner) for inner in value] if isinstance(value, list) else value


@known_to_moto
class Trail(Extension):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html."""

    TYPE = "AWS::CloudTrail::Trail"
    NAME = "TrailName"
    _RENAMED = {  # noqa: RUF012  # a table of the class, never changed
        "KMSKeyId": "KmsKeyId",
        "Tags": "TagsList",
    }
    _APART = (
        "TrailName",
        "IsLogging",
        "EventSelectors",
        "AdvancedEventSelectors",
        "InsightSelectors",
    )

    @classmethod
    def create(cls, name: str, properties: Properties, region: str) -> Self:
        """Make the trail, set what it selects, and let it log if it should."""
        client = Account.client("cloudtrail", region)
        wanted = {cls._RENAMED.get(k, k): v for k, v in properties.items() if k not in cls._APART}
        made = client.create_trail(**{**wanted, "Name": name})
        selectors = {
            key: properties[key]
            for key in ("EventSelectors", "AdvancedEventSelectors")
            if key in properties
        }
        if selectors:
            client.put_event_selectors(TrailName=name, **selectors)
        if "InsightSelectors" in properties:
            client.put_insight_selectors(
                TrailName=name, InsightSelectors=properties["InsightSelectors"]
            )
        if properties["IsLogging"] in (True, "true"):
            client.start_logging(Name=name)
        return cls(name, region, {"Arn": made["TrailARN"]})

    def remove(self) -> None:
        """Delete it."""
        Account.client("cloudtrail", self.region).delete_trail(Name=self.physical_resource_id)
