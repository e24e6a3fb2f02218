"""The home stack: one power per function, and no more of it than the settings ask for."""

from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.reads import FEEDING, READS, SWEEP
from lambdas.model.family import Family
from tests.stacks.synthesized import ROLES, Template, listed, settled, synthesized
from tests.stacks.templated import resolved

ALERT = {"default": "alert"}
REVERT = {"default": "revert"}
RESPONSES = [ALERT, REVERT, *({"default": "alert", family: "revert"} for family in Family)]
READING = ("Get", "List", "Describe")
OWN = {
    "cloudwatch",
    "dynamodb",
    "kms",
    "lambda",
    "logs",
    "sns",
    "sqs",
}
"""Services of which the functions use Snapback's own resources only."""


def every(responses: list[dict[str, str]]) -> pytest.MarkDecorator:
    named = [pytest.param(each, id=" ".join(map("=".join, each.items()))) for each in responses]
    return pytest.mark.parametrize("response", named)


def template(response: dict[str, str]) -> Template:
    return settled({"response": response})


def writes(template: Template) -> set[str]:
    """Every action in the template that changes something; the canary's is a part of Snapback."""
    flying = template.statements("CanaryRole")
    statements = (each for each in template.every_statement() if each not in flying)
    allowing = (each for each in statements if each["Effect"] == "Allow")
    actions = {action for each in allowing for action in listed(each, "Action")}
    return {
        action
        for action in actions
        if action.partition(":")[0] not in {*OWN, "sts"}
        and not action.partition(":")[2].startswith(READING)
    }


def reverts(response: dict[str, str]) -> set[str]:
    """What the catalogue's reverts need for the families that are to be undone."""
    default = response["default"]
    return {
        permission.action
        for call in CATALOG.values()
        if response.get(call.family, default) == "revert" and not call.manual
        for permission in call.permissions
    }


@every(RESPONSES)
def test_the_template_writes_what_the_reverts_need_and_nothing_else(
    response: dict[str, str],
) -> None:
    wanted = {each for each in reverts(response) if each.partition(":")[0] not in OWN}
    assert writes(template(response)) == wanted


def test_the_reverts_of_all_families_are_writes() -> None:
    assert {"iam:DetachUserPolicy", "cloudtrail:StartLogging"} <= reverts(REVERT)


@every([ALERT])
def test_where_nothing_is_undone_there_is_nothing_that_undoes(response: dict[str, str]) -> None:
    body = template(response).body["Resources"]
    assert [name for name in body if "Undo" in name] == []
    assert len(template(response).each("AWS::Lambda::Function")) == 6


def test_where_nobody_is_trusted_or_deploys_nothing_tells_of_crowds() -> None:
    alone = settled({"trustedActors": [], "deployActors": []})
    assert len(alone.each("AWS::Lambda::Function")) == 5


@pytest.mark.parametrize("key", ["trustedActors", "deployActors"])
def test_where_somebody_is_trusted_or_deploys_something_tells_of_crowds(key: str) -> None:
    actors = {"trustedActors": [], "deployActors": []}
    trusting = settled({**actors, key: ["arn:aws:iam::123456789012:role/deploy"]})
    assert len(trusting.each("AWS::Lambda::Function")) == 6
    [rule] = [
        each for name, each in trusting.each("AWS::Events::Rule").items() if "TenMinutes" in name
    ]
    assert rule["ScheduleExpression"] == "rate(10 minutes)"
    [target] = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("CrowdsFunction")
    services = {action.partition(":")[0] for action in trusting.allowed("CrowdsRole")}
    assert services <= OWN


def test_iam_writes_are_denied_on_the_role_that_tells_of_crowds() -> None:
    trusted = ["arn:aws:iam::123456789012:role/deploy"]
    denied = statement("OwnRoles", settled({"response": REVERT, "trustedActors": trusted}))
    assert names(denied["Resource"]) == ROLES


def test_where_only_trails_are_undone_iam_is_not_written() -> None:
    """Passing CloudTrail the role that a trail had changes nothing in IAM."""
    only = synthesized(default="alert", trail="revert")
    assert [action for action in writes(only) if action.startswith("iam:")] == ["iam:PassRole"]
    assert "cloudtrail:StartLogging" in only.allowed("UndoRole")


@every([ALERT, REVERT])
@pytest.mark.parametrize("role", ["DecideRole", "EvaluateRole", "SweepRole", "WatchRole"])
def test_who_judges_writes_nothing(response: dict[str, str], role: str) -> None:
    outside = {
        action.partition(":")[2]
        for action in template(response).allowed(role)
        if action.partition(":")[0] not in OWN
    }
    assert [action for action in outside if not action.startswith(READING)] == []


@pytest.mark.parametrize(
    ("role", "needed"),
    [
        pytest.param(
            "EvaluateRole",
            {each.action for call in CATALOG.values() for each in (*READS[call.kind], *FEEDING)},
            id="evaluate reads every kind of subject",
        ),
        pytest.param("SweepRole", {each.action for each in SWEEP}, id="sweep reads the account"),
        pytest.param(
            "UndoRole",
            reverts(REVERT)
            | {
                each.action
                for call in CATALOG.values()
                if not (call.manual or call.irreversible)
                for each in READS[call.kind]
            },
            id="undo reads again and reverts",
        ),
    ],
)
def test_each_role_is_allowed_what_its_function_needs(role: str, needed: set[str]) -> None:
    allowed = synthesized(default="revert").allowed(role)
    assert needed <= allowed
    outside = {action for action in allowed if action.partition(":")[0] not in OWN}
    assert outside == {action for action in needed if action.partition(":")[0] not in OWN}


@pytest.mark.parametrize(
    ("regions", "looked_at"),
    [
        pytest.param([], False, id="there are none"),
        pytest.param(["eu-west-1"], True, id="there is one"),
    ],
)
def test_the_clock_looks_at_other_regions_where_there_are_some(
    regions: list[str], *, looked_at: bool
) -> None:
    allowed = settled({"regions": regions}).allowed("WatchRole")
    needed = {"events:ListRules", "events:ListRuleNamesByTarget", "sqs:GetQueueUrl"}
    assert needed & allowed == (needed if looked_at else set())


@pytest.mark.parametrize(
    ("response", "asking"),
    [
        pytest.param(ALERT, {"EvaluateRole"}, id="who judges asks for a sweep"),
        pytest.param(REVERT, {"EvaluateRole", "UndoRole"}, id="and so does who undoes"),
        pytest.param(
            {"default": "revert", "trail": "alert"}, {"EvaluateRole"}, id="but not without trails"
        ),
    ],
)
def test_few_ask_for_a_sweep_and_for_nothing_else(
    response: dict[str, str], asking: set[str]
) -> None:
    found = template(response)
    [sweep] = [n for n in found.each("AWS::Lambda::Function") if n.startswith("Sweep")]
    roles = {name[: -len("12345678")] for name in found.each("AWS::IAM::Role")}
    asked = {
        role: each["Resource"]
        for role in roles
        for each in found.statements(role)
        if each["Effect"] == "Allow" and "lambda:InvokeFunction" in listed(each, "Action")
    }
    assert asked == {role: {"Fn::GetAtt": [sweep, "Arn"]} for role in asking}


def test_no_action_has_a_wildcard() -> None:
    wild = [
        statement
        for statement in synthesized(default="revert").every_statement()
        if statement["Effect"] == "Allow"
        and any("*" in action for action in listed(statement, "Action"))
    ]
    # AWS's own default key policy: without it nobody could ever manage the key again.
    # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    assert [statement["Action"] for statement in wild] == ["kms:*"] * 2


def test_no_policy_of_aws_is_attached() -> None:
    roles = synthesized(default="revert").each("AWS::IAM::Role").values()
    assert [role for role in roles if "ManagedPolicyArns" in role] == []
    assert len(roles) == 7


def test_iam_writes_are_denied_on_own_roles() -> None:
    denied = statement("OwnRoles", synthesized(default="revert"))
    assert set(denied["Action"]) == {
        action for action in reverts(REVERT) if action.startswith("iam:")
    }
    assert denied["Effect"] == "Deny"
    assert names(denied["Resource"]) == ROLES


def test_iam_writes_are_denied_on_protected_principals() -> None:
    protected = ["arn:*:iam::*:user/break-glass/*", "arn:aws:iam::123456789012:role/Owner"]
    settings = {"response": REVERT, "protectedPrincipals": protected}
    denied = statement("ProtectedPrincipals", settled(settings))
    here = [
        *("arn:", {"Ref": "AWS::Partition"}),
        *(":iam::", {"Ref": "AWS::AccountId"}, ":user/break-glass/*"),
    ]
    assert denied["Resource"] == [
        "arn:aws:iam::123456789012:role/Owner",
        {"Fn::Join": ["", here]},
    ]
    assert denied["Effect"] == "Deny"


@pytest.mark.parametrize(("family", "searched"), [("trail", False), ("inline_policy", True)])
def test_other_administrators_are_looked_for_where_somebody_may_lose_that(
    family: str, *, searched: bool
) -> None:
    allowed = synthesized(default="alert", **{family: "revert"}).allowed("UndoRole")
    assert ("iam:GetAccountAuthorizationDetails" in allowed) is searched
    assert ("iam:ListAccessKeys" in allowed) is searched


@pytest.mark.parametrize(
    ("chosen", "written", "read"),
    [
        pytest.param({}, [], False, id="nothing by default"),
        pytest.param({"quarantine": True}, ["iam:AttachUserPolicy"], True, id="quarantine"),
        pytest.param({"revokeSessions": True}, ["iam:PutRolePolicy"], False, id="sessions"),
    ],
)
def test_actors_are_written_to_only_where_that_is_set(
    chosen: dict[str, bool], written: list[str], *, read: bool
) -> None:
    """With trails alone, nothing else of IAM is written."""
    found = settled({"response": {"trail": "revert"}, **chosen})
    assert writes(found) - reverts({"default": "alert", "trail": "revert"}) == {*written}
    allowed = found.allowed("UndoRole")
    assert ("iam:ListAccessKeys" in allowed) is read
    assert ("iam:GetRolePolicy" in allowed) is ("revokeSessions" in chosen)
    assert ("iam:AttachUserPolicy" in listed(statement("OwnRoles", found), "Action")) is read


def test_quarantine_attaches_one_policy_and_no_other() -> None:
    found = settled({"response": {"trail": "revert"}, "quarantine": True})
    [attaching] = [
        each
        for each in found.statements("UndoRole")
        if each["Effect"] == "Allow" and "iam:AttachUserPolicy" in listed(each, "Action")
    ]
    only = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/AWSDenyAll"]]}
    assert attaching["Condition"] == {"ArnEquals": {"iam:PolicyARN": only}}


@pytest.mark.parametrize("quarantine", [False, True])
def test_reverts_attach_what_restricts_and_nothing_else_of_awss(quarantine: bool) -> None:
    found = settled({"response": REVERT, "quarantine": quarantine})
    kinds = ("User", "Role", "Group")
    attaching = [
        each["Condition"]
        for kind in kinds
        for each in resolved("UndoRole", found)
        if each["Effect"] == "Allow" and f"iam:Attach{kind}Policy" in listed(each, "Action")
    ]
    allowed = [
        "arn:aws:iam::123456789012:policy/*",
        "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine*",
        "arn:aws:iam::aws:policy/AWSDenyAll",
    ]
    assert attaching == [{"ArnLike": {"iam:PolicyARN": allowed}}] * len(kinds)


@pytest.mark.parametrize("sid", ["OwnRoles", "ProtectedPrincipals"])
def test_actors_that_are_our_own_or_protected_are_denied_as_well(sid: str) -> None:
    settings = {"response": {"trail": "revert"}, "quarantine": True, "revokeSessions": True}
    denied = listed(statement(sid, settled(settings)), "Action")
    assert {"iam:AttachUserPolicy", "iam:PutRolePolicy"} <= {*denied}


def test_the_functions_names_can_be_looked_up() -> None:
    outputs = synthesized(default="alert").body["Outputs"]
    names = {"TopicArn", "TableName", "SweepFunctionName", "DecideFunctionName"}
    assert set(outputs) == {*names, "WatchFunctionName", "Next"}


def statement(sid: str, of: Template) -> dict[str, Any]:
    [found] = [each for each in of.statements("UndoRole") if each.get("Sid") == sid]
    return found


def names(resources: list[Any]) -> list[str]:
    return sorted(each["Fn::GetAtt"][0][:-8] for each in resources if "Fn::GetAtt" in each)
