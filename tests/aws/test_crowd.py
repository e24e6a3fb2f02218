"""Reach beyond what is read one by one, against moto, whose answers are completed as AWS's are."""

from threading import Event
from typing import Any

import pytest
from mypy_boto3_iam import IAMClient

from lambdas.aws import crowd, reach
from lambdas.aws.account import LiveAccount
from lambdas.aws.crowd import gathered
from lambdas.model.state import ONLY, Part, State, States
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import NOW, counted, failing, read_changed, refusal

DOCUMENT = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
)
TEAM, OTHERS = Subject(Kind.GROUP, "team"), Subject(Kind.GROUP, "others")
USERS = tuple(Subject(Kind.USER, name) for name in ("alice", "bob", "carol"))
STRANGER = Subject(Kind.USER, "stranger")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three are a crowd."""
    monkeypatch.setattr(reach, "MOST", 2)


@pytest.fixture
def policy(iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> Subject:
    """A policy of a group of three, one of whom is in another group, too."""
    arn = iam.create_policy(PolicyName="work", PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    for group in (TEAM, OTHERS):
        iam.create_group(GroupName=group.name)
    for user in (*USERS, STRANGER):
        iam.create_user(UserName=user.name)
    for user in USERS:
        iam.add_user_to_group(GroupName="team", UserName=user.name)
    iam.add_user_to_group(GroupName="others", UserName="bob")
    iam.attach_group_policy(GroupName="team", PolicyArn=arn)
    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", complete)
    return Subject(Kind.POLICY, arn)


def complete(answer: Any) -> Any:
    """What moto leaves out of this answer and AWS gives."""
    return {**answer, "Policies": [{"PolicyId": "ANPA1", **each} for each in answer["Policies"]]}


def parts(states: States) -> dict[Subject, Any]:
    return {subject: state.parts for subject, state in states.known.items()}


@pytest.mark.parametrize("changed", ["policy", "group"])
def test_a_crowd_is_read_as_each_of_them_would_be(policy, monkeypatch, changed):
    subject = policy if changed == "policy" else TEAM
    together = read_changed(subject)
    monkeypatch.setattr(reach, "MOST", 100)
    single = read_changed(subject)
    if subject is not policy:  # which the pages give with all its versions, as for the histories
        document = {Part.DOCUMENT: parts(together)[policy][Part.DOCUMENT]}
        together = States({**together.known, policy: states_with(together, policy, document)})
        single = States(single.known)
    assert parts(together) == parts(single)
    assert (together.problems, together.absent) == (single.problems, single.absent)


def states_with(states: States, subject: Subject, held: Any) -> State:
    state = states.known[subject]
    return State(
        subject=subject, unique_id=state.unique_id, arn=state.arn, as_of=state.as_of, parts=held
    )


def test_everyone_who_is_reached_is_known_and_nobody_else(policy):
    states = read_changed(policy)
    assert states.reached == USERS
    assert {*USERS, TEAM, OTHERS, policy} == {*states.known}
    assert states.problems == ()


def test_a_crowd_is_not_read_one_by_one(policy, iam, monkeypatch):
    asked = counted(monkeypatch, iam)
    read_changed(TEAM)
    assert not {"GetUser", "ListGroupsForUser", "ListUserPolicies"} & {*asked}
    assert asked.count("GetAccountAuthorizationDetails") == 3


def test_what_a_crowd_draws_on_and_its_pages_do_not_hold_is_read_by_itself(
    policy, iam, monkeypatch
):
    def without(answer: Any) -> Any:
        return {**complete(answer), "Policies": []}

    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", without)
    states = read_changed(TEAM)
    assert states.known[policy].parts == {Part.DOCUMENT: {"v1": DOCUMENT}}
    assert states.problems == ()


def test_whom_the_pages_do_not_show_yet_is_read_by_himself(policy, iam, monkeypatch):
    def without(answer: Any) -> Any:
        shown = [each for each in answer["UserDetailList"] if each["UserName"] != "bob"]
        return {**complete(answer), "UserDetailList": shown}

    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", without)
    states = read_changed(TEAM)
    assert states.known[USERS[1]].value(Part.NAME, ONLY) == "bob"
    assert (OTHERS in states.known, states.problems) == (True, ())


def test_whom_nothing_shows_any_more_is_absent_and_no_problem(policy, iam, monkeypatch):
    def without(answer: Any) -> Any:
        shown = [each for each in answer["UserDetailList"] if each["UserName"] != "bob"]
        return {**complete(answer), "UserDetailList": shown}

    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", without)
    failing(monkeypatch, iam, "GetUser", refusal("NoSuchEntity"))
    states = read_changed(TEAM)
    assert (states.absent, states.problems) == ({USERS[1]}, ())


def test_pages_that_are_refused_are_a_problem_and_so_are_those_who_were_not_read(
    policy, iam, monkeypatch
):
    failing(monkeypatch, iam, "GetAccountAuthorizationDetails", refusal("AccessDenied"))
    states = read_changed(TEAM)
    assert sum(user in states.known for user in USERS) == 2
    assert [problem.says.partition(": AccessDenied")[0] for problem in states.problems] == [
        "the account's list of each group could not be read",
        "the account's list of each policy could not be read",
        "the account's list of each user could not be read",
        "1 of the 3 reached were not read, nor judged",
    ]


def test_pages_that_do_not_come_in_time_are_a_problem_and_what_came_counts(
    policy, iam, monkeypatch
):
    end, call = Event(), iam._make_api_call
    monkeypatch.setattr(crowd, "DEADLINE", 1.0)

    def slow(name: str, parameters: Any) -> Any:
        if parameters.get("Marker"):
            end.wait(10)
        answer = call(name, {k: v for k, v in parameters.items() if k != "Marker"})
        if parameters.get("Filter") != ["User"]:
            return answer
        one = [each for each in answer["UserDetailList"] if each["UserName"] == "alice"]
        return {**answer, "UserDetailList": one, "IsTruncated": True, "Marker": "2"}

    monkeypatch.setattr(iam, "_make_api_call", slow)
    states = read_changed(TEAM)
    end.set()
    assert [user in states.known for user in USERS] == [True, False, False]
    assert states.reached == USERS
    assert [problem.says for problem in states.problems] == [
        "2 of the 3 reached were not read, nor judged"
    ]


def test_no_page_is_asked_for_when_nobody_waits_for_it_any_more(policy, iam, monkeypatch):
    asked, end, call = counted(monkeypatch, iam), Event(), iam._make_api_call
    monkeypatch.setattr("lambdas.aws.account.DEADLINE", 0.5)

    def endless(name: str, parameters: Any) -> Any:
        if name == "ListGroupPolicies":
            end.wait(10)
        if name != "GetAccountAuthorizationDetails":
            return call(name, parameters)
        end.wait(10)
        answer = call(name, {k: v for k, v in parameters.items() if k != "Marker"})
        return {**answer, "IsTruncated": True, "Marker": parameters.get("Marker", "") + "x"}

    monkeypatch.setattr(iam, "_make_api_call", endless)
    reading = LiveAccount().reading((TEAM,), reach=TEAM)
    states = reading.states()
    end.set()
    reading._reach.crowd._done.result(10)
    assert (states.known, len(states.problems)) == ({}, 1)
    assert asked.count("GetAccountAuthorizationDetails") == 3


def state(kind: Kind, name: str, held: Any) -> State:
    subject = Subject(kind, name)
    return State(subject=subject, unique_id=name, arn=name, as_of=NOW, parts=held)


def test_gathering_follows_groups_policies_and_boundaries_and_says_what_is_missing():
    user = state(Kind.USER, "u", {Part.GROUPS: {"g": "g"}, Part.BOUNDARY: {ONLY: "b"}})
    group = state(Kind.GROUP, "g", {Part.ATTACHED: {"p": "p", "q": "q"}})
    policy, other = state(Kind.POLICY, "p", {}), state(Kind.POLICY, "other", {})
    world = {each.subject: each for each in (user, group, policy, other)}
    found, missing = gathered((user.subject, user.subject), world)
    assert set(found) == {user.subject, group.subject, policy.subject}
    assert set(missing) == {Subject(Kind.POLICY, "q"), Subject(Kind.POLICY, "b")}
