"""Somebody can act as another user, or in one service as that user: by a new credential, or an old.

Whoever makes an access key is shown its secret, and whoever sets a password knows it. Acting as
another user is a way up where that one may do more, and a way to stay where it may not. What users
do to their own credentials is no finding; for the root user everything is one.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lambdas.model.case import Case
from lambdas.model.change import Edit
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.policy.administrator import administrator
from lambdas.policy.evaluate import Answer, Decision
from lambdas.policy.power import compose

_INACTIVE = "Inactive"
_KEY_KNOWN = "the secret of the access key, which its maker was shown and can act as {} with"
_KEY_WOKEN = "the secret of the access key, with which whoever has it can act as {} again"
_LOGIN_KNOWN = "the password, which whoever set it knows and can sign in to the console as {} with"
_SERVICE_KNOWN = (
    "the secret of the credential, which its maker was shown and can use a service as {} with"
)
_SERVICE_WOKEN = "whoever has the credential's secret can use a service as {} again"
_SSH_KNOWN = "whoever has the private key can use CodeCommit as {}"
_SIGNED_KNOWN = "whoever has the private key can sign requests to some services as {}"
_DEVICE_KNOWN = "whoever holds the device has its codes, which are asked for when {} signs in"


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a call means for whose credential it is, why that matters, and how grave that is.

    One that ``acts`` lets whoever has it do all that the user may.
    """

    says: str
    why: str
    severity: Severity = Severity.HIGH
    acts: bool = True


_MEDIUM = partial(_Deed, severity=Severity.MEDIUM, acts=False)
_DEEDS = {
    "iam:CreateAccessKey": _Deed("made an access key for {}", _KEY_KNOWN),
    "iam:UpdateAccessKey": _Deed("activated an access key of {}", _KEY_WOKEN),
    "iam:CreateLoginProfile": _Deed("set a console password for {}", _LOGIN_KNOWN),
    "iam:UpdateLoginProfile": _Deed("reset the console password of {}", _LOGIN_KNOWN),
    "iam:CreateServiceSpecificCredential": _Deed(
        "made a credential for a service for {}", _SERVICE_KNOWN, acts=False
    ),
    "iam:ResetServiceSpecificCredential": _MEDIUM(
        "reset the secret of a credential for a service of {}", _SERVICE_KNOWN
    ),
    "iam:UpdateServiceSpecificCredential": _MEDIUM(
        "activated a credential for a service of {}", _SERVICE_WOKEN
    ),
    "iam:UploadSSHPublicKey": _MEDIUM("uploaded an SSH public key for {}", _SSH_KNOWN),
    "iam:UpdateSSHPublicKey": _MEDIUM("activated an SSH public key of {}", _SSH_KNOWN),
    "iam:UploadSigningCertificate": _MEDIUM("uploaded a signing certificate for {}", _SIGNED_KNOWN),
    "iam:UpdateSigningCertificate": _MEDIUM("activated a signing certificate of {}", _SIGNED_KNOWN),
    "iam:EnableMFADevice": _MEDIUM("enabled an MFA device for {}", _DEVICE_KNOWN),
}


def new_credential(case: Case) -> Iterator[Finding]:
    """A credential that works after the change, did not before, and is not the actor's own."""
    holder = case.change.subject
    if holder is None or case.change.call not in _DEEDS:
        return
    given = all(_is_given(edit, case, holder) for edit in case.change.edits)
    if given and not _is_own(case, holder):
        yield _finding(case, holder)


def _is_given(edit: Edit, case: Case, holder: Subject) -> bool:
    """Whether it is there now and was not before, unless it is known to be otherwise."""
    after = case.after.of(holder)
    if edit.value == _INACTIVE or (after is not None and not edit.shown_by(after)):
        return False
    former = None if isinstance(case.before, Unknown) else case.before.of(holder)
    return edit.fresh or former is None or not edit.shown_by(former)


def _is_own(case: Case, holder: Subject) -> bool:
    """Whether a user does it for itself: IAM tells no names apart by upper and lower case."""
    actor = case.change.actor.user_in(case.change.account)
    if actor is None or Kind.ROOT in (actor.kind, holder.kind):
        return False
    return actor.name.casefold() == holder.name.casefold()


def _finding(case: Case, holder: Subject) -> Finding:
    actor, deed = case.change.actor, _DEEDS[case.change.call]
    whom = "the root user" if holder.kind is Kind.ROOT else str(holder)
    itself = actor.user_in(case.change.account) == holder
    power = _power(case, holder) if deed.acts else Decision(Answer.DENIED)
    grave = (holder.kind is Kind.ROOT and deed.acts) or power.answer is Answer.ALLOWED
    rank = ", an administrator" if power.answer is Answer.ALLOWED else ""
    unsure = actor.arn is None and holder.kind is not Kind.ROOT
    return Finding(
        rule="new-credential",
        says=f"{actor.name} {deed.says.format('itself' if itself else whom)}{rank}",
        severity=Severity.CRITICAL if grave else deed.severity,
        certainty=Certainty.POSSIBLE if unsure else Certainty.CERTAIN,
        principal=holder,
        because=(deed.why.format(whom), *(power.because if rank else ())),
    )


def _power(case: Case, holder: Subject) -> Decision:
    """Whether it is an administrator; of the root user no policy says it."""
    if holder.kind is Kind.ROOT:
        return Decision(Answer.DENIED)
    return administrator(compose(holder, case.after))
