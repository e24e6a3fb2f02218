"""Sweeps: the sweeping function asked for, which is not waited for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class AskedSweeps:
    """The sweeping function, as the port that the jobs use."""

    def __init__(self, lambda_: "LambdaClient", function_name: str) -> None:
        self._lambda = lambda_
        self._function_name = function_name

    def request(self) -> None:
        """Invoke it asynchronously; its own retries and dead letters hold from then on.

        https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
        """
        self._lambda.invoke(FunctionName=self._function_name, InvocationType="Event", Payload=b"{}")


class NoSweeps:
    """There is no sweep to be asked for: no trail is undone."""

    def request(self) -> None:
        """Refuse: nothing should have come to this.

        Raises:
            RuntimeError: always; the settings of the undo and of the deployment disagree.
        """
        raise RuntimeError("a sweep is to be asked for, and the function is told of none")
