"""A template is given a log group's ARN as CloudFormation documents it."""

import json

from sandbox.front import Front


def test_the_arn_covers_the_groups_streams(front: Front) -> None:
    template = {
        "Resources": {
            "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "log"}}
        },
        "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Log", "Arn"]}}},
    }
    client = front.client("cloudformation")
    client.create_stack(StackName="logs", TemplateBody=json.dumps(template))
    (stack,) = client.describe_stacks(StackName="logs")["Stacks"]
    assert stack["Outputs"][0]["OutputValue"] == (
        "arn:aws:logs:us-east-1:123456789012:log-group:log:*"
    )
