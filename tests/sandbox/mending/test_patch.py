"""Patches hold while they are applied, and leave nothing behind."""

import pytest

from sandbox.front import Front
from sandbox.mending import PATCHES, Patch, applied


class Thing:
    own = "own"


class Child(Thing):
    pass


def test_an_attribute_is_replaced_and_put_back() -> None:
    with applied((Patch(Thing, "own", "patched"),)):
        assert Thing.own == "patched"
    assert Thing.own == "own"


def test_an_inherited_attribute_is_inherited_again() -> None:
    with applied((Patch(Child, "own", "patched"),)):
        assert (Child.own, Thing.own) == ("patched", "own")
    assert vars(Child).get("own") is None


def test_patches_are_undone_after_an_error() -> None:
    with pytest.raises(RuntimeError), applied((Patch(Thing, "own", "patched"),)):
        raise RuntimeError
    assert Thing.own == "own"


def test_no_attribute_is_patched_twice() -> None:
    places = [(patch.owner, patch.name) for patch in PATCHES]
    assert len(set(places)) == len(places)


def test_a_stopped_front_leaves_moto_as_it_was() -> None:
    former = [vars(patch.owner).get(patch.name) for patch in PATCHES]
    with Front():
        assert all(vars(patch.owner)[patch.name] is patch.value for patch in PATCHES)
    assert [vars(patch.owner).get(patch.name) for patch in PATCHES] == former
