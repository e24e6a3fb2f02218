"""What each call of family ``self`` means for the part that it hits, and how grave that is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lambdas.model.severity import Severity
from lambdas.model.state import Part

_CRITICAL, _HIGH, _MEDIUM, _LOW, _INFO = (
    Severity.CRITICAL,
    Severity.HIGH,
    Severity.MEDIUM,
    Severity.LOW,
    Severity.INFO,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How grave a call is and what it means, where it set all of ``when``: a setting -> its value.

    ``says`` goes on where the part was named.
    """

    severity: Severity
    says: str
    when: Mapping[str, str] = field(default_factory=dict)


Meanings = tuple[Meaning, ...]
"""In the order in which they are tried."""


def _one(severity: Severity, says: str) -> Meanings:
    return (Meaning(severity, says),)


_TRUE, _FALSE = "true", "false"
_GRANTED = "lets somebody else do what only Snapback could"
_PITR = "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"
_BLOCK = "PublicAccessBlockConfiguration"
_ALL_BLOCKED = {
    f"{_BLOCK}.{name}": _TRUE
    for name in (
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    )
}
_MEMBERS = "sees nothing of other accounts any more that it saw before"
_HIDES = "can hide what it finds"

_COMPUTING: Mapping[str, Meanings] = {
    "events:DeleteRule": _one(_CRITICAL, "was deleted: the events that it took reach nobody"),
    "events:DisableRule": _one(_CRITICAL, "was disabled: the events that it took reach nobody"),
    "events:EnableRule": _one(_INFO, "was enabled"),
    "events:PutRule": (
        Meaning(
            _CRITICAL,
            "was disabled: the events that it took reach nobody",
            when={"state": "DISABLED"},
        ),
        Meaning(_HIGH, "was written anew: it may take fewer events than before"),
    ),
    "events:PutTargets": _one(_HIGH, "was given other targets: events may go elsewhere"),
    "events:RemoveTargets": _one(_CRITICAL, "lost targets: the events that it takes reach nobody"),
    "events:DeleteEventBus": _one(_HIGH, "was deleted: what it brought comes no more"),
    "events:PutPermission": _one(_HIGH, "takes events from somebody else now"),
    "events:RemovePermission": _one(_LOW, "does not take events from somebody any more"),
    "events:UpdateEventBus": _one(
        _MEDIUM, "was set anew: with a key that is gone no event matches"
    ),
    "lambda:AddPermission": _one(_HIGH, "can be called by somebody else now"),
    "lambda:CreateEventSourceMapping": _one(_HIGH, "is fed by one more source now"),
    "lambda:CreateFunction": _one(_MEDIUM, "was made, with a name like those of Snapback's"),
    "lambda:CreateFunctionUrlConfig": _one(_HIGH, "can be called by URL now"),
    "lambda:DeleteFunction": _one(_CRITICAL, "was deleted: nobody does what it did"),
    "lambda:DeleteFunctionCodeSigningConfig": _one(_HIGH, "takes code that nobody signed"),
    "lambda:DeleteFunctionConcurrency": _one(_LOW, "has no concurrency reserved any more"),
    "lambda:DeleteFunctionEventInvokeConfig": _one(
        _MEDIUM, "keeps no events any more that it failed on"
    ),
    "lambda:PutFunctionConcurrency": (
        Meaning(
            _CRITICAL,
            "cannot run any more: its concurrency is 0",
            when={Part.CONCURRENCY: "0"},
        ),
        Meaning(_HIGH, "was given another concurrency: it may be throttled"),
    ),
    "lambda:PutFunctionEventInvokeConfig": _one(
        _MEDIUM, "may keep fewer of the events that it fails on"
    ),
    "lambda:RemovePermission": _one(_CRITICAL, "may not be called by a watch any more"),
    "lambda:UpdateFunctionCode": (
        Meaning(_INFO, "was not changed: the call only tried it", when={"dryRun": _TRUE}),
        Meaning(_CRITICAL, "runs other code now"),
    ),
    "lambda:UpdateFunctionConfiguration": _one(
        _CRITICAL, "was set anew: its role, variables or layers may be others"
    ),
    "lambda:DeleteEventSourceMapping": _one(_CRITICAL, "was deleted: nothing is undone any more"),
    "lambda:UpdateEventSourceMapping": (
        Meaning(_CRITICAL, "was disabled: nothing is undone any more", when={"enabled": _FALSE}),
        Meaning(_HIGH, "was set anew"),
    ),
    "cloudformation:CreateChangeSet": _one(_INFO, "is to be changed"),
    "cloudformation:DeleteChangeSet": _one(_INFO, "is not to be changed as was planned"),
    "cloudformation:DeleteStack": _one(_CRITICAL, "is being deleted, and Snapback with it"),
    "cloudformation:ExecuteChangeSet": _one(_HIGH, "is being changed"),
    "cloudformation:SetStackPolicy": _one(_MEDIUM, "may be changed in another way now"),
    "cloudformation:UpdateStack": _one(_HIGH, "is being changed"),
    "cloudformation:UpdateTerminationProtection": (
        Meaning(_INFO, "cannot be deleted now", when={"enableTerminationProtection": _TRUE}),
        Meaning(_HIGH, "can be deleted now"),
    ),
}
_TELLING: Mapping[str, Meanings] = {
    "sns:AddPermission": _one(_HIGH, _GRANTED),
    "sns:ConfirmSubscription": _one(_LOW, "has one more subscription that was confirmed"),
    "sns:DeleteTopic": _one(_CRITICAL, "was deleted: nobody is told anything any more"),
    "sns:PutDataProtectionPolicy": _one(_HIGH, "may keep parts of what is told from people"),
    "sns:RemovePermission": _one(_HIGH, "may not be used any more by whoever tells people"),
    "sns:SetTopicAttributes": _one(_HIGH, "was set anew: it may tell nobody, or somebody else"),
    "sns:Subscribe": _one(_MEDIUM, "tells somebody else, too, what Snapback tells"),
    "sns:SetSubscriptionAttributes": _one(_HIGH, "was set anew: it may drop what people are told"),
    "sns:Unsubscribe": _one(_CRITICAL, "was ended: whoever had it is not told any more"),
    "sqs:AddPermission": _one(_HIGH, _GRANTED),
    "sqs:DeleteQueue": _one(_HIGH, "was deleted, with all that waited in it"),
    "sqs:PurgeQueue": _one(_HIGH, "was emptied: what waited in it is gone"),
    "sqs:RemovePermission": _one(_HIGH, "may not be used any more by whoever puts things into it"),
    "sqs:SetQueueAttributes": _one(_HIGH, "was set anew: it may take or keep nothing any more"),
    "sqs:StartMessageMoveTask": _one(_MEDIUM, "is being emptied into another queue"),
    "cloudwatch:DeleteAlarms": _one(_HIGH, "was deleted: it warns nobody any more"),
    "cloudwatch:DisableAlarmActions": _one(_HIGH, "was silenced: it warns nobody any more"),
    "cloudwatch:EnableAlarmActions": _one(_INFO, "warns again"),
    "cloudwatch:PutAlarmMuteRule": _one(
        _HIGH, "is muted by a rule: while that holds it warns nobody"
    ),
    "cloudwatch:PutMetricAlarm": _one(_MEDIUM, "was written anew: it may warn later, or never"),
    "cloudwatch:SetAlarmState": _one(_LOW, "was put into another state by hand"),
}
_KEEPING: Mapping[str, Meanings] = {
    "dynamodb:DeleteResourcePolicy": _one(
        _HIGH, "can be written to by others: a forged state would steer an undo"
    ),
    "dynamodb:DeleteTable": _one(_CRITICAL, "was deleted: what was there before is not known"),
    "dynamodb:ExportTableToPointInTime": _one(_MEDIUM, "is being copied to a bucket"),
    "dynamodb:PutResourcePolicy": _one(
        _HIGH, "may be written to by others: a forged state would steer an undo"
    ),
    "dynamodb:UpdateContinuousBackups": (
        Meaning(_INFO, "is backed up", when={_PITR: _TRUE}),
        Meaning(_HIGH, "is not backed up any more"),
    ),
    "dynamodb:UpdateTable": (
        Meaning(_HIGH, "can be deleted now", when={"deletionProtectionEnabled": _FALSE}),
        Meaning(_INFO, "cannot be deleted now", when={"deletionProtectionEnabled": _TRUE}),
        Meaning(_MEDIUM, "was set anew"),
    ),
    "dynamodb:UpdateTimeToLive": _one(_HIGH, "may forget what it is to keep"),
    "kms:CreateGrant": _one(_MEDIUM, "can be used by somebody else now"),
    "kms:DeleteImportedKeyMaterial": _one(_CRITICAL, "cannot be used any more"),
    "kms:DisableKey": _one(_CRITICAL, "was disabled: what needs it fails"),
    "kms:DisableKeyRotation": _one(_LOW, "is not rotated any more"),
    "kms:PutKeyPolicy": _one(_HIGH, "has another policy: what needs it may fail"),
    "kms:RevokeGrant": _one(_LOW, "cannot be used by somebody any more"),
    "kms:ScheduleKeyDeletion": _one(_CRITICAL, "is to be deleted: what needs it fails"),
    "logs:DeleteLogGroup": _one(_HIGH, "was deleted, with all that was written to it"),
    "logs:DeleteLogStream": _one(_MEDIUM, "lost a part of what was written to it"),
    "logs:DeleteMetricFilter": _one(_MEDIUM, "is not counted any more: alarms may stay silent"),
    "logs:DeleteSubscriptionFilter": _one(_HIGH, "is not passed on any more"),
    "logs:DisassociateKmsKey": _one(_LOW, "is not encrypted with its key any more"),
    "logs:PutDataProtectionPolicy": _one(_MEDIUM, "may show less than was written to it"),
    "logs:PutRetentionPolicy": _one(_MEDIUM, "is kept for another time: what is older is deleted"),
    "logs:PutSubscriptionFilter": _one(_MEDIUM, "is passed on to somebody else"),
    "s3:DeleteBucket": _one(_CRITICAL, "was deleted: the trail that writes to it has nowhere to"),
    "s3:DeleteBucketEncryption": _one(_MEDIUM, "does not encrypt log files as before"),
    "s3:DeleteBucketPolicy": _one(_HIGH, "may not be written to by the trail any more"),
    "s3:DeleteBucketPublicAccessBlock": _one(_HIGH, "can be opened to everybody"),
    "s3:DeleteBucketReplication": _one(_MEDIUM, "does not copy log files any more"),
    "s3:PutBucketAcl": _one(_MEDIUM, "may be read by somebody else"),
    "s3:PutBucketEncryption": _one(_HIGH, "may encrypt log files with somebody else's key"),
    "s3:PutBucketLifecycle": _one(_HIGH, "may delete log files early"),
    "s3:PutBucketLogging": _one(_LOW, "has its accesses logged in another way"),
    "s3:PutBucketNotification": _one(_MEDIUM, "tells somebody else of new log files"),
    "s3:PutBucketObjectLockConfiguration": _one(_MEDIUM, "may let log files be deleted"),
    "s3:PutBucketOwnershipControls": _one(_MEDIUM, "may give log files to another owner"),
    "s3:PutBucketPolicy": _one(_HIGH, "has another policy: the trail may not be able to write"),
    "s3:PutBucketPublicAccessBlock": (
        Meaning(_INFO, "cannot be opened to everybody", when=_ALL_BLOCKED),
        Meaning(_HIGH, "can be opened to everybody"),
    ),
    "s3:PutBucketVersioning": (
        Meaning(
            _INFO, "keeps overwritten files", when={"VersioningConfiguration.Status": "Enabled"}
        ),
        Meaning(_HIGH, "does not keep overwritten log files any more"),
    ),
}
_SENSORS: Mapping[str, Meanings] = {
    "guardduty:ArchiveFindings": _one(_MEDIUM, "had findings put away"),
    "guardduty:CreateFilter": (
        Meaning(_HIGH, "puts findings away unseen now", when={"action": "ARCHIVE"}),
        Meaning(_MEDIUM, "has one more filter"),
    ),
    "guardduty:CreateIPSet": _one(_HIGH, "finds nothing of more addresses, which it trusts now"),
    "guardduty:DeleteDetector": _one(_CRITICAL, "was switched off, and its findings are gone"),
    "guardduty:DeleteMembers": _one(_HIGH, _MEMBERS),
    "guardduty:DeletePublishingDestination": _one(_MEDIUM, "does not pass findings on any more"),
    "guardduty:DisassociateFromAdministratorAccount": _one(
        _HIGH, "is not seen any more by the account that looks after it"
    ),
    "guardduty:DisassociateMembers": _one(_HIGH, _MEMBERS),
    "guardduty:StopMonitoringMembers": _one(_HIGH, _MEMBERS),
    "guardduty:UpdateDetector": (
        Meaning(_CRITICAL, "was switched off: it finds nothing", when={"enable": _FALSE}),
        Meaning(_INFO, "was switched on", when={"enable": _TRUE}),
        Meaning(_HIGH, "was set anew: it may find less"),
    ),
    "guardduty:UpdateFilter": (
        Meaning(_HIGH, "puts findings away unseen now", when={"action": "ARCHIVE"}),
        Meaning(_MEDIUM, "has another filter"),
    ),
    "guardduty:UpdateIPSet": _one(_HIGH, "finds nothing of other addresses, which it trusts now"),
    "guardduty:UpdateMemberDetectors": _one(_MEDIUM, "was set anew for other accounts"),
    "config:DeleteConfigRule": _one(_MEDIUM, "does not check something any more"),
    "config:DeleteConfigurationRecorder": _one(_CRITICAL, "was deleted: it records nothing"),
    "config:DeleteDeliveryChannel": _one(_HIGH, "has nowhere to write what it records"),
    "config:DeleteRemediationConfiguration": _one(_LOW, "does not mend something any more"),
    "config:DeleteRetentionConfiguration": _one(_LOW, "keeps what it recorded for another time"),
    "config:PutConfigurationRecorder": _one(_HIGH, "may record less"),
    "config:PutDeliveryChannel": _one(_MEDIUM, "writes what it records somewhere else"),
    "config:StopConfigurationRecorder": _one(_CRITICAL, "was stopped: it records nothing"),
    "securityhub:BatchDisableStandards": _one(_HIGH, "does not check a standard any more"),
    "securityhub:BatchUpdateFindings": _one(_LOW, "had findings changed"),
    "securityhub:CreateAutomationRule": _one(_MEDIUM, _HIDES),
    "securityhub:DeleteMembers": _one(_HIGH, _MEMBERS),
    "securityhub:DisableImportFindingsForProduct": _one(
        _MEDIUM, "takes no findings of a product any more"
    ),
    "securityhub:DisableSecurityHub": _one(_CRITICAL, "was switched off"),
    "securityhub:DisableSecurityHubV2": _one(_CRITICAL, "was switched off"),
    "securityhub:DisassociateFromAdministratorAccount": _one(
        _HIGH, "is not seen any more by the account that looks after it"
    ),
    "securityhub:UpdateStandardsControl": (
        Meaning(_INFO, "checks a control", when={"controlStatus": "ENABLED"}),
        Meaning(_MEDIUM, "may not check a control any more"),
    ),
    "access-analyzer:CreateArchiveRule": _one(_MEDIUM, _HIDES),
    "access-analyzer:DeleteAnalyzer": _one(_HIGH, "was deleted: it finds nothing"),
    "access-analyzer:UpdateArchiveRule": _one(_MEDIUM, _HIDES),
    "access-analyzer:UpdateFindings": _one(_LOW, "had findings put into another state"),
}

TAMPERING: Mapping[str, Meanings] = {**_COMPUTING, **_TELLING, **_KEEPING, **_SENSORS}
"""Call -> what it means. Gravest is what makes Snapback blind or mute, or turns it."""
UNLISTED: Meanings = _one(_MEDIUM, "was changed")
"""What a call means that has no line of its own."""
