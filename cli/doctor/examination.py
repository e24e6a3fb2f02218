"""The examination: every check of doctor, in the order in which they are read."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from cli.deployed import NotDeployedError
from cli.doctor.examined import Examined
from cli.doctor.of_alarms import alarms
from cli.doctor.of_code import code
from cli.doctor.of_managed import managed
from cli.doctor.of_past import histories, sweep, undoing
from cli.doctor.of_policies import keys, policies
from cli.doctor.of_roles import roles
from cli.doctor.of_room import room
from cli.doctor.of_stack import deployed_settings, deployment, identity, settings
from cli.doctor.others import others
from cli.doctor.sensor import StackSensor
from cli.doctor.stack import Stack, deployed
from lambdas.aws.clock import WallClock
from lambdas.aws.decisions import TableDecisions
from lambdas.aws.records import TableRecords
from lambdas.model.check import Check
from lambdas.service.checking import Checking, Found, Question, ask
from lambdas.service.checks import CHECKS
from lambdas.settings import Settings, SettingsError

_OWN: tuple[tuple[str, str, Callable[[Examined], Found]], ...] = (
    ("identity", "all that follows is about this account and region", identity),
    ("deployment", "a deployment that stopped halfway leaves parts of two versions", deployment),
    ("settings", "the settings decide who is told and what is undone", settings),
    ("code", "code that nobody deployed may do anything that its role may", code),
    ("roles", "a role that lost a right fails, one that gained a right can be abused", roles),
    (
        "managed policies",
        "the undoing role may do what its boundary says: one that was widened holds nothing",
        managed,
    ),
    ("policies", "whoever may send here can forge mails, undos and records", policies),
    ("keys", "without its key no mail can be sent", keys),
    ("alarms", "when the functions fail, only the alarms still tell anybody", alarms),
    ("sweep", "what no event tells is found by the hourly sweep", sweep),
    ("histories", "what was there before is put back from the histories", histories),
    ("headroom", "a function that finds no free execution is late", room),
    ("undoing", "while undoing is paused, changes are told and stay", undoing),
)
"""Name, why it matters, and what finds the answer: what only a person at the command line asks."""

_ORDER = (
    "identity",
    "deployment",
    "settings",
    "trails",
    "watches",
    "functions",
    "code",
    "undo queue",
    "roles",
    "managed policies",
    "policies",
    "keys",
    "subscriptions",
    "dead letters",
    "mails",
    "alarms",
    "sweep",
    "histories",
    "canary",
    "headroom",
    "undoing",
)
"""Names in the order in which they are read."""


class NotExaminedError(Exception):
    """Nothing could be examined; the message says why and what to do."""


def examined(region: str) -> Examined:
    """The Snapback that is deployed in a region.

    Raises:
        NotExaminedError: no credentials, or nothing is deployed there.
    """
    try:
        session = boto3.session.Session(region_name=region)
        caller = session.client("sts").get_caller_identity()
        stack = deployed(session, caller["Account"], region)
        further, missing = others(session, caller["Account"], _settings(session, stack))
        table = stack.output("TableName")
    except (ClientError, BotoCoreError, NotDeployedError) as error:
        raise NotExaminedError(f"{error}{_hint(error)}") from error
    dynamodb = session.client("dynamodb")
    return Examined(
        session=session,
        caller=caller["Arn"],
        stack=stack,
        further=further,
        missing=missing,
        records=TableRecords(dynamodb, table),
        decisions=TableDecisions(dynamodb, table),
        now=datetime.now(UTC),
    )


_SIGN_IN = "sign in, or set AWS_PROFILE, or use --sandbox"
_ENABLE = (
    "sign in anew; or, if that region is one that has to be enabled, run"
    " `aws account enable-region --region-name` with its name, or name another one with --region"
)
_HINTS: Mapping[str, str] = {
    "NoCredentialsError": _SIGN_IN,
    "PartialCredentialsError": _SIGN_IN,
    "ProfileNotFound": _SIGN_IN,
    "SSOTokenLoadError": _SIGN_IN,
    "UnauthorizedSSOTokenError": _SIGN_IN,
    "TokenRetrievalError": _SIGN_IN,
    "ExpiredToken": _SIGN_IN,
    "InvalidClientTokenId": _ENABLE,
    "UnrecognizedClientException": _ENABLE,
    "InvalidRegionError": "name a region such as us-east-1 with --region",
    "EndpointConnectionError": "is that a region, and this machine online? --region names another",
    "AccessDenied": "examining needs to read the stack, its parts and its table",
}
"""An error's code, or the name of its class -> what to do about it.

https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
"""


def _hint(error: Exception) -> str:
    code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
    hint = _HINTS.get(code) or _HINTS.get(type(error).__name__)
    return f": {hint}" if hint else ""


def checks(of: Examined) -> tuple[Check, ...]:
    """The answers to all questions, none of which keeps another from being asked."""
    checking = Checking(
        sensor=StackSensor(of),
        records=of.records,
        clock=WallClock(),
        settings=_settings(of.session, of.stack),
    )
    asked = [*(_question(of, *each) for each in _OWN), *CHECKS]
    ranked = sorted(asked, key=_rank)
    return tuple(ask(question, checking) for question in ranked)


def _question(of: Examined, name: str, why: str, find: Callable[[Examined], Found]) -> Question:
    return Question(name=name, why=why, find=partial(_found, find, of))


def _found(find: Callable[[Examined], Found], of: Examined, _: Checking) -> Found:
    return find(of)


def _settings(session: boto3.session.Session, stack: Stack) -> Settings:
    """Those that are deployed; where they cannot be read, the check of the settings says so."""
    try:
        return deployed_settings(session, stack)
    except SettingsError:
        return Settings()


def _rank(question: Question) -> int:
    """A check that is not in the order comes last rather than not at all."""
    return _ORDER.index(question.name) if question.name in _ORDER else len(_ORDER)
