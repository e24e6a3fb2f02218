"""The cloud assembly: what `cdk synth` leaves behind, read and never changed.

https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/cloud-assembly-schema/README.md
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class AssemblyError(ValueError):
    """The folder holds no assembly that the sandbox can deploy; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file to be uploaded before its stack is deployed."""

    bucket: str
    key: str
    region: str | None
    """None: the region of the stack."""
    path: Path
    zipped: bool
    """Whether the file is a folder, to be uploaded as a zip file."""

    def content(self) -> bytes:
        """What is uploaded."""
        return _zip(self.path) if self.zipped else self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackArtifact:
    """One stack: its name, its region (None: wherever), its template's text and its assets."""

    name: str
    region: str | None
    template: str
    assets: tuple[Asset, ...]
    needs: frozenset[str]
    tags: dict[str, str]
    parameters: dict[str, str]
    artifact: str


def read(folder: Path, account: str) -> tuple[StackArtifact, ...]:
    """The stacks of an assembly, each after those that it needs.

    Raises:
        AssemblyError: there is no manifest, or an asset is of a kind that is not deployed here.
    """
    manifest = _json(folder / "manifest.json")["artifacts"]
    stacks = {
        name: _stack(folder, name, manifest, account)
        for name, artifact in manifest.items()
        if artifact["type"] == "aws:cloudformation:stack"
    }
    if not stacks:
        raise AssemblyError(f"{folder} has no stack")
    return tuple(_ordered(stacks))


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise AssemblyError(f"{path} is not there: is {path.parent} a cloud assembly?")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def _stack(
    folder: Path, name: str, manifest: dict[str, dict[str, Any]], account: str
) -> StackArtifact:
    artifact = manifest[name]
    properties = artifact["properties"]
    needs = artifact.get("dependencies", [])
    region = artifact["environment"].rsplit("/", 1)[-1]
    files = [manifest[n] for n in needs if manifest[n]["type"] == "cdk:asset-manifest"]
    return StackArtifact(
        name=properties.get("stackName", name),
        region=None if region == "unknown-region" else region,
        template=(folder / properties["templateFile"]).read_text(),
        assets=tuple(asset for file in files for asset in _assets(folder, file, account)),
        needs=frozenset(needs),
        tags=properties.get("tags", {}),
        parameters=properties.get("parameters", {}),
        artifact=name,
    )


def _assets(folder: Path, artifact: dict[str, Any], account: str) -> Iterator[Asset]:
    found = _json(folder / artifact["properties"]["file"])
    if found.get("dockerImages"):
        raise AssemblyError("the sandbox deploys no container images")
    for one in found.get("files", {}).values():
        source = one["source"]
        if "path" not in source:
            raise AssemblyError(f"the sandbox runs no command to make an asset: {source}")
        for destination in one["destinations"].values():
            yield Asset(
                bucket=_filled(destination["bucketName"], account, destination.get("region")),
                key=destination["objectKey"],
                region=destination.get("region"),
                path=folder / source["path"],
                zipped=source.get("packaging") == "zip",
            )


def _filled(text: str, account: str, region: str | None) -> str:
    values = {"AWS::AccountId": account, "AWS::Partition": "aws", "AWS::Region": region or ""}
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def _ordered(stacks: dict[str, StackArtifact]) -> Iterator[StackArtifact]:
    left = dict(stacks)
    while left:
        ready = [name for name, stack in left.items() if not stack.needs & set(left)]
        if not ready:
            raise AssemblyError(f"these stacks need each other: {', '.join(left)}")
        for name in ready:
            yield left.pop(name)


def _zip(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return packed.getvalue()
