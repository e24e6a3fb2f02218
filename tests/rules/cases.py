"""Cases of one rule, from tests/cases/rules, and the model's Case that they describe."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lambdas.calls import CATALOG
from lambdas.calls.watched import UnreadableParametersError, WatchedCall, Where
from lambdas.model.actor import Actor
from lambdas.model.case import Case
from lambdas.model.change import Change
from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.state import ONLY, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.settings import Settings
from tests.policy.account import ACCOUNT, ALICE, APP, NOW, account, state, states, text

_FOLDER = Path(__file__).parents[1] / "cases" / "rules"
UNKNOWN = Unknown("nothing was read before")


def cases(rule: str) -> list[Any]:
    """The rule's cases as pytest parameters, named by their sentences."""
    found = json.loads((_FOLDER / f"{rule}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in found]


def case_of(
    before: States | Unknown,
    after: States,
    *affected: Subject,
    subject: Subject | None = ALICE,
    problems: tuple[Problem, ...] = (),
) -> Case:
    """A case whose change is of the subject; what was called does not matter to a rule."""
    change = Change(
        event_id="11111111-2222-3333-4444-555555555555",
        source="iam.amazonaws.com",
        name="PutUserPolicy",
        at=NOW,
        account="123456789012",
        region="us-east-1",
        actor=Actor(kind="IAMUser"),
        fingerprint="f",
        subject=subject,
        problems=problems,
    )
    return Case(change=change, before=before, after=after, affected=affected, settings=Settings())


def described(case: dict[str, Any]) -> Case:
    """The case of one principal whose policies before and after the data describes.

    A list, or a text as it is, stands for a role's trust policy.
    """
    if isinstance(case["after"], list | str):
        return _of_trust(case["before"], case["after"])
    before, after = case["before"], case["after"]
    principal = APP if after.get("principal") == "role" else ALICE
    given = {"absent": states()}.get(before) if isinstance(before, str) else None
    known = given or (UNKNOWN if before is None else account(**before))
    return case_of(known, account(**after), principal, subject=principal)


def _of_trust(before: Any, after: Any) -> Case:
    known = {"absent": states(), None: UNKNOWN}.get(before if before in ("absent", None) else "")
    case = case_of(known or _trusting(before), _trusting(after), APP, subject=APP)
    return replace(case, settings=Settings(trusted_accounts=("111122223333",)))


def _trusting(trust: Any) -> States:
    spelled = trust if isinstance(trust, str) else text(trust)
    return states(state(APP, inline={}, attached={}, boundary={}, trust={ONLY: spelled}))


def called(case: dict[str, Any]) -> Case:
    """The case of a call on credentials, as its event tells it, with what their holder holds."""
    call = case["call"]
    arn = call.get("by")
    kind = call.get("kind", "Somebody")
    actor = Actor(kind=kind, arn=arn and f"{ACCOUNT}:{arn}", mfa=call.get("mfa"))
    where = Where("aws", "123456789012", "us-east-1", _ANSWER, actor)
    subject, edits, problems = _parsed(call, where)
    described_case = case_of(
        _holding(subject, case["before"]) or UNKNOWN,
        _holding(subject, case["after"]) or states(),
        *((subject,) if subject and subject.kind is Kind.USER else ()),
        subject=subject,
        problems=problems,
    )
    entry = _entry(call)
    changed = replace(
        described_case.change,
        source=entry.source,
        name=entry.name,
        actor=actor,
        edits=edits,
        family=entry.family,
        lifecycle=entry.lifecycle,
        own=call.get("own", False),
    )
    settings = Settings(regions=tuple(call.get("regions", ())))
    return replace(described_case, change=changed, settings=settings)


_ANSWER = {
    "accessKey": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE"},
    "delegationRequestId": "12345678-1234-1234-1234-123456789012",
    "openIDConnectProviderArn": f"{ACCOUNT}:oidc-provider/token.example.com",
    "sAMLProviderArn": f"{ACCOUNT}:saml-provider/corp",
    "role": {"roleName": "AWSServiceRoleForSupport"},
    "sSHPublicKey": {"sSHPublicKeyId": "APKAIOSFODNN7EXAMPLE"},
    "certificate": {"certificateId": "TA7SMP42TDN5Z26OBPJE7EXAMPLE"},
    "serviceSpecificCredential": {"serviceSpecificCredentialId": "ACCAIOSFODNN7EXAMPLE"},
    "virtualMFADevice": {"serialNumber": "arn:aws:iam::123456789012:mfa/phone"},
}


def _entry(call: dict[str, Any]) -> WatchedCall:
    """The entry for a call: by its name, the first of the catalogue where no source is named."""
    source = call.get("source")
    if source is not None:
        return CATALOG[source, call["name"]]
    return next(entry for (_, name), entry in CATALOG.items() if name == call["name"])


def _parsed(call: dict[str, Any], where: Where) -> tuple[Subject | None, Any, Any]:
    try:
        return *_entry(call).parse(call["requestParameters"], where), ()
    except UnreadableParametersError as error:
        return None, (), (Problem(f"the target is unknown: {error}"),)


def _holding(subject: Subject | None, held: dict[str, Any] | None) -> States | None:
    if subject is None or held is None:
        return None
    parts = {name: values for name, values in held.items() if name != "identity"}
    return states(_holder(subject, held.get("identity", []), parts))


def _holder(subject: Subject, identity: list[Any], parts: dict[str, Any]) -> State:
    if subject.kind is not Kind.USER:
        return state(subject, f"{ACCOUNT}:root", **parts)
    inline = {str(number): text([statement]) for number, statement in enumerate(identity)}
    return state(subject, inline=inline, attached={}, groups={}, boundary={}, **parts)


def told(findings: list[Finding]) -> list[list[str]]:
    """What a case file says of findings."""
    return [[str(f.severity), str(f.certainty), f.says] for f in findings]
