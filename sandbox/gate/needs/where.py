"""Where a call lands: the account and region that turn names into ARNs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """The account and region of a call."""

    account: str
    region: str

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a regional resource."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def iam(self, resource: str) -> str:
        """The ARN of an IAM resource."""
        return f"arn:aws:iam::{self.account}:{resource}"
