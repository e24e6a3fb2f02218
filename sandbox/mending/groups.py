"""Log groups: the ARN that a template is given ends in a colon and an asterisk.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
"""

from typing import Any

from moto.logs.models import LogGroup

from sandbox.mending.patch import Patch

_attribute: Any = LogGroup.get_cfn_attribute


def _get(group: LogGroup, attribute_name: str) -> str:
    value: str = _attribute(group, attribute_name)
    return f"{value}:*" if attribute_name == "Arn" else value


PATCHES = (Patch(LogGroup, "get_cfn_attribute", _get),)
"""A policy that grants the ARN from the template covers the group's streams."""
