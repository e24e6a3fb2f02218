"""Which actions and resources DynamoDB's calls need.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
"""

from collections.abc import Iterable

from moto.dynamodb.models import dynamodb_backends

from sandbox.gate.needs.keys import behind
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
from sandbox.gate.needs.where import Where

_IN_TRANSACTION = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Get": "GetItem",
}
"""Each part of a transaction needs what it would need alone.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
"""


def _on_table(operation: str, *, data: bool = True) -> Row:
    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        table = _arn(str(parameters["TableName"]), where)
        index = parameters.get("IndexName")
        resource = table if index is None else f"{table}/index/{index}"
        implied = _encrypted(table, where) if data else ()
        return (Need(f"dynamodb:{operation}", resource), *implied)

    return needs


def _transaction(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    parts = [(kind, part) for item in parameters["TransactItems"] for kind, part in item.items()]
    return _each(((_IN_TRANSACTION[kind], part["TableName"]) for kind, part in parts), where)


def _batch(operation: str) -> Row:
    return lambda parameters, where: _each(
        ((operation, table) for table in parameters["RequestItems"]), where
    )


def _each(pairs: Iterable[tuple[str, str]], where: Where) -> tuple[Need, ...]:
    distinct = dict.fromkeys((action, _arn(table, where)) for action, table in pairs)
    keys = [
        need for table in dict.fromkeys(t for _, t in distinct) for need in _encrypted(table, where)
    ]
    return (*(Need(f"dynamodb:{action}", table) for action, table in distinct), *keys)


def _arn(table: str, where: Where) -> str:
    return table if table.startswith("arn:") else where.arn("dynamodb", f"table/{table}")


def _encrypted(table: str, where: Where) -> tuple[Need, ...]:
    """DynamoDB unwraps the table's key in the name of whoever uses the table.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    """
    name = table.rpartition("/")[2]
    held = dynamodb_backends[where.account][where.region].tables.get(name)
    key = (held.sse_specification or {}).get("KMSMasterKeyId") if held else None
    context = {"aws:dynamodb:tableName": name, "aws:dynamodb:subscriberId": where.account}
    return behind(key, ("kms:Decrypt",), where, via="dynamodb", encryption_context=context)


ROWS: dict[tuple[str, str], Row] = {
    **{
        ("dynamodb", name): _on_table(name)
        for name in ("DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem")
    },
    ("dynamodb", "DescribeTable"): _on_table("DescribeTable", data=False),
    ("dynamodb", "TransactWriteItems"): _transaction,
    ("dynamodb", "TransactGetItems"): _transaction,
    ("dynamodb", "BatchGetItem"): _batch("BatchGetItem"),
    ("dynamodb", "BatchWriteItem"): _batch("BatchWriteItem"),
}
"""(service, operation) -> what it needs."""
