"""Forwarding: what a rule sends to another region's bus under its role, and may.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
"""

from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends

from sandbox.calls.credentials import Credentials
from sandbox.delivery import UndeliverableError
from sandbox.front import Front
from sandbox.gate import gate
from sandbox.gate.needs.need import Need

_SERVICE = "events.amazonaws.com"
_DEFAULT = "event-bus/default"


def is_bus(target: str) -> bool:
    """Whether an ARN is that of a bus."""
    return target.split(":")[2] == "events"


class Forwarding:
    """Asks whether a rule may send to a bus; the answer is in the log as a call of its role."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._sessions: dict[str, Credentials] = {}

    def require(self, bus: str, *, role: str | None, rule: str) -> str:
        """The region of the bus that a rule sends to.

        Raises:
            UndeliverableError: it is no default bus of the account, or the rule may not.
            GateError: the role's policies cannot be judged.
        """
        _, _, _, region, account, resource = bus.split(":", 5)
        if account != self._front.account or resource != _DEFAULT:
            raise UndeliverableError("SANDBOX", f"the sandbox has no bus {bus}")
        if role is None:
            raise UndeliverableError("NO_PERMISSIONS", f"{rule} has no role for {bus}")
        self._require_trust(role, rule)
        for decision in self._front.ask(
            self._session(role), "events", "PutEvents", {"Entries": [{"EventBusName": bus}]}
        ):
            if not decision.allowed:
                raise UndeliverableError(
                    "NO_PERMISSIONS", f"{role} may not send to {bus}: {decision.reason}"
                )
        return region

    def _require_trust(self, role: str, rule: str) -> None:
        """EventBridge assumes the role on behalf of the rule."""
        try:
            trust = iam_backends[self._front.account]["aws"].get_role_by_arn(role)
        except NotFoundException as error:
            raise UndeliverableError("NO_PERMISSIONS", f"{role} is not there: {error}") from error
        decision = gate.service_may(
            _SERVICE,
            Need("sts:AssumeRole", role),
            account=self._front.account,
            source_arn=rule,
            policy=trust.assume_role_policy_document,
        )
        if not decision.allowed:
            raise UndeliverableError(
                "NO_PERMISSIONS", f"{_SERVICE} may not assume {role} for {rule}: {decision.reason}"
            )

    def _session(self, role: str) -> Credentials:
        if role not in self._sessions:
            self._sessions[role] = self._front.credentials_for_role(role, "events")
        return self._sessions[role]
