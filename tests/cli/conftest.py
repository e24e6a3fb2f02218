import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cli.counted import Counted
from cli.events import count
from tests.cli.fakes import FakeSandbox, FakeStage

Counting = Callable[..., Counted]


@pytest.fixture
def counting(tmp_path: Path) -> Counting:
    """Count the events of lines that are given as objects, or as texts."""

    def run(sandbox: FakeSandbox, *lines: Any) -> Counted:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (tmp_path / "events.jsonl").write_text("\n".join(texts), "utf-8")
        stage: Any = FakeStage(sandbox)
        return count(tmp_path / "events.jsonl", stage, Console(quiet=True))

    return run
