"""The functions' code as one asset, built without Docker and equal for equal inputs."""

import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling
from aws_cdk import aws_lambda as lambda_

from stacks.bytecode import RUNTIME, compile_all, interpreter
from stacks.environment import SETTINGS_FILE
from stacks.packages import LOCK, installed

_LAMBDAS = LOCK.parent
_NOT_CODE = shutil.ignore_patterns("__pycache__", "requirements.*")
_UNUSED = shutil.ignore_patterns(
    "*.css",
    "*.js",
    "data_masking",
    "event_handler",
    "feature_flags",
    "idempotency",
    "kafka",
    "streaming",
)
"""Powertools brings a framework for HTTP, with pages: a megabyte, and no function answers HTTP.

Nor does any use these other parts of it, none of which the used ones import.
"""


def code(settings: str | None) -> lambda_.Code:
    """The folder ``lambdas``, the packages it needs, and the settings where they are a file.

    The hash is that of the inputs, so that nothing is built where only the template is asked for.
    """
    return lambda_.Code.from_asset(
        str(_LAMBDAS),
        asset_hash=fingerprint(settings),
        asset_hash_type=AssetHashType.CUSTOM,
        # CDK wants an image to fall back to; the local bundling never falls back, it raises.
        bundling=BundlingOptions(
            image=DockerImage.from_registry("never-used"), local=_Bundling(settings)
        ),
    )


def fingerprint(settings: str | None) -> str:
    """One hash for one set of sources, lock file, compile flag and settings file."""
    digest = sha256(f"{RUNTIME} {interpreter() is not None} {settings}".encode())
    for path in [LOCK, *_sources()]:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_LAMBDAS).as_posix()} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def build(folder: Path, settings: str | None) -> None:
    """Put into an existing folder what AWS Lambda is to see as /var/task."""
    python = interpreter()
    shutil.copytree(installed(python), folder, ignore=_UNUSED, dirs_exist_ok=True)
    shutil.copytree(_LAMBDAS, folder / _LAMBDAS.name, ignore=_NOT_CODE)
    if python:
        compile_all(folder / _LAMBDAS.name, python, inside=folder)
    if settings is not None:
        (folder / SETTINGS_FILE).write_text(settings, "utf-8")


def zip_size(folder: Path) -> int:
    """Bytes of a folder as a zip file, equal for equal content."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.tell()


@jsii.implements(ILocalBundling)
class _Bundling:
    def __init__(self, settings: str | None) -> None:
        self._settings = settings

    def try_bundle(self, output_dir: str, *_: Any, **__: Any) -> bool:
        build(Path(output_dir), self._settings)
        return True


def _sources() -> list[Path]:
    return sorted(
        path
        for path in _LAMBDAS.rglob("*")
        if path.is_file() and not {"__pycache__"} & {*path.parts} and path.stem != "requirements"
    )
