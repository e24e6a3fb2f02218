"""app.py and cdk.json: what a person meets who deploys for the first time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from lambdas.settings import DEFAULTS

ROOT = Path(__file__).parents[2]


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / name).read_text("utf-8"))
    return found


def test_what_is_shipped_is_the_defaults_written_out() -> None:
    assert read("cdk.json")["context"]["snapback"] == DEFAULTS


def test_the_command_line_is_pinned_exactly() -> None:
    assert read("package.json")["devDependencies"]["aws-cdk"] == "2.1148.1"


def test_without_an_address_one_message_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "app.py"],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "CDK_OUTDIR": str(tmp_path)},
        text=True,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert 'such as "alertEmails": ["security@example.com"]' in done.stderr
    assert list(tmp_path.iterdir()) == []
