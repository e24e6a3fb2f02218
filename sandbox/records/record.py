"""Records: what CloudTrail writes of a call, whether it succeeded or not.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import uuid
from functools import cache
from typing import Any

from botocore.model import OperationModel, ServiceModel
from botocore.session import get_session

from sandbox.calls.call import ApiCall
from sandbox.records.elements import request_parameters, shown
from sandbox.records.happening import Happening
from sandbox.records.identity import stamp, user_identity

RECORDED = ("iam", "cloudtrail", "events", "lambda")
_DATA = frozenset({("events", "PutEvents"), ("lambda", "Invoke")})
"""What is recorded as a data event only, and so by no trail that does not ask for it."""
_READS = ("Get", "List", "Describe", "Lookup", "Simulate", "Generate", "Search")
_DENIED = "AccessDenied"


def changes(call: ApiCall) -> bool:
    """Whether it is a call that would change IAM, CloudTrail, a rule or a function."""
    is_data = (call.service, call.operation) in _DATA
    return call.service in RECORDED and not is_data and not _reads(call)


def _reads(call: ApiCall) -> bool:
    return call.operation.startswith(_READS)


def record(happening: Happening) -> dict[str, Any]:
    """The CloudTrail record of a call."""
    call, caller, error = happening.call, happening.caller, happening.error
    operation = _model(call.service).operation_model(call.operation)
    return {
        "eventVersion": "1.11",
        "userIdentity": user_identity(caller),
        "eventTime": stamp(happening.at),
        "eventSource": f"{call.service}.amazonaws.com",
        "eventName": call.operation,
        "awsRegion": "us-east-1" if call.service == "iam" else call.region,
        "sourceIPAddress": call.source_address,
        "userAgent": call.user_agent,
        **({} if error is None else _failure(call.service, *error)),
        "requestParameters": _parameters(happening, operation),
        "responseElements": _response(happening, operation),
        "requestID": happening.request_id,
        "eventID": str(uuid.uuid4()),
        "readOnly": _reads(call),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": caller.account,
        "eventCategory": "Management",
        "tlsDetails": {
            "tlsVersion": "TLSv1.3",
            "cipherSuite": "TLS_AES_128_GCM_SHA256",
            "clientProvidedHostHeader": _host(call),
        },
    }


def _failure(service: str, code: str, message: str) -> dict[str, str]:
    """CloudTrail writes the exception's name where the SDK has a shorter code."""
    names = {
        shape.metadata.get("error", {}).get("code"): shape.name
        for shape in _model(service).error_shapes
    }
    return {"errorCode": names.get(code, code), "errorMessage": message}


def _parameters(happening: Happening, operation: OperationModel) -> Any:
    """IAM shows nothing of a call that it denied."""
    denied = happening.error is not None and happening.error[0] == _DENIED
    if denied and happening.call.service == "iam":
        return None
    return request_parameters(happening.call.parameters, operation.input_shape)


def _response(happening: Happening, operation: OperationModel) -> Any:
    """What a change answered; of a read's answer nothing is recorded."""
    nothing = operation.output_shape is None or _reads(happening.call)
    if happening.error is not None or nothing:
        return None
    return shown(happening.output, operation.output_shape) or None


def _host(call: ApiCall) -> str:
    regional = "" if call.service == "iam" else f".{call.region}"
    return f"{call.service}{regional}.amazonaws.com"


@cache
def _model(service: str) -> ServiceModel:
    return get_session().get_service_model(service)
