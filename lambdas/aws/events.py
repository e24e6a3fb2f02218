"""Events in: an EventBridge event becomes a typed change, or the reason why it is none."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lambdas.aws.actors import actor
from lambdas.calls import CATALOG, store, trail
from lambdas.calls.concern import Feeds, concerns, none_feeds, part
from lambdas.calls.watched import CLOUDTRAIL, IAM, SIGN_IN, UnreadableParametersError, Where
from lambdas.model.arn import partition_of
from lambdas.model.change import Change, Edit
from lambdas.model.family import Family
from lambdas.model.fingerprint import event_fingerprint, is_omitted
from lambdas.model.own import Own
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.source import action_of
from lambdas.model.subject import Kind, Subject

Json = Mapping[str, object]

_WATCHED = frozenset(source for source, _ in CATALOG)
_SIGNED_IN = "AwsConsoleSignIn"
_FAILURE = "Failure"
_WHOLE = frozenset({IAM, CLOUDTRAIL})
"""Sources of which every change is taken, whatever it changes."""
_LAMBDA = "lambda.amazonaws.com"
_OWN = Own()
_DATED = re.compile(r"20[0-9]{6}(v[0-9]+)?$")
"""What AWS Lambda's events have at the end of a call's name: the version of the API.

https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
"""
_NO_CALLS = (
    "AwsConsoleAction",
    _SIGNED_IN,
    "AwsCloudTrailInsight",
    "AwsServiceEvent",
    "AwsVpceEvent",
)
"""Event types that tell of no API call; any other, unknown ones included, is judged.

Those of sign-ins are judged where they come from where people sign in.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""
_NAMES = {
    IAM: (
        (Kind.USER, "userName"),
        (Kind.ROLE, "roleName"),
        (Kind.GROUP, "groupName"),
        (Kind.SERVER_CERTIFICATE, "serverCertificateName"),
    ),
    CLOUDTRAIL: (
        (Kind.TRAIL, "trailName"),
        (Kind.TRAIL, "name"),
        (Kind.EVENT_DATA_STORE, "eventDataStore"),
    ),
}
"""The parameters that name a call's subject."""
_NAMED: Mapping[Kind, Callable[[str, Where], Subject]] = {
    Kind.TRAIL: trail.named,
    Kind.EVENT_DATA_STORE: store.named,
}
"""Kind of what goes by its ARN -> what a name means that is none."""


class MalformedEventError(ValueError):
    """An event from a watched source that no CloudTrail event looks like."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Why an event is no change that we judge."""

    reason: str
    event_id: str | None = field(default=None, compare=False)
    call: str | None = field(default=None, compare=False)


def parse(event: object, own: Own = _OWN, feeds: Feeds = none_feeds) -> Change | Ignored:
    """The change that an EventBridge event tells of, or why it is to be ignored.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

    Raises:
        MalformedEventError: it says neither what was called nor when, or is no event at all.
    """
    envelope = _object(event, "the event")
    record = _object(envelope.get("detail"), "detail")
    source, name = _text(record, "eventSource"), _text(record, "eventName")
    found = _ignored(record, source, name)
    if found is None:
        change = _change(envelope, record, _undated(source, name), own)
        return _identified(_owned(change, own, feeds), record, source, name)
    return _identified(found, record, source, name)


def _identified(found: Change | Ignored, record: Json, source: str, name: str) -> Change | Ignored:
    """What is ignored, with what people find it by again in CloudTrail; a change has it already."""
    if not isinstance(found, Ignored):
        return found
    event_id = record.get("eventID")
    return replace(
        found,
        event_id=event_id if isinstance(event_id, str) else None,
        call=f"{source.partition('.')[0]}:{name}",
    )


def _undated(source: str, name: str) -> tuple[str, str]:
    """A call's source and name, without the version of the API in the name."""
    return source, _DATED.sub("", name) if source == _LAMBDA else name


def _owned(change: Change, own: Own, feeds: Feeds) -> Change | Ignored:
    """The change, marked where it is about Snapback; of services that are noisy only then."""
    where = Where(partition_of(change.region), change.account, change.region, own=own)
    subject = change.subject
    if subject is not None and concerns(subject, where, feeds):
        return replace(change, own=True)
    is_told = change.source in _WHOLE or change.family not in (None, Family.SELF)
    if is_told or change.hidden:
        return change
    return Ignored(f"no part of Snapback: {subject or change.call}")


def _ignored(record: Json, source: str, name: str) -> Ignored | None:
    error = record.get("errorCode") or record.get("errorMessage")
    if error:
        return Ignored(f"failed call: {error if record.get('errorCode') else 'see errorMessage'}")
    if source not in _WATCHED:
        return Ignored(f"unwatched source: {source}")
    if str(record.get("readOnly")).lower() == "true":
        return Ignored("read-only call")
    if source == SIGN_IN:
        return _no_sign_in(record, name)
    if record.get("eventType") in _NO_CALLS:
        return Ignored(f"no API call: {record.get('eventType')}")
    return None


def _no_sign_in(record: Json, name: str) -> Ignored | None:
    """Why an event from where people sign in is none; what failed may say so in its answer alone.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    """
    answer = record.get("responseElements")
    if isinstance(answer, Mapping) and answer.get(name) == _FAILURE:
        return Ignored(f"failed call: {name}")
    return None if (SIGN_IN, name) in CATALOG else Ignored(f"unwatched sign-in event: {name}")


def _change(envelope: Json, record: Json, key: tuple[str, str], own: Own) -> Change:
    source, name = key
    parameters = record.get("requestParameters")
    region = _first_text(record.get("awsRegion"), envelope.get("region"), "awsRegion")
    account = _first_text(record.get("recipientAccountId"), envelope.get("account"), "account")
    entry = CATALOG.get(key)
    answer = record.get("responseElements")
    answered = answer if isinstance(answer, Mapping) else {}
    caller = actor(record)
    where = Where(partition_of(region), account, region, answered, caller, own)
    subject, edits, problems = (
        _uncatalogued(parameters, source, name, where)
        if entry is None
        else _target(source, name, parameters, where)
    )
    return Change(
        event_id=_first_text(record.get("eventID"), envelope.get("id"), "eventID"),
        source=source,
        name=name,
        at=_moment(record.get("eventTime"), envelope.get("time")),
        account=account,
        region=region,
        actor=caller,
        fingerprint=event_fingerprint(action_of(source, name), parameters),
        family=entry.family if entry else None,
        subject=subject,
        edits=edits,
        lifecycle=entry.lifecycle if entry else None,
        problems=problems,
    )


_Parsed = tuple[Subject | None, tuple[Edit, ...], tuple[Problem, ...]]


def _target(source: str, name: str, parameters: object, where: Where) -> _Parsed:
    try:
        entry = CATALOG[source, name]
        given = {} if entry.answered and is_omitted(parameters) else _parameters(parameters)
        subject, edits = entry.parse(given, where)
    except UnreadableParametersError as error:
        return None, (), (Problem(f"the target is unknown: {error}", error.severity),)
    return subject, edits, ()


def _parameters(parameters: object) -> Json:
    """The request's parameters.

    CloudTrail omits those of more than 100 KB, which padding a document with spaces can reach. It
    writes null where a call has none, as whoever makes an access key for himself.

    Raises:
        UnreadableParametersError: they are omitted or no object.
    """
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        raise UnreadableParametersError(f"requestParameters is {_kind(parameters)}")
    if is_omitted(parameters):
        why, size = parameters.get("reason"), parameters.get("originalSize")
        raise UnreadableParametersError(f"CloudTrail omitted them: {why}, {size} bytes")
    return parameters


def _uncatalogued(parameters: object, source: str, name: str, where: Where) -> _Parsed:
    """A call that we do not judge: the history of whom it names is read anew all the same."""
    given = parameters if isinstance(parameters, Mapping) else {}
    found = ((kind, given.get(key)) for kind, key in _NAMES.get(source, ()))
    texts = ((kind, text) for kind, text in found if isinstance(text, str) and text)
    named = next((_subject(kind, text, where) for kind, text in texts), None)
    subject = named or part(source, given, where)
    call = action_of(source, name)
    problem = Problem(f"{call} is not in the catalogue: recorded, not judged", Severity.LOW)
    return subject, (), (problem,)


def _subject(kind: Kind, text: str, where: Where) -> Subject:
    named = _NAMED.get(kind)
    return named(text, where) if named else Subject(kind, text)


def _object(value: object, name: str) -> Json:
    if not isinstance(value, Mapping):
        raise MalformedEventError(f"{name} is {_kind(value)}, not a JSON object")
    return value


def _text(record: Json, name: str) -> str:
    return _first_text(record.get(name), None, name)


def _first_text(first: object, second: object, name: str) -> str:
    for value in (first, second):
        if isinstance(value, str) and value:
            return value
    raise MalformedEventError(f"{name} is {_kind(first)}, not a text")


def _moment(*candidates: object) -> datetime:
    for candidate in candidates:
        moment = _parsed_moment(candidate)
        if moment is not None:
            return moment
    raise MalformedEventError(f"eventTime is {candidates[0]!r}, not a time")


def _parsed_moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        utc = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc.replace(microsecond=0)


def _kind(value: object) -> str:
    return "missing or null" if value is None else f"a JSON {type(value).__name__}"
