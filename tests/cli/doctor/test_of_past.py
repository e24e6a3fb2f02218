"""The last sweep, the histories, and a pause."""

from datetime import timedelta

import pytest

from cli.doctor.of_past import histories, sweep, undoing
from lambdas.model.decision import Pause
from tests.cli.doctor.examining import NOW, Remembered, examined

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("last", "well"),
    [
        pytest.param(NOW - HOUR, True, id="an hour ago"),
        pytest.param(NOW - 3 * HOUR, False, id="hours ago"),
        pytest.param(None, False, id="never"),
    ],
)
def test_a_sweep(last, well):
    found = sweep(examined(remembered=Remembered(last=last)))
    assert (not found.mend) is well
    assert ("snapback baseline" in found.mend) is not well


@pytest.mark.parametrize(
    ("seen", "last", "says", "well"),
    [
        pytest.param(
            {"AIDA1": NOW - HOUR, "AIDA2": None}, NOW, "2 histories", True, id="seen of late"
        ),
        pytest.param({"AIDA1": None}, NOW - HOUR, "1 histories", True, id="all new"),
        pytest.param({"kind user": None}, NOW, "empty", False, id="of nobody"),
        pytest.param({"AIDA1": NOW - 4 * HOUR}, NOW, "1 of 1", False, id="of whom is not seen"),
        pytest.param({"AIDA1": None}, None, "1 of 1", False, id="without a sweep"),
    ],
)
def test_histories(seen, last, says, well):
    found = histories(examined(remembered=Remembered(seen=seen, last=last)))
    assert says in found.says
    assert (not found.mend) is well


@pytest.mark.parametrize(
    ("until", "well"),
    [
        pytest.param(None, True, id="there is none"),
        pytest.param(NOW - HOUR, True, id="one is over"),
        pytest.param(NOW + HOUR, False, id="one holds"),
    ],
)
def test_a_pause(until, well):
    pause = Pause(by="user olga", at=NOW - HOUR, until=until) if until else None
    found = undoing(examined(remembered=Remembered(pause=pause)))
    assert found.mend == (() if well else ("snapback resume",))
