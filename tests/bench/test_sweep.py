"""The benchmark of the sweep has a table of its own: it must go on doing what the records ask."""

import json

from bench.sweep import measure


def test_two_sweeps_are_measured_and_the_second_writes_less(capsys):
    measure(30)
    found = json.loads(capsys.readouterr().out)
    assert found["first"]["items"] > found["second"]["items"]
    assert found["memory"] > 0
