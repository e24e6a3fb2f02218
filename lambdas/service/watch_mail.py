"""The mails of the watch clock: a fault when it is found and while it lasts, and its end."""

from datetime import datetime, timedelta

from lambdas.model.check import Check, Health
from lambdas.model.fault import Fault
from lambdas.model.mail import Mail
from lambdas.service.checking import Question
from lambdas.service.mails import subject_line
from lambdas.service.wording import shown

LONGEST = 2_000
"""Characters of what a check found: a fault may name every part."""


def fault_mail(question: Question, check: Check, fault: Fault, account: str) -> Mail:
    """The mail about a fault; of one that people were told of before, that it lasts."""
    label = str(question.severity).upper()
    lasts = "still, since" if fault.told else "since"
    what = "cannot be checked" if check.state is Health.UNKNOWN else "at fault"
    lines = [
        f"{label}: Snapback itself is {what}: {check.name}.",
        "",
        f"  {shown(check.says, LONGEST)}",
        "",
        f"When   {lasts} {fault.since:%Y-%m-%d %H:%M:%S} UTC",
        f"Where  account {shown(account, 20)}",
        "",
        "WHY IT MATTERS",
        f"  {check.why[:1].upper()}{check.why[1:]}.",
        "",
        "WHAT TO DO NEXT",
        *(f"  - {shown(step, LONGEST)}" for step in check.mend),
        "",
        "You are told again each hour while it lasts, and once when it has ended.",
        *_recorded(fault),
    ]
    again = "STILL " if fault.told else ""
    subject = subject_line(f"{again}{label}", f"Snapback {check.name}: {check.says}", account)
    return Mail(_plain(subject), "\n".join(lines) + "\n")


def end_mail(check: Check, fault: Fault, *, at: datetime, account: str) -> Mail:
    """The mail that says that a fault has ended."""
    lines = [
        f"ENDED: what was at fault with Snapback's {check.name} is well again.",
        "",
        f"  {shown(check.says, LONGEST)}",
        "",
        f"When   {fault.since:%Y-%m-%d %H:%M:%S} UTC to {at:%Y-%m-%d %H:%M:%S} UTC",
        f"Lasted {_length(at - fault.since)}",
        f"Where  account {shown(account, 20)}",
        "",
        "What happened meanwhile may not have been noticed: the next sweep compares the account",
        "with all that is known.",
        *_recorded(fault),
    ]
    subject = subject_line("ENDED", f"Snapback {check.name}: {check.says}", account)
    return Mail(_plain(subject), "\n".join(lines) + "\n")


def _recorded(fault: Fault) -> tuple[str, ...]:
    return ("", f"Incident {shown(fault.incident)}") if fault.incident else ()


def _length(lasted: timedelta) -> str:
    return f"{max(1, round(lasted.total_seconds() / 60))} minutes"


def _plain(subject: str) -> str:
    """SNS takes printable ASCII only, and an error's text may hold anything."""
    return "".join(char if char.isascii() and char.isprintable() else "?" for char in subject)
