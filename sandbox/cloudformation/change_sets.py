"""Change sets, made and executed as CloudFormation does, for whoever deploys by the API.

moto's name no replacement, import nothing, and leave the stack without outputs.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
"""

from collections.abc import Mapping
from typing import Any

from moto.cloudformation import models, parsing
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.parsing import ResourceMap
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult
from werkzeug.exceptions import HTTPException

from sandbox.cloudformation import changes
from sandbox.cloudformation.completion import UnsupportedUpdateError
from sandbox.cloudformation.place import Account
from sandbox.cloudformation.support import refuse_unsupported
from sandbox.mending.patch import Patch

_clean_json = parsing.clean_json
_create_change_set = CloudFormationResponse.create_change_set
_delete_stack = CloudFormationBackend.delete_stack
_update_resource = parsing.parse_and_update_resource


class ChangeSetNotFoundError(ServiceException):  # type: ignore[misc]  # moto is untyped
    """There is no change set of this name."""


class CompleteChangeSet(ChangeSet):  # type: ignore[misc]  # moto is untyped
    """A change set that says what is replaced."""

    def diff(self) -> list[changes.Change]:
        """The changes, as if nothing were there already."""
        refuse_unsupported(self.stack.name, self.template_dict)
        return changes.of(self.stack, self.template_dict, imports=False)


def _created(response: CloudFormationResponse) -> ActionResult:
    """CreateChangeSet: a parameter that stays is what was given, not what it was resolved to."""
    answer = _create_change_set(response)
    made = response.cloudformation_backend.change_sets[answer.result["Id"]]
    made.parameters = {
        each["ParameterKey"]: each.get("ParameterValue")
        for each in response._get_param("Parameters", [])  # noqa: SLF001  # as moto's own handlers do
        if not each.get("UsePreviousValue")
    }
    for name, value in made.stack.parameters.items():
        made.parameters.setdefault(name, value)
    if response._get_bool_param("ImportExistingResources", False):  # noqa: SLF001  # see above
        made.changes = changes.of(made.stack, made.template_dict, imports=True)
    return answer


def _described(response: CloudFormationResponse) -> ActionResult:
    """DescribeChangeSet, of this stack: the command line has one name for those of all stacks."""
    return ActionResult(_named(response)[-1])


def _deleted(response: CloudFormationResponse) -> ActionResult:
    """DeleteChangeSet, which succeeds where there is none, too."""
    for found in _find(response):
        del response.cloudformation_backend.change_sets[found.change_set_id]
    return EmptyResult()


def _executed(response: CloudFormationResponse) -> ActionResult:
    """ExecuteChangeSet.

    Raises:
        UnsupportedUpdateError: a resource would be replaced, which the sandbox cannot do.
    """
    found = _named(response)[-1]
    _refuse_replacement(found)
    if found.change_set_type == "CREATE":
        _create(response.cloudformation_backend, found)
    else:
        found.stack.update(
            found.template, found.role_arn, parameters=found.parameters, tags=found.tags
        )
    found.execution_status = "EXECUTE_COMPLETE"
    Account.deployed(found.stack)
    return EmptyResult()


def _named(response: CloudFormationResponse) -> list[ChangeSet]:
    if found := _find(response):
        return found
    name = response._get_param("ChangeSetName")  # noqa: SLF001  # as moto's own handlers do
    raise ChangeSetNotFoundError("ChangeSetNotFound", f"ChangeSet [{name}] does not exist")


def _find(response: CloudFormationResponse) -> list[ChangeSet]:
    name = response._get_param("ChangeSetName")  # noqa: SLF001  # as moto's own handlers do
    stack = response._get_param("StackName")  # noqa: SLF001  # see above
    return [
        each
        for each in list(response.cloudformation_backend.change_sets.values())
        if name in (each.change_set_name, each.change_set_id)
        if stack in (None, each.stack_name, each.stack_id)
    ]


def _refuse_replacement(found: ChangeSet) -> None:
    replaced = [each for each in found.changes if each.replacement == "True"]
    if replaced:
        names = ", ".join(f"{each.logical_resource_id} ({each.resource_type})" for each in replaced)
        raise UnsupportedUpdateError(f"the sandbox replaces no resource of a stack: {names}")


def _create(backend: CloudFormationBackend, found: ChangeSet) -> None:
    """Make the stack of which there has been a name so far, and what was to be imported."""
    empty = found.stack
    stack = Stack(
        stack_id=empty.stack_id,
        name=empty.name,
        template=found.template,
        parameters=found.parameters,
        account_id=empty.account_id,
        region_name=empty.region_name,
        notification_arns=found.notification_arns,
        tags=found.tags,
        role_arn=found.role_arn,
        cross_stack_resources=backend.exports,
    )
    stack.events = empty.events
    for each in found.changes:
        if each.action == "Import":
            _take_up(stack, each.logical_resource_id)
    backend.stacks[stack.stack_id] = found.stack = stack
    for export in stack.exports:
        backend.exports[export.name] = export
    stack._add_stack_event("CREATE_IN_PROGRESS", resource_status_reason="User Initiated")  # noqa: SLF001  # as moto's CreateStack does
    try:
        stack.create_resources()
    except (ServiceException, HTTPException) as error:
        _roll_back(stack, str(error))


def _roll_back(stack: Stack, why: str) -> None:
    """Take back a stack of which AWS refused a part."""
    stack._add_stack_event("ROLLBACK_IN_PROGRESS", resource_status_reason=why)  # noqa: SLF001  # as for CREATE_IN_PROGRESS
    stack.resource_map.delete()
    stack._add_stack_event("ROLLBACK_COMPLETE")  # noqa: SLF001  # see above
    stack.status = "ROLLBACK_COMPLETE"


def _take_up(stack: Stack, name: str) -> None:
    """Import a resource: as it is, whatever the template says of it."""
    described = stack.template_dict["Resources"][name]
    held: Any = changes.existing(stack, described)
    held.cf_resource_type, held.logical_resource_id = described["Type"], name
    stack.resource_map._parsed_resources[name] = held  # noqa: SLF001  # where the map looks before it makes one


def _delete_all(resources: ResourceMap) -> None:
    """Delete what a stack made, and nothing before what needs it: they stand as they were made."""
    made, described = resources._parsed_resources, resources._resource_json_map  # noqa: SLF001  # moto's only lists
    for name in reversed([name for name in made if name in described]):
        if described[name].get("DeletionPolicy") not in changes.KEPT and made[name] is not None:
            resources._delete_resource(made.pop(name), described[name])  # noqa: SLF001  # as moto's own delete does


def _delete(backend: CloudFormationBackend, name_or_stack_id: str) -> None:
    """DeleteStack, of which the sandbox is told."""
    # Whoever watches the deletion asks for the stack by its id meanwhile.
    gone = [s for s in list(backend.stacks.values()) if name_or_stack_id in (s.name, s.stack_id)]
    backend.deleted_stacks.update({stack.stack_id: stack for stack in gone})
    _delete_stack(backend, name_or_stack_id)
    for stack in gone:
        Account.deployed(stack)


def _cleaned(value: Any, resources: Mapping[str, Any]) -> Any:
    """A template's value with its functions resolved; AWS::NoValue takes a list's item away."""
    if isinstance(value, list):
        resolved = [_cleaned(item, resources) for item in value]
        return [item for item in resolved if item is not None]
    return _clean_json(value, resources)


def _updated(
    logical_id: str, resource_json: dict[str, Any], resources_map: Any, **place: str
) -> Any:
    """A resource of a stack after an update, which moto loses where it cannot update its type.

    Raises:
        UnsupportedUpdateError: it cannot.
    """
    updated = _update_resource(logical_id, resource_json, resources_map, **place)
    if updated is None:
        kind = resource_json["Type"]
        raise UnsupportedUpdateError(f"the sandbox cannot update {logical_id} ({kind})")
    return updated


PATCHES = (
    Patch(models, "ChangeSet", CompleteChangeSet),
    Patch(CloudFormationResponse, "create_change_set", _created),
    Patch(CloudFormationResponse, "delete_change_set", _deleted),
    Patch(CloudFormationResponse, "describe_change_set", _described),
    Patch(CloudFormationResponse, "execute_change_set", _executed),
    Patch(ResourceMap, "delete", _delete_all),
    Patch(CloudFormationBackend, "delete_stack", _delete),
    Patch(parsing, "clean_json", _cleaned),
    Patch(parsing, "parse_and_update_resource", _updated),
)
