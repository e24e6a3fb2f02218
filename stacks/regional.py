"""The regional stack: brings what a further region records to the home region's bus."""

from typing import Any

from aws_cdk import Aws, BootstraplessSynthesizer, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from constructs import Construct

from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import LETTERS, NAMED, elsewhere
from stacks.acknowledge import acknowledge
from stacks.queue import queue
from stacks.watches import AnotherBus, Watches

_DESCRIPTION = "Snapback: sends what this region records to the home region"
_ROLE = (
    "arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:"
    "role/cdk-${{Qualifier}}-{}-role-${{AWS::AccountId}}-{}"
)
"""A role of the bootstrap, with what CDK fills in."""


class RegionalStack(Stack):
    """Watches of one further region, without assets and without a bootstrap there.

    It is deployed by the bootstrap's roles of the home region: roles are of no region. Events come
    once: what was forwarded is not forwarded again.
    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.BootstraplessSynthesizer.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
    """

    def __init__(self, scope: Construct, id_: str, *, home_region: str, **options: Any) -> None:
        super().__init__(
            scope,
            id_,
            description=_DESCRIPTION,
            synthesizer=BootstraplessSynthesizer(
                deploy_role_arn=_ROLE.format("deploy", home_region),
                cloud_formation_execution_role_arn=_ROLE.format("cfn-exec", home_region),
            ),
            **options,
        )
        letters = queue(self, name=LETTERS)
        acknowledge(letters, "It is a dead-letter queue itself.", "AwsSolutions::AwsSolutions-SQS3")
        watches = Watches(self, "Watches", dead_letters=letters, named=NAMED)
        home = self._home_bus(home_region)
        watches.changes(elsewhere(CATALOG.values()), home)
        # What comes before the role may send would be a dead letter.
        watches.node.add_dependency(home.role.node.find_child("DefaultPolicy"))

    def _home_bus(self, home_region: str) -> AnotherBus:
        """The home region's bus, with a role that only this region's watches can use.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
        """
        rules = f"arn:{Aws.PARTITION}:events:{Aws.REGION}:{Aws.ACCOUNT_ID}:rule/{NAMED}-*"
        role = iam.Role(
            self,
            "Forward",
            description="Lets EventBridge send what Snapback watches here to the home region's bus",
            assumed_by=iam.ServicePrincipal(
                "events.amazonaws.com",
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {"aws:SourceArn": rules},
                },
            ),
        )
        arn = f"arn:{Aws.PARTITION}:events:{home_region}:{Aws.ACCOUNT_ID}:event-bus/default"
        return AnotherBus(events.EventBus.from_event_bus_arn(self, "HomeBus", arn), role)
