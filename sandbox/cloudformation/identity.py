"""Identities: what moto leaves out of roles and policies."""

import json
from typing import Any

from moto.iam.models import ManagedPolicy, Role

from sandbox.cloudformation.completion import Completion
from sandbox.cloudformation.extension import Properties, known_to_moto
from sandbox.cloudformation.place import Account

_MOST_VERSIONS = 5
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


@known_to_moto
class CompleteRole(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html."""

    MODEL = Role
    REVISED = frozenset(
        {"AssumeRolePolicyDocument", "Description", "ManagedPolicyArns", "Policies", "Tags"}
    )

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Put trust and inline policies, and take away what is not named any more."""
        client, role = Account.client("iam", region), resource.name
        trust = json.dumps(properties["AssumeRolePolicyDocument"])
        client.update_assume_role_policy(RoleName=role, PolicyDocument=trust)
        client.update_role(RoleName=role, Description=properties.get("Description", ""))
        for arn in set(resource.managed_policies) - set(properties.get("ManagedPolicyArns", [])):
            if arn in resource.described.get("ManagedPolicyArns", []):
                client.detach_role_policy(RoleName=role, PolicyArn=arn)
        inline = {each["PolicyName"]: each["PolicyDocument"] for each in properties["Policies"]}
        for former in resource.described.get("Policies", []):
            if former["PolicyName"] not in inline:
                client.delete_role_policy(RoleName=role, PolicyName=former["PolicyName"])
        for name, document in inline.items():
            client.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document)

    @classmethod
    def prepare(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """Inline policies as text: moto would keep the objects of the template."""
        policies = [
            {**policy, "PolicyDocument": json.dumps(policy["PolicyDocument"])}
            for policy in properties.get("Policies", [])
        ]
        return {**properties, "Policies": policies, "Tags": properties.get("Tags", [])}

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Attach its managed policies."""
        client = Account.client("iam", region)
        for arn in properties.get("ManagedPolicyArns", []):
            client.attach_role_policy(RoleName=resource.name, PolicyArn=arn)


@known_to_moto
class CompleteManagedPolicy(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html."""

    MODEL = ManagedPolicy
    REVISED = frozenset({"PolicyDocument"})

    @classmethod
    def complete(cls, resource: Any, properties: Properties, region: str) -> None:
        """Nothing is missing."""

    @classmethod
    def revise(cls, resource: Any, properties: Properties, region: str) -> None:
        """Make a new default version, in place of the oldest where there are five."""
        client, arn = Account.client("iam", region), resource.arn
        versions = client.list_policy_versions(PolicyArn=arn)["Versions"]
        if len(versions) == _MOST_VERSIONS:
            oldest = min(versions, key=lambda version: version["CreateDate"])
            client.delete_policy_version(PolicyArn=arn, VersionId=oldest["VersionId"])
        document = json.dumps(properties["PolicyDocument"])
        client.create_policy_version(PolicyArn=arn, PolicyDocument=document, SetAsDefault=True)

    @classmethod
    def delete_from_cloudformation_json(cls, arn: str, _template: Any, *place: str) -> None:
        """Detach the policy, and delete it with all its versions."""
        client = Account.client("iam", place[-1])
        for role in client.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]:
            client.detach_role_policy(RoleName=role["RoleName"], PolicyArn=arn)
        for version in client.list_policy_versions(PolicyArn=arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                client.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
        client.delete_policy(PolicyArn=arn)
