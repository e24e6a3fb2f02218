"""SAML providers: whose signature says who a user of another organisation is."""

from collections.abc import Mapping
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.providers import answered, made_again, tagged, taken_away
from lambdas.calls.watched import Target, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_ARN = "SAMLProviderArn"
_WHOLE = frozenset({Part.SETTINGS, Part.TAGS})
_SETTINGS = {
    "SAMLMetadataDocument": "sAMLMetadataDocument",
    "AssertionEncryptionMode": "assertionEncryptionMode",
}
"""A setting -> what CloudTrail calls it; private keys, which nobody can read, are none of them.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
"""
_KEYS = "only a private key was added or removed, which nobody can read or put back"
_LOST = "the provider's private keys, if it had any: add them anew, or encrypted sign-ins fail"
_NO_MODE = "whether encryption was asked for before is not known, and it cannot be unset"


def _made(_: Parameters, where: Where) -> Target:
    """The provider with what it begins with, which is read: its metadata may be left out."""
    return answered(Kind.SAML_PROVIDER, "sAMLProviderArn", where), ()


def _deleted(parameters: Parameters, _: Where) -> Target:
    return _named(parameters), ()


def _updated(parameters: Parameters, _: Where) -> Target:
    edits = (
        Edit(Part.SETTINGS, name, text(parameters, shown))
        for name, shown in _SETTINGS.items()
        if parameters.get(shown) is not None
    )
    return _named(parameters), tuple(edits)


def _named(parameters: Parameters) -> Subject:
    return Subject(Kind.SAML_PROVIDER, text(parameters, "sAMLProviderArn"))


def _former(change: Change, live: State, former: Mapping[Edit, str | None]) -> Revert:
    """The former metadata in one call: at no moment is there a mixture."""
    if not change.edits:
        return Irreversible(_KEYS)
    settings = {edit.key: value for edit, value in former.items()}
    if None in settings.values():
        return Irreversible(_NO_MODE)
    if not settings:
        return ()
    return calling(change, "UpdateSAMLProvider", **{_ARN: live.subject.name}, **settings)


def _again(change: Change, before: State) -> tuple[Call, ...]:
    name = before.subject.name.rpartition("/")[2]
    settings = before.parts[Part.SETTINGS]
    return calling(change, "CreateSAMLProvider", Name=name, **settings, **tagged(before))


def _undone_by(operation: str) -> Permission:
    return permitted(operation, "arn:{partition}:iam::{account}:saml-provider/*")


_watching = partial(watching, family=Family.FEDERATION, kind=Kind.SAML_PROVIDER)

CALLS = (
    _watching(
        name="CreateSAMLProvider",
        parse=_made,
        lifecycle=Lifecycle.CREATED,
        rebuild=partial(taken_away, "DeleteSAMLProvider", _ARN),
        permissions=(_undone_by("DeleteSAMLProvider"),),
        answered=True,
    ),
    _watching(
        name="UpdateSAMLProvider",
        parse=_updated,
        together=_former,
        permissions=(_undone_by("UpdateSAMLProvider"),),
    ),
    _watching(
        name="DeleteSAMLProvider",
        parse=_deleted,
        lifecycle=Lifecycle.DELETED,
        rebuild=partial(made_again, _WHOLE, _again),
        permissions=(_undone_by("CreateSAMLProvider"), _undone_by("TagSAMLProvider")),
        loses=_LOST,
        manual=True,
    ),
)
