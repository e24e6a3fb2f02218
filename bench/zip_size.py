"""The size of what is uploaded to AWS Lambda."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure
from stacks.asset import build, zip_size

_MEGABYTE = 1_000_000


def run() -> Iterable[Figure]:
    """Build the asset as synthesis does, and zip it."""
    with TemporaryDirectory() as folder:
        build(Path(folder), None)
        yield Figure(
            name="zip of the functions' code",
            value=zip_size(Path(folder)) / _MEGABYTE,
            unit="MB",
            compared_with="at most 3 MB",
        )
