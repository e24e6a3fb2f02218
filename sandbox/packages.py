"""Packages: the uploaded zip files of functions, unpacked where their processes run.

One process unpacks each once, for all of its sandboxes, and removes them when it ends.
"""

import compileall
import io
import tempfile
import threading
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from py_compile import PycInvalidationMode

_UNPACKING = threading.Lock()


def unpacked(sha256: str, zipped: Callable[[], bytes]) -> Path:
    """Where the package with this hash is unpacked; ``zipped`` reads it if need be."""
    name = "".join(letter for letter in sha256 if letter.isalnum())
    with _UNPACKING:
        target = Path(_folder().name, name)
        if not target.exists():
            with zipfile.ZipFile(io.BytesIO(zipped())) as archive:
                archive.extractall(target)
            _compile(target)
    return target


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="sandbox-task-")


def _compile(folder: Path) -> None:
    """A package may bring byte code for its own runtime: give this interpreter the like.

    Without it every cold start compiles everything, because the folder is never written to.
    """
    compileall.compile_dir(
        folder, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH, maxlevels=20
    )
