"""SNS messages: subjects and bodies that SNS refuses and moto takes.

https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
"""

from typing import Any

from moto.sns.exceptions import SNSInvalidParameter
from moto.sns.models import SNSBackend

from sandbox.mending.patch import Patch

_LONGEST = 99
"""Characters of a subject: it must have less than 100."""

_publish: Any = SNSBackend.publish


def _checked(state: SNSBackend, message: str, *args: Any, **named: Any) -> str:
    subject = named.get("subject")
    if not message:
        raise SNSInvalidParameter("Invalid parameter: Empty message")
    if subject is not None and not _sound(subject):
        raise SNSInvalidParameter("Invalid parameter: Subject")
    message_id: str = _publish(state, message, *args, **named)
    return message_id


def _sound(subject: str) -> bool:
    """No line breaks or control characters, and between 1 and 99 characters."""
    return 0 < len(subject) <= _LONGEST and subject.isprintable()


PATCHES = (Patch(SNSBackend, "publish", _checked),)
"""A message is looked at before it is sent."""
