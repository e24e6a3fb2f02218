"""Saved queries: what people ask first of the functions' logs."""

from aws_cdk import Stack
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.questions import QUESTIONS


class Queries(Construct):
    """One saved query for each question, over the log group of every function that there is by now.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_Insights-Saving-Queries.html
    """

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        everything = Stack.of(self).node.find_all()
        groups = [each.log_group_name for each in everything if isinstance(each, logs.LogGroup)]
        for number, (question, query) in enumerate(QUESTIONS.items(), 1):
            logs.CfnQueryDefinition(
                self,
                f"Question{number}",
                name=f"Snapback/{question}",
                query_string=query,
                log_group_names=groups,
            )
