"""Unannounced: incidents of changes that no event told of, and of new versions of AWS's policies.

Nothing is undone for them: no call is known that could be, and the next change may be a person's.
Where a call is known that can have made one, a person is given what takes it back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from lambdas.calls.watched import CLOUDTRAIL, IAM
from lambdas.model.actor import Actor
from lambdas.model.arn import Arn
from lambdas.model.case import Case
from lambdas.model.change import Change, Edit, Lifecycle
from lambdas.model.incident import Alert, Incident, incident_id
from lambdas.model.problem import Problem
from lambdas.model.revert import Irreversible, Revert
from lambdas.model.severity import Severity
from lambdas.model.state import Part, States
from lambdas.model.subject import PRINCIPALS, Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.rules.judging import judge
from lambdas.service import respond
from lambdas.service.deltas import deltas
from lambdas.service.differences import Difference
from lambdas.service.hidden import revealed, says
from lambdas.service.hurry import TO_COMPARE, within
from lambdas.service.sweeping import Sweeping

TO_JUDGE = timedelta(seconds=30)
"""For one difference: nobody waits for a sweep's alert as for that of an event."""

_NO_EVENT = "NoEvent"
_NEW_VERSION = "NewDefaultVersion"
_NOBODY = Actor(kind="that is not known, because no event came")
_AWS = Actor(kind="AWSService", invoked_by="AWS, which owns the policy")
_HIDDEN = (
    "the event of the call hides what it did, and another one can have done this: "
    "if it was not meant, run snapback revert {id}"
)
_CREDENTIALS = {Part.ACCESS_KEYS: "CreateAccessKey", Part.LOGIN_PROFILE: "CreateLoginProfile"}
"""Part -> the call that a new value in it must have come from."""


def incident(
    difference: Difference,
    edits: tuple[Edit, ...],
    whole: States,
    of: Sweeping,
    *,
    by: Sequence[Incident] = (),
) -> Incident:
    """The incident of a difference, of which these edits are not explained; not yet told.

    ``by`` are the calls that can have made it and whose events hide what they did.
    """
    known = revealed(difference, edits, by)
    change = known or _change(difference, edits, by, of)
    case = Case(
        change=change,
        before=_before(difference, change, whole),
        after=_after(difference, whole),
        affected=_affected(change, whole),
        settings=of.settings,
    )
    verdict = _verdict(case, of)
    id_ = incident_id(change.event_id, change.at)
    reason = _HIDDEN.format(id=id_) if known else _reason(difference)
    return Incident(
        id=id_,
        change=change,
        verdict=verdict,
        affected=case.affected,
        revert=_revert(case) if known else Irreversible(reason),
        held=reason,
        alert=Alert.OWED if verdict.severity.mailed else Alert.NONE,
        unique_id=difference.unique_id,
        deltas=deltas(case, in_time=within(TO_COMPARE, of.clock))
        if verdict.severity.mailed
        else (),
    )


def _reason(difference: Difference) -> str:
    """Why nothing is undone."""
    if difference.is_aws_owned:
        return "AWS gave its policy a new default version, which nobody else can change"
    return "no event says which call it was, so nothing can be undone"


def _revert(case: Case) -> Revert:
    return respond.revert(case.change, case.before, case.after)


def _change(
    difference: Difference, edits: tuple[Edit, ...], by: Sequence[Incident], of: Sweeping
) -> Change:
    """A change that did what is seen; of whom and which call is not known."""
    state, owned = difference.state, difference.is_aws_owned
    arn = Arn.parse(state.arn)
    at = difference.live.as_of if difference.live else of.clock.now()
    text = f"{difference.unique_id} {difference.since} {difference.lifecycle} {edits}"
    return Change(
        event_id=f"sweep {text}",
        source=CLOUDTRAIL if state.subject.kind is Kind.TRAIL else IAM,
        name=_NEW_VERSION if owned else _NO_EVENT,
        at=at.replace(microsecond=0),
        account=arn.account if arn else "",
        region=(arn.region if arn else "") or of.settings.home_region,
        actor=_AWS if owned else _NOBODY,
        fingerprint="",
        subject=state.subject,
        edits=edits,
        lifecycle=difference.lifecycle,
        problems=() if owned else (Problem(_says(difference, by), Severity.LOW),),
    )


def _says(difference: Difference, by: Sequence[Incident]) -> str:
    """What was found; which call can have done it, where there is one."""
    if by:
        return says(by)
    what = {Lifecycle.CREATED: "was made", Lifecycle.DELETED: "was deleted"}
    deed = what.get(difference.lifecycle, "was changed") if difference.lifecycle else "was changed"
    since = f" after {difference.since:%Y-%m-%d %H:%M:%S} UTC" if difference.since else ""
    return f"{difference.state.subject} {deed}{since} and no event came: a sweep found it"


def _before(difference: Difference, change: Change, whole: States) -> States:
    """The account without what is not explained."""
    if difference.former is None:
        return whole.without(difference.state.subject)
    if difference.live is None:
        return whole.having(difference.former)
    return change.taken_back_in(whole, difference.former)


def _after(difference: Difference, whole: States) -> States:
    return whole.without(difference.state.subject) if difference.live is None else whole


def _affected(change: Change, whole: States) -> tuple[Subject, ...]:
    """The principals whose power the change can have moved: whoever is deleted has none."""
    subject = change.subject
    if subject is None or change.lifecycle is Lifecycle.DELETED:
        return ()
    if subject.kind in PRINCIPALS:
        return (subject,)
    groups = {each for each, s in whole.known.items() if each.kind is Kind.GROUP}
    lenders = {subject} | {each for each in groups if subject in whole.known[each].draws_on()}
    return tuple(
        each
        for each, state in whole.known.items()
        if each.kind in PRINCIPALS and lenders & {*state.draws_on()}
    )


def _verdict(case: Case, of: Sweeping) -> Verdict:
    """What the rules find of the whole difference, and of each new credential as of its call."""
    found = [judge(each, in_time=within(TO_JUDGE, of.clock)) for each in _cases(case)]
    findings = dict.fromkeys(finding for verdict in found for finding in verdict.findings)
    problems = dict.fromkeys(problem for verdict in found for problem in verdict.problems)
    return Verdict(tuple(findings), tuple(problems))


def _cases(case: Case) -> Iterator[Case]:
    yield case
    for edit in case.change.edits:
        if edit.part in _CREDENTIALS and edit.value is not None:
            change = replace(case.change, name=_CREDENTIALS[edit.part], edits=(edit,))
            yield replace(case, change=change, affected=())
