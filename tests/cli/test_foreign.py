import pytest

from cli.foreign import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("naïve ✓\n\tx", "naïve ✓\n\tx", id="what is printed stays"),
        pytest.param("[bold]x[/bold]", "[bold]x[/bold]", id="markup stays"),
        pytest.param("\x1b[31m", "\\x1b[31m", id="an escape sequence"),
        pytest.param("a\rb", "a\\rb", id="a carriage return"),
        pytest.param("\u202e", "\\u202e", id="a turn of direction"),
        pytest.param("\ud800", "\\ud800", id="a lone surrogate"),
    ],
)
def test_plain(text, shown):
    assert plain(text).plain == shown


def test_a_style_is_of_the_whole():
    assert plain("x", "bold").style == "bold"
