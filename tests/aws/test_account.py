"""Live reading, against moto; failures are put in by hand, because moto has none."""

import json
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError
from mypy_boto3_iam import IAMClient

from lambdas.aws.account import LiveAccount
from lambdas.model.state import ONLY, SWITCHED, Part
from lambdas.model.subject import Kind, Subject
from tests.aws.readings import failing, mended, read, refusal

ALICE = Subject(Kind.USER, "alice")
STAFF = Subject(Kind.GROUP, "staff")
TEXT = '{\n  "Version": "2012-10-17",\t\n "Statement": {"Sid": "Ü+日本", "Effect": "Deny"}}\n '
CODED = TEXT.replace("\n", "\r\n").replace("Ü", "%7BÜ")  # moto encodes inline documents only
TAGS = [{"Key": "team", "Value": "blue"}]
SIMPLE = json.dumps({"Version": "2012-10-17", "Statement": []})
HELD = {
    Part.NAME,
    Part.PATH,
    Part.ATTACHED,
    Part.INLINE,
    Part.GROUPS,
    Part.BOUNDARY,
    Part.TAGS,
}


@pytest.fixture
def alice(iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> Subject:
    """A user with everything; moto checks documents more strictly than IAM, so it is told less."""
    monkeypatch.setattr("moto.iam.models.IAMPolicyDocumentValidator.validate", lambda _: None)
    iam.create_user(UserName="alice", Path="/people/", Tags=TAGS)
    iam.create_group(GroupName="staff", Path="/teams/")
    iam.add_user_to_group(UserName="alice", GroupName="staff")
    iam.put_user_policy(UserName="alice", PolicyName="work", PolicyDocument=CODED)
    iam.put_group_policy(GroupName="staff", PolicyName="common", PolicyDocument=TEXT)
    policy = iam.create_policy(PolicyName="Deploy", Path="/team/", PolicyDocument=TEXT, Tags=TAGS)
    arn = policy["Policy"]["Arn"]
    iam.attach_user_policy(UserName="alice", PolicyArn=arn)
    iam.attach_group_policy(GroupName="staff", PolicyArn=arn)
    return Subject(Kind.POLICY, arn)


class TestUsers:
    def test_a_user_is_read_with_all_that_he_draws_on(self, iam: IAMClient, alice: Subject) -> None:
        states = read(ALICE)
        user = iam.get_user(UserName="alice")["User"]
        found = states.of(ALICE)
        assert (found.unique_id, found.arn) == (user["UserId"], user["Arn"])
        assert found.parts == {
            Part.ATTACHED: {alice.name: "Deploy"},
            Part.INLINE: {"work": CODED},
            Part.GROUPS: {"staff": "staff"},
            Part.BOUNDARY: {},
            Part.NAME: {ONLY: "alice"},
            Part.PATH: {ONLY: "/people/"},
            Part.TAGS: {"team": "blue"},
        }
        assert set(states.known) == {ALICE, STAFF, alice}
        assert (states.problems, states.absent) == ((), frozenset())

    def test_a_group_goes_by_its_name_and_path_whoever_tells_of_it(self, alice: Subject) -> None:
        for states in (read(ALICE), read(STAFF)):
            assert states.of(STAFF).value(Part.NAME) == "staff"
            assert states.of(STAFF).value(Part.PATH) == "/teams/"

    def test_documents_are_the_exact_text(self, alice: Subject) -> None:
        states = read(ALICE)
        assert states.of(STAFF).parts[Part.INLINE] == {"common": TEXT}
        assert states.of(alice).parts == {Part.DOCUMENT: {"v1": TEXT}}
        assert states.of(STAFF).parts[Part.ATTACHED] == {alice.name: "Deploy"}

    def test_a_users_id_is_known_before_everything_is_read(
        self, iam: IAMClient, alice: Subject
    ) -> None:
        reading = LiveAccount().reading([ALICE])
        assert reading.unique_id(ALICE) == iam.get_user(UserName="alice")["User"]["UserId"]
        assert reading.states().of(ALICE) is not None

    def test_a_boundary_is_read_with_its_policy(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def bounded(answer: Any) -> Any:
            answer["User"]["PermissionsBoundary"] = {"PermissionsBoundaryArn": alice.name}
            return answer

        iam.detach_user_policy(UserName="alice", PolicyArn=alice.name)
        iam.detach_group_policy(GroupName="staff", PolicyArn=alice.name)
        failing(monkeypatch, iam, "GetUser", bounded)
        states = read(ALICE)
        assert states.of(ALICE).parts[Part.BOUNDARY] == {ONLY: alice.name}
        assert states.of(alice) is not None

    def test_lists_are_read_to_their_end(self, iam: IAMClient, alice: Subject) -> None:
        names = {f"policy-{number:03}" for number in range(120)}
        for name in names:
            iam.put_user_policy(UserName="alice", PolicyName=name, PolicyDocument=SIMPLE)
        assert set(read(ALICE).of(ALICE).parts[Part.INLINE]) == names | {"work"}

    def test_a_deleted_user_is_absent(self, iam: IAMClient) -> None:
        reading = LiveAccount().reading([ALICE])
        assert reading.unique_id(ALICE) is None
        states = reading.states()
        assert (states.known, states.absent) == ({}, {ALICE})
        assert states.problems == ()

    def test_a_policy_that_does_not_exist_is_absent_and_a_problem(self, iam: IAMClient) -> None:
        gone = Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/gone")
        states = read(gone)
        assert states.absent == {gone}
        assert [problem.says for problem in states.problems] == [
            f"{gone} does not exist (any more)"
        ]

    def test_what_is_no_policys_arn_is_a_problem(self, iam: IAMClient) -> None:
        states = read(Subject(Kind.POLICY, "Admin"))
        assert (states.known, states.absent) == ({}, frozenset())
        assert "could not be read: ParamValidationError" in states.problems[0].says

    def test_a_policy_that_goes_while_it_is_read_leaves_its_part_unread(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failing(monkeypatch, iam, "GetUserPolicy", refusal("NoSuchEntity"))
        states = read(ALICE)
        assert Part.INLINE not in states.of(ALICE).parts


def test_a_user_is_found_by_its_unique_id_under_its_new_name(
    iam: IAMClient, alice: Subject
) -> None:
    unique_id = iam.get_user(UserName="alice")["User"]["UserId"]
    iam.update_user(UserName="alice", NewUserName="bob")
    assert LiveAccount().name_of(Kind.USER, unique_id) == "bob"
    assert LiveAccount().name_of(Kind.USER, "AIDANOBODY") is None


class TestFailedReads:
    @pytest.mark.parametrize(
        ("operation", "part", "says"),
        [
            ("ListAttachedUserPolicies", Part.ATTACHED, "the attached policies of user alice"),
            ("ListUserPolicies", Part.INLINE, "the inline policies of user alice"),
            ("GetUserPolicy", Part.INLINE, "inline policy work of user alice"),
            ("ListGroupsForUser", Part.GROUPS, "the groups of user alice"),
        ],
    )
    def test_a_part_that_was_not_read_is_missing_and_not_empty(
        self,
        iam: IAMClient,
        alice: Subject,
        monkeypatch: pytest.MonkeyPatch,
        operation: str,
        part: Part,
        says: Any,
    ) -> None:
        failing(monkeypatch, iam, operation, refusal("AccessDenied"))
        states = read(ALICE)
        assert set(states.of(ALICE).parts) == HELD - {part}
        assert [
            p.says.partition(" could not be read: AccessDenied")[0] for p in states.problems
        ] == [says]

    def test_one_unread_document_of_many_leaves_the_part_unread(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        iam.put_user_policy(UserName="alice", PolicyName="second", PolicyDocument=SIMPLE)
        answers = iter([lambda found: found, refusal("Throttling")])

        def second_fails(found: Any) -> Any:
            answer = next(answers)
            if isinstance(answer, Exception):
                raise answer
            return answer(found)

        failing(monkeypatch, iam, "GetUserPolicy", second_fails)
        assert Part.INLINE not in read(ALICE).of(ALICE).parts

    @pytest.mark.parametrize(
        "error",
        [refusal("AccessDenied"), ConnectTimeoutError(endpoint_url="https://iam")],
        ids=["refused", "no answer"],
    )
    def test_a_user_that_cannot_be_read_is_neither_known_nor_absent(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        failing(monkeypatch, iam, "GetUser", error)
        reading = LiveAccount().reading([ALICE])
        assert reading.unique_id(ALICE) is None
        states = reading.states()
        assert states.of(ALICE) is None
        assert ALICE not in states.absent
        assert "the profile of user alice could not be read" in states.problems[0].says

    @pytest.mark.parametrize(
        "operation",
        ["GetPolicy", "GetPolicyVersion"],
    )
    def test_what_a_user_draws_on_and_cannot_be_read_is_a_problem(
        self,
        iam: IAMClient,
        alice: Subject,
        monkeypatch: pytest.MonkeyPatch,
        operation: str,
    ) -> None:
        failing(monkeypatch, iam, operation, refusal("AccessDenied"))
        states = read(ALICE)
        found = states.of(alice)
        assert found is None or Part.DOCUMENT not in found.parts
        assert states.absent == frozenset()
        assert len(states.problems) == 1

    def test_a_group_that_cannot_be_read_is_a_problem(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failing(monkeypatch, iam, "GetGroup", refusal("AccessDenied"))
        states = read(STAFF)
        assert (states.of(STAFF), states.absent) == (None, frozenset())
        assert len(states.problems) == 1

    def test_reads_that_do_not_end_are_given_up_and_nothing_of_them_counts(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        end = Event()
        monkeypatch.setattr("lambdas.aws.account.DEADLINE", 0.05)

        def hangs(answer: Any) -> Any:
            end.wait()
            return answer

        failing(monkeypatch, iam, "GetUserPolicy", hangs)
        states = read(ALICE)
        end.set()
        assert (states.known, states.absent) == ({}, frozenset())
        assert "AWS does not answer" in states.problems[0].says

    def test_a_read_that_dies_unexpectedly_keeps_nobody_waiting(
        self, iam: IAMClient, alice: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failing(monkeypatch, iam, "GetUser", lambda _: {})
        reading = LiveAccount().reading([ALICE])
        found = []
        thread = Thread(target=lambda: found.append(reading.unique_id(ALICE)), daemon=True)
        thread.start()
        thread.join(10)
        assert found == [None]
        with pytest.raises(KeyError, match="User"):
            reading.states()


class TestEverything:
    @pytest.fixture(autouse=True)
    def complete(self, iam: IAMClient, monkeypatch: pytest.MonkeyPatch) -> None:
        failing(monkeypatch, iam, "GetAccountAuthorizationDetails", mended)

    def test_the_sweep_and_the_reading_agree(self, alice: Subject) -> None:
        pages = list(LiveAccount().everything())
        changed = LiveAccount().reading([alice], reach=alice).states()
        live = read(ALICE, STAFF, Subject(Kind.ACCOUNT, "123456789012")).joined(changed)
        held = {part: {} for part in SWITCHED}
        state = live.known[ALICE]
        live = live.having(replace(state, parts={**state.parts, **held}))
        swept = {s: state for page in pages for s, state in page.known.items()}
        assert {subject: state.parts for subject, state in swept.items()} == {
            subject: state.parts for subject, state in live.known.items()
        }
        assert {s: (x.unique_id, x.arn) for s, x in swept.items()} == {
            s: (x.unique_id, x.arn) for s, x in live.known.items()
        }

    def test_a_role_is_swept_and_read_with_its_trust_and_boundary(
        self, iam: IAMClient, alice: Subject
    ) -> None:
        iam.create_role(
            RoleName="app",
            AssumeRolePolicyDocument=TEXT,
            PermissionsBoundary=alice.name,
            Description="runs it",
            MaxSessionDuration=7200,
            Tags=TAGS,
        )
        iam.put_role_policy(RoleName="app", PolicyName="p", PolicyDocument=TEXT)
        [app] = [
            state
            for page in LiveAccount().everything()
            for state in page.known.values()
            if state.subject == Subject(Kind.ROLE, "app")
        ]
        assert app.parts == {
            Part.ATTACHED: {},
            Part.INLINE: {"p": TEXT},
            Part.TRUST: {ONLY: TEXT},
            Part.BOUNDARY: {ONLY: alice.name},
            Part.SETTINGS: {"Description": "runs it", "MaxSessionDuration": "7200"},
            Part.TAGS: {"team": "blue"},
        }
        live = read(app.subject)
        assert live.of(app.subject) == replace(app, as_of=live.known[app.subject].as_of)
        assert live.of(alice) is not None

    def test_a_deleted_role_is_absent(self, iam: IAMClient) -> None:
        gone = Subject(Kind.ROLE, "gone")
        assert read(gone).absent == {gone}
