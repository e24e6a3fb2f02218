"""The page: docs/cost.md, written from the template, the prices and the usage."""

from collections.abc import Iterator, Mapping

from cli.cost.prices import PRICES, Item
from cli.cost.usage import CHANGES, SECONDS, SWEPT, Template, Used, monthly

SIZES = (1_000, 100_000, 10_000_000)
_MINUTES = 30 * 24 * 60
"""In a month."""
_BILL: Mapping[str, tuple[Item, ...]] = {
    "functions": (Item.FUNCTION_REQUEST, Item.FUNCTION_SECOND),
    "table": (Item.WRITE, Item.READ, Item.TABLE_KEPT, Item.TABLE_RECOVERY),
    "logs": (Item.LOG_IN, Item.LOG_KEPT),
    "metrics, alarms, dashboard": (Item.METRIC, Item.ALARM, Item.DASHBOARD),
    "mails": (Item.PUBLISH, Item.MAIL),
    "keys": (Item.KEY, Item.KEY_REQUEST),
    "queues": (Item.QUEUE_REQUEST,),
    "events": (Item.EVENT,),
}
"""Line of the bill -> what is on it; every item is on one."""


def dollars(used: Used) -> Mapping[str, float]:
    """Line of the bill -> dollars a month."""
    return {
        line: sum(used.get(item, 0) * PRICES[item].each for item in items)
        for line, items in _BILL.items()
    }


def page(template: Template) -> str:
    """The whole page."""
    return "\n".join((*_INTRODUCTION, *_bills(template), *_usage(), *_prices(), ""))


_INTRODUCTION = (
    "# What it costs",
    "",
    "Written by `make table` from the template in which everything is undone and one address is",
    "mailed; a test fails while it is out of date. For your own settings:",
    "",
    "    make synth && .venv/bin/python -m cli.cost cdk.out/Snapback.template.json",
    "",
    "Dollars a month in us-east-1 without the free tier, by changes of IAM and CloudTrail a month,",
    "after a year of such months. The first copy of management events in one trail is free; the",
    "trail and its bucket are what the account has anyway, and not counted.",
    "",
)


def _bills(template: Template) -> Iterator[str]:
    bills = [dollars(monthly(template, size)) for size in SIZES]
    yield f"| | {' | '.join(f'{size:,} changes' for size in SIZES)} |"
    yield f"|---|{'---:|' * len(SIZES)}"
    for line in _BILL:
        yield f"| {line} | {' | '.join(f'{bill[line]:,.2f}' for bill in bills)} |"
    yield f"| **together** | {' | '.join(f'**{sum(bill.values()):,.2f}**' for bill in bills)} |"
    yield ""
    yield "Most of the first column is there before anything happens. `undoLimits` bounds undos;"
    yield "what is beyond them is counted as mailed."
    yield ""
    each = _MINUTES * PRICES[Item.QUEUE_REQUEST].each
    yield f"Each of `regions` adds {_MINUTES:,} requests of the watch clock to a queue, {each:.2f},"
    yield "and what it forwards costs what custom events do: a dollar a million, **to be checked**."
    yield ""


def _usage() -> Iterator[str]:
    yield "## What is used"
    yield ""
    yield "Requests and bytes were counted in the sandbox. The shares, the seconds that functions"
    yield f"run in AWS, and the {SWEPT:,} subjects that the hourly sweep reads are **assumptions**:"
    yield "the dashboard shows yours."
    yield ""
    yield "| a change that is | share | invocations | writes | reads | log | kept | mails |"
    yield "|---|---:|---|---:|---:|---:|---:|---:|"
    for name, each in CHANGES.items():
        runs = ", ".join(f"{times} {handler}" for handler, times in each.invocations.items())
        sizes = f"{each.log:,} B | {each.kept:,} B"
        counts = f"{each.writes} | {each.reads} | {sizes} | {each.mails}"
        yield f"| {name} | {each.share:.0%} | {runs} | {counts} |"
    yield ""
    yield (
        "Seconds of a run: " + ", ".join(f"{name} {each:g}" for name, each in SECONDS.items()) + "."
    )
    yield ""


def _prices() -> Iterator[str]:
    yield "## Prices"
    yield ""
    yield "AWS's own pages show most figures only in a browser: beside each is where it was read,"
    yield "or that it is **to be checked** on AWS's page before you rely on it."
    yield ""
    yield "| what | dollars | AWS's page | read |"
    yield "|---|---:|---|---|"
    for item, price in PRICES.items():
        each = f"{price.dollars:g}" + (f" per {price.per:,}" if price.per > 1 else "")
        yield f"| {item} | {each} | {price.page} | {price.read or '**to be checked**'} |"
