"""Files: what is to be read of the files and folders that somebody names."""

from collections.abc import Iterable, Iterator
from pathlib import Path

_NAMES = ("*.json", "*.jsonl", "*.ndjson", "*.json.gz", "*.jsonl.gz", "*.ndjson.gz")
_DIGESTS = "CloudTrail-Digest"
"""The folder in which CloudTrail keeps the hashes of its files, which hold no events.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""


def files(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files that are named or lie in a folder that is, each once, and which names name none."""
    found: dict[Path, None] = {}
    missing = []
    for path in paths:
        below = [path] if path.is_file() else sorted(_below(path))
        found.update(dict.fromkeys(below))
        if not below:
            missing.append(f"{path}: {_why(path)}")
    return list(found), missing


def _below(folder: Path) -> Iterator[Path]:
    for name in _NAMES:
        yield from (
            path
            for path in folder.rglob(name)
            if path.is_file() and _DIGESTS not in path.relative_to(folder).parts
        )


def _why(path: Path) -> str:
    return f"no file in it is called {' or '.join(_NAMES)}" if path.is_dir() else "no such file"
