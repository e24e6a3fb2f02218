"""A role's trust policy lets in somebody from outside the account whom it did not before.

Outside is every account that is neither the own one nor among `trustedAccounts`, and whoever an
identity provider vouches for without being asked for whom.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
"""

from collections.abc import Iterator

from lambdas.model.arn import Arn
from lambdas.model.case import Case
from lambdas.model.family import Family
from lambdas.model.finding import Certainty, Finding
from lambdas.model.state import Part, State, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.policy.document import DocumentError, parse
from lambdas.policy.home import Home
from lambdas.policy.outsider import Outsider
from lambdas.policy.trust import outsiders
from lambdas.rules.rule import CannotJudgeError


def trusts_outsider(case: Case) -> Iterator[Finding]:
    """Every outsider whom the changed role lets in now, and did not, or not as readily, before.

    Raises:
        CannotJudgeError: the trust policy now could not be read.
    """
    role = case.change.subject
    state = case.after.of(role) if role and role.kind is Kind.ROLE else None
    if role is None or state is None:
        return
    text = state.value(Part.TRUST)
    if text is None:
        if case.change.family is Family.TRUST or Part.TRUST in state.parts:
            raise CannotJudgeError(f"the trust policy of {role} was not read")
        return
    now = _let_in(text, _home(case, state))
    if now is None:
        raise CannotJudgeError(f"the trust policy of {role} is no valid policy document")
    before = _before(case, role, _home(case, state))
    for outsider in now:
        if before is None or not any(former.includes(outsider) for former in before):
            yield _finding(role, outsider, known=before is not None)


def _home(case: Case, state: State) -> Home:
    arn = Arn.parse(state.arn)
    return Home(arn.account if arn else case.change.account, case.settings.trusted_accounts)


def _let_in(text: str, home: Home) -> tuple[Outsider, ...] | None:
    try:
        return tuple(dict.fromkeys(outsiders(parse(text), home)))
    except DocumentError:
        return None


def _before(case: Case, role: Subject, home: Home) -> tuple[Outsider, ...] | None:
    """Whom the role let in before: nobody where there was no such role, None if not known."""
    if isinstance(case.before, Unknown):
        return None
    state = case.before.of(role)
    if state is None:
        return None if case.before.problems else ()
    text = state.value(Part.TRUST)
    return None if text is None else _let_in(text, home)


def _finding(role: Subject, outsider: Outsider, *, known: bool) -> Finding:
    now = " now" if known else ""
    unsure = "" if outsider.certainty is Certainty.CERTAIN else f" ({outsider.certainty})"
    return Finding(
        rule="trusts-outsider",
        says=f"{role} can{now} be assumed from outside: by {outsider.who}{unsure}",
        severity=outsider.severity,
        certainty=outsider.certainty,
        principal=role,
        because=(outsider.because,),
        given=outsider.given,
    )
