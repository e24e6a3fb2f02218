"""cdk-nag, CDK's own validation and cfn-lint find nothing, and would find what is wrong."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

STACKS = 5
"""The home stack, one for a further region, the trail's, the organisation's, and the bad one."""
REPORT = "validation-report.json"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Good stacks and a bad one, synthesized with every check on."""
    root = tmp_path_factory.mktemp("checked")
    good, worse = root / "good", root / "worse"
    environment = {name: value for name, value in os.environ.items() if name != "CDK_VALIDATION"}
    subprocess.run(
        [sys.executable, "-m", "tests.stacks.checked", str(good), str(worse)],
        check=False,
        capture_output=True,
        env=environment,
    )
    return good, worse


def findings(folder: Path) -> dict[str, set[str]]:
    """Check -> the rules that it found broken."""
    found = defaultdict(set)
    for report in json.loads((folder / REPORT).read_text("utf-8"))["pluginReports"]:
        for violation in report["violations"]:
            found[report["pluginName"]].add(violation["ruleName"])
    return found


def test_nag_and_validation_find_nothing(folders: tuple[Path, Path]) -> None:
    assert findings(folders[0]) == {}


def test_nag_and_validation_would_find_a_bad_queue(folders: tuple[Path, Path]) -> None:
    found = findings(folders[1])
    assert {"AwsSolutions-SQS3", "AwsSolutions-SQS4"} <= found["AwsSolutions"]
    assert "F3034" in found["CloudFormation Validate"]


def test_every_agreed_finding_has_a_reason(folders: tuple[Path, Path]) -> None:
    reports = json.loads((folders[0] / REPORT).read_text("utf-8"))["pluginReports"]
    agreed = [each for report in reports for each in report["suppressedViolations"]]
    assert [each for each in agreed if not each["reason"]] == []
    assert len(agreed) > 0


def test_lint_finds_the_bad_queue_and_nothing_else(folders: tuple[Path, Path]) -> None:
    templates = [str(each) for folder in folders for each in folder.glob("*.template.json")]
    assert len(templates) == STACKS
    lint = str(Path(sys.executable).with_name("cfn-lint"))
    done = subprocess.run(
        [lint, "-f", "json", "-r", "us-east-1", "-t", *templates],
        check=False,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert {Path(each["Filename"]).parent.name for each in found} == {"worse"}
    assert {each["Location"]["Path"][1] for each in found} == {"Worse"}
