"""Alerts: mail to the security team through SNS."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.aws.reads import reason
from lambdas.model.mail import Mail
from lambdas.service.ports import AlertNotSentError

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class TopicAlerts:
    """The alert topic, as the port that the jobs use."""

    def __init__(self, sns: "SNSClient", topic_arn: str) -> None:
        self._sns = sns
        self._topic_arn = topic_arn

    def send(self, mail: Mail) -> None:
        """Publish one mail; see the port."""
        try:
            self._sns.publish(TopicArn=self._topic_arn, Subject=mail.subject, Message=mail.body)
        except (ClientError, BotoCoreError) as error:
            raise AlertNotSentError(reason(error)) from error
