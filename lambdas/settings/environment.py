"""What a function is given by its environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lambdas.model.arn import Arn
from lambdas.model.canary import Canary
from lambdas.model.own import STACKS, Own
from lambdas.settings.context import SettingsError, load
from lambdas.settings.record import Settings

_CODE = Path(__file__).parents[2]
"""The folder that the package ``lambdas`` stands in; in AWS Lambda it is /var/task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What a function is given: the settings, and where its table, topic and queue are.

    ``undo_queue_url`` and ``undo_role_arn`` are None where nothing is undone, and
    ``sweep_function_name`` where the function asks for no sweep. ``own`` knows Snapback's own parts
    by name, and those by id that the function was told of. Partition, region and account are
    those of the topic, which are the stack's.
    """

    settings: Settings
    table_name: str
    topic_arn: str
    partition: str
    region: str
    account: str
    undo_queue_url: str | None = None
    undo_role_arn: str | None = None
    sweep_function_name: str | None = None
    own: Own = field(default_factory=Own)
    stack_id: str | None = None
    """Of the stack that it is part of, where it looks after that."""
    canary: Canary | None = None
    """Where it hears of the canary, or looks whether it was heard."""


def from_environ(environ: Mapping[str, str]) -> Environment:
    """What the environment variables say.

    Raises:
        SettingsError: a variable is missing or malformed; the message names it.
    """
    topic = Arn.parse(_required(environ, "TOPIC_ARN"))
    if topic is None:
        raise SettingsError(f"TOPIC_ARN is {environ['TOPIC_ARN']!r}; allowed is a topic's ARN")
    return Environment(
        settings=_settings(environ),
        table_name=_required(environ, "TABLE_NAME"),
        topic_arn=str(topic),
        partition=topic.partition,
        region=topic.region,
        account=topic.account,
        undo_queue_url=environ.get("UNDO_QUEUE_URL") or None,
        undo_role_arn=environ.get("UNDO_ROLE_ARN") or None,
        sweep_function_name=environ.get("SWEEP_FUNCTION_NAME") or None,
        own=Own((*STACKS, *filter(None, environ.get("OWN_NAMES", "").split(",")))),
        stack_id=environ.get("STACK_ID") or None,
        canary=_canary(environ),
    )


def _canary(environ: Mapping[str, str]) -> Canary | None:
    tagged, by = (environ.get(name) for name in ("CANARY_POLICY_ARN", "CANARY_ROLE_ARN"))
    return Canary(tagged, by) if tagged and by else None


def _settings(environ: Mapping[str, str]) -> Settings:
    name = environ.get("SNAPBACK_SETTINGS_FILE")
    variable = "SNAPBACK_SETTINGS_FILE" if name else "SNAPBACK_SETTINGS"
    try:
        text = (_CODE / name).read_text("utf-8") if name else _required(environ, variable)
        return load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable} names {name!r}, which cannot be read: {error}") from error
    except SettingsError as error:
        raise SettingsError(f"{variable}: {error}") from error


def _required(environ: Mapping[str, str], variable: str) -> str:
    value = environ.get(variable)
    if not value:
        raise SettingsError(f"the environment variable {variable} is not set")
    return value
