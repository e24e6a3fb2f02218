"""Each function is given every variable that its code reads, found by reading the code."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lambdas.settings import Settings, SettingsError, dump, from_environ
from tests.stacks.synthesized import everything

CODE = Path(__file__).parents[2] / "lambdas"
HANDLERS = sorted(
    each.stem
    for each in (CODE / "handlers").glob("*.py")
    if each.stem not in ("__init__", "reporting")
)
FILE = "SNAPBACK_SETTINGS_FILE"
"""It stands in for SNAPBACK_SETTINGS where that is too long."""
NEEDLESS = {
    ("watch", "SWEEP_FUNCTION_NAME"): "what the clock finds by itself hides nothing",
}


class Asked(dict[str, str]):
    """Variables that note which of them are asked for."""

    def __init__(self) -> None:
        topic = "arn:aws:sns:us-east-1:123456789012:alerts"
        super().__init__(SNAPBACK_SETTINGS=dump(Settings()), TOPIC_ARN=topic)
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default) if name == FILE else self[name]

    def __missing__(self, name: str) -> str:
        return name


@cache
def fields() -> Mapping[str, frozenset[str]]:
    """Variable -> what of the environment's record is not the same without it."""
    asked = Asked()
    from_environ(asked)
    whole = {name: asked[name] for name in asked.names - {FILE}}
    return {name: frozenset(_lost(name, whole)) for name in whole}


def _lost(name: str, whole: Mapping[str, str]) -> Iterator[str]:
    full = from_environ(whole)
    try:
        without = from_environ({**whole, name: ""})
    except SettingsError:
        yield "settings"
        return
    for field in full.__dataclass_fields__:
        if getattr(full, field) != getattr(without, field):
            yield field


def tree(path: str) -> ast.Module:
    return ast.parse((CODE / path).read_text("utf-8"))


def attributes(of: ast.AST) -> set[str]:
    """What is taken of the record that is called ``given`` or ``_given``."""
    return {
        node.attr
        for node in ast.walk(of)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("given", "_given")
    }


@cache
def wiring() -> Mapping[str, set[str]]:
    """Function of the wiring -> what it and those that it calls take of the record."""
    made = {
        each.name: each for each in tree("aws/wiring.py").body if isinstance(each, ast.FunctionDef)
    }

    def taken(name: str) -> set[str]:
        used = {n.id for n in ast.walk(made[name]) if isinstance(n, ast.Name)} & (
            made.keys() - {name}
        )
        return attributes(made[name]).union(*(taken(each) for each in used))

    return {name: taken(name) for name in made}


def read(handler: str) -> set[str]:
    """The variables that a handler's code reads."""
    module = tree(f"handlers/{handler}.py")
    used = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    taken = attributes(module).union(*(wiring()[name] for name in used & wiring().keys()))
    named = {
        node.slice.value
        for node in ast.walk(module)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ"
        if isinstance(node.slice, ast.Constant)
    }
    through = {name for name, given in fields().items() if given & taken}
    return {str(name) for name in named} | (through if "from_environ" in used else set())


def given(handler: str) -> list[Mapping[str, Any]]:
    wanted = f"lambdas.handlers.{handler}.handler"
    return [
        function["Environment"]["Variables"]
        for template in everything().values()
        for function in template.each("AWS::Lambda::Function").values()
        if function["Handler"] == wanted
    ]


def test_the_variables_are_found_in_the_code() -> None:
    assert {"TABLE_NAME", "UNDO_QUEUE_URL", "SWEEP_FUNCTION_NAME", "OWN_NAMES"} <= read(
        "evaluate_change"
    )
    assert "STACK_ID" in read("watch")
    assert read("forward") == {"CENTRAL_BUS_ARN"}


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_function_is_given_what_its_code_reads(handler: str) -> None:
    [variables] = given(handler)
    excepted = {name for who, name in NEEDLESS if who == handler}
    assert read(handler) - {*variables} == excepted


@pytest.mark.parametrize("handler", HANDLERS)
def test_what_logs_and_measures_is_told_under_which_name(handler: str) -> None:
    [variables] = given(handler)
    measures = "lambdas.handlers.reporting" in (CODE / "handlers" / f"{handler}.py").read_text(
        "utf-8"
    )
    named = {"POWERTOOLS_SERVICE_NAME", *(["POWERTOOLS_METRICS_NAMESPACE"] if measures else [])}
    assert named <= {*variables}
