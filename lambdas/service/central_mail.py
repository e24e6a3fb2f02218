"""The central mails: what the accounts of an organisation have mailed, for the one team of all."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from lambdas.model.forwarded import Forwarded
from lambdas.model.mail import Mail
from lambdas.model.severity import Severity
from lambdas.service.mails import LONGEST_BODY, LONGEST_SUBJECT
from lambdas.service.wording import shown

WORST = 10
"""Mails of which the text is told, too."""
MOST_IDS = 3
"""Incidents that the line of one mail names: a digest is about hundreds."""
_MOST_ACCOUNTS = 10
"""Accounts that are named with how many mails are theirs; the lines name all."""
_LABEL = re.compile(r"\[(?:STILL )?([A-Z ]+)")
_SEVERITIES: Mapping[str, Severity] = {
    **{str(each).upper(): each for each in Severity},
    "DECIDED": Severity.HIGH,
    "ALERTED ONLY": Severity.MEDIUM,
    "MADE AGAIN": Severity.MEDIUM,
    "REDEPLOYED": Severity.MEDIUM,
    "STANDING": Severity.MEDIUM,
    "ACCEPTED": Severity.LOW,
    "ALREADY GONE": Severity.LOW,
    "CONTAINED": Severity.LOW,
    "ENDED": Severity.LOW,
    "OVERTAKEN": Severity.LOW,
    "RESTORED": Severity.LOW,
}
"""How a subject's label begins -> how loud its mail is."""
_INCIDENT = re.compile(r"\b[Ii]ncident (\d{8}-[0-9a-f]{16})\b")
_FOREIGN = re.compile(r"[^\n -~]")
_CUT = "\n... (cut: the mail of the account itself has the rest)"
_NEXT = (
    "WHAT TO DO NEXT",
    "  - Find out what the accounts have in common: one deployment, or an attacker who got into",
    "    what reaches all of them, such as the management account. Stop him first.",
    "  - With the credentials of an account, snapback incidents lists all of its incidents, and",
    "    snapback show tells each one's whole story.",
)


def alone(mail: Forwarded) -> Mail:
    """The mail that tells of one mail, with its whole text."""
    head = f"Account {mail.account}, {shown(mail.region)}\n\n"
    subject = shown(f"{mail.account} {mail.subject}")[:LONGEST_SUBJECT]
    return Mail(subject, head + _text(mail, LONGEST_BODY - len(head)))


def together(mails: Sequence[Forwarded]) -> Mail:
    """The mail that tells of many: a line for each, the worst first, and the texts of the worst.

    It has room for the lines of as many mails as one run is given; the texts share what is left.
    """
    ordered = _ordered(mails)
    label = str(_severity(ordered[0])).upper()
    accounts = Counter(each.account for each in ordered)
    count = f"{len(ordered)} mails of {_number(accounts)}"
    head = "\n".join(
        (
            f"{label}: {count} came at once and are told together. Each account has mailed its own",
            "addresses by itself, does what it would do, and its records hold all of it.",
            "",
            f"What   {_counted(ordered)}",
            f"From   {_named(accounts)}",
            "",
            "ALL OF THEM, THE WORST FIRST",
            *(f"  {number}. {_line(each)}" for number, each in enumerate(ordered, 1)),
            "",
            *_NEXT,
            "",
            "THE TEXTS OF THE WORST" if len(ordered) > WORST else "THEIR TEXTS",
            "",
        )
    )
    texts = "".join(_texts(ordered[:WORST], LONGEST_BODY - len(head)))
    return Mail(f"[{label}] {count} told together", head + texts)


def _ordered(mails: Sequence[Forwarded]) -> list[Forwarded]:
    """The worst first, and of equally bad ones each account's first before anyone's second.

    So an account that sends a thousand hides none of another's.
    """
    before: Counter[tuple[str, Severity]] = Counter()
    placed = []
    for each in mails:
        severity = _severity(each)
        placed.append(((-severity, before[each.account, severity]), each))
        before[each.account, severity] += 1
    return [each for _, each in sorted(placed, key=itemgetter(0))]


def gravity(subject: str) -> Severity | None:
    """How loud a mail is by its subject's label; None where it has none that is known."""
    label = _LABEL.match(subject)
    return _SEVERITIES.get(label[1]) if label else None


def _severity(mail: Forwarded) -> Severity:
    """A mail without a label that is known may be anything."""
    known = gravity(mail.subject)
    return Severity.HIGH if known is None else known


def _counted(mails: Sequence[Forwarded]) -> str:
    counts = Counter(map(_severity, mails))
    return ", ".join(f"{counts[each]} {each}" for each in sorted(counts, reverse=True))


def _number(accounts: Mapping[str, int]) -> str:
    return "1 account" if len(accounts) == 1 else f"{len(accounts)} accounts"


def _named(accounts: Counter[str]) -> str:
    named = ", ".join(f"{each} ({sent})" for each, sent in accounts.most_common(_MOST_ACCOUNTS))
    rest = len(accounts) - _MOST_ACCOUNTS
    return named if rest <= 0 else f"{named}, and {rest} more"


def _line(mail: Forwarded) -> str:
    subject = shown(mail.subject.removesuffix(f" (account {mail.account})"), LONGEST_SUBJECT)
    ids = [*dict.fromkeys(_INCIDENT.findall(mail.text))]
    more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
    about = f" (incident {', '.join(ids[:MOST_IDS])}{more})" if ids else ""
    return f"{mail.account} {subject}{about}"


def _texts(worst: Sequence[Forwarded], room: int) -> Iterator[str]:
    """The texts under their numbers; what one leaves of its share is the next one's."""
    for number, each in enumerate(worst):
        head = f"\n{number + 1}. Account {each.account}, {shown(each.region)}\n\n"
        text = head + _text(each, room // (len(worst) - number) - len(head) - 1) + "\n"
        room -= len(text)
        yield text


def _text(mail: Forwarded, room: int) -> str:
    """The text in ASCII, of which every character is a byte, cut where there is no more room."""
    text = _FOREIGN.sub(lambda found: found[0].encode("unicode_escape").decode(), mail.text)
    return text if len(text) <= room else text[: room - len(_CUT)] + _CUT
