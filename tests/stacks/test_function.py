"""Functions: each with its own role and log, and nothing that fails is dropped."""

import pytest

from tests.stacks.synthesized import Properties, Template, settled

TIMEOUTS = {"evaluate_change": 60, "undo_change": 60, "sweep": 900}
MANY_ACCOUNTS = {"trustedAccounts": [f"{number:012}" for number in range(400)]}
FOUR_KILOBYTES = 4096


@pytest.mark.parametrize(("handler", "timeout"), TIMEOUTS.items())
def test_runtime_and_timeout(handler: str, timeout: int, whole: Template) -> None:
    _, found = function(handler, whole)
    assert (found["Runtime"], found["Architectures"]) == ("python3.13", ["arm64"])
    assert found["Timeout"] == timeout


@pytest.mark.parametrize("handler", TIMEOUTS)
def test_a_role_writes_the_functions_own_log_and_no_other(handler: str, whole: Template) -> None:
    _, found = function(handler, whole)
    log = found["LoggingConfig"]["LogGroup"]["Ref"]
    statements = whole.statements(found["Role"]["Fn::GetAtt"][0])
    [statement] = [each for each in statements if "logs:PutLogEvents" in each["Action"]]
    assert statement["Resource"] == {"Fn::GetAtt": [log, "Arn"]}
    assert whole.each("AWS::Logs::LogGroup")[log]["RetentionInDays"] == 365


@pytest.mark.parametrize("handler", ["evaluate_change", "sweep"])
def test_an_event_that_fails_three_times_is_kept(handler: str, whole: Template) -> None:
    name, _ = function(handler, whole)
    configured = whole.each("AWS::Lambda::EventInvokeConfig").values()
    [found] = [each for each in configured if each["FunctionName"] == {"Ref": name}]
    assert (found["MaximumRetryAttempts"], found["MaximumEventAgeInSeconds"]) == (2, 21600)
    destination = found["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert destination.startswith("FunctionDeadLettersQueue")


@pytest.mark.parametrize(
    ("handler", "beyond"),
    [
        (
            "evaluate_change",
            {
                "CANARY_POLICY_ARN",
                "CANARY_ROLE_ARN",
                "SWEEP_FUNCTION_NAME",
                "UNDO_QUEUE_URL",
                "UNDO_ROLE_ARN",
            },
        ),
        ("undo_change", {"UNDO_ROLE_ARN", "UNDO_QUEUE_URL", "SWEEP_FUNCTION_NAME"}),
        ("sweep", set()),
    ],
)
def test_what_a_function_is_given(handler: str, beyond: set[str], whole: Template) -> None:
    _, found = function(handler, whole)
    assert set(found["Environment"]["Variables"]) == beyond | {
        "SNAPBACK_SETTINGS",
        "TABLE_NAME",
        "TOPIC_ARN",
        "OWN_NAMES",
        "POWERTOOLS_SERVICE_NAME",
        "POWERTOOLS_METRICS_NAMESPACE",
        "POWERTOOLS_LOG_LEVEL",
    }


def test_large_settings_travel_as_a_file() -> None:
    functions = settled(MANY_ACCOUNTS).each("AWS::Lambda::Function").values()
    given = [each["Environment"]["Variables"] for each in functions]
    settled_by = [each["SNAPBACK_SETTINGS_FILE"] for each in given if "TABLE_NAME" in each]
    assert {*settled_by} == {"settings.json"}
    assert [each for each in given if "SNAPBACK_SETTINGS" in each] == []
    assert max(len(str(each)) for each in given) < FOUR_KILOBYTES


def test_the_code_is_another_where_the_settings_are_in_it(whole: Template) -> None:
    assert code(settled(MANY_ACCOUNTS)) != code(whole)


def test_all_functions_share_one_asset(whole: Template) -> None:
    assert len(code(whole)) == 1


def function(handler: str, whole: Template) -> tuple[str, Properties]:
    wanted = f"lambdas.handlers.{handler}.handler"
    functions = whole.each("AWS::Lambda::Function").items()
    [found] = [item for item in functions if item[1]["Handler"] == wanted]
    return found


def code(template: Template) -> set[str]:
    functions = template.each("AWS::Lambda::Function").values()
    return {each["Code"]["S3Key"] for each in functions}
