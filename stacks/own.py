"""What of a stack goes by an id that nobody can tell from its name."""

from collections.abc import Mapping, Sequence

from aws_cdk import Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

from lambdas.model.subject import Kind


def ids_of(stack: Stack) -> Mapping[Kind, Sequence[str]]:
    """The ids of a stack's keys and event source mappings, as far as they are made by now."""
    made = stack.node.find_all()
    return {
        Kind.KEY: [each.key_id for each in made if isinstance(each, kms.Key)],
        Kind.MAPPING: [
            each.event_source_mapping_id
            for each in made
            if isinstance(each, lambda_.EventSourceMapping)
        ],
    }


def own_names(stack: Stack) -> str:
    """How the names of what is in a stack begin, and those ids, as a function is told of them."""
    ids = ids_of(stack)
    return ",".join([stack.stack_name, *ids[Kind.KEY], *ids[Kind.MAPPING]])
