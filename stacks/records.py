"""The table that holds histories, claims and incidents."""

from collections.abc import Sequence

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

USED = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
)
TELLING = (
    "dynamodb:BatchWriteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
)
"""What telling of what is written already needs: it reads no state, and takes slots for mails."""
_WRITES = [
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
]
"""Every action that writes an item; a transaction needs these, too.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
"""


NAME = "Snapback"
"""A name of its own, because only what has one can be taken up again by a later deployment.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
"""


class Records(Construct):
    """One table for everything that is remembered; it outlives the stack."""

    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.table = dynamodb.Table(
            self,
            "Table",
            table_name=NAME,
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute="expires",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        # Not the table's own: its policy names the roles, and the boundary of one names the table.
        self._arn = f"arn:{Aws.PARTITION}:dynamodb:{Aws.REGION}:{Aws.ACCOUNT_ID}:table/{NAME}"

    def using(self, actions: Sequence[str]) -> iam.PolicyStatement:
        """What lets a role call these on the table."""
        return iam.PolicyStatement(actions=[*actions], resources=[self._arn])

    def only_from(self, roles: Sequence[iam.IRole]) -> None:
        """Let nobody write but these roles: a forged state would steer an undo.

        A table's own policy cannot name the table's ARN before the table exists; ``*`` means this
        table there.
        """
        self.table.add_to_resource_policy(
            iam.PolicyStatement(
                sid="OnlySnapbackWrites",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=_WRITES,
                resources=["*"],
                conditions={
                    "ArnNotEquals": {"aws:PrincipalArn": [role.role_arn for role in roles]}
                },
            )
        )
