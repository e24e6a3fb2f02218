"""AWS-managed policies, known offline: a table that `python -m cli.aws_policies` writes anew."""

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from lambdas.model.arn import Arn
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

TABLE = Path(__file__).with_name("aws_policies.json.xz")
_OWNER = "aws"
"""What stands in the account field of the ARN of a policy that AWS owns."""


@dataclass(frozen=True, slots=True)
class AwsPolicies:
    """Default versions of AWS-managed policies, and the day on which the newest was published."""

    date: str
    documents: Mapping[str, tuple[str, str]]
    """Resource of the ARN, such as policy/ReadOnlyAccess -> version id, and the document."""

    def state(self, subject: Subject) -> State | None:
        """The state of a policy that AWS owns; None where the table does not hold it."""
        arn = Arn.parse(subject.name)
        if subject.kind is not Kind.POLICY or arn is None or arn.account != _OWNER:
            return None
        found = self.documents.get(arn.resource)
        return _state(subject, found, self.date) if found else None


@cache
def aws_policies() -> AwsPolicies:
    """The table as it is shipped beside this module."""
    table = json.loads(lzma.decompress(TABLE.read_bytes()))
    return AwsPolicies(table["date"], table["policies"])


def _state(subject: Subject, found: tuple[str, str], date: str) -> State:
    version, document = found
    return State(
        subject=subject,
        unique_id=subject.name,
        arn=subject.name,
        as_of=datetime.fromisoformat(date).replace(tzinfo=UTC),
        parts={Part.DOCUMENT: {version: document}},
    )


def table(packaged: Mapping[str, Mapping[str, object]]) -> bytes:
    """The packed table of moto's policies: name -> fields as GetPolicy and its version give them.

    https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
    """
    policies = {
        f"policy{each.get('Path', '/')}{name}": (
            each["DefaultVersionId"],
            json.dumps(each["Document"], separators=(",", ":")),
        )
        for name, each in packaged.items()
    }
    date = max(str(each.get("UpdateDate") or each["CreateDate"]) for each in packaged.values())
    text = json.dumps({"date": date[:10], "policies": policies}, separators=(",", ":"))
    return lzma.compress(text.encode(), preset=9)


if __name__ == "__main__":
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    TABLE.write_bytes(table(json.loads(aws_managed_policies_data)))
