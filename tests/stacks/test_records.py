"""The table: it outlives the stack, and only the functions write it."""

from tests.stacks.synthesized import Properties, Template


def test_the_table_outlives_the_stack(whole: Template) -> None:
    name, found = whole.one("AWS::DynamoDB::Table")
    resource = whole.body["Resources"][name]
    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert found["DeletionProtectionEnabled"] is True
    assert found["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_keys_and_expiry_are_those_that_the_functions_use(whole: Template) -> None:
    assert [each["AttributeName"] for each in table(whole)["KeySchema"]] == ["pk", "sk"]
    assert table(whole)["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table(whole)["BillingMode"] == "PAY_PER_REQUEST"


def test_nobody_but_the_functions_writes(whole: Template) -> None:
    [denied] = table(whole)["ResourcePolicy"]["PolicyDocument"]["Statement"]
    writing = [name for name in whole.each("AWS::IAM::Role") if not name.startswith("Canary")]
    roles = [{"Fn::GetAtt": [name, "Arn"]} for name in writing]
    assert (denied["Effect"], denied["Principal"]) == ("Deny", {"AWS": "*"})
    assert denied["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": roles}}


def test_every_write_that_a_function_is_allowed_is_denied_to_others(whole: Template) -> None:
    [denied] = table(whole)["ResourcePolicy"]["PolicyDocument"]["Statement"]
    roles = ("EvaluateRole", "SweepRole", "UndoRole")
    used = {
        action for role in roles for action in whole.allowed(role) if action.startswith("dynamodb:")
    }
    reads = {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"}
    assert used - reads <= set(denied["Action"])
    assert not reads & set(denied["Action"])


def table(whole: Template) -> Properties:
    return whole.one("AWS::DynamoDB::Table")[1]
