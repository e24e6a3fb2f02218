from typing import Any

import pytest

from lambdas.aws.actors import actor
from lambdas.model.actor import Actor
from tests.aws.records_of_cloudtrail import cases, named


@pytest.mark.parametrize("case", cases("actors"), ids=named)
def test_an_actor_is_read_from_every_form_of_user_identity(case: dict[str, Any]) -> None:
    found = actor({"userIdentity": case["userIdentity"]})
    assert found == Actor(**case["actor"])
    assert str(found) == case["shown"]


@pytest.mark.parametrize("case", cases("actors"), ids=named)
def test_an_actors_arn_is_never_one_that_the_caller_chose(case: dict[str, Any]) -> None:
    found = actor({"userIdentity": case["userIdentity"]})
    assert found.arn is None or ":iam::" in found.arn


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("192.0.2.10", "192.0.2.10", id="an IP address"),
        pytest.param("cloudformation.amazonaws.com", "cloudformation.amazonaws.com", id="a name"),
        pytest.param("AWS Internal", "AWS Internal", id="AWS itself"),
        pytest.param("", None, id="an empty text"),
        pytest.param(None, None, id="null"),
    ],
)
def test_the_source_address_is_whatever_cloudtrail_says(address: str | None, expected: Any) -> None:
    assert actor({"sourceIPAddress": address, "userAgent": "cli"}) == Actor(
        kind="Unknown", source_address=expected, user_agent="cli"
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({"MFAUsed": "Yes"}, True, id="with MFA"),
        pytest.param({"MFAUsed": "No"}, False, id="without MFA"),
        pytest.param({"MobileVersion": "No"}, None, id="which does not say it"),
        pytest.param(
            {"MFAUsed": "No", "SamlProviderArn": "arn:aws:iam::123456789012:saml-provider/Okta"},
            None,
            id="for which an identity provider vouched",
        ),
        pytest.param("No", None, id="with something else in its place"),
    ],
)
def test_whether_a_sign_in_had_mfa(more: Any, expected: bool | None) -> None:
    assert actor({"additionalEventData": more}).mfa is expected
