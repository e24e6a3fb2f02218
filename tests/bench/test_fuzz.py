import json

from bench import fuzz


def test_every_seed_is_a_change_as_long_as_nothing_is_spoilt():
    own = [event for event in fuzz.seed_events() if fuzz.is_watched(event)]
    assert own
    assert {fuzz.outcome(event) for event in own} == {"changes"}


def test_spoilt_events_lead_to_a_change_or_ignored_or_the_documented_error(capsys):
    assert fuzz.main(["500", "7"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["changes"] + said["ignored"] + said["malformed"] == 500


def test_the_same_seed_spoils_alike_and_leaves_the_event_as_it_was():
    (event, *_) = fuzz.seed_events()
    before = json.dumps(event)
    first, second = (fuzz.spoilt(event, fuzz.chance(3)) for _ in range(2))
    assert first == second != event
    assert json.dumps(event) == before


def test_an_error_that_is_not_documented_ends_the_run_and_shows_the_event(monkeypatch, capsys):
    def broken(_):
        raise KeyError("userName")

    monkeypatch.setattr(fuzz, "parse", broken)
    assert fuzz.main(["5"]) == 1
    said = capsys.readouterr().out
    assert "KeyError" in said
    assert '"detail"' in said
