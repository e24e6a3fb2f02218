"""A checkout of the repository with settings of its own, deployed from as a person does."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from cli import cdk
from cli.cdk import ROOT
from sandbox.account import Sandbox
from stacks.bytecode import RUNTIME, interpreter

_COPIED = ("app.py", "cdk.json", "package.json", "cli", "lambdas", "sandbox", "stacks")
_LINKED = {
    "build": ROOT / "build",
    "node_modules": ROOT / "node_modules",
    ".venv": Path(sys.prefix),
}
_NOT_COPIED = shutil.ignore_patterns("__pycache__")
_SNAPBACK = "from cli.main import main; main()"


class Checkout:
    """A copy of what deploys, whose AWS account is the sandbox."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder = folder
        self._sandbox = sandbox
        folder.mkdir()
        cdk.install(ROOT)  # what several checkouts share, as `make deploy` would install it
        for name in _COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=_NOT_COPIED)
            else:
                shutil.copy2(ROOT / name, folder / name)
        for name, target in _LINKED.items():
            (folder / name).symlink_to(target)
        (folder / "bin").mkdir()
        if python := interpreter():
            (folder / "bin" / f"python{RUNTIME}").symlink_to(_itself(python))

    def settle(self, **settings: Any) -> None:
        """Write settings into cdk.json, over what is shipped."""
        shipped = json.loads((ROOT / "cdk.json").read_text("utf-8"))
        shipped["context"]["snapback"].update(settings)
        (self.folder / "cdk.json").write_text(json.dumps(shipped), "utf-8")

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run this checkout's Python, with no Node on the PATH."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**_inherited(), **self._account(), **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def cdk(self, *arguments: str, **variables: str) -> str:
        """What the CDK command line says on both streams; it must end well."""
        return _well(self.run("-m", "cli.cdk", *arguments, **variables))

    def snapback(self, *arguments: str, **variables: str) -> str:
        """What Snapback's command line says on both streams; it must end well."""
        return _well(self.run("-c", _SNAPBACK, *arguments, **variables))

    def _account(self) -> dict[str, str]:
        front = self._sandbox.front
        return {
            **front.operator.environment(),
            "AWS_ENDPOINT_URL": front.endpoint_url,
            "AWS_DEFAULT_REGION": front.region,
            "AWS_REGION": front.region,
            "CDK_VALIDATION": "false",
            "HOME": str(self.folder),
            "PATH": str(self.folder / "bin"),
            "CI": "true",
        }


def _itself(python: str) -> Path:
    """The interpreter that a command runs, which may be a script of a version manager."""
    said = subprocess.run(
        [python, "-c", "import sys; print(sys.executable)"],
        env={**os.environ, "PYENV_VERSION": RUNTIME},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return Path(said.strip())


def _well(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _inherited() -> dict[str, str]:
    """This process's environment without what says how AWS, CDK and Node are to be found."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "JSII_", "CDK_"))}
    return {**kept, "COLUMNS": "200"}
