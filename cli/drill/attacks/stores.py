"""Event data stores: stopped, deleted, and made to take in less, keep less or open up."""

import json
from typing import Any

from cli.company import ACCOUNT
from cli.deeds import FOREIGN
from cli.drill.attack import Answered, Attack, Deed
from cli.drill.furnished import OWNED, cloudtrail

_KEYS = [{"Type": "TagContext", "Equals": ["team"]}]
_ROLE = f"arn:aws:iam::{ACCOUNT}:role/reporting"


def _policy(principal: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": ["cloudtrail:StartQuery", "cloudtrail:GetQueryResults"],
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=1)


def _made(name: str, *, protected: bool = True) -> Deed:
    """A store with a tag."""
    return cloudtrail(
        "CreateEventDataStore",
        Name=name,
        TagsList=OWNED,
        TerminationProtectionEnabled=protected,
    )


def _arn(made: Deed) -> Answered:
    return Answered(made, ("EventDataStoreArn",))


def _on_store(operation: str, *done: tuple[str, dict[str, Any]], **more: Any) -> Attack:
    """Something done to a store to which some things have been done."""
    made = _made(f"drill-{operation}", protected=operation != "DeleteEventDataStore")
    named = {"EventDataStore": _arn(made)}
    needs = (cloudtrail(each, **named, **given) for each, given in done)
    return Attack(cloudtrail(operation, **named, **more), (made, *needs))


def _restored() -> Attack:
    """A store that waits for its deletion."""
    made = _made("drill-RestoreEventDataStore", protected=False)
    named = {"EventDataStore": _arn(made)}
    return Attack(
        cloudtrail("RestoreEventDataStore", **named),
        (made, cloudtrail("DeleteEventDataStore", **named)),
    )


def _on_policy(operation: str, **more: Any) -> Attack:
    """Something done to the policy of a store."""
    made = _made(f"drill-{operation}")
    own = _policy(f"arn:aws:iam::{ACCOUNT}:root")
    named = {"ResourceArn": _arn(made)}
    needs = (made, cloudtrail("PutResourcePolicy", ResourcePolicy=own, **named))
    return Attack(cloudtrail(operation, **named, **more), needs)


ATTACKS = (
    _on_store("StopEventDataStoreIngestion"),
    _on_store("StartEventDataStoreIngestion", ("StopEventDataStoreIngestion", {})),
    _on_store("DeleteEventDataStore"),
    _restored(),
    Attack(_made("drill-CreateEventDataStore")),
    _on_store("UpdateEventDataStore", RetentionPeriod=7, MultiRegionEnabled=False),
    _on_store(
        "PutEventConfiguration",
        ("PutEventConfiguration", {"MaxEventSize": "Large", "ContextKeySelectors": _KEYS}),
        MaxEventSize="Large",
        ContextKeySelectors=[],
    ),
    _on_policy("PutResourcePolicy", ResourcePolicy=_policy(FOREIGN)),
    _on_policy("DeleteResourcePolicy"),
    _on_store("EnableFederation", FederationRoleArn=_ROLE),
    _on_store("DisableFederation", ("EnableFederation", {"FederationRoleArn": _ROLE})),
)
