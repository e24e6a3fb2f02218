"""OIDC providers: who vouches for the users of an outside service, and for which application."""

import json
from collections.abc import Iterable
from functools import partial

from lambdas.calls.holders import Parameters
from lambdas.calls.iam import calling, permitted, watching
from lambdas.calls.providers import answered, made_again, tagged, taken_away
from lambdas.calls.watched import Target, UnreadableParametersError, Where, text
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.model.revert import Call
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_ARN = "OpenIDConnectProviderArn"
_WHOLE = frozenset({Part.SETTINGS, Part.CLIENT_IDS, Part.TAGS})


def listed(texts: Iterable[str]) -> str:
    """A list whose order means nothing as JSON that is equal where it holds the same."""
    return json.dumps(sorted(set(texts)))


def _made(_: Parameters, where: Where) -> Target:
    """The provider with what it begins with, which is read: its URL says its ARN but roughly.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
    """
    return answered(Kind.OIDC_PROVIDER, "openIDConnectProviderArn", where), ()


def _deleted(parameters: Parameters, _: Where) -> Target:
    return _named(parameters), ()


def _client(parameters: Parameters, _: Where, *, added: bool) -> Target:
    client = text(parameters, "clientID")
    return _named(parameters), (Edit(Part.CLIENT_IDS, client, client if added else None),)


def _thumbprints(parameters: Parameters, _: Where) -> Target:
    given = parameters.get("thumbprintList")
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise UnreadableParametersError(
            f"requestParameters.thumbprintList is {given!r}, not a list of texts"
        )
    return _named(parameters), (Edit(Part.SETTINGS, "ThumbprintList", listed(given)),)


def _named(parameters: Parameters) -> Subject:
    return Subject(Kind.OIDC_PROVIDER, text(parameters, "openIDConnectProviderArn"))


def _client_removed(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return _calling(change, live, "RemoveClientIDFromOpenIDConnectProvider", ClientID=edit.key)


def _client_added(change: Change, live: State, edit: Edit, _: str | None) -> tuple[Call, ...]:
    return _calling(change, live, "AddClientIDToOpenIDConnectProvider", ClientID=edit.key)


def _former_thumbprints(
    change: Change, live: State, _: Edit, former: str | None
) -> tuple[Call, ...]:
    operation = "UpdateOpenIDConnectProviderThumbprint"
    return _calling(change, live, operation, ThumbprintList=json.loads(former or "[]"))


def _calling(change: Change, live: State, operation: str, **given: object) -> tuple[Call, ...]:
    return calling(change, operation, **{_ARN: live.subject.name}, **given)


def _again(change: Change, before: State) -> tuple[Call, ...]:
    """The URL is read without its scheme, which is always this one."""
    settings = before.parts[Part.SETTINGS]
    return calling(
        change,
        "CreateOpenIDConnectProvider",
        Url=f"https://{settings['Url'].removeprefix('https://')}",
        ClientIDList=sorted(before.parts[Part.CLIENT_IDS]),
        ThumbprintList=json.loads(settings["ThumbprintList"]),
        **tagged(before),
    )


def _undone_by(operation: str) -> Permission:
    return permitted(operation, "arn:{partition}:iam::{account}:oidc-provider/*")


_watching = partial(watching, family=Family.FEDERATION, kind=Kind.OIDC_PROVIDER)

CALLS = (
    _watching(
        name="CreateOpenIDConnectProvider",
        parse=_made,
        lifecycle=Lifecycle.CREATED,
        rebuild=partial(taken_away, "DeleteOpenIDConnectProvider", _ARN),
        permissions=(_undone_by("DeleteOpenIDConnectProvider"),),
        answered=True,
    ),
    _watching(
        name="DeleteOpenIDConnectProvider",
        parse=_deleted,
        lifecycle=Lifecycle.DELETED,
        rebuild=partial(made_again, _WHOLE, _again),
        permissions=(
            _undone_by("CreateOpenIDConnectProvider"),
            _undone_by("TagOpenIDConnectProvider"),
        ),
        manual=True,
    ),
    _watching(
        name="AddClientIDToOpenIDConnectProvider",
        parse=partial(_client, added=True),
        restore=_client_removed,
        permissions=(_undone_by("RemoveClientIDFromOpenIDConnectProvider"),),
    ),
    _watching(
        name="RemoveClientIDFromOpenIDConnectProvider",
        parse=partial(_client, added=False),
        restore=_client_added,
        permissions=(_undone_by("AddClientIDToOpenIDConnectProvider"),),
        manual=True,
    ),
    _watching(
        name="UpdateOpenIDConnectProviderThumbprint",
        parse=_thumbprints,
        restore=_former_thumbprints,
        permissions=(_undone_by("UpdateOpenIDConnectProviderThumbprint"),),
    ),
)
