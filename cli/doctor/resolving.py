"""Resolving: what a template's references are in the stack that was deployed from it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_NAMED = re.compile(r"\$\{([^!}][^}]*)\}")
_ARNS: Mapping[str, str] = {
    "AWS::CloudWatch::Alarm": "arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}",
    "AWS::DynamoDB::Table": "arn:{partition}:dynamodb:{region}:{account}:table/{id}",
    "AWS::Events::EventBus": "arn:{partition}:events:{region}:{account}:event-bus/{id}",
    "AWS::Events::Rule": "arn:{partition}:events:{region}:{account}:rule/{id}",
    "AWS::IAM::Role": "arn:{partition}:iam::{account}:role/{id}",
    "AWS::KMS::Key": "arn:{partition}:kms:{region}:{account}:key/{id}",
    "AWS::Lambda::Function": "arn:{partition}:lambda:{region}:{account}:function:{id}",
    "AWS::Logs::LogGroup": "arn:{partition}:logs:{region}:{account}:log-group:{id}:*",
    "AWS::S3::Bucket": "arn:{partition}:s3:::{id}",
    "AWS::SQS::Queue": "arn:{partition}:sqs:{region}:{account}:{name}",
}
"""Type -> the ARN of a resource by its physical id; ``name`` is the end of a URL."""


class UnresolvedError(ValueError):
    """A reference that cannot be followed here; the message names it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a deployed stack."""

    logical_id: str
    physical_id: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stack is, and what it has: all that a reference can name."""

    partition: str
    region: str
    account: str
    stack_id: str
    resources: Mapping[str, Resource]
    parameters: Mapping[str, str] = field(default_factory=dict)

    def resolved(self, value: Any) -> Any:
        """A part of the template with everything that it refers to put in.

        Raises:
            UnresolvedError: it holds a function or names an attribute that is not known here.
        """
        if isinstance(value, list):
            return [self.resolved(each) for each in value]
        if not isinstance(value, Mapping):
            return value
        if len(value) == 1:
            [(name, given)] = value.items()
            if name in _FUNCTIONS:
                return _FUNCTIONS[name](self, given)
            if name.startswith("Fn::"):
                raise UnresolvedError(f"{name} is not followed here")
        return {key: self.resolved(each) for key, each in value.items()}

    def named(self, name: str) -> str:
        """What `Ref` gives.

        Raises:
            UnresolvedError: nothing has that name.
        """
        if name in self.resources:
            return self.resources[name].physical_id
        pseudo = {**self.parameters, **self._pseudo_parameters()}
        if name in pseudo:
            return pseudo[name]
        raise UnresolvedError(f"nothing in the stack is called {name}")

    def attribute(self, name: str, attribute: str) -> str:
        """What `Fn::GetAtt` gives, of the few attributes that policies and alarms hold.

        Raises:
            UnresolvedError: there is no such resource, or the attribute is not known here.
        """
        found = self.resources.get(name)
        if found is not None and attribute == "Arn" and found.kind in _ARNS:
            end = found.physical_id.rpartition("/")[2]
            return _ARNS[found.kind].format(
                partition=self.partition,
                region=self.region,
                account=self.account,
                id=found.physical_id,
                name=end,
            )
        if found is not None and attribute == "TopicArn":
            return found.physical_id
        if found is not None and attribute == "QueueName":
            return found.physical_id.rpartition("/")[2]
        raise UnresolvedError(f"{attribute} of {name} is not known here")

    def _pseudo_parameters(self) -> Mapping[str, str]:
        china = self.partition == "aws-cn"
        return {
            "AWS::AccountId": self.account,
            "AWS::Partition": self.partition,
            "AWS::Region": self.region,
            "AWS::StackId": self.stack_id,
            "AWS::StackName": self.stack_id.partition("/")[2].partition("/")[0],
            "AWS::URLSuffix": "amazonaws.com.cn" if china else "amazonaws.com",
        }


def _get_att(place: Place, given: Any) -> str:
    name, attribute = given.split(".", 1) if isinstance(given, str) else given
    return place.attribute(name, attribute)


def _join(place: Place, given: Any) -> str:
    separator, parts = given
    return str(separator).join(map(str, place.resolved(parts)))


def _sub(place: Place, given: Any) -> str:
    text, own = given if isinstance(given, list) else (given, {})
    known = place.resolved(own)

    def put_in(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name in known:
            return str(known[name])
        return _get_att(place, name) if "." in name else place.named(name)

    return _NAMED.sub(put_in, text).replace("${!", "${")


def _select(place: Place, given: Any) -> Any:
    index, values = given
    return place.resolved(values)[int(index)]


def _split(place: Place, given: Any) -> list[str]:
    separator, text = given
    return str(place.resolved(text)).split(separator)


_FUNCTIONS: Mapping[str, Callable[[Place, Any], Any]] = {
    "Ref": lambda place, given: place.named(given),
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Sub": _sub,
    "Fn::Select": _select,
    "Fn::Split": _split,
}
