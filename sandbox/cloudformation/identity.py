"""Identities: what moto leaves out of roles."""

import json
from typing import Any

from moto.iam.models import Role

from sandbox.cloudformation.completion import Completion
from sandbox.cloudformation.extension import Properties, known_to_moto
from sandbox.cloudformation.place import Account


@known_to_moto
class CompleteRole(Completion):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html."""

    MODEL = Role

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
