"""`snapback config regions`: the regions that are enabled for the account, written into cdk.json.

Looked up once and by a person: synthesis itself needs no credentials.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boto3.session import Session
from botocore.exceptions import BotoCoreError, ClientError

from lambdas.settings import DEFAULTS

NOT_ENABLED = (
    "regions lists {}, which is not enabled for this account, so that the deployment would fail"
)
ENABLE = (
    "`aws account enable-region --region-name {}` enables it, `snapback config regions` takes it "
    "off the list"
)


class ConfigError(Exception):
    """The regions could not be looked up or written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The further regions that the settings list, and those that are enabled for the account."""

    listed: tuple[str, ...]
    enabled: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Those in which nothing is watched."""
        return tuple(region for region in self.enabled if region not in self.listed)

    @property
    def disabled(self) -> tuple[str, ...]:
        """Those in which nothing can be deployed."""
        return tuple(region for region in self.listed if region not in self.enabled)

    def faults(self) -> Iterator[str]:
        """What is wrong with the list, each with what mends it."""
        for region in self.disabled:
            yield f"{NOT_ENABLED.format(region)}: {ENABLE.format(region)}"
        for region in self.missing:
            yield (
                f"{region} is enabled and not listed under regions, so that nothing is watched "
                "there: `snapback config regions` lists it"
            )


def regions(file: Path) -> Regions:
    """What a cdk.json lists and what is enabled, its homeRegion left out.

    Raises:
        ConfigError: the file is no cdk.json, or AWS does not say what is enabled.
    """
    settings = _settings(_read(file), file)
    home = str(settings.get("homeRegion", DEFAULTS["homeRegion"]))
    return further(Session(region_name=home), settings.get("regions", ()))


def further(session: Session, listed: Iterable[str]) -> Regions:
    """The further regions that are listed and that are enabled, the session's own left out.

    Raises:
        ConfigError: AWS does not say what is enabled.
    """
    enabled = sorted(set(_enabled(session)) - {session.region_name})
    return Regions(tuple(listed), tuple(enabled))


def write(file: Path, enabled: tuple[str, ...]) -> None:
    """List these regions in a cdk.json, and leave all else in it as it is.

    Raises:
        ConfigError: the file is no cdk.json, or cannot be written.
    """
    content = _read(file)
    _settings(content, file)["regions"] = [*enabled]
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {error}") from error


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file} cannot be read as JSON: {error}") from error


def _settings(content: Any, file: Path) -> dict[str, Any]:
    context = content.get("context") if isinstance(content, Mapping) else None
    settings = context.get("snapback") if isinstance(context, Mapping) else None
    if not isinstance(settings, dict) or not isinstance(settings.get("regions", []), list):
        raise ConfigError(f'{file} has no settings: context "snapback" is to be an object')
    return settings


def _enabled(session: Session) -> list[str]:
    """Regions that are not enabled are left out unless they are asked for.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
    """
    try:
        found = session.client("ec2").describe_regions(AllRegions=False)["Regions"]
    except (ClientError, BotoCoreError) as error:
        raise ConfigError(
            f"which regions are enabled could not be looked up: {error}; it needs AWS credentials "
            "that may ec2:DescribeRegions"
        ) from error
    return [each["RegionName"] for each in found if "RegionName" in each]
