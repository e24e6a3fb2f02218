from tests.aws.records_of_cloudtrail import record
from tests.cli.logs import ADMINISTRATOR, attach, lines
from tests.cli.test_replay import replayed


def named(name, second, **changed):
    """A call on alice in that second."""
    moment = f"2026-03-01T12:00:{second:02}Z"
    parameters = {"userName": "alice"}
    return record(
        eventName=name, eventID=f"e-{second}", eventTime=moment, requestParameters=parameters
    ) | (changed)


def administrator(second):
    return attach(ADMINISTRATOR, eventID=f"e-{second}", eventTime=f"2026-03-01T12:00:{second:02}Z")


def fates(tmp_path, *events):
    return [said["verdict"] for said in replayed(lines(tmp_path / "log.jsonl", *events))]


def test_of_a_user_that_the_log_shows_being_made_all_is_known(tmp_path):
    assert fates(tmp_path, named("CreateUser", 1), administrator(2)) == ["recorded", "undone"]


def test_a_user_that_was_there_before_the_log_is_not_known(tmp_path):
    assert fates(tmp_path, administrator(2)) == ["alerted"]


def test_a_new_user_of_a_former_ones_name_starts_with_nothing(tmp_path):
    log = (
        named("CreateUser", 1),
        administrator(2),
        named("DeleteUser", 3),
        named("CreateUser", 4),
        administrator(5),
    )
    assert fates(tmp_path, *log) == ["recorded", "undone", "recorded", "recorded", "undone"]
