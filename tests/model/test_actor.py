from typing import Any

import pytest

from lambdas.model.actor import Actor
from lambdas.model.subject import Kind, Subject

ACCOUNT = "123456789012"


def actor(resource: str, **known: Any) -> Actor:
    return Actor(kind="Somebody", arn=f"arn:aws:iam::{ACCOUNT}:{resource}", **known)


@pytest.mark.parametrize(
    ("who", "user"),
    [
        pytest.param(actor("user/alice"), Subject(Kind.USER, "alice"), id="a user"),
        pytest.param(actor("user/ops/bob"), Subject(Kind.USER, "bob"), id="a user under a path"),
        pytest.param(actor("root"), Subject(Kind.ROOT, ACCOUNT), id="the root user"),
        pytest.param(actor("role/alice", session="alice"), None, id="a role is no user"),
        pytest.param(Actor(kind="IAMUser", arn="alice"), None, id="what is no ARN is nobody"),
        pytest.param(Actor(kind="AWSService", invoked_by="x"), None, id="without ARN"),
        pytest.param(
            Actor(kind="IAMUser", arn="arn:aws:iam::210987654321:user/alice"),
            None,
            id="a user of another account",
        ),
    ],
)
def test_which_user_of_the_account_an_actor_is(who: Actor, user: Subject | None) -> None:
    assert who.user_in(ACCOUNT) == user


@pytest.mark.parametrize(
    ("who", "name"),
    [
        pytest.param(actor("user/ops/bob"), "user bob", id="a user"),
        pytest.param(actor("role/deploy", session="root"), "role deploy", id="a role's session"),
        pytest.param(actor("root"), "the root user", id="the root user"),
        pytest.param(actor("rooted"), f"arn:aws:iam::{ACCOUNT}:rooted", id="an odd ARN as it is"),
        pytest.param(
            Actor(kind="AWSService", invoked_by="ecs.amazonaws.com"),
            "ecs.amazonaws.com",
            id="a service",
        ),
        pytest.param(Actor(kind="Unknown"), "an actor of type Unknown", id="nobody knows whom"),
    ],
)
def test_an_actor_in_two_words(who: Actor, name: str) -> None:
    assert who.name == name
