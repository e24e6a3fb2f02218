"""Server certificates: each with tags and an id of its own, which a new name or path keeps.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html
"""

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.iam.exceptions import EntityAlreadyExists
from moto.iam.models import Certificate, IAMBackend
from moto.iam.responses import IamResponse

from sandbox.mending.patch import Patch

_upload: Any = IAMBackend.upload_server_certificate
_upload_answer: Any = IamResponse.upload_server_certificate
_list_answer: Any = IamResponse.list_server_certificates
_get_answer: Any = IamResponse.get_server_certificate


def _uploaded(state: IAMBackend, cert_name: str, *args: Any, **named: Any) -> Certificate:
    _refuse_taken(state, cert_name)
    certificate: Certificate = _upload(state, cert_name, *args, **named)
    return certificate


def _refuse_taken(state: IAMBackend, name: str) -> None:
    if any(each.cert_name == name for each in state.certificates.values()):
        raise EntityAlreadyExists(f"The Server Certificate with name {name} already exists.")


def _identified(state: IAMBackend, metadata: dict[str, Any]) -> None:
    """Moto answers with the same id for all; the one that it keeps is used instead."""
    ids = {each.cert_name: key for key, each in state.certificates.items()}
    metadata["ServerCertificateId"] = f"ASCA{ids[metadata['ServerCertificateName']]}"


def _upload_with_id(response: IamResponse) -> ActionResult:
    """The answer holds the tags, where there are any."""
    answer: Any = _upload_answer(response)
    _identified(response.backend, answer.result["ServerCertificateMetadata"])
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    certificate = response.backend.get_server_certificate(read("ServerCertificateName"))
    certificate.tags = read("Tags") or []
    return ActionResult({**answer.result, **_tags(certificate)})


def _tags(certificate: Any) -> dict[str, Any]:
    return {"Tags": certificate.tags} if certificate.tags else {}


def _list_with_ids(response: IamResponse) -> ActionResult:
    answer: Any = _list_answer(response)
    for each in answer.result["ServerCertificateMetadataList"]:
        _identified(response.backend, each)
    return answer


def _get_with_id(response: IamResponse) -> ActionResult:
    answer: Any = _get_answer(response)
    held = answer.result["ServerCertificate"]
    _identified(response.backend, held["ServerCertificateMetadata"])
    name = held["ServerCertificateMetadata"]["ServerCertificateName"]
    tags = _tags(response.backend.get_server_certificate(name))
    return ActionResult({"ServerCertificate": {**held, **tags}})


def _update(response: IamResponse) -> ActionResult:
    read = response._get_param  # noqa: SLF001  # as moto's own handlers do
    certificate = response.backend.get_server_certificate(read("ServerCertificateName"))
    name = read("NewServerCertificateName")
    if name is not None and name != certificate.cert_name:
        _refuse_taken(response.backend, name)
        certificate.cert_name = name
    certificate.path = read("NewPath") or certificate.path
    return EmptyResult()


PATCHES = (
    Patch(Certificate, "tags", ()),
    Patch(IAMBackend, "upload_server_certificate", _uploaded),
    Patch(IamResponse, "upload_server_certificate", _upload_with_id),
    Patch(IamResponse, "list_server_certificates", _list_with_ids),
    Patch(IamResponse, "get_server_certificate", _get_with_id),
    Patch(IamResponse, "update_server_certificate", _update),
)
"""moto has one id for all, takes a name twice, renames none, and forgets the tags."""
