"""Subjects: which reads make the state of each kind of subject."""

from collections.abc import Iterable, Mapping

from lambdas.aws import (
    account_settings,
    certificates,
    clients,
    credentials,
    delegations,
    devices,
    holders,
    instance_profiles,
    policies,
    providers,
    stores,
    trails,
)
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, Reader
from lambdas.aws.reads import Read
from lambdas.model.arn import Arn, partition_of
from lambdas.model.subject import PARTS, Kind


def _root(_: Lookup, building: Building) -> Iterable[Read]:
    """Nothing of the root user is readable; it always exists.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
    """
    account = building.subject.name
    arn = Arn(partition_of(clients.region()), "iam", "", account, "root")
    building.identify(account, str(arn))
    return ()


def _part(_: Lookup, building: Building) -> Iterable[Read]:
    """Of most parts nothing is read: what became of one is told by the event."""
    building.identify(building.subject.name, building.subject.name)
    return ()


_READS: Mapping[Kind, Reader] = {
    **dict.fromkeys(PARTS, _part),
    Kind.USER: holders.user,
    Kind.ROLE: holders.role,
    Kind.GROUP: holders.group,
    Kind.POLICY: policies.policy,
    Kind.TRAIL: trails.trail,
    Kind.INSTANCE_PROFILE: instance_profiles.instance_profile,
    Kind.ROOT: _root,
    Kind.OIDC_PROVIDER: providers.oidc,
    Kind.SAML_PROVIDER: providers.saml,
    Kind.ACCOUNT: account_settings.account,
    Kind.DELEGATION_REQUEST: delegations.delegation,
    Kind.MFA_DEVICE: devices.device,
    Kind.SERVER_CERTIFICATE: certificates.certificate,
    Kind.EVENT_DATA_STORE: stores.store,
}
_CHANGED: Mapping[Kind, Reader] = {
    Kind.USER: credentials.credentials,
    Kind.POLICY: policies.versions,
}


def reads(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The first reads of a subject's state."""
    return _READS[building.subject.kind](lookup, building)


def changed_reads(lookup: Lookup, building: Building) -> Iterable[Read]:
    """The further reads of a subject that is the one that was changed."""
    reader = _CHANGED.get(building.subject.kind)
    return reader(lookup, building) if reader else ()
