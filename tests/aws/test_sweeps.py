from unittest.mock import Mock

import pytest

from lambdas.aws.sweeps import LONGEST, AskedSweeps, seconds_to_wait


def test_a_sweep_is_asked_for_and_not_waited_for() -> None:
    client = Mock()
    AskedSweeps(client, "Snapback-Sweep").request()
    client.invoke.assert_called_once_with(
        FunctionName="Snapback-Sweep", InvocationType="Event", Payload=b"{}"
    )


def test_a_sweep_that_is_to_wait_is_told_how_long() -> None:
    client = Mock()
    AskedSweeps(client, "Snapback-Sweep").request(after=42)
    client.invoke.assert_called_once_with(
        FunctionName="Snapback-Sweep", InvocationType="Event", Payload=b'{"after": 42}'
    )


@pytest.mark.parametrize(
    ("event", "waits"),
    [
        pytest.param({}, 0, id="a person or a deployment asks"),
        pytest.param({"detail-type": "Scheduled Event"}, 0, id="the hour is over"),
        pytest.param({"after": 42}, 42, id="a function asks for later"),
        pytest.param({"after": 9000}, LONGEST, id="it is asked to wait longer than it may"),
        pytest.param({"after": -1}, 0, id="the moment is over"),
        pytest.param({"after": "soon"}, 0, id="no number"),
    ],
)
def test_a_sweep_waits_as_it_was_asked(event: dict[str, object], waits: int) -> None:
    assert seconds_to_wait(event) == waits
