"""Playing: a scene on the stage, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cli.scenes import Scene
from cli.stage import Stage
from lambdas.model.incident import Ending, Incident
from lambdas.service.mails import outcome_label
from sandbox.mail import Mail

_OUTCOMES = tuple(f"[{outcome_label(ending)}]" for ending in Ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What was seen: mails as they were received, and the subject's state at three moments."""

    scene: Scene
    incidents: Sequence[Incident]
    mails: Sequence[Mail]
    failures: Sequence[str]
    before: dict[str, Any]
    attacked: dict[str, Any]
    ended: dict[str, Any]
    equal: bool | None

    @property
    def outcomes(self) -> int:
        """Mails that say how an undo ended."""
        return sum(mail.subject.startswith(_OUTCOMES) for mail in self.mails)

    @property
    def alerts(self) -> int:
        """Mails that tell of a change."""
        return len(self.mails) - self.outcomes

    @property
    def ends(self) -> str:
        """How it ended: restored, contained, alerted, none, or in what else an undo can end."""
        endings = [str(each.outcome.ending) for each in self.incidents if each.outcome is not None]
        return endings[0] if endings else "alerted" if self.alerts else "none"

    @property
    def as_intended(self) -> bool:
        """Whether everything is as the scene means it to be."""
        scene = self.scene
        seen = (self.ends, self.alerts, self.outcomes, self.equal, len(self.incidents))
        meant = (scene.ends, scene.alerts, scene.outcomes, scene.equal, 1)
        told = "".join(mail.body for mail in self.mails)
        return not self.failures and seen == meant and all(name in told for name in scene.names)

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints of a scene."""
        verdicts = [incident.verdict for incident in self.incidents]
        return {
            "scene": self.scene.title,
            "call": self.scene.call,
            "verdict": str(max(verdict.severity for verdict in verdicts)) if verdicts else None,
            "findings": [finding.says for verdict in verdicts for finding in verdict.findings],
            "alerts": self.alerts,
            "outcomes": self.outcomes,
            "outcome": self.ends,
            "equal": self.equal,
        }


def play(scene: Scene, stage: Stage) -> Played:
    """Play a scene, and wait until everything that follows from it has happened."""
    sandbox = stage.sandbox
    mails, invocations = len(sandbox.mailbox), len(sandbox.invocations)
    failures = sandbox.failures
    before = sandbox.snapshot()
    attacked = stage.attack(scene.deed, scene.deliveries)
    stage.settle()
    ended = sandbox.snapshot()
    return Played(
        scene=scene,
        incidents=[
            incident
            for incident in stage.incidents(sandbox.invocations[invocations:])
            if incident.change.call == scene.call and incident.planned_by is None
        ],
        mails=sandbox.mailbox[mails:],
        failures=[f"{each.what}: {each.why}" for each in stage.failures_since(failures)],
        before=before[scene.kind].get(scene.name, {}),
        attacked=attacked[scene.kind].get(scene.name, {}),
        ended=ended[scene.kind].get(scene.name, {}),
        equal=None if scene.equal is None else ended == before,
    )
