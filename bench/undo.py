"""An undo in the sandbox: its calls to AWS, and from the last read of its subject to the write."""

import sys
from collections.abc import Iterable, Sequence

from rich.progress import track

from bench.figure import Figure
from cli.demo import RETRIES_IN_A_HURRY
from cli.playing import play
from cli.scenes import SCENES, Scene
from cli.stage import Stage, staged
from sandbox.front.hooks import LoggedCall

_UNDONE = tuple(scene for scene in SCENES if scene.ends in ("restored", "contained"))
_WATCHED = frozenset({"iam", "cloudtrail"})
_READS = ("Get", "List", "Describe")


def run() -> Iterable[Figure]:
    """Play the demo's scenes that are undone, and read what the undoing function asked of AWS."""
    with staged(lambda _: None, RETRIES_IN_A_HURRY) as stage:
        scenes = track(_UNDONE, "Undos", disable=not sys.stderr.isatty(), transient=True)
        made = [(scene, _played(scene, stage)) for scene in scenes]
    calls = sorted(len(log) for _, log in made)
    changing = max(sum(each.call.service in _WATCHED for each in log) for _, log in made)
    window, widest = max((_window(scene, log), scene.call) for scene, log in made)
    of = f"of {len(made)} scenes"
    yield Figure(name=f"AWS calls of an undo, fewest {of}", value=calls[0], unit="calls")
    yield Figure(name=f"AWS calls of an undo, most {of}", value=calls[-1], unit="calls")
    yield Figure(name="of them to IAM and CloudTrail, most", value=changing, unit="calls")
    yield Figure(
        name="last read of the subject to the write, longest",
        value=window * 1000,
        unit="ms",
        compared_with=widest,
    )


def _played(scene: Scene, stage: Stage) -> Sequence[LoggedCall]:
    """The calls of the scene's undo, in order; the looks that follow it later are left out.

    Raises:
        RuntimeError: it did not end as intended.
    """
    log = stage.sandbox.front.hooks.log
    since = len(log)
    played = play(scene, stage)
    stage.sandbox.drop_delayed()
    if not played.as_intended:
        raise RuntimeError(f"{scene.title!r} ended {played.ends}: {played.failures}")
    own = [each for each in log[since:] if "-UndoRole" in each.caller.principal_arn]
    return sorted(own, key=lambda each: each.began)


def _window(scene: Scene, log: Sequence[LoggedCall]) -> float:
    """Seconds from when the subject was last asked for to when the first write was carried out."""
    about = [each for each in log if each.call.service in _WATCHED]
    write = next(each for each in about if not each.call.operation.startswith(_READS))
    names = {scene.name, scene.name.rpartition("/")[2]}
    before = about[: about.index(write)]
    return min(write.ended - each.began for each in before if names & _asked_for(each))


def _asked_for(logged: LoggedCall) -> set[str]:
    """The texts that a call is given, and names in ARNs as well."""
    given = (value for value in logged.call.parameters.values() if isinstance(value, str))
    return {part for value in given for part in (value, value.rpartition("/")[2])}
