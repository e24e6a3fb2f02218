"""Which KMS permissions follow from using something that a customer's key encrypts."""

from collections.abc import Mapping

from moto.kms.models import kms_backends

from sandbox.gate.needs.need import Need
from sandbox.gate.needs.where import Where


def behind(
    key: str | None,
    actions: tuple[str, ...],
    where: Where,
    *,
    via: str,
    encryption_context: Mapping[str, str],
) -> tuple[Need, ...]:
    """The needs on a customer's key that a service uses in the caller's name.

    An AWS managed key (``alias/aws/...``) lets everyone in its account use it through its service.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    if not key or _aws_managed(key, where):
        return ()
    held = kms_backends[where.account][where.region].describe_key(_resolved(key, where))
    context = {
        "kms:viaservice": f"{via}.{where.region}.amazonaws.com",
        **{f"kms:encryptioncontext:{k.lower()}": v for k, v in encryption_context.items()},
    }
    return tuple(Need(action, held.arn, context) for action in actions)


def _resolved(key: str, where: Where) -> str:
    return str(kms_backends[where.account][where.region].any_id_to_key_id(key))


def _aws_managed(key: str, where: Where) -> bool:
    if key.startswith("alias/aws/") or ":alias/aws/" in key:
        return True
    keys = kms_backends[where.account][where.region]
    return any(name.startswith("alias/aws/") for name in _aliases(keys, _resolved(key, where)))


def _aliases(keys: object, key: str) -> tuple[str, ...]:
    listed = keys.list_aliases(key)  # type: ignore[attr-defined]  # moto publishes no types
    return tuple(alias.name for alias in listed)
