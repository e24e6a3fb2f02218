import pytest

from cli.stage import Stage, answer
from sandbox.failures import Failure
from sandbox.runtime_api import Outcome
from tests.cli.fakes import BROKEN, FakeSandbox, FakeStage, invocation

OLD, NEW = Failure("logs", "old"), Failure("Evaluate", "new")


@pytest.mark.parametrize(
    ("payload", "error", "said"),
    [
        pytest.param(b'{"a": 1}', None, {"a": 1}, id="an object"),
        pytest.param(b"null", None, {}, id="nothing"),
        pytest.param(b'{"errorType": "x"}', "Unhandled", {}, id="an error"),
    ],
)
def test_answer(payload, error, said):
    assert answer(Outcome(payload, error)) == said


def test_only_new_failures_are_told_wherever_they_stand():
    sandbox = FakeSandbox({}, more=(OLD,), put=[{}])
    stage = FakeStage(sandbox)
    before = sandbox.failures
    sandbox.invocations.append(invocation({}, BROKEN, fails=True))
    (found,) = Stage.failures_since(stage, before)
    assert found.what == "Evaluate"


def test_a_failure_that_comes_again_is_told_again():
    stage = FakeStage(FakeSandbox({}, more=(OLD, NEW, NEW), put=[{}]))
    assert Stage.failures_since(stage, [OLD, NEW]) == [NEW]
