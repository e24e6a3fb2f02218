"""The deployment, its code and its settings."""

from dataclasses import replace

import pytest

from cli.doctor import of_stack
from cli.doctor.examined import Missing
from cli.doctor.of_stack import deployment, settings
from lambdas.service.checking import Found
from lambdas.settings import dump, from_context
from tests.cli.doctor.examining import examined

CODE = {"Code": {"S3Bucket": {"Fn::Sub": "assets-${AWS::AccountId}"}, "S3Key": "abc.zip"}}
EVALUATE = {**CODE, "Handler": "lambdas.handlers.evaluate_change.handler"}
FUNCTIONS = {
    "Evaluate": ("AWS::Lambda::Function", "Snapback-Evaluate-1", EVALUATE),
    "Sweep": ("AWS::Lambda::Function", "Snapback-Sweep-1", CODE),
}
MAILED = {"alertEmails": ["team@example.com"]}


@pytest.mark.parametrize(
    ("status", "well"),
    [
        pytest.param("CREATE_COMPLETE", True, id="complete"),
        pytest.param("UPDATE_ROLLBACK_COMPLETE", False, id="rolled back"),
        pytest.param("UPDATE_IN_PROGRESS", False, id="under way"),
    ],
)
def test_a_deployment_that_is(status, well):
    found = deployment(examined(status=status))
    assert (not found.mend) is well
    assert "Snapback" in found.says


def test_a_stack_that_the_settings_ask_for_and_that_is_not_there():
    gone = Missing("Snapback-eu-west-1 in eu-west-1", "there is no such stack", "make deploy")
    found = deployment(replace(examined(), missing=(gone,)))
    assert found == Found("there is no such stack", ("make deploy",), (gone.name,))


def configured(variables):
    return {"get_function_configuration": {"Environment": {"Variables": variables}}}


def held(**more):
    return {"SNAPBACK_SETTINGS": dump(from_context({**MAILED, **more}))}


def locally(monkeypatch, snapback):
    monkeypatch.setattr(of_stack, "shipped", lambda: {"snapback": snapback})


@pytest.mark.parametrize(
    "snapback",
    [
        pytest.param(MAILED, id="says the same"),
        pytest.param({"alertEmails": []}, id="is as it was shipped"),
    ],
)
def test_settings_are_well_where_cdk_json(monkeypatch, snapback):
    locally(monkeypatch, snapback)
    found = settings(examined(FUNCTIONS, **configured(held())))
    assert found.mend == ()
    assert found.says == "undone without a person: nothing; mailed: team@example.com"


def test_settings_that_cdk_json_has_otherwise_are_named(monkeypatch):
    locally(monkeypatch, {**MAILED, "quarantine": True, "response": {"default": "revert"}})
    found = settings(examined(FUNCTIONS, **configured(held())))
    assert found.parts == ("response", "quarantine")
    assert found.mend == ("make deploy",)


@pytest.mark.parametrize(
    ("resources", "variables", "says"),
    [
        pytest.param(FUNCTIONS, {}, "no JSON", id="none"),
        pytest.param(
            FUNCTIONS, {"SNAPBACK_SETTINGS": '{"respnse": {}}'}, "did you mean response", id="wrong"
        ),
        pytest.param({}, {}, "no evaluating function", id="nobody's"),
    ],
)
def test_settings_that_are(resources, variables, says):
    found = settings(examined(resources, **configured(variables)))
    assert says in found.says
    assert found.mend == ("make deploy",)
