"""What an alert says will be done and is left to people, where it is more than calls."""

from dataclasses import replace

import pytest

from lambdas.model.change import Edit
from lambdas.model.incident import Incident
from lambdas.model.revert import Irreversible
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.model.verdict import Verdict
from lambdas.service.evaluate import evaluate
from lambdas.service.steps import next_lines, plan_lines
from tests.service.world import (
    ACCOUNT,
    ADMIN,
    MALLORY,
    SETTINGS,
    TRAIL,
    World,
    attach,
    change,
    state,
    stop,
)

SSO = Subject(Kind.ROLE, "AWSReservedSSO_Admins_0123456789abcdef")
LINKED = Subject(Kind.ROLE, "AWSServiceRoleForSupport")
PATHS = {SSO: "aws-reserved/sso.amazonaws.com/", LINKED: "aws-service-role/support.amazonaws.com/"}
BY_SSO = replace(
    MALLORY, kind="Root", arn=f"arn:aws:iam::{ACCOUNT}:root", invoked_by="sso.amazonaws.com"
)


def told(world: World, role: Subject) -> tuple[Incident, str]:
    """What people are told when such a role becomes administrator."""
    arn = f"arn:aws:iam::{ACCOUNT}:role/{PATHS[role]}{role.name}"
    held = replace(state(role, attached={}, inline={}, boundary={}), arn=arn)
    world.account.have(held)
    world.records.history.append(held)
    edit = Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess")
    incident = evaluate(
        world.happens(change("AttachRolePolicy", role, edit, actor=BY_SSO)), world.evaluation()
    )
    assert incident is not None
    return incident, world.alerts.sent[-1].body


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (SSO, "change that, in the account that manages Identity Center"),
    ],
    ids=["of Identity Center"],
)
def test_a_role_that_only_aws_changes_is_left_alone_and_the_mail_says_where_to_mend_it(
    role: Subject, where: str
) -> None:
    world = World()
    incident, body = told(world, role)
    assert isinstance(incident.revert, Irreversible)
    assert where in (incident.held or "")
    assert f"\n  Nothing: {incident.held}.\n" in body
    assert world.undos.requested == []


@pytest.mark.parametrize(
    ("role", "where"),
    [(SSO, "change its permission set"), (LINKED, "see the service's own settings")],
    ids=["of Identity Center", "of a service"],
)
def test_one_that_cannot_be_read_is_known_by_its_name(role: Subject, where: str) -> None:
    world = World()
    world.account.unreadable = {role: 99}
    incident, body = told(world, role)
    assert f"\n  - By its name it is a {'role of IAM' if role is SSO else 'service-linked'}" in body
    assert where in body
    assert (incident.undoes, world.undos.requested) == (False, [])


def test_what_no_call_undoes_is_said_beside_another_reason() -> None:
    incident, _ = told(World(), SSO)
    lines = [*plan_lines(replace(incident, held="nothing was found"))]
    assert lines[0] == "  Nothing: nothing was found."
    assert lines[1].startswith("  No calls would undo it: IAM Identity Center writes this role")


def test_what_changed_nothing_has_no_calls() -> None:
    incident, _ = told(World(), SSO)
    assert [*plan_lines(replace(incident, revert=(), held="it was so"))] == [
        "  Nothing: it was so."
    ]


@pytest.mark.parametrize(("service", "named"), [(None, 0), ("cloudformation.amazonaws.com", 1)])
def test_what_a_service_did_is_mended_there(service: str | None, named: int) -> None:
    world = World()
    made = world.happens(attach(actor=replace(MALLORY, invoked_by=service)))
    evaluate(made, world.evaluation())
    [mail] = world.alerts.sent
    assert mail.body.count("It was made through cloudformation[.]amazonaws[.]com: ") == named


def test_a_trail_goes_by_its_name_in_a_subject_and_by_its_arn_in_the_mail() -> None:
    world = World()
    evaluate(world.happens(stop()), world.evaluation())
    [mail] = world.alerts.sent
    assert mail.subject == "[CRITICAL] trail audit no longer logs (account 123456789012)"
    assert f"cloudtrail:StopLogging on trail {TRAIL.name}" in mail.body


class TestNext:
    """What people are to do: the command that each needs, with the incident's id."""

    @pytest.fixture
    def waiting(self) -> Incident:
        """One that is left to people, with the calls that would undo it."""
        world = World(settings=replace(SETTINGS, response={}))
        incident = evaluate(world.happens(attach()), world.evaluation())
        assert incident is not None
        assert incident.revert
        return incident

    def test_what_is_left_to_people_is_made_or_agreed_to_by_a_command(
        self, waiting: Incident
    ) -> None:
        assert [*next_lines(waiting)][1:] == [
            (
                "If not: run the calls above, or have them checked and made:"
                f" snapback revert {waiting.id}"
            ),
            "Then deactivate the actor's access keys and end its sessions.",
            f"If it was meant: agree to it, and it is not told again: snapback accept {waiting.id}",
        ]

    def test_what_found_nothing_offers_nothing_to_agree_to(self, waiting: Incident) -> None:
        for each in (
            replace(waiting, verdict=Verdict()),
            replace(waiting, unique_id=None),
            replace(waiting, change=replace(waiting.change, subject=None)),
        ):
            assert not any("snapback accept" in line for line in next_lines(each))
