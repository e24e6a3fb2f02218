from dataclasses import replace
from typing import Any

import pytest

from lambdas.model.actor import Actor
from lambdas.model.change import Change
from lambdas.model.family import Family
from lambdas.model.finding import Certainty, Finding
from lambdas.model.revert import Call, Irreversible
from lambdas.model.severity import Severity
from lambdas.model.state import Part, State, States, Unknown
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.respond import Situation, calls_for_undo, held, revert
from lambdas.settings import Response
from tests.service.world import (
    ADMIN,
    ALICE,
    MALLORY,
    PIPELINE,
    SETTINGS,
    attach,
    change,
    user,
)

GRAVE = Finding(rule="r", says="alice is now administrator", severity=Severity.CRITICAL)
DETACH = Call(
    service="iam",
    operation="DetachUserPolicy",
    parameters={"UserName": "alice", "PolicyArn": ADMIN.name},
    region="us-east-1",
)
BEFORE, AFTER = user(), attach().applied_to(user())
SITUATION = Situation(
    change=attach(),
    verdict=Verdict((GRAVE,)),
    before=States({ALICE: BEFORE}),
    after=States({ALICE: AFTER}),
    revert=(DETACH,),
    settings=SETTINGS,
    attributed=True,
)
VIA = {"cloudformation.amazonaws.com": Response.REVERT}
UNTARGETED = replace(attach(), subject=None)
BREAK_GLASS = replace(AFTER, arn="arn:aws:iam::123456789012:user/break-glass/alice")


def by(actor: Actor) -> dict[str, Any]:
    return {"change": attach(actor=actor)}


@pytest.mark.parametrize(
    ("differs", "reason"),
    [
        pytest.param({}, None, id="not held"),
        pytest.param(
            {"verdict": Verdict()}, "nothing was found that calls for an undo", id="harmless"
        ),
        pytest.param(
            {"verdict": Verdict((replace(GRAVE, certainty=Certainty.POSSIBLE),))},
            "nothing was found that calls for an undo",
            id="only possible",
        ),
        pytest.param({"revert": Irreversible("no way back")}, "no way back", id="irreversible"),
        pytest.param(
            {"revert": ()}, "the call changed nothing: it was like that before", id="no change"
        ),
        pytest.param(
            {"settings": replace(SETTINGS, response={Family.MANAGED_POLICY: Response.ALERT})},
            'the response to managed-policy is set to "alert"',
            id="only alerted",
        ),
        pytest.param(
            {"change": attach(family=None)},
            'the response to unknown calls is set to "alert"',
            id="an unknown call",
        ),
        pytest.param(by(PIPELINE), f"{PIPELINE.arn} is listed in trustedActors", id="trusted"),
        pytest.param(
            by(replace(MALLORY, session="deploy")), None, id="a session that calls itself trusted"
        ),
        pytest.param(
            by(replace(MALLORY, invoked_by="sso.amazonaws.com")),
            "sso.amazonaws.com made the call on somebody's behalf, and viaServices leaves that to a"
            " person",
            id="a service on somebody's behalf",
        ),
        pytest.param(
            by(replace(MALLORY, kind="AWSService", arn=None, invoked_by="x.amazonaws.com")),
            "x.amazonaws.com made the call on somebody's behalf, and viaServices leaves that to a"
            " person",
            id="a service by itself",
        ),
        pytest.param(
            {
                **by(replace(MALLORY, invoked_by="cloudformation.amazonaws.com")),
                "settings": replace(SETTINGS, via_services=VIA),
            },
            None,
            id="a service whose changes are undone",
        ),
        pytest.param(
            {
                **by(replace(MALLORY, invoked_by="sso.amazonaws.com")),
                "settings": replace(SETTINGS, via_services=VIA),
            },
            "sso.amazonaws.com made the call on somebody's behalf, and viaServices leaves that to a"
            " person",
            id="another service than that",
        ),
        pytest.param(
            {"after": States({ALICE: BREAK_GLASS})},
            f"{BREAK_GLASS.arn} is listed in protectedPrincipals",
            id="protected",
        ),
        pytest.param(
            {"after": States({})}, None, id="a subject that was not found is not protected"
        ),
        pytest.param(
            {"before": Unknown("nobody read it")}, None, id="an unknown past gives nothing back"
        ),
        pytest.param(
            {"change": UNTARGETED, "verdict": Verdict()},
            "the event does not say what was changed",
            id="a target that nobody knows, harmless or not",
        ),
    ],
)
def test_why_a_revert_is_held(differs: Any, reason: str | None) -> None:
    assert held(replace(SITUATION, **differs)) == reason


@pytest.mark.parametrize(
    ("severity", "certainty", "calls"),
    [
        (Severity.LOW, Certainty.CERTAIN, False),
        (Severity.CRITICAL, Certainty.POSSIBLE, False),
        (Severity.MEDIUM, Certainty.CERTAIN, True),
        (Severity.HIGH, Certainty.CONDITIONAL, True),
    ],
)
def test_which_findings_call_for_an_undo(
    severity: Severity, certainty: Certainty, calls: bool
) -> None:
    assert calls_for_undo(replace(GRAVE, severity=severity, certainty=certainty)) is calls


@pytest.mark.parametrize(
    ("made", "before", "after", "planned"),
    [
        pytest.param(attach(), BEFORE, AFTER, (DETACH,), id="the calls of the catalogue"),
        pytest.param(
            change("RenameUser", ALICE),
            BEFORE,
            AFTER,
            Irreversible("iam:RenameUser is not in the catalogue"),
            id="none for an unknown call",
        ),
        pytest.param(
            UNTARGETED,
            BEFORE,
            AFTER,
            Irreversible("the event does not say what was changed"),
            id="none for an unknown target",
        ),
        pytest.param(
            attach(),
            Unknown("never read"),
            AFTER,
            Irreversible("what was there before is not known: never read"),
            id="none where before is unknown",
        ),
        pytest.param(
            attach(), None, AFTER, Irreversible("user alice is not to be found"), id="nobody before"
        ),
        pytest.param(
            attach(), BEFORE, None, Irreversible("user alice is not to be found"), id="nobody after"
        ),
        pytest.param(
            attach(),
            replace(BEFORE, parts={Part.INLINE: {}}),
            AFTER,
            Irreversible("what was there before was not read in full"),
            id="none where before is half known",
        ),
    ],
)
def test_the_revert_of_a_change(made: Change, before: Any, after: Any, planned: Any) -> None:
    states = before if isinstance(before, Unknown) else _states(before)
    assert revert(made, states, _states(after)) == planned


def _states(state: State) -> States:
    return States({ALICE: state} if state else {})


def test_a_call_that_nothing_undoes_says_why() -> None:
    policy = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/p")
    reason = revert(change("DeletePolicy", policy), States({}), States({}))
    assert isinstance(reason, Irreversible)
    assert "another one, with no history" in reason.reason
