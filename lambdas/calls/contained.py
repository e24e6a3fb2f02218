"""Contained: the two calls that are made against actors, and what these need."""

from collections.abc import Mapping

from lambdas.model.permission import Permission
from lambdas.model.subject import Kind

DENY_ALL = "AWSDenyAll"
"""AWS's managed policy that denies every action on every resource.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
"""
REVOKED = "SnapbackRevokeOlderSessions"
"""The inline policy's name: not AWSRevokeOlderSessions, by which the console's own goes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
"""

CONTAINING: Mapping[Kind, Permission] = {
    Kind.USER: Permission(
        action="iam:AttachUserPolicy",
        resources=("arn:{partition}:iam::{account}:user/*",),
        condition={"ArnEquals": {"iam:PolicyARN": f"arn:{{partition}}:iam::aws:policy/{DENY_ALL}"}},
    ),
    Kind.ROLE: Permission(
        action="iam:PutRolePolicy", resources=("arn:{partition}:iam::{account}:role/*",)
    ),
}
"""Kind of actor -> what containing it needs; no condition key limits what PutRolePolicy writes.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_identityandaccessmanagement.html
"""
