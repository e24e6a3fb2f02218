"""Tags of SAML providers and server certificates, which moto does not tag.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html
"""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import NotFoundException
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

Holder = Callable[[IamResponse], Any]
"""Gives whom a call names, whose ``tags`` are a list as IAM answers it."""


def _saml(response: IamResponse) -> Any:
    return response.backend.get_saml_provider(_given(response, "SAMLProviderArn"))


def _certificate(response: IamResponse) -> Any:
    name = _given(response, "ServerCertificateName")
    held = {each.cert_name: each for each in response.backend.certificates.values()}
    if name not in held:
        raise NotFoundException(f"The Server Certificate with name {name} cannot be found.")
    return held[name]


def _tagged(holder: Holder) -> Holder:
    def tagged(response: IamResponse) -> ActionResult:
        held, given = holder(response), _given(response, "Tags")
        held.tags = [*_without(held.tags, [tag["Key"] for tag in given]), *given]
        return EmptyResult()

    return tagged


def _untagged(holder: Holder) -> Holder:
    def untagged(response: IamResponse) -> ActionResult:
        held = holder(response)
        held.tags = _without(held.tags, _given(response, "TagKeys"))
        return EmptyResult()

    return untagged


def _without(tags: Any, keys: list[str]) -> list[dict[str, str]]:
    return [tag for tag in tags if tag["Key"] not in keys]


def _given(response: IamResponse, name: str) -> Any:
    return response._get_param(name)  # noqa: SLF001  # as moto's own handlers do


PATCHES = (
    Patch(IamResponse, "tag_saml_provider", _tagged(_saml)),
    Patch(IamResponse, "untag_saml_provider", _untagged(_saml)),
    Patch(IamResponse, "tag_server_certificate", _tagged(_certificate)),
    Patch(IamResponse, "untag_server_certificate", _untagged(_certificate)),
)
"""moto has none of the four operations."""
