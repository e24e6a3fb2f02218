"""Deeds: what is done in the scenes, by whom and from where."""

from collections.abc import Callable

from cli.company import ADMINISTRATOR, DEPLOY, LEDGER, TRAIL, allowing, trusting
from cli.stage import THIEF, Stage

Deed = Callable[[Stage], None]
FOREIGN = "arn:aws:iam::210987654321:root"
"""Somebody else's account."""


def attached_to(user: str) -> Deed:
    """A thief attaches AdministratorAccess to a user."""

    def deed(stage: Stage) -> None:
        iam = stage.thief.client("iam", address=THIEF)
        iam.attach_user_policy(UserName=user, PolicyArn=ADMINISTRATOR)

    return deed


def overwritten(stage: Stage) -> None:
    """A thief writes over an inline policy."""
    iam = stage.thief.client("iam", address=THIEF)
    iam.put_user_policy(UserName="nina", PolicyName="reports", PolicyDocument=allowing("*"))


def stopped(stage: Stage) -> None:
    """A thief stops the trail."""
    stage.thief.client("cloudtrail", address=THIEF).stop_logging(Name=TRAIL)


def trail_deleted(stage: Stage) -> None:
    """A thief deletes a trail."""
    stage.thief.client("cloudtrail", address=THIEF).delete_trail(Name=LEDGER)


def new_version(stage: Stage) -> None:
    """A thief gives a policy a new default version."""
    iam = stage.thief.client("iam", address=THIEF)
    iam.create_policy_version(PolicyArn=DEPLOY, PolicyDocument=allowing("*"), SetAsDefault=True)


def foreign_trust(stage: Stage) -> None:
    """A thief lets another account assume a role."""
    iam = stage.thief.client("iam", address=THIEF)
    iam.update_assume_role_policy(RoleName="reporting", PolicyDocument=trusting(AWS=FOREIGN))


def boundary_deleted(stage: Stage) -> None:
    """A thief takes away what bounds an administrator."""
    stage.thief.client("iam", address=THIEF).delete_user_permissions_boundary(UserName="victor")


def key_made(stage: Stage) -> None:
    """A thief makes an access key for somebody else."""
    stage.thief.client("iam", address=THIEF).create_access_key(UserName="walter")


def added_to_group(stage: Stage) -> None:
    """A thief adds a user to the administrators."""
    iam = stage.thief.client("iam", address=THIEF)
    iam.add_user_to_group(GroupName="administrators", UserName="xena")


def harmless(stage: Stage) -> None:
    """A user is allowed to read one bucket."""
    document = allowing("s3:GetObject", "arn:aws:s3:::public/*")
    iam = stage.thief.client("iam")
    iam.put_user_policy(UserName="oscar", PolicyName="downloads", PolicyDocument=document)


def by_pipeline(stage: Stage) -> None:
    """The deployment pipeline attaches AdministratorAccess."""
    stage.pipeline.client("iam").attach_user_policy(UserName="paula", PolicyArn=ADMINISTRATOR)
