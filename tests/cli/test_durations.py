import pytest

from cli.durations import duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        pytest.param("90s", 90, id="seconds"),
        pytest.param("30m", 1800, id="minutes"),
        pytest.param("2h", 7200, id="hours"),
        pytest.param("7d", 604_800, id="days"),
    ],
)
def test_durations_as_people_write_them(text, seconds):
    assert duration(text) == seconds


@pytest.mark.parametrize("text", ["", "30", "0m", "-1h", "1.5h", "2w", "1h30m", "m"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="such as"):
        duration(text)
