"""Sessions and clients that call the front door."""

from dataclasses import dataclass
from typing import Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

from sandbox.calls.credentials import Credentials

_MODELS = Loader()
"""The services' models, read once for all sessions: reading them is most of making a client."""

_ONCE = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
"""Without retries, because an error is to be seen; buckets in the path, as there is one host."""


def session(credentials: Credentials, region: str) -> boto3.Session:
    """A session that signs with these credentials; its clients still need the endpoint."""
    core = botocore.session.Session()
    core.register_component("data_loader", _MODELS)
    return boto3.Session(
        botocore_session=core,
        aws_access_key_id=credentials.access_key_id,
        aws_secret_access_key=credentials.secret_access_key,
        aws_session_token=credentials.session_token,
        region_name=region,
    )


def client(within: Any, service: str, endpoint_url: str, source_address: str | None) -> Any:
    """A session's client of the endpoint, whose calls seem to come from the source address."""
    made = within.client(service, endpoint_url=endpoint_url, config=_ONCE)
    if source_address is not None:
        made.meta.events.register("before-send", _From(source_address))
    return made


@dataclass(frozen=True, slots=True)
class _From:
    """A botocore handler that names the address a request comes from."""

    address: str

    def __call__(self, request: Any, **_: object) -> None:
        request.headers["X-Forwarded-For"] = self.address
