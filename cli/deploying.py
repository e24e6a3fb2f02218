"""`snapback bootstrap, deploy, destroy`: CDK, with what it does not say itself.

What is missing is said before, and what is next after.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Annotated, Any, NoReturn

import typer
from boto3.session import Session
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.text import Text

from cli import cdk
from cli.deploy_needs import Missing, account, missing, settings
from cli.deploy_stack import DeployedStack, Kept
from cli.foreign import plain
from lambdas.settings import Settings

_out = Console()
_err = Console(stderr=True)
_FAILED = 1
_REFUSED = 2
# A table that an earlier stack has left is taken up again, instead of being in the way.
_DEPLOY = ("deploy", "--all", "--import-existing-resources")
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
_AGAIN = ("deploy", "--all", "--revert-drift")
_LEFT = {
    "AWS::DynamoDB::Table": "histories, incidents and what people decided; `make deploy` takes it"
    " up again. To be rid of it: aws dynamodb update-table --no-deletion-protection-enabled"
    " --table-name {id}, then aws dynamodb delete-table --table-name {id}",
    "AWS::KMS::Key": "nothing is encrypted with it any more, and the next deployment makes a new"
    " one. To be rid of it: aws kms schedule-key-deletion --pending-window-in-days 7 --key-id {id}",
    "AWS::Logs::LogGroup": "a function's log. To be rid of it: aws logs delete-log-group"
    " --log-group-name {id}",
}
_OF_THE_TRAIL = {
    "AWS::KMS::Key": "what the trail recorded can be read with it alone: keep it as long as that",
    "AWS::S3::Bucket": "what the trail recorded. To be rid of it: empty it, former versions"
    " included, then aws s3api delete-bucket --bucket {id}",
}
_OF_THE_CENTRE = {
    **_LEFT,
    "AWS::S3::Bucket": "the code from which other accounts' functions are made. To be rid of it:"
    " empty it, former versions included, then aws s3api delete-bucket --bucket {id}",
}
_TRAIL, _CENTRE = "SnapbackTrail", "SnapbackCentral"
_PROFILE = "name another profile in AWS_PROFILE, or make it with aws configure --profile"
_OTHERS = "to be kept or deleted by hand"

Drift = Annotated[
    bool,
    typer.Option("--revert-drift", help="Also put back what was changed or deleted behind it."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask before anything is changed.")]


def add_to(app: typer.Typer) -> None:
    """Make these commands part of the command line."""
    for command in (bootstrap, deploy, destroy):
        app.command()(command)


def bootstrap() -> None:
    """Prepare the AWS account that your credentials name for CDK, in the home region.

    Once per account: the further regions need no bootstrap of their own. Deploys CDK's own stack
    `CDKToolkit`, or updates it.

    Exit code: 0 if it is prepared, 1 if CDK or AWS failed, 2 if something is missing.
    """
    chosen = _settings()
    found = account(_session(chosen), chosen.central)
    if isinstance(found, Missing):
        _refuse([found])
    # Without this name CDK prepares every region that a stack is in.
    _cdk(["bootstrap", f"aws://{found}/{chosen.home_region}"])
    _say("Next: make deploy")


def deploy(context: typer.Context, yes: Yes = False, revert_drift: Drift = False) -> None:
    """Deploy into the AWS account that your credentials name, or update what is there.

    Says what is missing before it begins, and what to do next when it is done. Uses the settings
    of cdk.json. A table that an earlier deployment has left behind is taken up again.

    CloudFormation changes only what differs between two templates; with `--revert-drift` also what
    is not as the template says in the account, such as a watch that somebody deleted.

    Exit code: 0 if it is deployed, 1 if CDK or AWS failed, 2 if something is missing.
    """
    session = _ready()
    command = _AGAIN if revert_drift else _DEPLOY
    _cdk([*command, *(["--require-approval", "never"] if yes else [])])
    with _told():
        centre = [DeployedStack(session, _CENTRE)] if _settings().central else []
        _next(DeployedStack(session), centre)
    _doctor(context, session.region_name)


def destroy(yes: Yes = False) -> None:
    """Take Snapback out of the AWS account that your credentials name, but for what it knows.

    Says what stays, and how to be rid of it.

    Exit code: 0 if it is gone, 1 if CDK or AWS failed, 2 if something is missing.
    """
    session = _ready()
    with _told():
        kept = [_left(each, _LEFT) for each in DeployedStack(session).kept()]
        for name, says in _beside(_settings()).items():
            kept += [_left(each, says) for each in _kept(session, name)]
    _cdk(["destroy", "--all", *(["--force"] if yes else [])])
    _say("Left in the account:")
    for each in kept:
        _say(each)


def _ready() -> Session:
    """A session in the home region, once nothing is missing."""
    chosen = _settings()
    session = _session(chosen)
    if lacking := [*missing(session, chosen.central, chosen.regions)]:
        _refuse(lacking)
    return session


def _settings() -> Settings:
    chosen = settings()
    if isinstance(chosen, Missing):
        _refuse([chosen])
    return chosen


def _session(chosen: Settings) -> Session:
    """A session in the home region, whichever one the environment names."""
    try:
        return Session(region_name=chosen.home_region)
    except BotoCoreError as error:
        _refuse([Missing(str(error), _PROFILE)])


def _cdk(arguments: Sequence[str]) -> None:
    try:
        code = cdk.run(arguments)
    except cdk.CdkError as error:
        _refuse([Missing(str(error), "then run the same again")])
    if code:
        sys.exit(_FAILED)


def _next(stack: DeployedStack, others: Sequence[DeployedStack]) -> None:
    for table in stack.mend_tables():
        _say(f"Table {table} is taken up again; its policy names the roles of this deployment now.")
    for address in sorted({to for each in (stack, *others) for to in each.unconfirmed()}):
        _say(
            f"Next: follow the link in each mail that AWS has sent to {address}. "
            "Until then nobody there is told anything."
        )
    _say("The first sweep reads the account now; until it has, nothing is undone.")


def _doctor(context: typer.Context, region: str) -> None:
    """Say how all of it is: what is not well yet is no failure of the deployment."""
    group: Any = context.parent and context.parent.command
    command = group.get_command(context, "doctor")
    own = command.make_context("doctor", ["--region", region], parent=context.parent)
    with suppress(typer.Exit, SystemExit), own:
        command.invoke(own)


def _beside(chosen: Settings) -> Mapping[str, Mapping[str, str]]:
    """The stacks beside the home stack that hold what stays, with what is said of it."""
    of_the_trail = {_TRAIL: _OF_THE_TRAIL} if chosen.create_trail else {}
    return of_the_trail | ({_CENTRE: _OF_THE_CENTRE} if chosen.central else {})


def _kept(session: Session, name: str) -> list[Kept]:
    """What stays of a stack; nothing where there is none yet."""
    try:
        return DeployedStack(session, name).kept()
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        return []


def _left(kept: Kept, says: Mapping[str, str]) -> str:
    return f"  {kept.id}: {says.get(kept.kind, _OTHERS).format(id=kept.id)}"


@contextmanager
def _told() -> Iterator[None]:
    """Tell of what AWS refuses, in one line."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        _err.print(Text.assemble(("snapback: ", "bold red"), plain(str(error))), soft_wrap=True)
        sys.exit(_FAILED)


def _refuse(lacking: Sequence[Missing]) -> NoReturn:
    for each in lacking:
        line = Text.assemble(("snapback: ", "bold red"), plain(each.what), "\n  ", each.mend)
        _err.print(line, soft_wrap=True)
    sys.exit(_REFUSED)


def _say(line: str) -> None:
    _out.print(plain(line), soft_wrap=True, highlight=False)
