import shutil
import subprocess
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lambdas.model.revert import Call

BASH = shutil.which("bash")
# An environment variable, and so an argument, holds no NUL; a lone surrogate is no UTF-8.
ARGUMENT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def call(**parameters: Any) -> Call:
    return Call(service="iam", operation="PutUserPolicy", parameters=parameters, region="us-east-1")


@pytest.mark.parametrize(
    ("parameters", "options"),
    [
        pytest.param({}, "", id="no parameters"),
        pytest.param({"UserName": "alice"}, " --user-name alice", id="a plain name stays plain"),
        pytest.param({"UserName": "-x"}, " --user-name=-x", id="a name like an option is joined"),
        pytest.param({"UserName": ""}, " --user-name $''", id="an empty text"),
        pytest.param({"UserName": "a b"}, " --user-name $'a b'", id="a space is quoted"),
        pytest.param({"UserName": "it's"}, " --user-name $'it\\'s'", id="a quote is escaped"),
        pytest.param({"UserName": "a\nb"}, " --user-name $'a\\nb'", id="a line stays one line"),
        pytest.param({"UserName": "e.co"}, " --user-name $'e\\x2eco'", id="no link comes of a dot"),
        pytest.param({"UserName": "x://1"}, " --user-name $'x\\x3a//1'", id="nor of a scheme"),
        pytest.param({"UserName": "é"}, " --user-name $'\\xc3\\xa9'", id="UTF-8 in bytes"),
        pytest.param(
            {"UserName": "\ud800"}, " --user-name $'\\xed\\xa0\\x80'", id="a lone surrogate"
        ),
        pytest.param({"IsMultiRegionTrail": True}, " --is-multi-region-trail", id="a yes"),
        pytest.param({"IsMultiRegionTrail": False}, " --no-is-multi-region-trail", id="a no"),
        pytest.param({"TagsList": [{"Key": "a"}]}, ' --tags-list $\'[{"Key": "a"}]\'', id="a list"),
        pytest.param({"SAMLProviderArn": "a"}, " --saml-provider-arn a", id="an abbreviation"),
    ],
)
def test_a_call_is_one_line_for_the_command_line(parameters: Any, options: Any) -> None:
    assert call(**parameters).command() == f"aws iam put-user-policy{options} --region us-east-1"


def test_a_region_that_somebody_else_chose_is_quoted_too() -> None:
    made = Call(service="iam", operation="X", parameters={}, region="us\nrm")
    assert made.command() == "aws iam x --region $'us\\nrm'"


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@settings(deadline=None, max_examples=60)
@given(ARGUMENT, ARGUMENT)
@example("$(id)`id`!$HOME", '{"a":\t"\\u00e9\r\n"}')
@example("\\x41\\", "é1\x7fa\x01b")
@example("--region", "-")
@example("\\://", "https://1/")
def test_bash_gives_back_exactly_what_stands_in_a_call(name: str, document: str) -> None:
    command = call(UserName=name, PolicyDocument=document).command()
    assert command.isascii()
    assert command.isprintable()
    script = 'aws() { printf "%s\\0" "$@"; }; ' + command
    run = subprocess.run([BASH, "-c", script], capture_output=True, check=True)
    words = run.stdout.decode().split("\0")[:-1]
    assert words[:2] == ["iam", "put-user-policy"]
    assert _options(words[2:]) == {
        "--user-name": name,
        "--policy-document": document,
        "--region": "us-east-1",
    }


def _options(words: list[str]) -> dict[str, str]:
    """As argparse, which the AWS command line uses, takes options and values apart."""
    options, rest = {}, iter(words)
    for word in rest:
        name, joined, value = word.partition("=")
        options[name] = value if joined else next(rest)
    return options
