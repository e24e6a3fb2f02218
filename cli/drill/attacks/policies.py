"""Customer policies and their versions."""

from cli.company import FORMER, allowing
from cli.drill.attack import Attack
from cli.drill.furnished import iam, policy, policy_arn

_ALL = allowing("*")

ATTACKS = (
    Attack(iam("CreatePolicy", PolicyName="drill-CreatePolicy", PolicyDocument=_ALL)),
    Attack(
        iam(
            "CreatePolicyVersion",
            PolicyArn=policy_arn("drill-CreatePolicyVersion"),
            PolicyDocument=_ALL,
            SetAsDefault=True,
        ),
        policy("drill-CreatePolicyVersion", allowing("s3:Get*")),
    ),
    Attack(
        iam(
            "SetDefaultPolicyVersion",
            PolicyArn=policy_arn("drill-SetDefaultPolicyVersion"),
            VersionId="v3",
        ),
        policy("drill-SetDefaultPolicyVersion", _ALL),
    ),
    Attack(
        iam(
            "DeletePolicyVersion",
            PolicyArn=policy_arn("drill-DeletePolicyVersion"),
            VersionId="v1",
        ),
        policy("drill-DeletePolicyVersion", FORMER),
    ),
    Attack(
        iam("DeletePolicy", PolicyArn=policy_arn("drill-DeletePolicy")),
        (iam("CreatePolicy", PolicyName="drill-DeletePolicy", PolicyDocument=FORMER),),
    ),
)
