import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.environment import Environment, Launch, Runtime, deadline_ms
from sandbox.runtime_api import Work

HANDLER = """
import os, sys, time
print("loaded")
def handler(event, context):
    print("saw", event["do"])
    if event["do"] == "raise":
        raise KeyError("gone")
    if event["do"] == "sleep":
        time.sleep(60)
    if event["do"] == "exit":
        os._exit(7)
    if event["do"] == "flood":
        print("x" * 200_000)
    return {
        "pid": os.getpid(),
        "request": context.aws_request_id,
        "arn": context.invoked_function_arn,
        "left": context.get_remaining_time_in_millis() > 0,
        "path": sys.path[0],
        "secret": os.environ.get("NOT_FOR_FUNCTIONS"),
    }
"""
RUNTIMES = {"awslambdaric": False, "plain Python": True}


@pytest.fixture(params=RUNTIMES.values(), ids=RUNTIMES.keys())
def runtime(request: pytest.FixtureRequest) -> Any:
    if not request.param:
        pytest.importorskip("awslambdaric")
    return Runtime(plain=request.param)


@pytest.fixture
def start(runtime: Runtime, tmp_path: Path) -> Any:
    started = []

    def launch(code: str, lines: Any = None) -> Any:
        (tmp_path / "main.py").write_text(code)
        launched = Launch(
            command=runtime.command("main.handler"),
            variables={"PATH": os.environ["PATH"]},
            folder=tmp_path,
        )
        seen = [] if lines is None else lines
        environment = Environment(launched, lambda request, text: seen.append((request, text)))
        started.append(environment)
        return environment

    yield launch
    for environment in started:
        environment.stop()


def invoke(
    environment: Environment,
    what: Any,
    *,
    timeout: Any = 30.0,
    request: pytest.FixtureRequest = "r-1",
) -> Any:
    work = Work(
        request_id=request,
        payload=json.dumps({"do": what}).encode(),
        function_arn="arn:aws:lambda:us-east-1:123456789012:function:f",
        deadline_ms=deadline_ms(timeout),
    )
    return environment.invoke(work, timeout)


def test_an_event_is_answered(
    start: Callable[..., Environment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOT_FOR_FUNCTIONS", "hidden")
    outcome = invoke(start(HANDLER), "answer")
    answer = json.loads(outcome.payload)
    assert (outcome.error, answer["request"], answer["left"]) == (None, "r-1", True)
    assert answer["arn"].endswith(":function:f")
    assert answer["path"] == str(tmp_path)
    assert answer["secret"] is None


def test_one_process_handles_many_events(start: Callable[..., Environment]) -> None:
    environment = start(HANDLER)
    answers = [json.loads(invoke(environment, "answer").payload)["pid"] for _ in range(3)]
    assert len(set(answers)) == 1


def test_output_is_taken_in_before_the_answer(start: Callable[..., Environment]) -> None:
    lines = []
    environment = start(HANDLER, lines)
    invoke(environment, "flood", request="r-9")
    assert [text for _, text in lines if text in ("loaded", "saw flood")] == ["loaded", "saw flood"]
    assert ("r-9", "x" * 200_000) in lines


def test_an_exception_is_an_error_and_the_process_lives(start: Callable[..., Environment]) -> None:
    environment = start(HANDLER)
    outcome = invoke(environment, "raise")
    assert (outcome.error, json.loads(outcome.payload)["errorMessage"]) == ("KeyError", "'gone'")
    assert environment.alive
    assert invoke(environment, "answer").error is None


def test_a_handler_that_takes_too_long_is_killed(start: Callable[..., Environment]) -> None:
    environment = start(HANDLER)
    invoke(environment, "answer")
    outcome = invoke(environment, "sleep", timeout=0.2)
    assert outcome.error == "Sandbox.Timedout"
    assert "timed out after 0.20 seconds" in json.loads(outcome.payload)["errorMessage"]
    assert not environment.alive


def test_a_process_that_ends_is_an_error(start: Callable[..., Environment]) -> None:
    environment = start(HANDLER)
    outcome = invoke(environment, "exit")
    assert (outcome.error, environment.alive) == ("Runtime.ExitError", False)
    assert "status 7" in json.loads(outcome.payload)["errorMessage"]


BROKEN = {
    "a module that raises": ("raise OSError('no')", "OSError"),
    "a module without the handler": ("", "HandlerNotFound"),
    "a module that does not parse": ("def", "SyntaxError"),
}


@pytest.mark.parametrize(("code", "kind"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_module_fails_the_invocation(
    start: Callable[..., Environment], code: str, kind: str
) -> None:
    environment = start(code)
    outcome = invoke(environment, "answer")
    assert kind in outcome.error
    assert not environment.alive


def test_a_missing_runtime_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert Runtime().plain
    assert "awslambdaric is not installed" in capsys.readouterr().err
