"""The packages that travel with the functions, installed once for each lock file."""

import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from stacks.bytecode import compile_all, interpreter

_ROOT = Path(__file__).parents[1]
LOCK = _ROOT / "lambdas" / "requirements.txt"
_CACHE = _ROOT / "build" / "packages"
_KEPT = frozenset({"METADATA", "licenses", "LICENSE"})
"""What stays of a package's dist-info: its name and version, and its licence."""
_COMPILED = frozenset({".so", ".pyd", ".dylib"})


class ImpurePackageError(RuntimeError):
    """Raised for a package with machine code, which would depend on the processor it is for."""


def installed(python: str | None) -> Path:
    """A folder with what the lock file names, compiled where an interpreter is given.

    Raises:
        ImpurePackageError: a package holds machine code.
        subprocess.CalledProcessError: pip failed; its own message stands on stderr.
    """
    folder = _CACHE / sha256(LOCK.read_bytes() + str(python is not None).encode()).hexdigest()[:16]
    if not folder.exists():
        _CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_CACHE) as scratch:
            fresh = Path(scratch) / "packages"
            _install(fresh)
            if python:
                compile_all(fresh, python)
            _put(fresh, folder)
    return folder


def _install(folder: Path) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--only-binary=:all:", "--no-compile", "--require-hashes"),
            *("--requirement", str(LOCK), "--target", str(folder)),
        ],
        check=True,
        stdout=sys.stderr,
    )
    impure = sorted(path.name for path in folder.rglob("*") if path.suffix in _COMPILED)
    if impure:
        raise ImpurePackageError(f"{LOCK} brings machine code: {', '.join(impure)}")
    _prune(folder)


def _prune(folder: Path) -> None:
    """Take away commands, and what only an installer reads."""
    shutil.rmtree(folder / "bin", ignore_errors=True)
    extras = (path for info in folder.glob("*.dist-info") for path in info.iterdir())
    for path in [path for path in extras if path.name not in _KEPT]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _put(fresh: Path, folder: Path) -> None:
    """Move a finished folder into place; another process may have been faster with the same."""
    try:
        fresh.rename(folder)
    except OSError:
        if not folder.exists():
            raise


if __name__ == "__main__":
    # Set-up does this once, so that neither tests nor a first synthesis need the network.
    installed(interpreter())
