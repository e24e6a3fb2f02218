import pytest

from cli.aws_actions import listed, packaged
from lambdas.policy.actions import LIST, Level, action_list

PACKAGED = {"s3": {"GetObject": "Read", "PutObject": "Write", "DeleteObject": "Write"}}


def test_the_list_names_date_services_levels_and_actions():
    assert listed("2026-01-02", PACKAGED) == (
        "2026-01-02\ns3\twrite\tDeleteObject PutObject\ns3\tread\tGetObject\n"
    )


@pytest.mark.parametrize(
    ("given", "level"),
    [
        pytest.param("Write", Level.WRITE, id="one level"),
        pytest.param("Tagging, Write", Level.TAGGING, id="tagging, which writes tags"),
        pytest.param("Permissions management, Write", Level.PERMISSIONS, id="what gives power"),
        pytest.param("Permissions management, Tagging", Level.PERMISSIONS, id="what matters most"),
    ],
)
def test_of_several_levels_one_counts(given, level):
    assert listed("2026-01-02", {"a": {"Do": given}}).splitlines()[1] == f"a\t{level}\tDo"


def test_a_level_that_aws_invents_is_refused():
    with pytest.raises(KeyError, match="Destroy"):
        listed("2026-01-02", {"a": {"Do": "Destroy"}})


def test_the_list_is_what_the_pinned_package_holds():
    assert LIST.read_text("ascii") == listed(*packaged()), "out of date: python -m cli.aws_actions"


def test_the_list_is_read_as_it_was_written():
    date, services = packaged()
    assert action_list().date == date
    assert {
        service: {name for names in held.values() for name in names.split()}
        for service, held in action_list().services.items()
    } == {service: {name.lower() for name in actions} for service, actions in services.items()}
