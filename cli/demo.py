"""`snapback demo`: attacks on the deployed template, in the sandbox, told on the terminal."""

import json
import time
from pathlib import Path

from rich.console import Console

from cli.counted import Counted
from cli.events import count
from cli.foreign import plain
from cli.playing import Played, play
from cli.scenes import SCENES
from cli.stage import Say, Stage, staged
from cli.telling import tell
from sandbox.assembly import AssemblyError
from sandbox.deployment import DeploymentError
from sandbox.synth import SynthesisError
from sandbox.timing import Timing

UNRUNNABLE = (OSError, SynthesisError, AssemblyError, DeploymentError)
"""What is raised where nothing could be played at all."""
RETRIES_IN_A_HURRY = Timing(retry_delays=(0.5, 1.0), redelivery=0.5)
"""Recorded events hold malformed ones, whose retries nobody wants to wait minutes for."""


def scenes(console: Console, progress: Console, *, as_json: bool) -> bool:
    """Play every scene; whether each ended as it was meant to."""
    began = time.monotonic()
    with staged(_saying(progress)) as stage:
        played = [_played(stage, number, console, as_json) for number in range(len(SCENES))]
    good = sum(each.as_intended for each in played)
    progress.print(
        f"{good} of {len(played)} scenes ended as intended, in {time.monotonic() - began:.0f} s."
    )
    return good == len(played)


def recorded(path: Path, console: Console, progress: Console, *, as_json: bool) -> Counted:
    """Put recorded events on the sandbox's bus and count what became of them.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb"):
        pass  # it is refused before a sandbox is made for it
    with staged(_saying(progress), RETRIES_IN_A_HURRY) as stage:
        counted = count(path, stage, progress)
    if as_json:
        console.out(json.dumps(counted.as_json()), highlight=False)
    else:
        counted.tell(console)
    return counted


def _played(stage: Stage, number: int, console: Console, as_json: bool) -> Played:
    played = play(SCENES[number], stage)
    if as_json:
        console.out(json.dumps(played.as_json()), highlight=False)
    else:
        tell(played, number + 1, console)
    return played


def _saying(progress: Console) -> Say:
    return lambda text: progress.print(plain(f"{text} ...", "dim"))
