"""The canary: a function that can tag one policy, which is nobody's and allows nothing."""

from tests.stacks.synthesized import Template, settled


def policy(whole: Template) -> str:
    name, _ = whole.one("AWS::IAM::ManagedPolicy", "Canary")
    return name


def test_it_can_tag_its_policy_and_nothing_else_but_log(whole: Template) -> None:
    assert whole.allowed("CanaryRole") == {
        "iam:TagPolicy",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "sqs:SendMessage",
    }
    [tags] = [each for each in whole.statements("CanaryRole") if each["Action"] == "iam:TagPolicy"]
    assert tags["Resource"] == {"Ref": policy(whole)}


def test_what_it_tags_is_attached_to_nobody_and_allows_nothing(whole: Template) -> None:
    held = whole.each("AWS::IAM::ManagedPolicy")[policy(whole)]
    assert not held.keys() & {"Groups", "Roles", "Users"}
    assert {each["Effect"] for each in held["PolicyDocument"]["Statement"]} == {"Deny"}
    attached = [role.get("ManagedPolicyArns", []) for role in whole.each("AWS::IAM::Role").values()]
    assert policy(whole) not in str(attached)


def test_its_environment_names_the_policy_and_no_table_or_topic(whole: Template) -> None:
    _, function = whole.one("AWS::Lambda::Function", "Canary")
    variables = function["Environment"]["Variables"]
    assert {*variables} == {
        "CANARY_POLICY_ARN",
        "POWERTOOLS_LOG_LEVEL",
        "POWERTOOLS_SERVICE_NAME",
    }
    assert variables["CANARY_POLICY_ARN"] == {"Ref": policy(whole)}


def test_who_hears_and_who_looks_know_exactly_which_one_it_is(whole: Template) -> None:
    role, _ = whole.one("AWS::IAM::Role", "Canary")
    for name in ("Evaluate", "Watch"):
        _, function = whole.one("AWS::Lambda::Function", name)
        variables = function["Environment"]["Variables"]
        assert variables["CANARY_POLICY_ARN"] == {"Ref": policy(whole)}
        assert variables["CANARY_ROLE_ARN"] == {"Fn::GetAtt": [role, "Arn"]}


def test_it_flies_daily_and_after_each_deployment(whole: Template) -> None:
    flying, _ = whole.one("AWS::Lambda::Function", "Canary")
    rules = [
        each.get("ScheduleExpression") or each["EventPattern"]["detail-type"]
        for each in whole.each("AWS::Events::Rule").values()
        if any(target["Arn"] == {"Fn::GetAtt": [flying, "Arn"]} for target in each["Targets"])
    ]
    assert sorted(rules, key=str) == [["CloudFormation Stack Status Change"], "rate(1 day)"]


def test_whoever_undoes_cannot_touch_its_role() -> None:
    template = settled({"response": {"default": "revert"}})
    canary, _ = template.one("AWS::IAM::Role", "Canary")
    [denied] = [each for each in template.statements("UndoRole") if each.get("Sid") == "OwnRoles"]
    assert {"Fn::GetAtt": [canary, "Arn"]} in denied["Resource"]
