"""Foreign text: what others wrote, such as an event's error or a mail, as it is on the terminal."""

from rich.text import Text


def plain(text: str, style: str = "") -> Text:
    """A text in which nothing is markup, and no character is a command to the terminal."""
    return Text("".join(map(_visible, text)), style=style)


def _visible(character: str) -> str:
    """The character, or its escape where it is none that is printed, such as a lone surrogate."""
    if character.isprintable() or character in "\n\t":
        return character
    return character.encode("unicode_escape").decode()
