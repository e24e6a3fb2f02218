"""The mail about who is administrator or can become it, a line for each."""

from collections.abc import Iterator, Sequence

from lambdas.model.arn import Arn
from lambdas.model.mail import Mail
from lambdas.model.standing import Rank, Standing
from lambdas.service.mails import LONGEST_SUBJECT
from lambdas.service.wording import shown

MOST_NAMED = 100
"""Principals of one kind that a mail names: the records hold all."""
_LONGEST_WAY = 600

_FIRST = (
    "This is how the account was when Snapback first read it. It is taken as agreed: none of it is",
    "told again, nor undone, unless it changes.",
)
_AGAIN = ("Nothing was undone. You are told again only when this list changes.",)
_NEXT = (
    "Ask of each whether it has to be so: roles that people assume with MFA are better than users.",
    "Service control policies of the organisation are not read: they may forbid what is listed.",
)


def standing_mail(
    found: Sequence[Standing], *, new: Sequence[Standing], gone: Sequence[Standing]
) -> Mail:
    """The mail that tells of everybody; without ``new`` and ``gone`` it is the first one."""
    is_first = not new and not gone
    lines = [
        f"{_count(found)}.",
        "",
        *(_FIRST if is_first else _AGAIN),
        "",
        *_section("NEW SINCE THE LAST LIST", new),
        *_section("NO LONGER", gone),
        *(line for rank in Rank for line in _section(_heading(rank), _of(found, rank))),
        "WHAT TO DO NEXT",
        *(f"  - {step}" for step in _NEXT),
    ]
    return Mail(_subject(found, is_first=is_first), "\n".join(lines) + "\n")


def _subject(found: Sequence[Standing], *, is_first: bool) -> str:
    arns = (Arn.parse(each.arn) for each in found)
    account = next((arn.account for arn in arns if arn), "not known")
    label = "ACCEPTED" if is_first else "STANDING"
    return f"[{label}] {_count(found)} (account {shown(account, 20)})"[:LONGEST_SUBJECT]


def _count(found: Sequence[Standing]) -> str:
    are = sum(each.rank in (Rank.IS, Rank.IS_IF) for each in found)
    unknown = sum(each.rank is Rank.UNKNOWN for each in found)
    rest = f", {unknown} not judged in full" if unknown else ""
    return f"Administrators: {are}, who can become it: {len(found) - are - unknown}{rest}"


def _heading(rank: Rank) -> str:
    return f"WHO {rank.upper()}"


def _of(found: Sequence[Standing], rank: Rank) -> list[Standing]:
    return [each for each in found if each.rank is rank]


def _section(heading: str, found: Sequence[Standing]) -> Iterator[str]:
    if not found:
        return
    yield heading
    for each in sorted(found, key=lambda each: each.subject)[:MOST_NAMED]:
        yield f"  {shown(str(each.subject))} {each.rank}: {shown(each.says, _LONGEST_WAY)}"
        yield from (f"    because of {shown(reason)}" for reason in each.because[:_REASONS])
        yield from (f"    given {shown(condition)}" for condition in each.given[:_REASONS])
    if len(found) > MOST_NAMED:
        yield f"  and {len(found) - MOST_NAMED} more, in the records"
    yield ""


_REASONS = 3
