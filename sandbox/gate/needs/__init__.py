"""What each call needs: the table of actions and resources, one module per group of services."""

from sandbox.gate.needs import iam, items, messages, stores, trails

NEEDS = iam.ROWS | trails.ROWS | stores.ROWS | messages.ROWS | items.ROWS
"""(botocore's service name, SDK operation) -> the needs of a call with these parameters."""
