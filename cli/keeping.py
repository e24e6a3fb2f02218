"""`snapback sandbox`: the deployed product in an embedded AWS, kept running to be tried out."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console

from cli.company import ON_CALL
from cli.foreign import plain
from cli.playing import play
from cli.sandboxed import found_by_others
from cli.scenes import SCENES
from cli.stage import Stage, staged

_HOW = """\
An AWS account is running on this machine, with Snapback deployed into it. Leave this terminal open.
In another one, as the person on call:

  snapback incidents --sandbox
  snapback show ID --sandbox
  snapback revert ID --sandbox

To attack it yourself with the AWS command line:

{exports}

Ctrl-C ends it, and everything in it is gone."""


def keep(console: Console, *, attacked: bool) -> None:
    """Run until interrupted."""
    with running(console) as stage:
        if attacked:
            for number, scene in enumerate(SCENES, 1):
                console.print(plain(f"Attack {number} of {len(SCENES)}: {scene.title}", "dim"))
                play(scene, stage)
        exports = "\n".join(f"  export {name}={value}" for name, value in variables(stage).items())
        console.print(plain(_HOW.format(exports=exports)))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print("Ending.")


@contextmanager
def running(console: Console) -> Iterator[Stage]:
    """A stage that the other commands find with --sandbox."""
    with (
        staged(lambda text: console.print(plain(f"{text} ...", "dim"))) as stage,
        found_by_others(variables(stage)),
    ):
        yield stage


def variables(stage: Stage) -> Mapping[str, str]:
    """What makes an AWS tool call the sandbox as whoever is on call."""
    credentials = stage.sandbox.as_user(ON_CALL).credentials
    return {
        "AWS_ENDPOINT_URL": stage.sandbox.front.endpoint_url,
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_DEFAULT_REGION": stage.sandbox.front.region,
    }
