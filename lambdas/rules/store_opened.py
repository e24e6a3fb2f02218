"""Others can read or change an event data store: by its own policy, or through Athena.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/security_iam_resource-based-policy-examples.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-federation.html
"""

from collections.abc import Iterator

from lambdas.model.arn import Arn
from lambdas.model.case import Case
from lambdas.model.finding import Certainty, Finding
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, Unknown
from lambdas.model.subject import Kind
from lambdas.policy.document import DocumentError, parse
from lambdas.policy.home import Home
from lambdas.policy.outsider import Outsider
from lambdas.policy.trust import outsiders
from lambdas.rules.rule import CannotJudgeError

_ROLE = "FederationRoleArn"
_ACTIONS = tuple(
    f"cloudtrail:{name}"
    for name in (
        "getqueryresults",
        "startquery",
        "describequery",
        "listqueries",
        "generatequery",
        "geteventdatastore",
        "updateeventdatastore",
        "deleteeventdatastore",
        "stopeventdatastoreingestion",
        "enablefederation",
        "disablefederation",
        "putresourcepolicy",
        "deleteresourcepolicy",
        "puteventconfiguration",
        "putinsightselectors",
    )
)
"""What a store's policy can let somebody do with it or its events, in lower case.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html
"""


def store_opened(case: Case) -> Iterator[Finding]:
    """Everybody from outside to whom a store's policy gives something, and its federation.

    Raises:
        CannotJudgeError: the policy now is none.
    """
    store = case.change.subject
    now = case.after.of(store) if store and store.kind is Kind.EVENT_DATA_STORE else None
    if now is None:
        return
    former = None if isinstance(case.before, Unknown) else case.before.of(now.subject)
    yield from _let_in(case, now, former)
    yield from _federated(now, former)


def _let_in(case: Case, now: State, former: State | None) -> Iterator[Finding]:
    found = _outsiders(case, now)
    if found is None:
        raise CannotJudgeError(f"the resource policy of {now.subject} is no valid document")
    known = (_outsiders(case, former) if former else None) or ()
    for outsider in found:
        if not any(each.includes(outsider) for each in known):
            yield _finding(now, outsider)


def _outsiders(case: Case, state: State) -> tuple[Outsider, ...] | None:
    """Whom a store's policy lets in; None where it cannot be read."""
    text = state.value(Part.RESOURCE_POLICY)
    if text is None:
        return ()
    arn = Arn.parse(state.arn)
    account = arn.account if arn else case.change.account
    home = Home(account, case.settings.trusted_accounts, {"AWS": _ACTIONS})
    try:
        return tuple(dict.fromkeys(outsiders(parse(text), home)))
    except DocumentError:
        return None


def _finding(store: State, outsider: Outsider) -> Finding:
    return Finding(
        rule="store-opened",
        says=f"{store.subject} can be used from outside: by {outsider.who}",
        severity=outsider.severity,
        certainty=outsider.certainty,
        because=(outsider.because,),
        given=outsider.given,
    )


def _federated(now: State, former: State | None) -> Iterator[Finding]:
    role = now.value(Part.SETTINGS, _ROLE)
    if role is not None and (former is None or former.value(Part.SETTINGS, _ROLE) != role):
        yield Finding(
            rule="store-opened",
            says=f"{now.subject} can be queried through Athena by role {role}",
            severity=Severity.MEDIUM,
            certainty=Certainty.CERTAIN,
            because=(f"{_ROLE} is {role}",),
        )
