"""Subjects: which reads make the state of each kind of subject."""

from collections.abc import Iterable, Mapping

from lambdas.aws import certificates, clients, credentials, holders, policies, stores, trails
from lambdas.aws.building import Building
from lambdas.aws.lookup import Lookup, Reader
from lambdas.aws.reads import Read
from lambdas.model.arn import Arn, partition_of
from lambdas.model.subject import Kind


def _root(_: Lookup, building: Building) -> Iterable[Read]:
    """Nothing of the root user is readable; it always exists.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
    """
    account = building.subject.name
    arn = Arn(partition_of(clients.region()), "iam", "", account, "root")
    building.identify(account, str(arn))
    return ()


def _device(_: Lookup, building: Building) -> Iterable[Read]:
    """A virtual device's serial number is its ARN, and all that there is of it."""
    building.identify(building.subject.name, building.subject.name)
    return ()


_READS: Mapping[Kind, Reader] = {
    Kind.USER: holders.user,
    Kind.ROLE: holders.role,
    Kind.GROUP: holders.group,
    Kind.POLICY: policies.policy,
    Kind.TRAIL: trails.trail,
    Kind.ROOT: _root,
    Kind.MFA_DEVICE: _device,
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
