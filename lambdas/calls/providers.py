"""Identity providers made and deleted: what OIDC and SAML providers share.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
"""

from collections.abc import Callable

from lambdas.calls.iam import calling
from lambdas.calls.watched import UnreadableParametersError, Where
from lambdas.model.arn import Arn
from lambdas.model.change import Change
from lambdas.model.revert import Call, Irreversible, Revert
from lambdas.model.state import Part, State
from lambdas.model.subject import Kind, Subject

_OF_IDENTITY_CENTER = "saml-provider/AWSSSO_"
_NEEDED = (
    "IAM Identity Center names its providers like this, and without it nobody comes in by it any "
    "more: see whether it is one of these"
)
_AWS_TAGS = "aws:"
"""How the keys of tags begin that only AWS sets.

https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
"""


def answered(kind: Kind, element: str, where: Where) -> Subject:
    """The provider that a call made, which only its answer names for sure.

    Raises:
        UnreadableParametersError: the answer names none.
    """
    arn = where.answer.get(element)
    if not isinstance(arn, str) or not Arn.parse(arn):
        raise UnreadableParametersError("responseElements do not say which provider was made")
    return Subject(kind, arn)


def taken_away(
    operation: str, parameter: str, change: Change, _: State | None, live: State | None
) -> Revert:
    """A new provider is deleted, whatever was done to it since: nothing can rely on it yet."""
    if live is None:
        return ()
    arn = Arn.parse(live.arn)
    if arn is not None and arn.resource.startswith(_OF_IDENTITY_CENTER):
        return Irreversible(_NEEDED)
    return calling(change, operation, **{parameter: live.subject.name})


def made_again(
    whole: frozenset[Part],
    again: Callable[[Change, State], tuple[Call, ...]],
    change: Change,
    before: State | None,
    live: State | None,
) -> Revert:
    """The provider as it was; nothing where it is so already."""
    if before is None or not before.parts.keys() >= whole:
        return Irreversible("what the provider was before was not read in full")
    if live is None:
        return again(change, before)
    if any(live.parts.get(part) != before.parts[part] for part in whole):
        return Irreversible("a provider of the same name is there, with other settings")
    return ()


def tagged(before: State) -> dict[str, object]:
    """The tags that a provider had, as a call that makes it takes them; nothing without any."""
    held = sorted(before.parts[Part.TAGS].items())
    tags = [{"Key": key, "Value": value} for key, value in held if not key.startswith(_AWS_TAGS)]
    return {"Tags": tags} if tags else {}
