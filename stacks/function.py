"""A function with a role and a log group of its own."""

from collections.abc import Mapping, Sequence

from aws_cdk import Aws, CfnResource, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from lambdas.model.permission import Permission
from stacks.acknowledge import acknowledge, acknowledge_lint
from stacks.denied import deny_ever
from stacks.permissions import allow, wildcards

_NO_RESOURCE = "IAM knows no resource that {actions} could be limited to."
_ANY_OF_THEM = "Which one of them {actions} will be needed for is known only when a change comes."

_ASYNCHRONOUS = "Asynchronous"
_ATTEMPTS = 2
_AGE = Duration.hours(6)


class Function(Construct):
    """One handler of ``lambdas/handlers``, allowed what it is given and to write its own log."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        handler: str,
        code: lambda_.Code,
        timeout: Duration,
        environment: Mapping[str, str],
        writes: Sequence[Permission] = (),
    ) -> None:
        """``writes`` are what it will be permitted of what every other function is denied."""
        super().__init__(scope, id_)
        self.allowed: list[iam.PolicyStatement] = []
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.allow(deny_ever(writes))
        log_group = logs.LogGroup(
            self,
            "Log",
            retention=logs.RetentionDays.ONE_YEAR,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.allow(
            iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[log_group.log_group_arn],
            )
        )
        self.function = lambda_.Function(
            self,
            "Function",
            handler=f"lambdas.handlers.{handler}.handler",
            code=code,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            # Processor power grows with memory, and a rare event nearly always meets a cold start.
            memory_size=1024,
            timeout=timeout,
            environment=dict(environment),
            role=self.role,
            log_group=log_group,
        )
        acknowledge(
            self.function,
            "Python 3.13 is the runtime that the code is compiled for and tested with.",
            "AwsSolutions::AwsSolutions-L1",
        )

        acknowledge_lint(
            self.function,
            "CDK writes the dependency on the role, which the reference to it implies, too.",
            "W3005",
        )

    def allow(self, *statements: iam.PolicyStatement) -> None:
        """Add statements to the role's policy."""
        for statement in statements:
            self.role.add_to_policy(statement)
            if statement.effect == iam.Effect.ALLOW:
                self.allowed.append(statement)

    def permit(self, permissions: Sequence[Permission]) -> None:
        """Let the function do what the catalogue says that it needs."""
        self.allow(*allow(permissions))
        for resource, actions in wildcards(permissions).items():
            reason = _NO_RESOURCE if resource == "*" else _ANY_OF_THEM
            rule = f"AwsSolutions::AwsSolutions-IAM5[Resource::{resource}]"
            acknowledge(self.role, reason.format(actions=", ".join(actions)), rule)

    @property
    def named(self) -> str:
        """The ARN pattern of the name that CloudFormation makes for the function.

        A boundary goes by it: the function itself waits for the table, whose policy names the role
        that is bounded.
        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
        """
        stack, made = Stack.of(self), self.function.node.default_child
        if not isinstance(made, CfnResource):
            raise TypeError(f"{self.node.path} is no resource that could have a name")
        name = f"{stack.stack_name}-{stack.get_logical_id(made)}"
        return f"arn:{Aws.PARTITION}:lambda:{Aws.REGION}:{Aws.ACCOUNT_ID}:function:{name}-*"

    @property
    def is_asynchronous(self) -> bool:
        """Whether it keeps what fails: events are handed to it that nobody waits for."""
        return self.node.try_find_child(_ASYNCHRONOUS) is not None

    def may_invoke(self, other: "Function") -> None:
        """Let this function invoke another one."""
        actions = ["lambda:InvokeFunction"]
        resources = [other.function.function_arn]
        self.role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))
        self.allowed.append(iam.PolicyStatement(actions=actions, resources=[other.named]))

    def know(self, variable: str, value: str) -> None:
        """Give the function one more environment variable."""
        self.function.add_environment(variable, value)

    def keep_failures(self, queue: sqs.IQueue) -> None:
        """Try an asynchronous event three times within six hours, then keep it in a queue.

        https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
        """
        self.allow(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn]))
        lambda_.CfnEventInvokeConfig(
            self,
            _ASYNCHRONOUS,
            function_name=self.function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=_ATTEMPTS,
            maximum_event_age_in_seconds=_AGE.to_seconds(),
            destination_config=lambda_.CfnEventInvokeConfig.DestinationConfigProperty(
                on_failure=lambda_.CfnEventInvokeConfig.OnFailureProperty(
                    destination=queue.queue_arn
                )
            ),
        ).node.add_dependency(self.role)
