"""Trails read live."""

from collections.abc import Iterable

from botocore.exceptions import ClientError

from lambdas.aws import clients
from lambdas.aws.building import Building
from lambdas.aws.reads import Problems, Read, code
from lambdas.model.arn import Arn
from lambdas.model.state import ONLY, Part

ABSENT = frozenset({"TrailNotFoundException"})


def reads(building: Building, problems: Problems) -> Iterable[Read]:
    """The reads of a trail's state, made in its home region.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
    """
    return (
        problems.guarded(
            f"the status of {building.subject}", lambda: _status(building), building.close
        ),
    )


def _status(building: Building) -> Iterable[Read]:
    arn = building.subject.name
    parsed = Arn.parse(arn)
    try:
        status = clients.cloudtrail(parsed.region if parsed else "").get_trail_status(Name=arn)
    except ClientError as error:
        if code(error) not in ABSENT:
            raise
        building.vanish()
        return ()
    building.hold(Part.LOGGING, {ONLY: str(status["IsLogging"]).lower()})
    building.identify(arn, arn)
    return ()
