"""Actors in: CloudTrail's userIdentity element, in all the forms that are seen."""

from collections.abc import Mapping

from lambdas.model.actor import Actor

Json = Mapping[str, object]
_NOTHING: Json = {}


def actor(record: Json) -> Actor:
    """Who made a recorded call; what the record leaves out is None.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """
    identity = _object(record.get("userIdentity"))
    context = _object(identity.get("sessionContext"))
    issuer = _object(context.get("sessionIssuer"))
    arn = _text(identity.get("arn"))
    issuing = _text(issuer.get("arn"))
    return Actor(
        kind=_text(identity.get("type")) or "Unknown",
        arn=issuing or arn,
        account=_text(identity.get("accountId")) or _text(issuer.get("accountId")),
        session=_session(identity, arn) if issuing else None,
        mfa=_flag(_object(context.get("attributes")).get("mfaAuthenticated")),
        invoked_by=_text(identity.get("invokedBy")),
        source_address=_text(record.get("sourceIPAddress")),
        user_agent=_text(record.get("userAgent")),
    )


def _session(identity: Json, arn: str | None) -> str | None:
    """The name of the session: behind the colon of the principal id, or the end of the ARN."""
    named = (_text(identity.get("principalId")) or "").partition(":")[2]
    return named or (arn.rpartition("/")[2] if arn else None)


def _object(value: object) -> Json:
    return value if isinstance(value, Mapping) else _NOTHING


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _flag(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())
