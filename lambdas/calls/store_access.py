"""Who can use an event data store: its own policy, and the role that lets Athena query it.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutResourcePolicy.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EnableFederation.html
"""

from lambdas.calls.holders import Parameters
from lambdas.calls.store import named, on, permitted, store, watching
from lambdas.calls.trail import calling
from lambdas.calls.watched import OtherTargetError, Target, Where, text
from lambdas.model.arn import Arn
from lambdas.model.change import Change, Edit
from lambdas.model.revert import Call
from lambdas.model.state import ONLY, Part, State


def _policy_put(parameters: Parameters, where: Where) -> Target:
    arn = _of_store(parameters)
    edit = Edit(Part.RESOURCE_POLICY, ONLY, text(parameters, "resourcePolicy"))
    return named(arn, where), (edit,)


def _policy_deleted(parameters: Parameters, where: Where) -> Target:
    return named(_of_store(parameters), where), (Edit(Part.RESOURCE_POLICY, ONLY, None),)


def _of_store(parameters: Parameters) -> str:
    """The ARN of the store whose policy it is: channels and dashboards have policies, too.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutResourcePolicy.html
    """
    name = text(parameters, "resourceArn")
    arn = Arn.parse(name)
    if arn is not None and not arn.resource.startswith("eventdatastore/"):
        raise OtherTargetError(f"requestParameters name {name!r}, which is no event data store")
    return name


def _former_policy(change: Change, live: State, _: Edit, former: str | None) -> tuple[Call, ...]:
    if former is None:
        return (calling(change, live.arn, "DeleteResourcePolicy", {"ResourceArn": live.arn}),)
    given = {"ResourceArn": live.arn, "ResourcePolicy": former}
    return (calling(change, live.arn, "PutResourcePolicy", given),)


def _federated(parameters: Parameters, where: Where) -> Target:
    """One that is federated already cannot be so by another role.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EnableFederation.html
    """
    role = text(parameters, "federationRoleArn")
    edit = Edit(Part.SETTINGS, "FederationRoleArn", role, fresh=True)
    return store(parameters, where), (edit,)


def _not_federated(parameters: Parameters, where: Where) -> Target:
    return store(parameters, where), (Edit(Part.SETTINGS, "FederationRoleArn", None),)


def _former_role(change: Change, live: State, _: Edit, former: str | None) -> tuple[Call, ...]:
    """A person's to do: CloudTrail changes Lake Formation and Glue in the caller's name.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-federation.html
    """
    if former is None:
        return (on(change, live.arn, "DisableFederation"),)
    return (on(change, live.arn, "EnableFederation", FederationRoleArn=former),)


CALLS = (
    watching(
        name="PutResourcePolicy",
        parse=_policy_put,
        restore=_former_policy,
        permissions=(permitted("PutResourcePolicy"), permitted("DeleteResourcePolicy")),
    ),
    watching(
        name="DeleteResourcePolicy",
        parse=_policy_deleted,
        restore=_former_policy,
        permissions=(permitted("PutResourcePolicy"),),
        manual=True,
    ),
    watching(
        name="EnableFederation",
        parse=_federated,
        restore=_former_role,
        permissions=(permitted("DisableFederation"),),
        manual=True,
    ),
    watching(
        name="DisableFederation",
        parse=_not_federated,
        restore=_former_role,
        permissions=(permitted("EnableFederation"),),
        manual=True,
    ),
)
