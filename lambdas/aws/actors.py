"""Actors in: CloudTrail's userIdentity element, in all the forms that are seen."""

from collections.abc import Mapping

from lambdas.model.actor import Actor
from lambdas.model.arn import Arn

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
    of_session = issuing is not None or _is_session(arn)
    return Actor(
        kind=_text(identity.get("type")) or "Unknown",
        arn=issuing if of_session else arn,
        account=_text(identity.get("accountId")) or _text(issuer.get("accountId")),
        session=_session(identity, arn) if of_session or arn is None else None,
        mfa=_mfa(record, _object(context.get("attributes"))),
        invoked_by=_text(identity.get("invokedBy")),
        source_address=_text(record.get("sourceIPAddress")),
        user_agent=_text(record.get("userAgent")),
    )


def _mfa(record: Json, attributes: Json) -> bool | None:
    """Whether there was MFA: of a session, or of a sign-in for which AWS itself would have asked.

    Of whom an identity provider vouched for, AWS does not know whether it asked for another factor.
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    """
    more = _object(record.get("additionalEventData"))
    if _text(more.get("SamlProviderArn")) is not None:
        return None
    return _flag(attributes.get("mfaAuthenticated", more.get("MFAUsed")))


def _session(identity: Json, arn: str | None) -> str | None:
    """The session's name: behind the colon of the principal id, or the end of the ARN.

    Who comes from an identity provider has no ARN, only the provider's name or id for him.
    """
    named = (_text(identity.get("principalId")) or "").partition(":")[2]
    if named or arn:
        return named or (arn or "").rpartition("/")[2]
    return _text(identity.get("userName")) or _text(
        _object(identity.get("onBehalfOf")).get("userId")
    )


def _is_session(arn: str | None) -> bool:
    """Whether an ARN is that of a role's or a federated user's session, chosen by the caller."""
    parsed = Arn.parse(arn) if arn else None
    return parsed is not None and parsed.service == "sts"


def _object(value: object) -> Json:
    return value if isinstance(value, Mapping) else _NOTHING


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _flag(value: object) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower())
