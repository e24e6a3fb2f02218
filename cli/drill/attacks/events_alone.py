"""Sign-ins, new passwords of root, and a region enabled: what leaves nothing but its record.

A thief who has a user's password signs in as that user, without the MFA device.
"""

from cli.drill.attack import Attack, Happened

_SIGN_INS = (
    "ConsoleLogin",
    "PasswordRecoveryRequested",
    "PasswordRecoveryCompleted",
    "PasswordUpdated",
)


def _signed_in(name: str) -> Happened:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html."""
    record = {
        "eventType": "AwsConsoleSignIn",
        "responseElements": {name: "Success"},
        "additionalEventData": {"MFAUsed": "No", "MobileVersion": "No"},
    }
    return Happened(f"signin:{name}", record=record)


ATTACKS = (
    *(Attack(_signed_in(name)) for name in _SIGN_INS),
    Attack(Happened("account:EnableRegion", {"RegionName": "af-south-1"})),
)
