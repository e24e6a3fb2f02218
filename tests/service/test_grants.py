"""An undo that would itself give something is refused, and so is one that cannot be judged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lambdas.model.change import Change, Edit
from lambdas.model.incident import Ending, Incident, Outcome
from lambdas.model.state import ONLY, Part, State
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.grants import only_takes_away
from lambdas.service.undo import undo
from lambdas.service.undoing import SubjectNotReadError
from tests.service.world import (
    ACCOUNT,
    ADMIN,
    ALICE,
    ALL,
    AT,
    READ,
    READER,
    World,
    attach,
    change,
    put,
    state,
    user,
)

STAFF = Subject(Kind.GROUP, "staff")
DENIES = '{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
BOTH = (
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},'
    '{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}'
)
CUSTOM = Subject(Kind.POLICY, f"arn:aws:iam::{ACCOUNT}:policy/Custom")


@pytest.fixture
def world() -> World:
    return World()


def judged(world: World, made: Change) -> Incident:
    incident = evaluate(world.happens(made), world.evaluation())
    assert incident.undoes, incident.held
    return incident


def ends(world: World, incident: Incident, **last_try: bool) -> Outcome:
    return undo(incident.id, world.undoing(**last_try)).outcome


def joined(name: str = "staff") -> Change:
    return change("AddUserToGroup", ALICE, Edit(Part.GROUPS, name, name))


class TestOnlyTakesAway:
    @pytest.mark.parametrize(
        ("edit", "former", "policy", "only"),
        [
            pytest.param(attach().edits[0], {}, ALL, True, id="a policy that allows is detached"),
            pytest.param(attach().edits[0], {}, DENIES, False, id="one that denies is not"),
            pytest.param(attach().edits[0], {}, "{", False, id="one that nobody can parse"),
            pytest.param(attach().edits[0], {}, None, False, id="one that was not read"),
            pytest.param(put().edits[0], {}, None, True, id="an inline policy is deleted"),
            pytest.param(put(DENIES).edits[0], {}, None, False, id="an inline policy that denies"),
            pytest.param(
                put().edits[0], {"inline": {"work": READ}}, None, False, id="a former text is back"
            ),
            pytest.param(joined().edits[0], {}, ALL, True, id="a member leaves"),
            pytest.param(joined().edits[0], {}, None, False, id="a group whose policy is unread"),
            pytest.param(joined("other").edits[0], {}, ALL, False, id="a group that is unread"),
            pytest.param(
                Edit(Part.GROUPS, "staff", None),
                {"groups": {"staff": "staff"}},
                ALL,
                False,
                id="a member is put back",
            ),
            pytest.param(
                Edit(Part.ACCESS_KEYS, "AKIA1", "Active"), {}, None, True, id="a key is deactivated"
            ),
            pytest.param(
                Edit(Part.BOUNDARY, ONLY, ADMIN.name), {}, ALL, False, id="a boundary is lifted"
            ),
        ],
    )
    def test_what_lends_nothing_but_permissions(
        self,
        world: World,
        *,
        edit: Edit,
        former: dict[str, dict[str, str]],
        policy: str | None,
        only: bool,
    ) -> None:
        world.account.have(
            state(ADMIN, **({"document": {"v1": policy}} if policy else {})),
            state(STAFF, inline={"more": READ}, attached={ADMIN.name: "AdministratorAccess"}),
        )
        states = world.account.reading((ALICE, ADMIN, STAFF)).states()
        made = change("PutUserPolicy", ALICE, edit)
        assert only_takes_away(made, user(**former), states) is only

    def test_what_was_made_is_not(self, world: World) -> None:
        states = world.account.reading((ALICE,)).states()
        assert not only_takes_away(attach(), None, states)

    def test_a_group_that_was_read_in_part_may_deny(self, world: World) -> None:
        world.account.have(state(STAFF, inline={}))
        states = world.account.reading((ALICE, STAFF)).states()
        assert not only_takes_away(joined(), user(), states)


class TestUnreadable:
    """Whoever attaches what no parser knows must not thereby keep what he took."""

    def puzzled(self, world: World) -> None:
        world.account.have(
            user(attached={READER.name: "ReadOnlyAccess", CUSTOM.name: "Custom"}),
            state(CUSTOM, document={"v1": "{"}),
        )
        world.records.history = [world.account.world[ALICE]]

    def test_it_does_not_prevent_an_undo_that_takes_away(self, world: World) -> None:
        self.puzzled(world)
        assert ends(world, judged(world, attach())).ending is Ending.RESTORED

    def test_an_undo_that_might_give_is_refused(self, world: World) -> None:
        self.puzzled(world)
        former = replace(world.account.world[ALICE])
        former = replace(former, parts={**former.parts, Part.INLINE: {"work": READ}})
        world.account.have(former)
        world.records.history = [former]
        outcome = ends(world, judged(world, put()))
        assert outcome.ending is Ending.FAILED
        assert "is no valid policy document" in outcome.says
        assert world.reverts.made == []

    def test_what_could_not_be_read_now_is_read_again(self, world: World) -> None:
        former = user(inline={"work": READ}, groups={"staff": "staff"})
        world.account.have(former, state(STAFF, attached={}, inline={}))
        world.records.history = [former]
        incident = judged(world, put())
        world.account.unreadable = {STAFF: 99}
        with pytest.raises(SubjectNotReadError):
            ends(world, incident)
        assert ends(world, incident, last_try=True).ending is Ending.FAILED
        assert world.reverts.made == []


class TestWeapon:
    def test_a_deny_that_came_with_the_attack_goes_with_it(self, world: World) -> None:
        world.account.have(state(ADMIN, document={"v1": BOTH}))
        former = user(inline={"own": ALL.replace('"*"', '"s3:*"', 1)})
        world.account.have(former)
        world.records.history = [former]
        assert ends(world, judged(world, attach())).ending is Ending.RESTORED
        assert world.account.world[ALICE] == former

    def test_a_defenders_deny_is_not_taken_for_the_attack(self, world: World) -> None:
        """He has written it over what the attacker wrote, and its event has not come."""
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", DENIES))
        assert ends(world, incident).ending is Ending.OVERTAKEN
        assert world.account.world[ALICE].value(Part.INLINE, "work") == DENIES

    def test_what_gives_as_before_and_denies_since_is_left_to_people(self, world: World) -> None:
        former = user(inline={"work": ALL.replace('"*"', '"s3:*"', 1)})
        world.account.have(former)
        world.records.history = [former]
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", BOTH))
        outcome = ends(world, incident)
        assert outcome.ending is Ending.FAILED
        assert "no longer denied" in outcome.says
        assert world.reverts.made == []

    def test_a_forged_change_that_only_denies_is_judged_again(self, world: World) -> None:
        incident = judged(world, put())
        world.account.edit(ALICE, Edit(Part.INLINE, "work", DENIES))
        forged = replace(incident, change=put(DENIES))
        world.records.incidents[incident.id] = forged
        assert ends(world, forged).ending is Ending.ALERTED
        assert world.account.world[ALICE].value(Part.INLINE, "work") == DENIES

    def test_a_forged_state_before_with_a_wide_policy_is_not_restored(self, world: World) -> None:
        former: State = user(inline={"work": READ})
        world.account.have(former)
        world.records.history = [former]
        passing = '{"Statement":{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*"}}'
        incident = judged(world, put(passing))
        wide = user(inline={"work": ALL})
        world.records.history = [replace(wide, as_of=AT - timedelta(minutes=1))]
        outcome = ends(world, incident)
        assert (outcome.ending, world.reverts.made) == (Ending.FAILED, [])
        assert "user alice is now administrator" in outcome.says
