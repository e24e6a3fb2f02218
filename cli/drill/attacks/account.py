"""The account's own settings, and requests for delegated access to it.

What only one of these attacks needs is done just before it, and not for the others as well.
"""

from cli.drill.attack import Answered, Attack, Deed
from cli.drill.furnished import iam

_STRICT = iam(
    "UpdateAccountPasswordPolicy",
    MinimumPasswordLength=14,
    RequireSymbols=True,
    MaxPasswordAge=90,
)
_ALIAS = iam("CreateAccountAlias", AccountAlias="acme")
_ORGANIZATION = ("OrganizationsRootCredentialsManagement", "OrganizationsRootSessions")


def _requested(number: int) -> Deed:
    """A request of a provider for access, made anew for each attack."""
    return iam(
        "CreateDelegationRequest",
        Description=f"drill {number}",
        Permissions={},
        RequestorWorkflowId="workflow",
        NotificationChannel="arn:aws:sns:us-east-1:210987654321:requests",
        SessionDuration=3600,
    )


def _on_request(number: int, operation: str, *done: str) -> Attack:
    """Something done to a request to which some things have been done."""
    made = _requested(number)
    named = {"DelegationRequestId": Answered(made, ("DelegationRequestId",))}
    return Attack(iam(operation, **named), (made, *(iam(each, **named) for each in done)))


ATTACKS = (
    Attack(iam("EnableOutboundWebIdentityFederation")),
    Attack(
        iam("DisableOutboundWebIdentityFederation"),
        just_before=(iam("EnableOutboundWebIdentityFederation"),),
    ),
    Attack(iam("UpdateAccountPasswordPolicy", MinimumPasswordLength=6), (_STRICT,)),
    Attack(iam("DeleteAccountPasswordPolicy"), (_STRICT,)),
    Attack(iam("CreateAccountAlias", AccountAlias="acme-2"), (_ALIAS,)),
    Attack(iam("DeleteAccountAlias", AccountAlias="acme"), (_ALIAS,)),
    Attack(iam("SetSecurityTokenServicePreferences", GlobalEndpointTokenVersion="v2Token")),
    *(Attack(iam(f"Enable{what}")) for what in _ORGANIZATION),
    *(Attack(iam(f"Disable{what}"), just_before=(iam(f"Enable{what}"),)) for what in _ORGANIZATION),
    Attack(_requested(0)),
    _on_request(1, "AssociateDelegationRequest"),
    _on_request(2, "UpdateDelegationRequest", "AssociateDelegationRequest"),
    _on_request(3, "AcceptDelegationRequest"),
    _on_request(4, "SendDelegationToken", "AcceptDelegationRequest"),
    _on_request(5, "RejectDelegationRequest"),
)
