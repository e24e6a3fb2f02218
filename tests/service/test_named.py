import pytest

from lambdas.model.change import Edit
from lambdas.model.state import ONLY, Part
from lambdas.model.subject import Kind, Subject
from lambdas.service.observe import start
from tests.service.world import ADMIN, ALICE, World, change

STAFF = Subject(Kind.GROUP, "staff")
NAMED = {
    "a boundary that is taken away names none": (Edit(Part.BOUNDARY, ONLY, None), ()),
    "an inline policy names none": (Edit(Part.INLINE, "work", "{}"), ()),
    "a policy that is attached": (Edit(Part.ATTACHED, ADMIN.name, "AdministratorAccess"), (ADMIN,)),
    "a policy that is detached": (Edit(Part.ATTACHED, ADMIN.name, None), (ADMIN,)),
    "a boundary": (Edit(Part.BOUNDARY, ONLY, ADMIN.name), (ADMIN,)),
    "a role that an instance profile gets": (
        Edit(Part.ROLE, ONLY, "app", fresh=True),
        (Subject(Kind.ROLE, "app"),),
    ),
    "a role that an instance profile loses names none": (Edit(Part.ROLE, ONLY, None), ()),
    "a group": (Edit(Part.GROUPS, "staff", "staff"), (STAFF,)),
}


@pytest.mark.parametrize(("edit", "named"), NAMED.values(), ids=NAMED)
def test_what_a_change_names_is_read_with_its_subject(edit, named):
    world = World()
    start(change("AnyCall", ALICE, edit), world.account)
    assert world.account.reads == [(ALICE, *named)]
