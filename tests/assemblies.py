"""Cloud assemblies of the whole app, synthesized once for all processes that test."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock

from sandbox.synth import synthesize


def assembled(settings: Mapping[str, Any], folder: Path) -> Path:
    """The assembly for settings, in a folder that the processes share.

    Raises:
        sandbox.synth.SynthesisError: the app cannot be synthesized.
    """
    name = sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]
    out = folder / name
    with FileLock(f"{out}.lock"):
        return out if (out / "manifest.json").is_file() else synthesize(out, settings)
