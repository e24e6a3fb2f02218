"""`snapback replay` on long logs: records per second, and whether memory grows with the log."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.figure import Figure

RECORDS = 100_000
USERS = 500
"""What a replay keeps are states, so both logs change the same number of users."""
_SHORT = 10_000
_EVERY = 20
"""One record of so many is a change of IAM, which is many: most of a log are reads."""
_POLICIES = ("ReadOnlyAccess", "AdministratorAccess", "IAMFullAccess", "AmazonS3ReadOnlyAccess")
_CODE = """
import atexit
from pathlib import Path
from cli.main import main
atexit.register(lambda: print(Path("/proc/self/status").read_text()))
main()
"""
"""Linux says in VmHWM the most memory a process had; rusage counts that of its parent, too."""
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_KILOBYTES = 1024


def run() -> Iterable[Figure]:
    """Replay a log of reads of EC2 and some changes of IAM.

    Raises:
        subprocess.CalledProcessError: a replay failed.
    """
    with TemporaryDirectory() as folder:
        short, _ = _replayed(Path(folder) / "short.jsonl", _SHORT)
        long, seconds = _replayed(Path(folder) / "long.jsonl", RECORDS)
    yield Figure(name=f"replay of {RECORDS:,} records", value=seconds, unit="s")
    yield Figure(
        name="records replayed",
        value=RECORDS / seconds,
        unit="per second",
        compared_with=f"one of {_EVERY} is judged",
    )
    yield Figure(
        name="peak memory of it",
        value=long,
        unit="MB",
        compared_with=f"{short:.0f} MB for {_SHORT:,} records",
    )


def _replayed(path: Path, number: int) -> tuple[float, float]:
    """Peak memory in MB, and seconds."""
    with path.open("w") as log:
        log.writelines(f"{json.dumps(record)}\n" for record in _records(number))
    command = [sys.executable, "-c", _CODE, "replay", str(path), "--json"]
    output = path.with_suffix(".out")
    began = time.perf_counter()
    with output.open("w") as out:
        subprocess.run(command, check=True, stdout=out, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    (peak,) = _PEAK.findall(output.read_text())
    return int(peak) / _KILOBYTES, seconds


def _records(number: int) -> Iterator[Mapping[str, Any]]:
    for index in range(number):
        minute, second = divmod(index, 60)
        hour, minute = divmod(minute, 60)
        yield {
            "eventVersion": "1.11",
            "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::123456789012:user/mallory"},
            "eventTime": f"2026-03-{1 + hour // 24:02}T{hour % 24:02}:{minute:02}:{second:02}Z",
            "awsRegion": "us-east-1",
            "eventID": f"event-{index}",
            "eventType": "AwsApiCall",
            "recipientAccountId": "123456789012",
            **_call(index),
        }


def _call(index: int) -> Mapping[str, Any]:
    if index % _EVERY:
        return {
            "eventSource": "ec2.amazonaws.com",
            "eventName": "DescribeInstances",
            "readOnly": True,
        }
    turn, user = divmod(index // _EVERY, USERS)
    arn = f"arn:aws:iam::aws:policy/{_POLICIES[turn % len(_POLICIES)]}"
    return {
        "eventSource": "iam.amazonaws.com",
        "eventName": "AttachUserPolicy",
        "readOnly": False,
        "requestParameters": {"userName": f"user-{user}", "policyArn": arn},
    }
