from unittest.mock import Mock

from lambdas.aws.sweeps import AskedSweeps


def test_a_sweep_is_asked_for_and_not_waited_for() -> None:
    client = Mock()
    AskedSweeps(client, "Snapback-Sweep").request()
    client.invoke.assert_called_once_with(
        FunctionName="Snapback-Sweep", InvocationType="Event", Payload=b"{}"
    )
