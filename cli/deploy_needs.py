"""What a deployment needs before it begins, each thing that is missing with what mends it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boto3.session import Session
from botocore.exceptions import BotoCoreError, ClientError

from cli.regions import ENABLE, NOT_ENABLED, ConfigError, further
from lambdas.settings import Settings, SettingsError
from lambdas.settings.central import Central
from stacks.context import chosen

BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version"
OLDEST = 6
"""The version of the bootstrap that CDK's own rule in the template asks for.

https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
"""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and what a person does about it."""

    what: str
    mend: str


def settings() -> Settings | Missing:
    """The settings of cdk.json, or what is wrong with them."""
    try:
        return chosen()
    except SettingsError as error:
        return Missing(str(error), "edit cdk.json and deploy again")


def missing(
    session: Session, central: Central | None = None, listed: Sequence[str] = ()
) -> Iterator[Missing]:
    """What is missing in the account that the credentials name, which in an organisation is one.

    Whoever may only assume CDK's roles cannot read the bootstrap's version, nor which of the
    ``listed`` regions are enabled; CDK then finds out itself.
    """
    found = account(session, central)
    if isinstance(found, Missing):
        yield found
        return
    yield from _unprepared(session, found)
    yield from _disabled(session, listed)


def account(session: Session, central: Central | None = None) -> str | Missing:
    """The account that the credentials name, or why it is none that is deployed into from here."""
    try:
        found = session.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        return Missing(
            f"no AWS credentials that work in {session.region_name}: {error}",
            "sign in (aws sso login, aws configure) or name a profile in AWS_PROFILE",
        )
    if central and found != central.account:
        return Missing(
            f"central is account {central.account}, and these credentials are of {found}",
            "deploy with those of the central account; the other accounts get the template by a "
            "StackSet, as docs/deploy-organisation.md says",
        )
    return found


def _unprepared(session: Session, account: str) -> Iterator[Missing]:
    mend = "run `make bootstrap`, once for each account and region"
    place = f"account {account} in {session.region_name}"
    try:
        found = session.client("ssm").get_parameter(Name=BOOTSTRAP)["Parameter"]["Value"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ParameterNotFound":
            yield Missing(f"{place} is not prepared for CDK", mend)
        return
    except BotoCoreError as error:
        yield Missing(
            f"whether {place} is prepared for CDK could not be asked: {error}",
            "see whether this machine reaches AWS Systems Manager, and deploy again",
        )
        return
    if int(found) < OLDEST:
        yield Missing(f"{place} is prepared for CDK in version {found}, {OLDEST} is needed", mend)


def _disabled(session: Session, listed: Sequence[str]) -> Iterator[Missing]:
    try:
        disabled = further(session, listed).disabled if listed else ()
    except ConfigError:
        return
    for region in disabled:
        yield Missing(NOT_ENABLED.format(region), ENABLE.format(region))
