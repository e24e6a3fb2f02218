"""Keys of context "snapback", each with the check of what may be written under it."""

import re
from collections.abc import Mapping

from lambdas.model.family import Family
from lambdas.settings import regions
from lambdas.settings.central import central
from lambdas.settings.checks import Check, keyed, named, one_of, switch, texts, whole
from lambdas.settings.heartbeat import parameter
from lambdas.settings.record import Response

LONGEST_GRACE = 900
"""Seconds: SQS delays a message for no longer.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
"""
MOST_MAILS = 5
"""A second: SNS unsubscribes an address that is sent more than ten.

https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
"""
MOST_UNDOS = 1000
"""The largest limit: whoever wants more has no limit."""

# A path and a name as IAM allows them; wildcards stand in the name, after the last slash.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_ANYBODY = r"arn:aws[a-z-]*:iam::[0-9]{12}:(?:user|role)/"
_PATH = r"(?:[!-)+-.0->@-~]+/)*"
_ACTOR = re.compile(rf"{_ANYBODY}{_PATH}[A-Za-z0-9_+=,.@*?-]+")
# A name of wildcards and punctuation only, such as * or *-*, is everyone's, or nearly.
_EVERYONE = re.compile(rf"{_ANYBODY}{_PATH}(?=[^/]*[*?])[*?_+=,.@-]+")
_PRINCIPAL = re.compile(r"arn:(?:\*|aws[a-z-]*):iam::(?:\*|[0-9]{12}):(?:user|role)/[!-~]+")
_SOMEWHERE = r"arn:(?:\*|aws[a-z-]*):iam::(?:\*|[0-9]{12}):(?:user|role)/"
_DEPLOYER = re.compile(rf"{_SOMEWHERE}{_PATH}[A-Za-z0-9_+=,.@*?-]+")
_EVERY_DEPLOYER = re.compile(rf"{_SOMEWHERE}{_PATH}(?=[^/]*[*?])[*?_+=,.@-]+")
_EMAIL = re.compile(r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ACCOUNT = re.compile(r"[0-9]{12}")
# The name by which a service calls, as CloudTrail's invokedBy has it.
_SERVICE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?")

KEYS: Mapping[str, Check] = {
    "alertEmails": texts(_EMAIL, "an e-mail address such as security@example.com"),
    "response": keyed(
        dict.fromkeys(("default", *Family), one_of(tuple(Response))), parent="response."
    ),
    "graceSeconds": keyed(
        dict.fromkeys(("default", *Family), whole(0, LONGEST_GRACE)), parent="graceSeconds."
    ),
    "undoLimits": keyed(
        dict.fromkeys(("perSubject", "perAccount"), whole(1, MOST_UNDOS)), parent="undoLimits."
    ),
    "viaServices": named(
        _SERVICE,
        'a service as CloudTrail names it under invokedBy, such as "cloudformation.amazonaws.com"',
        one_of(tuple(Response)),
    ),
    "trustedActors": texts(
        _ACTOR,
        "the ARN of a user or role, with * and ? only within its name, beside a letter or digit, "
        "such as arn:aws:iam::123456789012:role/deploy-*",
        refused=_EVERYONE,
    ),
    "deployActors": texts(
        _DEPLOYER,
        "the ARN of a user or role, with * for any partition or account, and * and ? within its "
        "name, beside a letter or digit, such as arn:aws:iam::*:role/cdk-*",
        refused=_EVERY_DEPLOYER,
    ),
    "protectedPrincipals": texts(
        _PRINCIPAL,
        "the ARN of a user or role, with * for any partition, account or part of the name, "
        "such as arn:aws:iam::*:role/break-glass/*",
    ),
    "trustedAccounts": texts(_ACCOUNT, 'an account of twelve digits such as "123456789012"'),
    "quarantine": switch,
    "revokeSessions": switch,
    "homeRegion": regions.home,
    "regions": regions.further,
    "createTrail": switch,
    "mailsPerSecond": whole(1, MOST_MAILS),
    "heartbeatUrl": parameter,
    "central": central,
}
