"""Settings: every deploy-time choice, written by the stacks and read by the handlers."""

from lambdas.settings.context import DEFAULTS, SettingsError, dump, from_context, load
from lambdas.settings.environment import Environment, from_environ
from lambdas.settings.record import UNDO_TRIES, Response, Settings, UndoLimits

__all__ = [
    "DEFAULTS",
    "UNDO_TRIES",
    "Environment",
    "Response",
    "Settings",
    "SettingsError",
    "UndoLimits",
    "dump",
    "from_context",
    "from_environ",
    "load",
]
