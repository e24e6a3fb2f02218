"""Trails: stopped, started, made, deleted, and made to record less.

An account has at most five trails in a region, so these attacks share one.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
"""

from cli.company import ACCOUNT
from cli.drill.attack import Attack
from cli.drill.furnished import OWNED, cloudtrail, trail

_SHARED, _QUIET = "drill-records", "drill-quiet"
_ARN = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/{_SHARED}"
_NEEDS = trail(_SHARED)
_MEMBER, _OTHER_MEMBER = "210987654321", "321098765432"
"""Other accounts of the organisation."""
_READS = [{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}]

ATTACKS = (
    Attack(cloudtrail("StopLogging", Name=_SHARED), _NEEDS),
    Attack(
        cloudtrail("StartLogging", Name=_QUIET),
        (cloudtrail("CreateTrail", Name=_QUIET, S3BucketName="company-trail"),),
    ),
    Attack(cloudtrail("CreateTrail", Name="drill-CreateTrail", S3BucketName="company-trail")),
    Attack(cloudtrail("DeleteTrail", Name=_SHARED), _NEEDS),
    Attack(
        cloudtrail(
            "UpdateTrail",
            Name=_SHARED,
            IsMultiRegionTrail=False,
            IncludeGlobalServiceEvents=False,
            EnableLogFileValidation=False,
        ),
        _NEEDS,
    ),
    Attack(cloudtrail("PutEventSelectors", TrailName=_SHARED, EventSelectors=_READS), _NEEDS),
    Attack(
        cloudtrail("PutInsightSelectors", TrailName=_SHARED, InsightSelectors=[]),
        _NEEDS,
    ),
    Attack(
        cloudtrail("AddTags", ResourceId=_ARN, TagsList=[{"Key": "owner", "Value": "eve"}]),
        _NEEDS,
    ),
    Attack(cloudtrail("RemoveTags", ResourceId=_ARN, TagsList=OWNED), _NEEDS),
    Attack(cloudtrail("RegisterOrganizationDelegatedAdmin", MemberAccountId=_MEMBER)),
    Attack(
        cloudtrail("DeregisterOrganizationDelegatedAdmin", DelegatedAdminAccountId=_OTHER_MEMBER),
        just_before=(
            cloudtrail("RegisterOrganizationDelegatedAdmin", MemberAccountId=_OTHER_MEMBER),
        ),
    ),
)
