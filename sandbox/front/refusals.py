"""Refusals: how each service says that a caller may not, or is not known."""

_DENIALS = {
    "iam": ("AccessDenied", 403),
    "sts": ("AccessDenied", 403),
    "s3": ("AccessDenied", 403),
    "sqs": ("AccessDenied", 403),
    "cloudformation": ("AccessDenied", 403),
    "sns": ("AuthorizationError", 403),
    "lambda": ("AccessDeniedException", 403),
}
"""Service -> the error code and HTTP status of a denial; the JSON services share one."""

_JSON_DENIAL = ("AccessDeniedException", 400)


def denial(service: str) -> tuple[str, int]:
    """The error code and status with which a service denies.

    https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and, for example,
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
    """
    return _DENIALS.get(service, _JSON_DENIAL)


def stranger(protocol: str) -> tuple[str, int, str]:
    """The error with which a service meets an access key that nobody has."""
    message = "The security token included in the request is invalid."
    if protocol == "json":
        return "UnrecognizedClientException", 400, message
    if protocol == "rest-xml":
        return "InvalidAccessKeyId", 403, message
    return "InvalidClientTokenId", 403, message
