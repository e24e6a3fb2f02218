"""Which actions and resources CloudTrail's calls on event data stores need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""

from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
from sandbox.gate.needs.where import Where

_ON_STORE = (
    "DeleteEventDataStore",
    "DisableFederation",
    "EnableFederation",
    "GetEventConfiguration",
    "GetEventDataStore",
    "PutEventConfiguration",
    "RestoreEventDataStore",
    "StartEventDataStoreIngestion",
    "StopEventDataStoreIngestion",
    "UpdateEventDataStore",
)
_ON_RESOURCE = ("DeleteResourcePolicy", "GetResourcePolicy", "PutResourcePolicy")


def _on_store(operation: str) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        name = str(parameters["EventDataStore"])
        arn = where.arn("cloudtrail", f"eventdatastore/{name}")
        return (Need(f"cloudtrail:{operation}", name if name.startswith("arn:") else arn),)

    return needs


def _on_resource(operation: str) -> Row:
    return lambda parameters, _: (Need(f"cloudtrail:{operation}", str(parameters["ResourceArn"])),)


def _created(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    """The id of a new one is not known before."""
    arn = where.arn("cloudtrail", "eventdatastore/*")
    tagging = (Need("cloudtrail:AddTags", arn),) if parameters.get("TagsList") else ()
    return (Need("cloudtrail:CreateEventDataStore", arn), *tagging)


def _listed(_: Parameters, __: Where) -> tuple[Need, ...]:
    return (Need("cloudtrail:ListEventDataStores", "*"),)


ROWS: dict[tuple[str, str], Row] = {
    **{("cloudtrail", name): _on_store(name) for name in _ON_STORE},
    **{("cloudtrail", name): _on_resource(name) for name in _ON_RESOURCE},
    ("cloudtrail", "CreateEventDataStore"): _created,
    ("cloudtrail", "ListEventDataStores"): _listed,
}
"""(service, operation) -> what it needs."""
