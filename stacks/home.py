"""The home stack: composes the constructs and defines no resource itself."""

from collections.abc import Sequence
from typing import Any

from aws_cdk import CfnOutput, Duration, Stack
from constructs import Construct

from lambdas.calls import CATALOG
from lambdas.calls.reads import FEEDING, SWEEP
from lambdas.model.family import Family
from lambdas.model.permission import Permission
from lambdas.settings import Settings
from stacks import asset, clock, permissions
from stacks.alarms import Alarms
from stacks.alerts import Alerts
from stacks.bounded import bound
from stacks.canary import Canary
from stacks.dashboard import Dashboard
from stacks.dead_letters import DeadLetters
from stacks.denied import own
from stacks.environment import settings_file, variables
from stacks.failing import failing, silent
from stacks.forwarding import forwarding
from stacks.function import Function
from stacks.own import own_names
from stacks.queries import Queries
from stacks.records import TELLING, USED, Records
from stacks.undo_queue import UndoQueue
from stacks.watches import Watches

_DESCRIPTION = "Snapback: sees risky identity changes and puts back what was there before"

_NEXT = "Follow the link in each mail from AWS, then run: snapback doctor"
"""What the CDK command line prints at the end, however it was started."""


class HomeStack(Stack):
    """All that one account needs, in the region where IAM's events arrive."""

    def __init__(self, scope: Construct, id_: str, *, settings: Settings, **options: Any) -> None:
        super().__init__(scope, id_, description=_DESCRIPTION, **options)
        self._settings = settings
        self._alerts = Alerts(self, "Alerts", emails=settings.alert_emails)
        self._alarms = Alarms(self, "Alarms", emails=settings.alert_emails)
        self._records = Records(self, "Records")
        self._code = asset.code(settings_file(settings))
        evaluate, sweep = self._evaluate(), self._sweep()
        # What a call did whose event hides it is for a sweep to find, at once.
        self._may_ask(evaluate, sweep)
        watching = [evaluate, sweep, *self._crowds()]
        looking = self._clock()
        self._canary = Canary(self, code=self._code)
        self._canary.known_to(evaluate, looking)
        self._canary.seen_by(looking)
        senders = [*self._forward(), self._canary.function]
        others = [*watching, looking, self._decide()]
        undoing = self._undoing([evaluate, looking], sweep, [*others, *senders])
        roles = [function.role for function in (*others, *undoing)]
        self._records.only_from(roles)
        self._alerts.only_from(roles)
        self._watch(watching, looking, senders)
        failing([*others, *senders, *undoing], self._alarms)
        silent(self, self._alarms)
        self._name("TopicArn", self._alerts.topic.topic_arn)
        self._name("TableName", self._records.table.table_name)
        self._name("SweepFunctionName", sweep.function.function_name)
        self._name("Next", _NEXT)
        # Last, because they show everything that there is.
        Dashboard(self, "Dashboard")
        Queries(self, "Queries")

    def _evaluate(self) -> Function:
        function = self._function("Evaluate", "evaluate_change", Duration.seconds(60))
        function.permit([*permissions.reading(CATALOG.values()), *FEEDING])
        return function

    def _sweep(self) -> Function:
        function = self._function("Sweep", "sweep", Duration.minutes(15))
        function.permit(SWEEP)
        return function

    def _decide(self) -> Function:
        """What people ask of it is theirs to do: it can read the account, and not change it."""
        function = self._function("Decide", "decide", Duration.seconds(60))
        function.permit(permissions.reading(CATALOG.values()))
        self._name("DecideFunctionName", function.function.function_name)
        return function

    def _clock(self) -> Function:
        """What looks each minute whether all of this still works."""
        function = self._function("Watch", "watch", Duration.seconds(55))
        clock.permit(function, self._settings)
        self._name("WatchFunctionName", function.function.function_name)
        return function

    def _crowds(self) -> list[Function]:
        """What tells of many changes together: trusted actors' are, and those of a deployment."""
        if not (self._settings.trusted_actors or self._settings.deploy_actors):
            return []
        return [self._function("Crowds", "tell_crowds", Duration.minutes(5), uses=TELLING)]

    def _undoing(
        self, asking: Sequence[Function], sweep: Function, others: Sequence[Function]
    ) -> list[Function]:
        if not permissions.undone(self._settings):
            return []
        return [self._undo(asking, sweep, others)]

    def _undo(
        self, asking: Sequence[Function], sweep: Function, others: Sequence[Function]
    ) -> Function:
        """The undoing function with its queue; those who ask for undos learn of both."""
        timeout = Duration.seconds(60)
        calls = permissions.undone(self._settings)
        writes = [*permissions.reverting(calls), *permissions.containing(self._settings)]
        undo = self._function("Undo", "undo_change", timeout, writes=writes)
        undo.permit([*permissions.undoing(calls, self._settings), *writes])
        undo.allow(
            *permissions.deny_principals(
                writes,
                own_roles=[
                    *(function.role.role_arn for function in (*others, undo)),
                    *own(self),
                ],
                protected=self._settings.protected_principals,
            )
        )
        letters = self._dead_letters("UndoDeadLetters", "changes to undo")
        queue = UndoQueue(self, "UndoQueue", dead_letters=letters.queue, timeout=timeout)
        queue.only_from(*asking, undo)
        queue.feed(undo)
        if self._settings.reverts(Family.TRAIL):
            # Once a trail is back the account is read: what happened meanwhile has no event.
            self._may_ask(undo, sweep)
        bound(undo)
        for function in (*asking, undo):
            function.know("UNDO_ROLE_ARN", undo.role.role_arn)
            function.know("UNDO_QUEUE_URL", queue.queue.queue_url)
        return undo

    def _may_ask(self, function: Function, sweep: Function) -> None:
        """Let a function ask for a sweep."""
        function.may_invoke(sweep)
        function.know("SWEEP_FUNCTION_NAME", sweep.function.function_name)

    def _forward(self) -> list[Function]:
        """What sends this account's mails on, where its organisation has a central account."""
        central = self._settings.central
        if central is None:
            return []
        return [forwarding(self, self._alerts.topic, self._code, central)]

    def _watch(
        self, functions: Sequence[Function], looking: Function, others: Sequence[Function]
    ) -> None:
        evaluate, sweep, *crowds = functions
        evaluate.know("OWN_NAMES", own_names(self))
        failures = self._dead_letters("FunctionDeadLetters", "events that a function failed on")
        for function in (*functions, looking, *others):
            function.keep_failures(failures.queue)
        letters = self._dead_letters("WatchDeadLetters", "events that reached no function")
        watches = Watches(self, "Watches", dead_letters=letters.queue)
        watches.changes(CATALOG.values(), evaluate.function)
        watches.deployments(sweep.function, self._canary.function.function)
        watches.each_hour(sweep.function)
        watches.each_day(self._canary.function.function)
        watches.each_minute(looking.function)
        for function in crowds:
            watches.each_ten_minutes(function.function)

    def _function(
        self,
        id_: str,
        handler: str,
        timeout: Duration,
        *,
        writes: Sequence[Permission] = (),
        uses: Sequence[str] = USED,
    ) -> Function:
        """A function that sends mails, ``writes`` to the account and ``uses`` the table so."""
        environment = variables(
            self._settings,
            table_name=self._records.table.table_name,
            topic_arn=self._alerts.topic.topic_arn,
            own=self.stack_name,
        )
        function = Function(
            self,
            id_,
            handler=handler,
            code=self._code,
            timeout=timeout,
            environment=environment,
            writes=writes,
        )
        function.allow(*self._alerts.publishing(), self._records.using(uses))
        return function

    def _dead_letters(self, id_: str, of: str) -> DeadLetters:
        return DeadLetters(self, id_, of=of, alarms=self._alarms)

    def _name(self, output: str, value: str) -> None:
        CfnOutput(self, output, value=value)
