"""AWS-managed policies as lines for `snapback assess`: `python -m cli.aws_policy_lines`.

Each is judged as if it were all that a user has.
"""

import json
import sys
from collections.abc import Iterator

from cli.aws_policies import aws_policies

_USER = "arn:aws:iam::123456789012:user/somebody"


def lines() -> Iterator[str]:
    """A line for each policy, by its name with its path."""
    for name, (_, document) in aws_policies().documents.items():
        identity = [json.loads(document)]
        yield json.dumps(
            {"id": name.removeprefix("policy/"), "principal": _USER, "identity": identity}
        )


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
