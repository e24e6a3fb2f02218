"""Access levels. What the list itself holds is a test of the command that writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.policy.actions import Level, action_list, levels
from lambdas.policy.match import matches

ALL = frozenset(Level) - {Level.UNKNOWN}


@pytest.mark.parametrize(
    ("pattern", "reached"),
    [
        pytest.param("s3:GetObject", {"s3": {Level.READ}}, id="one action"),
        pytest.param("S3:getobject", {"s3": {Level.READ}}, id="whatever its case"),
        pytest.param("sts:Get*Token", {"sts": {Level.WRITE, Level.READ}}, id="a star inside"),
        pytest.param("sts:GetC?ller*", {"sts": {Level.READ}}, id="a question mark"),
        pytest.param("sts:Tag*", {"sts": {Level.TAGGING}}, id="the beginning of names"),
        pytest.param("iam:Put*", {"iam": {Level.PERMISSIONS, Level.WRITE}}, id="several levels"),
        pytest.param("s3:*", {"s3": ALL}, id="a whole service"),
        pytest.param("?ts:GetCallerIdentity", {"sts": {Level.READ}}, id="an open service"),
        pytest.param("iam*:PassRole", {"iam": {Level.WRITE}}, id="a service's beginning"),
        pytest.param("st*getcalleridentity", {"sts": {Level.READ}}, id="no colon, but a star"),
        pytest.param("s3:TravelInTime", {"s3": {Level.UNKNOWN}}, id="an unknown action"),
        pytest.param("s3:Travel*", {"s3": {Level.UNKNOWN}}, id="unknown actions"),
        pytest.param("tardis:*", {"tardis": {Level.UNKNOWN}}, id="an unknown service"),
        pytest.param("tar*:*", {"tar*": {Level.UNKNOWN}}, id="no known service"),
        pytest.param("s3", {"s3": {Level.UNKNOWN}}, id="no action at all"),
        pytest.param("s3:", {"s3": {Level.UNKNOWN}}, id="an action without a name"),
        pytest.param("", {"": {Level.UNKNOWN}}, id="nothing"),
    ],
)
def test_levels(pattern: str, reached: dict[str, set[Level]]) -> None:
    assert levels(pattern) == reached


@pytest.mark.parametrize("pattern", ["*", "*:*"])
def test_everything_is_every_service(pattern: str) -> None:
    assert levels(pattern).keys() == action_list().services.keys()
    assert levels(pattern)["iam"] == ALL


@given(st.from_regex(r"\A[is*][at*?][m3s*]?:?[GCP*?]?[a-z*?]{0,3}\*?\Z"))
def test_levels_are_those_of_the_actions_that_match(pattern: str) -> None:
    reached = {
        service: {
            level
            for level, names in held.items()
            if any(matches(pattern.lower(), f"{service}:{name}") for name in names.split())
        }
        for service, held in action_list().services.items()
        if service in {"iam", "sts", "s3", "sso"}
    }
    found = levels(pattern)
    assert {name: found.get(name, set()) - {Level.UNKNOWN} for name in reached} == reached
