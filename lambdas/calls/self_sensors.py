"""GuardDuty, AWS Config, Security Hub and Access Analyzer: calls by which they see less.

They are not Snapback's own, and whoever switches them off goes about it unseen by them.
https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html
https://docs.aws.amazon.com/config/latest/developerguide/log-api-calls.html
https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-ct.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/logging-using-cloudtrail.html
"""

from dataclasses import replace

from lambdas.calls.parts import Sort, calls
from lambdas.model.subject import Kind

GUARDDUTY = Sort(
    kind=Kind.GUARDDUTY,
    source="guardduty.amazonaws.com",
    resource="detector/{}",
    named_by=("detectorId",),
)
RECORDER = Sort(
    kind=Kind.CONFIG,
    source="config.amazonaws.com",
    resource="configuration-recorder/{}",
    named_by=("configurationRecorderName", "configurationRecorder.name"),
)
_CHANNEL = replace(
    RECORDER,
    resource="delivery-channel/{}",
    named_by=("deliveryChannelName", "deliveryChannel.name"),
)
_RULE = replace(RECORDER, resource="config-rule/{}", named_by=("configRuleName",))
_RETENTION = replace(
    RECORDER, resource="retention-configuration/{}", named_by=("retentionConfigurationName",)
)
SECURITY_HUB = Sort(
    kind=Kind.SECURITY_HUB, source="securityhub.amazonaws.com", resource="hub/default"
)
ANALYZER = Sort(
    kind=Kind.ANALYZER,
    source="access-analyzer.amazonaws.com",
    resource="analyzer/{}",
    named_by=("analyzerName", "analyzerArn"),
)

CALLS = (
    *calls(
        GUARDDUTY,
        {
            "ArchiveFindings": (),
            "CreateFilter": ("action", "name"),
            "CreateIPSet": ("activate", "location"),
            "DeleteDetector": (),
            "DeleteMembers": (),
            "DeletePublishingDestination": ("destinationId",),
            "DisassociateFromAdministratorAccount": (),
            "DisassociateMembers": (),
            "StopMonitoringMembers": (),
            "UpdateDetector": ("enable", "findingPublishingFrequency"),
            "UpdateFilter": ("action", "filterName"),
            "UpdateIPSet": ("activate", "location"),
            "UpdateMemberDetectors": (),
        },
    ),
    *calls(
        RECORDER,
        {
            "DeleteConfigurationRecorder": (),
            "PutConfigurationRecorder": (),
            "StopConfigurationRecorder": (),
        },
    ),
    *calls(_CHANNEL, {"DeleteDeliveryChannel": (), "PutDeliveryChannel": ()}),
    *calls(_RULE, {"DeleteConfigRule": (), "DeleteRemediationConfiguration": ()}),
    *calls(_RETENTION, {"DeleteRetentionConfiguration": ()}),
    *calls(
        SECURITY_HUB,
        {
            "BatchDisableStandards": (),
            "BatchUpdateFindings": (),
            "CreateAutomationRule": ("ruleName", "RuleName"),
            "DeleteMembers": (),
            "DisableImportFindingsForProduct": (),
            "DisableSecurityHub": (),
            "DisableSecurityHubV2": (),
            "DisassociateFromAdministratorAccount": (),
            "UpdateStandardsControl": ("controlStatus", "ControlStatus"),
        },
    ),
    *calls(
        ANALYZER,
        {
            "CreateArchiveRule": ("ruleName",),
            "DeleteAnalyzer": (),
            "UpdateArchiveRule": ("ruleName",),
            "UpdateFindings": ("status",),
        },
    ),
)
