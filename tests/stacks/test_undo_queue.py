"""The undo queue: one sender, one consumer, and patience."""

from tests.stacks.synthesized import Properties, Template


def test_a_change_is_tried_five_times_and_then_kept(whole: Template) -> None:
    redrive = queue(whole)[1]["RedrivePolicy"]
    assert redrive["maxReceiveCount"] == 6
    assert redrive["deadLetterTargetArn"]["Fn::GetAtt"][0].startswith("UndoDeadLettersQueue")


def test_a_message_stays_hidden_for_six_times_the_functions_time(whole: Template) -> None:
    _, function = whole.one("AWS::Lambda::Function", "Undo")
    assert queue(whole)[1]["VisibilityTimeout"] >= 6 * function["Timeout"]


def test_a_failed_message_is_reported_by_itself(whole: Template) -> None:
    _, mapping = whole.one("AWS::Lambda::EventSourceMapping")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [queue(whole)[0], "Arn"]}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_only_the_evaluating_and_the_undoing_function_send(whole: Template) -> None:
    [policy] = [
        each
        for each in whole.each("AWS::SQS::QueuePolicy").values()
        if each["Queues"] == [{"Ref": queue(whole)[0]}]
    ]
    [denied] = [each for each in policy["PolicyDocument"]["Statement"] if "Sid" in each]
    senders = [whole.one("AWS::IAM::Role", name)[0] for name in ("Evaluate", "Undo")]
    assert (denied["Effect"], denied["Action"]) == ("Deny", "sqs:SendMessage")
    assert denied["Condition"] == {
        "ArnNotEquals": {
            "aws:PrincipalArn": [{"Fn::GetAtt": [sender, "Arn"]} for sender in senders]
        }
    }


def test_nobody_else_is_allowed_to_send_there(whole: Template) -> None:
    senders = [
        role
        for role in whole.each("AWS::IAM::Role")
        for statement in whole.statements(role)
        if "sqs:SendMessage" in statement["Action"]
        and queue(whole)[0] in str(statement["Resource"])
    ]
    assert [role[:8] for role in senders] == ["Evaluate", "UndoRole"]


def queue(whole: Template) -> tuple[str, Properties]:
    return whole.one("AWS::SQS::Queue", "UndoQueue")
