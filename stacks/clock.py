"""What the watch clock is allowed beyond what every function is: to look at this stack's parts."""

from aws_cdk import Aws, Stack
from aws_cdk import aws_iam as iam

from lambdas.calls import CATALOG
from lambdas.calls.elsewhere import LETTERS
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.settings import Settings
from stacks import permissions
from stacks.function import Function

_LOOKS = {
    "arn:{partition}:events:{region}:{account}:rule/{stack}-*": (
        "events:DescribeRule",
        "events:ListTargetsByRule",
    ),
    "arn:{partition}:lambda:{region}:{account}:function:{stack}-*": (
        "lambda:GetFunctionConcurrency",
        "lambda:GetFunctionConfiguration",
    ),
    "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*": (
        "lambda:GetEventSourceMapping",
    ),
    "arn:{partition}:sns:{region}:{account}:{stack}-*": ("sns:ListSubscriptionsByTopic",),
    "arn:{partition}:sqs:{region}:{account}:{stack}-*": ("sqs:GetQueueAttributes",),
}
"""Resource -> what is asked about it: CloudFormation's names begin with the stack's.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
"""
_STACK = "cloudformation:ListStackResources"


_ELSEWHERE = {
    "*": ("events:ListRules", "events:ListRuleNamesByTarget"),
    f"arn:{{partition}}:sqs:*:{{account}}:{LETTERS}": (
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
    ),
}
"""The same of the regional stacks; EventBridge's lists are of no resource.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
"""


def permit(function: Function, settings: Settings) -> None:
    """Let a function look at the stack that it is in, at trails, and at other regions' stacks.

    Where good minutes are reported outside, it reads the parameter that says where.
    """
    stack = Stack.of(function).stack_name
    trails = [call for call in CATALOG.values() if call.family is Family.TRAIL]
    function.permit(
        [
            *permissions.reading(trails),
            Permission(action="cloudtrail:DescribeTrails", resources=("*",)),
            *(
                Permission(action=action, resources=(resource.replace("{stack}", stack),))
                for resource, actions in (_LOOKS | (_ELSEWHERE if settings.regions else {})).items()
                for action in actions
            ),
        ]
    )
    function.allow(iam.PolicyStatement(actions=[_STACK], resources=[Aws.STACK_ID]))
    function.know("STACK_ID", Aws.STACK_ID)
    if settings.heartbeat_url is not None:
        named = f"arn:{Aws.PARTITION}:ssm:{Aws.REGION}:{Aws.ACCOUNT_ID}:parameter"
        function.allow(
            iam.PolicyStatement(
                actions=["ssm:GetParameter"], resources=[f"{named}{settings.heartbeat_url}"]
            )
        )
