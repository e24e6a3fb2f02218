"""Telling: what is printed for people."""

import json
from typing import Any

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.foreign import plain
from cli.playing import Played
from sandbox.mail import Mail

_GOOD, _BAD = Text("as intended", style="green"), Text("NOT AS INTENDED", style="bold red")


def tell(played: Played, number: int, console: Console) -> None:
    """Print a scene: the call, the verdict, the mails, and the state at three moments."""
    scene = played.scene
    console.rule(plain(f"{number}. {scene.title}", "bold"))
    console.print(plain(f"{scene.tells}\n"))
    for incident in played.incidents:
        verdict = incident.verdict
        console.print(_line("Call", f"{scene.call} by {incident.change.actor}"))
        console.print(_line("Verdict", str(verdict.severity)))
    for mail in played.mails:
        console.print(_mail(mail))
    console.print(_states(played))
    for failure in played.failures:
        console.print(_line("Failure", failure, "bold red"))
    console.print(Text.assemble("Ends: ", played.ends, ", ", _GOOD if played.as_intended else _BAD))
    console.print()


def _line(word: str, text: str, style: str = "bold") -> Text:
    return Text.assemble((f"{word:9}", style), plain(text))


def _mail(mail: Mail) -> Panel:
    """A mail as it was received, down to the footer that SNS adds."""
    head = plain(f"To: {mail.to}\nSubject: {mail.subject}\n", "bold")
    return Panel(Group(head, plain(mail.body.rstrip())), title="mail", border_style="yellow")


def _states(played: Played) -> Table:
    """What of the subject's state differed at any of the three moments, or that nothing did."""
    table = Table(
        title=plain(f"State of {played.scene.name}"), title_justify="left", show_lines=True
    )
    for column in ("", "before", "after the attack", "at the end"):
        table.add_column(column, overflow="fold")
    moments = (played.before, played.attacked, played.ended)
    for field in dict.fromkeys(key for moment in moments for key in moment):
        values = [moment.get(field) for moment in moments]
        if values[0] != values[1] or values[1] != values[2]:
            table.add_row(plain(field), *(plain(_shown(value)) for value in values))
    table.caption = _compared(played.equal)
    return table


def _compared(equal: bool | None) -> str:
    if equal is None:
        return "nothing was to be put back"
    if equal:
        return (
            "all users, roles, groups, policies and trails are as before, documents byte for byte"
        )
    return "THE ACCOUNT DIFFERS FROM THE ONE BEFORE"


def _shown(value: Any) -> str:
    """Documents as they are, lists a line each, everything else as JSON."""
    if value in ([], {}, None):
        return "none"
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return "\n".join(f"{name}:\n{text}" for name, text in value.items())
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return "\n".join(value)
    return json.dumps(value)
