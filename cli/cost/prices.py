"""Prices: what AWS asks in us-east-1, each with AWS's page and where its figure was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Item(StrEnum):
    """Something that AWS bills, by its unit."""

    KEY = "KMS key, a month"
    KEY_REQUEST = "KMS request"
    ALARM = "alarm, a month"
    DASHBOARD = "dashboard, a month"
    METRIC = "custom metric, a month"
    LOG_IN = "log, a GB taken in"
    LOG_KEPT = "log, a GB kept a month"
    FUNCTION_REQUEST = "function, an invocation"
    FUNCTION_SECOND = "function on Arm, a GB-second"
    WRITE = "table, a write request unit"
    READ = "table, a read request unit"
    TABLE_KEPT = "table, a GB kept a month"
    TABLE_RECOVERY = "point-in-time recovery, a GB a month"
    QUEUE_REQUEST = "queue, a request"
    PUBLISH = "topic, a message published"
    MAIL = "mail, one delivered"
    EVENT = "event of an AWS service"


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for ``per`` units; ``read`` is where the figure was read, None if nowhere yet."""

    dollars: float
    per: int
    page: str
    read: str | None = None

    @property
    def each(self) -> float:
        """Dollars for one unit."""
        return self.dollars / self.per


_CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/"
_LAMBDA = "https://aws.amazon.com/lambda/pricing/"
_DYNAMODB = "https://aws.amazon.com/dynamodb/pricing/on-demand/"
_KMS = "https://aws.amazon.com/kms/pricing/"
_SNS = "https://aws.amazon.com/sns/pricing/"
_ON_CLOUDWATCH = (
    "https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/"
)
_ON_LAMBDA = "https://cloudchipr.com/blog/aws-lambda-pricing"
_ON_SNS = "https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/"
_MILLION = 1_000_000

PRICES: Mapping[Item, Price] = {
    Item.KEY: Price(1.0, 1, _KMS, _KMS),
    Item.KEY_REQUEST: Price(0.03, 10_000, _KMS, "https://www.wring.co/blog/aws-kms-pricing-guide"),
    Item.ALARM: Price(0.10, 1, _CLOUDWATCH),
    Item.DASHBOARD: Price(3.0, 1, _CLOUDWATCH, _ON_CLOUDWATCH),
    Item.METRIC: Price(0.30, 1, _CLOUDWATCH, "https://signoz.io/guides/cloudwatch-pricing"),
    Item.LOG_IN: Price(0.50, 1, _CLOUDWATCH, _ON_CLOUDWATCH),
    Item.LOG_KEPT: Price(0.03, 1, _CLOUDWATCH),
    Item.FUNCTION_REQUEST: Price(0.20, _MILLION, _LAMBDA),
    Item.FUNCTION_SECOND: Price(0.0000133334, 1, _LAMBDA, _ON_LAMBDA),
    Item.WRITE: Price(0.625, _MILLION, _DYNAMODB),
    Item.READ: Price(0.125, _MILLION, _DYNAMODB),
    Item.TABLE_KEPT: Price(0.25, 1, _DYNAMODB),
    Item.TABLE_RECOVERY: Price(0.20, 1, _DYNAMODB),
    Item.QUEUE_REQUEST: Price(0.40, _MILLION, "https://aws.amazon.com/sqs/pricing/"),
    Item.PUBLISH: Price(0.50, _MILLION, _SNS, _ON_SNS),
    Item.MAIL: Price(2.0, 100_000, _SNS, _ON_SNS),
    Item.EVENT: Price(
        0.0,
        1,
        "https://aws.amazon.com/eventbridge/pricing/",
        "https://cloudburn.io/blog/amazon-eventbridge-pricing",
    ),
}
"""Without the free tier, which an account may have used up."""
