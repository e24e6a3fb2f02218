"""What IAM's calls need that name something new, or name what is no user, role, group or policy.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""

from moto.iam.models import iam_backends

from sandbox.gate.needs.entities import PARAMETER
from sandbox.gate.needs.entities import resource as entity
from sandbox.gate.needs.need import Need
from sandbox.gate.needs.row import Parameters, Row
from sandbox.gate.needs.where import Where

_CREATES = {
    "CreateGroup": "group",
    "CreateInstanceProfile": "instance-profile",
    "CreatePolicy": "policy",
    "CreateRole": "role",
    "CreateUser": "user",
    "CreateVirtualMFADevice": "mfa",
}
"""Operation -> the kind of resource that it makes."""

_ON_DEVICE = (
    "DeleteVirtualMFADevice",
    "ListMFADeviceTags",
    "TagMFADevice",
    "UntagMFADevice",
)
"""The operations that name a device by its serial number alone."""

_TAGS = {
    "instance-profile": "TagInstanceProfile",
    "mfa": "TagMFADevice",
    "policy": "TagPolicy",
    "role": "TagRole",
    "user": "TagUser",
}
"""Kind of resource -> the action that tags ask for, whether set later or on creation.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""


def _created(kind: str, operation: str) -> Row:
    """A new resource has the path that was asked for."""

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        path = parameters.get("Path", "/")
        name = parameters[PARAMETER[kind]]
        boundary = parameters.get("PermissionsBoundary")
        context = {} if boundary is None else {"iam:permissionsboundary": boundary}
        arn = where.iam(f"{kind}{path}{name}")
        tagging = (Need(f"iam:{_TAGS[kind]}", arn),) if parameters.get("Tags") else ()
        return (Need(f"iam:{operation}", arn, context), *tagging)

    return needs


def _renamed(kind: str, operation: str) -> Row:
    """A new name needs the permission on both: the one that is, and the one that is to be.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
    """

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        resource, target = entity(kind, parameters, where)
        path = parameters.get("NewPath") or (target.path if target else "/")
        name = parameters.get(f"New{PARAMETER[kind]}") or parameters[PARAMETER[kind]]
        renamed = where.iam(f"{kind}{path}{name}")
        return tuple(Need(f"iam:{operation}", arn) for arn in dict.fromkeys((resource, renamed)))

    return needs


def _saml_made(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    arn = where.iam(f"saml-provider/{parameters['Name']}")
    tagging = (Need("iam:TagSAMLProvider", arn),) if parameters.get("Tags") else ()
    return (Need("iam:CreateSAMLProvider", arn), *tagging)


def _oidc_made(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    """A provider's ARN is made of its URL without the scheme."""
    arn = where.iam(f"oidc-provider/{parameters['Url'].partition('://')[2]}")
    tagging = (Need("iam:TagOpenIDConnectProvider", arn),) if parameters.get("Tags") else ()
    return (Need("iam:CreateOpenIDConnectProvider", arn), *tagging)


def _device(operation: str) -> Row:
    """A virtual MFA device's serial number is its ARN."""
    return lambda parameters, _: (Need(f"iam:{operation}", str(parameters["SerialNumber"])),)


def _certificate(operation: str) -> Row:
    """A new name needs the permission on both, as a user's does.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html
    """

    def needs(parameters: Parameters, where: Where) -> tuple[Need, ...]:
        name = str(parameters["ServerCertificateName"])
        paths = _paths(where)
        path = parameters.get("Path") or paths.get(name, "/")
        new_name = parameters.get("NewServerCertificateName") or name
        new_path = parameters.get("NewPath") or path
        arns = (f"{path}{name}", f"{new_path}{new_name}")
        return tuple(
            Need(f"iam:{operation}", where.iam(f"server-certificate{arn}"))
            for arn in dict.fromkeys(arns)
        )

    return needs


def _paths(where: Where) -> dict[str, str]:
    """The path of each server certificate by its name."""
    held = list(iam_backends[where.account]["aws"].certificates.values())
    return {each.cert_name: each.path for each in held}


_CERTIFICATES = (
    "DeleteServerCertificate",
    "GetServerCertificate",
    "TagServerCertificate",
    "UntagServerCertificate",
    "UpdateServerCertificate",
    "UploadServerCertificate",
)


def _key_user(parameters: Parameters, where: Where) -> tuple[Need, ...]:
    """The resource is the user whose key it is; of a key that nobody has, there is none."""
    key = parameters["AccessKeyId"]
    users = list(iam_backends[where.account]["aws"].users.values())
    owners = [user.arn for user in users if user.has_access_key(key)]
    return (Need("iam:GetAccessKeyLastUsed", owners[0] if owners else "*"),)


ROWS: dict[tuple[str, str], Row] = {
    **{("iam", name): _created(kind, name) for name, kind in _CREATES.items()},
    ("iam", "CreateSAMLProvider"): _saml_made,
    ("iam", "CreateOpenIDConnectProvider"): _oidc_made,
    ("iam", "UpdateUser"): _renamed("user", "UpdateUser"),
    ("iam", "UpdateGroup"): _renamed("group", "UpdateGroup"),
    **{("iam", name): _device(name) for name in _ON_DEVICE},
    **{("iam", name): _certificate(name) for name in _CERTIFICATES},
    ("iam", "GetAccessKeyLastUsed"): _key_user,
}
"""(service, operation) -> what it needs."""
