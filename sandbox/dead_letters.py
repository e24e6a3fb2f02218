"""Dead letters: the queues that failures are sent to, and what they hold."""

from collections import defaultdict

from moto.awslambda.models import lambda_backends
from moto.events.models import events_backends
from moto.sqs.models import Message, sqs_backends


def read(account: str) -> dict[str, list[str]]:
    """The bodies of all messages in dead-letter queues that have any, by queue name.

    A dead-letter queue is one that another queue, a rule's target or a function names as one.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for arn in sorted(_queues(account)):
        _, _, _, region, _, name = arn.split(":")
        if name in sqs_backends[account][region].queues:
            for message in _messages(account, region, name):
                found[name].append(message.body)
    return dict(found)


def _messages(account: str, region: str, name: str) -> list[Message]:
    """All messages that a queue holds, visible or not."""
    return list(sqs_backends[account][region].get_queue(name)._messages)  # noqa: SLF001  # moto's only list of all


def _queues(account: str) -> set[str]:
    """The ARNs of the queues that a queue, a rule's target or a function sends its failures to."""
    found: set[str | None] = set()
    for sqs in list(sqs_backends[account].values()):
        for queue in list(sqs.queues.values()):
            found.add((queue.redrive_policy or {}).get("deadLetterTargetArn"))
    for events in list(events_backends[account].values()):
        for bus in events.event_buses.values():
            for rule in bus.rules.values():
                found |= {t.get("DeadLetterConfig", {}).get("Arn") for t in rule.targets}
    for functions in list(lambda_backends[account].values()):
        for function in functions.list_functions():
            found.add(getattr(function, "dead_letter_config", {}).get("TargetArn"))
            for config in function.event_invoke_config:
                target = config.config.get("DestinationConfig", {}).get("OnFailure", {})
                found.add(target.get("Destination"))
    return {arn for arn in found if arn and arn.split(":")[2] == "sqs"}
