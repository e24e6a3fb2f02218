"""Only what a change itself gave is undone, whatever else happens beside it."""

from dataclasses import replace
from datetime import timedelta

from lambdas.model.change import Edit
from lambdas.model.incident import Ending
from lambdas.model.state import Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.evaluate import evaluate
from lambdas.service.undo import undo
from tests.service.world import ADMIN, ALICE, ALL, AT, READ, World, attach, change, put, state, user

DENY = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
COPY = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/copy")
BUT_IAM = ALL.replace('"Action":"*"', '"NotAction":"iam:*"')
ONLY_IAM = ALL.replace('"Action":"*"', '"Action":"iam:*"')


def judged(world, *changes):
    """All happen before the first of them is handled."""
    for made in changes:
        world.happens(made)
    return [evaluate(made, world.evaluation()) for made in changes]


def test_a_deny_that_somebody_adds_beside_an_attack_stays():
    attack, defence = judged(World(), attach(), put(DENY, event_id="defence"))
    assert attack.undoes
    assert not defence.undoes
    assert "another change" in defence.held


def test_a_policy_that_is_narrowed_beside_an_attack_stays_narrow():
    world = World()
    wide = user(inline={"work": BUT_IAM})
    world.account.have(wide)
    world.records.history.append(replace(wide, as_of=wide.as_of + timedelta(minutes=1)))
    attack, defence = judged(world, attach(), put(READ, event_id="defence"))
    assert (attack.undoes, defence.undoes) == (True, False)


def test_two_attacks_that_each_suffice_are_both_undone():
    world = World()
    world.account.have(state(COPY, document={"v1": ALL}))
    judged_both = judged(world, attach(), attach(COPY, event_id="copy"))
    assert all(incident.undoes for incident in judged_both)
    for incident in judged_both:
        assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
    assert world.account.world[ALICE].parts[Part.ATTACHED] == user().parts[Part.ATTACHED]


def test_two_halves_of_an_attack_are_both_undone():
    first = put(BUT_IAM, event_id="first")
    second = replace(put(ONLY_IAM, event_id="second"), edits=(Edit(Part.INLINE, "rest", ONLY_IAM),))
    assert all(incident.undoes for incident in judged(World(), first, second))


def test_a_renamed_user_is_judged_by_what_it_held_under_the_old_name():
    world, bob = World(), Subject(Kind.USER, "bob")
    world.account.world[bob] = replace(world.account.world.pop(ALICE), subject=bob)
    made = world.happens(replace(attach(), subject=bob))
    incident = evaluate(made, world.evaluation())
    assert incident.undoes
    assert world.subjects() == ["CRITICAL"]


def test_a_user_who_is_renamed_before_the_undo_is_undone_under_the_new_name():
    world, bob = World(), Subject(Kind.USER, "bob")
    incident = evaluate(world.happens(attach()), world.evaluation())
    world.account.world[bob] = replace(world.account.world.pop(ALICE), subject=bob)
    assert undo(incident.id, world.undoing()).outcome.ending is Ending.RESTORED
    assert ADMIN.name not in world.account.world[bob].parts[Part.ATTACHED]


def test_a_state_with_a_pending_attack_does_not_join_the_history():
    world = World()
    first = evaluate(world.happens(attach()), world.evaluation())
    evaluate(change("RenameUser", ALICE, event_id="tag"), world.evaluation())
    assert not any(first.change.shown_by(each) for each in world.records.history)
    undo(first.id, world.undoing())
    assert world.records.pending() == frozenset()
    later = world.clock.now().replace(microsecond=0)
    again = evaluate(world.happens(attach(event_id="again", at=later)), world.evaluation())
    assert again.undoes


def test_whoever_undoes_a_repair_before_it_is_handled_is_seen():
    world = World()
    wide = user(inline={"work": ALL})
    world.account.have(wide)
    world.records.history.append(replace(wide, as_of=wide.as_of + timedelta(minutes=1)))
    repair = world.happens(put(READ, event_id="repair"))
    attack = world.happens(put(ALL, event_id="attack", at=AT + timedelta(seconds=2)))
    evaluate(repair, world.evaluation())
    incident = evaluate(attack, world.evaluation())
    assert incident.undoes
    undo(incident.id, world.undoing())
    assert world.account.world[ALICE].parts[Part.INLINE]["work"] == READ
