"""Account dumps: what `aws iam get-account-authorization-details` printed, as states."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lambdas.aws.details import page_states
from lambdas.model.arn import Arn
from lambdas.model.state import State
from lambdas.model.subject import Subject

_DOCUMENTS = ("PolicyDocument", "AssumeRolePolicyDocument", "Document")
_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
_OF_EVERYBODY = "aws"
"""The account field of the ARNs of policies that AWS owns."""

Accounts = Mapping[str, Mapping[Subject, State]]
"""Account id -> its states; policies that AWS owns stand under ``aws``."""


class AccountDumpError(Exception):
    """The file is no such dump; the message says what was found."""


def read_account(path: Path) -> Accounts:
    """The states in a dump, whether its documents are JSON objects or URL-encoded texts.

    Lists that a filter left out count as empty of what is known, never as read.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html

    Raises:
        AccountDumpError: the file cannot be read, or is no such dump.
    """
    try:
        dump = json.loads(path.read_text("utf-8"), object_hook=_encoded)
    except (OSError, ValueError, RecursionError) as error:
        raise AccountDumpError(f"{path}: {error}") from error
    if not isinstance(dump, dict) or not set(_LISTS) & set(dump):
        raise AccountDumpError(f"{path} holds none of {', '.join(_LISTS)}")
    lists = {name: dump.get(name, ()) for name in _LISTS}
    try:
        states = page_states(lists, datetime.now(UTC)).known
        return _by_account(states)
    except (KeyError, TypeError, AttributeError) as error:
        raise AccountDumpError(f"{path} lacks what such a dump holds: {error!r}") from error


def _encoded(found: dict[str, Any]) -> dict[str, Any]:
    """Documents as IAM sends them, where the AWS command line has decoded them."""
    return {
        name: quote(json.dumps(value)) if name in _DOCUMENTS and isinstance(value, dict) else value
        for name, value in found.items()
    }


def _by_account(states: Mapping[Subject, State]) -> Accounts:
    accounts: dict[str, dict[Subject, State]] = {}
    for subject, state in states.items():
        arn = Arn.parse(state.arn)
        accounts.setdefault(arn.account if arn else _OF_EVERYBODY, {})[subject] = state
    return accounts
