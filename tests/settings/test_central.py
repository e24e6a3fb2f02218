"""central: null, or an account with the organisation whose accounts may send to it."""

import pytest

from lambdas.settings import SettingsError, dump, from_context, load
from lambdas.settings.central import Central

SAID = {
    "a text": ("999988887777", r"central is '999988887777'; allowed is null, or an object with"),
    "an object that lacks a key": ({"account": "999988887777"}, "account and organization"),
    "a name for an account": (
        {"account": "security", "organization": "o-a1b2c3d4e5"},
        r"central.account is 'security'; allowed is an account of twelve digits",
    ),
    "a root for an organisation": (
        {"account": "999988887777", "organization": "r-ab12"},
        r"central.organization is 'r-ab12'; allowed is the id of an organisation",
    ),
}


@pytest.mark.parametrize(("found", "said"), SAID.values(), ids=SAID.keys())
def test_what_cannot_be_meant_is_said(found, said):
    with pytest.raises(SettingsError, match=said):
        from_context({"alertEmails": ["a@example.com"], "central": found})


@pytest.mark.parametrize(
    ("found", "central"),
    [
        (None, None),
        (
            {"account": "999988887777", "organization": "o-a1b2c3d4e5"},
            Central("999988887777", "o-a1b2c3d4e5"),
        ),
    ],
    ids=["nothing", "an account of an organisation"],
)
def test_what_is_chosen_reaches_the_functions(found, central):
    settings = from_context({"alertEmails": ["a@example.com"], "central": found})
    assert settings.central == central
    assert load(dump(settings)) == settings
