"""A provider that was made is told of, and deleted; one that was deleted waits for a person.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
"""

from dataclasses import replace

import pytest

from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.severity import Severity
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.mails import alert_mail, outcome_mail
from lambdas.service.undo import undo
from lambdas.settings import Settings
from tests.service.deciding.asked import Asked
from tests.service.world import World, change, state

PROVIDER = Subject(Kind.SAML_PROVIDER, "arn:aws:iam::123456789012:saml-provider/corp")
MADE = change("CreateSAMLProvider", PROVIDER)
DELETED = change("DeleteSAMLProvider", PROVIDER)
FORMER = state(
    PROVIDER, PROVIDER.name, settings={"SAMLMetadataDocument": "<EntityDescriptor/>"}, tags={}
)


@pytest.fixture
def world() -> World:
    return World()


def judged(world: World) -> Incident:
    incident = evaluate(world.happens(MADE), world.evaluation())
    assert incident is not None
    return incident


def ends(world: World, incident: Incident) -> Outcome | None:
    return undo(incident.id, world.undoing()).outcome


def test_a_new_one_is_deleted(world: World) -> None:
    incident = judged(world)
    assert (incident.verdict.severity, incident.held) == (Severity.HIGH, None)
    outcome = ends(world, incident)
    assert (outcome.ending, outcome.says) == (
        Ending.RESTORED,
        f"{PROVIDER} does not exist, as before the change",
    )
    assert PROVIDER not in world.account.world


def test_one_that_somebody_else_deleted_is_gone_already(world: World) -> None:
    incident = judged(world)
    del world.account.world[PROVIDER]
    assert ends(world, incident).ending is Ending.ALREADY_GONE
    assert not world.reverts.made


def test_one_that_is_still_there_afterwards_is_no_success(world: World) -> None:
    incident = judged(world)
    world.reverts.effect = False
    outcome = ends(world, incident)
    assert outcome.ending is Ending.FAILED
    assert outcome.commands == (
        f"aws iam delete-saml-provider --saml-provider-arn {PROVIDER.name} --region us-east-1",
    )


def test_one_that_was_deleted_waits_for_a_person_with_the_call_that_makes_it_again(
    world: World,
) -> None:
    world.account.have(FORMER)
    world.records.history = [FORMER]
    incident = evaluate(world.happens(DELETED), world.evaluation())
    assert incident.verdict.severity is Severity.MEDIUM
    assert incident.held == "its undo is left to a person"
    [call] = incident.revert
    assert call.operation == "CreateSAMLProvider"
    assert call.parameters == {"Name": "corp", **FORMER.parts[Part.SETTINGS]}


def test_the_mail_says_what_a_provider_that_is_made_again_does_not_have(world: World) -> None:
    world.account.have(FORMER)
    world.records.history = [FORMER]
    incident = evaluate(world.happens(DELETED), world.evaluation())
    says = "  Not brought back: the provider's private keys"
    assert says in world.alerts.sent[0].body
    restored = Outcome(ending=Ending.RESTORED, says="x", at=world.clock.now())
    assert says in outcome_mail(incident, restored).body
    assert says not in outcome_mail(incident, replace(restored, ending=Ending.FAILED)).body
    assert says not in alert_mail(judged(World())).body


def test_one_of_the_name_of_one_that_was_accepted_is_not_accepted() -> None:
    asked = Asked(World(settings=Settings()))
    incident = judged(asked.world)
    asked.ask("accept", incident=incident.id)
    evaluate(asked.world.happens(DELETED), asked.world.evaluation())
    asked.world.alerts.sent.clear()
    evaluate(asked.world.happens(replace(MADE, event_id="again")), asked.world.evaluation())
    assert asked.world.subjects() == ["HIGH"]
