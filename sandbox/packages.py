"""Packages: the uploaded zip files of functions, unpacked where their processes run."""

import compileall
import io
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from py_compile import PycInvalidationMode


class Packages:
    """One folder for each package, until `close`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-task-")
        self._unpacking = threading.Lock()

    def folder(self, sha256: str, zipped: Callable[[], bytes]) -> Path:
        """Where the package with this hash is unpacked; ``zipped`` reads it if need be."""
        name = "".join(letter for letter in sha256 if letter.isalnum())
        target = Path(self._folder.name, name)
        with self._unpacking:
            if not target.exists():
                with zipfile.ZipFile(io.BytesIO(zipped())) as archive:
                    archive.extractall(target)
                _compile(target)
        return target

    def close(self) -> None:
        """Remove all of them."""
        self._folder.cleanup()


def _compile(folder: Path) -> None:
    """A package may bring byte code for its own runtime: give this interpreter the like.

    Without it every cold start compiles everything, because the folder is never written to.
    """
    compileall.compile_dir(
        folder, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH, maxlevels=20
    )
