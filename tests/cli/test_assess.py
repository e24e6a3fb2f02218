"""`snapback assess`: lines in and out, whole accounts, and deltas."""

import json

import pytest
from typer.testing import CliRunner

from cli.aws_policies import aws_policies
from cli.aws_policy_lines import lines
from cli.main import app

RUNNER = CliRunner()
ACCOUNT = "arn:aws:iam::123456789012"
ALICE = f"{ACCOUNT}:user/alice"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def _document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _allow(action, resource="*", **more):
    return _document({"Effect": "Allow", "Action": action, "Resource": resource, **more})


def _assess(*given, arguments=()):
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in given)
    return RUNNER.invoke(app, ["assess", *arguments], input=text)


def _told(*given):
    done = _assess(*given)
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _found(line):
    (told,) = _told({"id": 1, **line})
    assert told["errors"] == []
    return {way["path"]: way["certainty"] for way in told["escalations"]}


def test_a_verdict_holds_what_it_says_and_no_more():
    (told,) = _told(
        {
            "id": {"any": ["JSON"]},
            "principal": ALICE,
            "identity": [_allow("iam:PutUserPolicy", ALICE)],
        }
    )
    why = f"identity policy, statement 1 (Allow iam:PutUserPolicy on {ALICE})"
    assert told == {
        "id": {"any": ["JSON"]},
        "admin": "no",
        "escalations": [{"path": "iam-007", "certainty": "certain", "because": [why]}],
        "errors": [],
    }


def test_conditions_stand_in_words():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    (told,) = _told({"id": 1, "identity": [_allow("*", Condition=mfa)]})
    assert told["admin"] == "conditional"
    assert {way["certainty"] for way in told["escalations"]} == {"conditional", "possible"}
    assert told["escalations"][0]["if"] == ["if Bool aws:MultiFactorAuthPresent true"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(
            {"principal": ALICE, "identity": [_allow("iam:PutUserPolicy", f"{ACCOUNT}:user/bob")]},
            {},
            id="another user's policies",
        ),
        pytest.param(
            {"identity": [_allow("iam:*AccessKey*", f"{ACCOUNT}:user/${{aws:username}}")]},
            {},
            id="its own keys, whoever it is",
        ),
        pytest.param(
            {"principal": f"{ACCOUNT}:role/app", "identity": [_allow("iam:AddUserToGroup")]},
            {},
            id="a role is in no group",
        ),
        pytest.param(
            {"identity": [_allow("*")], "boundary": _allow("s3:*")}, {}, id="under a boundary"
        ),
        pytest.param(
            {"identity": [_allow("*")], "scps": [[_allow("*")], [_allow("s3:*")]]},
            {},
            id="under service control policies",
        ),
        pytest.param(
            {"identity": [_allow("iam:PutUserPolicy")], "boundary": None, "scps": None},
            {"iam-007": "certain"},
            id="some user's own policies",
        ),
        pytest.param(
            {"identity": [_allow("iam:PutRolePolicy")]},
            {"iam-005": "certain"},
            id="some role's own policies",
        ),
        pytest.param(
            {"identity": [_allow("iam:PutUserPolicy", f"{ACCOUNT}:user/bob")]},
            {"iam-007": "possible"},
            id="policies of one user, who may be the principal",
        ),
        pytest.param(
            {"identity": [_allow("iam:DeleteUserPermissionsBoundary")], "boundary": None},
            {},
            id="no boundary to lift",
        ),
        pytest.param(
            {"identity": [_allow("iam:DeleteUserPermissionsBoundary")]},
            {"deleteuserpermissionsboundary": "possible"},
            id="a boundary of which nothing is known",
        ),
        pytest.param(
            {"principal": ALICE, "identity": [_allow("iam:PutGroupPolicy")]},
            {"iam-011": "possible"},
            id="policies of groups, of which some may be its own",
        ),
        pytest.param(
            {
                "principal": "arn:aws:sts::123456789012:assumed-role/app/session",
                "identity": [_allow("iam:PutRolePolicy", f"{ACCOUNT}:role/app")],
            },
            {"iam-005": "certain"},
            id="a role by its session",
        ),
        pytest.param(
            {"identity": [json.dumps(_allow("lambda:UpdateFunctionCode"))]},
            {"lambda-003": "possible"},
            id="a document as text",
        ),
        pytest.param(
            {"identity": [_allow("iam:PutUserPolicy", "arn:aws-cn:iam::111122223333:user/*")]},
            {"iam-007": "certain"},
            id="a user of the account and partition that the policies speak of",
        ),
    ],
)
def test_ways(line, found):
    assert _found(line) == found


OTHER = "arn:aws:iam::999999999999"
PADDING = _allow("sts:AssumeRole", [f"{OTHER}:role/a", f"{OTHER}:role/b"])
HOME = _allow("*", "arn:aws:*:*:123456789012:*")


def test_an_account_that_is_named_more_often_hides_no_administrator():
    buckets = _allow("s3:*", "arn:aws:s3:::*")
    quiet, found = _told(
        {"id": 1, "identity": [PADDING]}, {"id": 2, "identity": [PADDING, HOME, buckets]}
    )
    assert (quiet["admin"], found["admin"]) == ("no", "yes")


def test_accounts_that_were_not_judged_are_told():
    spoken = [f"arn:aws:iam::{number:012}:role/a" for number in range(18)]
    (told,) = _told({"id": 1, "identity": [_allow("s3:GetObject", spoken)]})
    assert told["errors"] == ["there is no principal, and 2 of the accounts named were not judged"]


def test_longer_ways_are_told_to_machines_alone():
    line = {"id": "x", "identity": [_allow(["lambda:UpdateFunctionCode", "lambda:InvokeFunction"])]}
    assert set(_found(line)) == {"lambda-003", "lambda-004"}
    assert "[lambda-003]" in _assess(line, arguments=["--text"]).stdout


def test_a_document_that_is_none_is_an_error_and_the_others_are_judged():
    (told,) = _told(
        {
            "id": 1,
            "identity": [{"Statement": "x"}, _allow("iam:PutUserPolicy")],
            "boundary": {"x": 1},
            "scps": [[_allow("*"), "nonsense"]],
            "session": [],
        }
    )
    assert [way["path"] for way in told["escalations"]] == ["iam-007"]
    assert [error.partition(":")[0].partition(" is ")[0] for error in told["errors"]] == [
        "'session'",
        "boundary policy",
        "identity policy 1",
        "service control (level 1) policy 2",
    ]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        pytest.param("nonsense", "cannot be read", id="no JSON"),
        pytest.param("\udcff", "cannot be read", id="no UTF-8"),
        pytest.param("[]", "not an object", id="no object"),
        pytest.param('{"id": 1}', "identity is None, not a list", id="no policies"),
        pytest.param('{"identity": {}}', "identity is a dict, not a list", id="one policy"),
        pytest.param('{"identity": [], "identity": []}', "stands twice", id="a key twice"),
        pytest.param(
            '{"identity": [], "scps": [{}]}', "level 1 of scps is a dict", id="levels that are none"
        ),
        pytest.param('{"identity": [], "principal": 1}', "not an ARN", id="no principal"),
        pytest.param(
            '{"identity": [], "principal": "arn:aws:iam::123456789012:root"}',
            "no ARN of a user or role",
            id="the root user",
        ),
    ],
)
def test_a_malformed_line_is_told_and_the_rest_goes_on(tmp_path, line, error):
    good = json.dumps({"id": "good", "identity": []})
    path = tmp_path / "lines.jsonl"
    path.write_bytes(f"{good}\n\n{line}\n{good}\n".encode(errors="surrogateescape"))
    done = RUNNER.invoke(app, ["assess", str(path)])
    first, mistake, last = (json.loads(each) for each in done.stdout.splitlines())
    assert done.exit_code == 1
    assert first["id"] == last["id"] == "good"
    assert mistake["line"] == 3
    assert error in mistake["error"]


def test_text_for_people():
    done = _assess(
        {"id": "boss", "identity": [_document(EVERYTHING)]},
        {"id": "dev", "identity": [_allow(["ssm:*", "states:*"]), "x"]},
        "nonsense",
        arguments=["--text"],
    )
    assert done.exit_code == 1
    boss, by, dev, ways, because, error, line = done.stdout.splitlines()
    assert boss == "boss: administrator"
    assert by == "      by identity policy, statement 1 (Allow * on *)"
    assert dev == "dev: no administrator"
    assert "run code on an instance" in ways
    assert "have a state machine make calls" in ways
    assert because == "      by identity policy 1, statement 1 (Allow ssm:*, states:* on *)"
    assert error.startswith("  error: identity policy 2 is no valid policy document")
    assert line.startswith("line 3: ")


def test_a_file_that_is_not_there_is_told():
    done = RUNNER.invoke(app, ["assess", "/nope"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No such file" in done.stderr


@pytest.fixture
def before(tmp_path):
    path = tmp_path / "before.jsonl"
    same = {"id": 1, "principal": ALICE, "identity": [_allow("s3:GetObject")]}
    path.write_text(f"{json.dumps(same)}\nnonsense\n", "utf-8")
    return path


def _changed(before, *arguments):
    read = _document(EVERYTHING)
    changed = (
        {"id": 1, "principal": ALICE, "identity": [read]},
        {"id": 2, "principal": ALICE, "identity": [read, "x"]},
        "nonsense",
    )
    done = _assess(*changed, arguments=["--before", str(before), *arguments])
    assert done.exit_code == 1
    return done.stdout.splitlines()


def test_the_delta_for_machines(before):
    mistake, known, unknown, line = map(json.loads, _changed(before))
    assert (mistake["file"], mistake["line"]) == (str(before), 2)
    assert known["gave"][0] == "administrator of the account"
    assert (known["id"], known["took"], known["known"], known["errors"]) == (1, [], True, [])
    assert (unknown["known"], len(unknown["errors"])) == (False, 1)
    assert line["line"] == 3


def test_the_delta_for_people(before):
    told = _changed(before, "--text")
    assert told[0].startswith(f"{before}, line 2: ")
    assert told[1:3] == ["1:", "  + administrator of the account"]
    assert "2: what it could do before is not known" in told
    assert told[-1].startswith("line 3: ")


def _gave(tmp_path, before, after):
    path = tmp_path / "former.jsonl"
    path.write_text(json.dumps({"id": 1, **before}), "utf-8")
    done = _assess({"id": 1, **after}, arguments=["--before", str(path)])
    assert done.exit_code == 0
    return json.loads(done.stdout)


OTHER = "arn:aws:iam::999988887777"
OF_A_ROLE = "write the inline policies of its own role or of one that it can assume"
SPOKEN = _allow("sts:AssumeRole", [f"{ACCOUNT}:role/a", f"{ACCOUNT}:role/b"])


@pytest.mark.parametrize(
    ("before", "after", "gave"),
    [
        pytest.param(
            {"identity": [SPOKEN, _allow("iam:PutUserPolicy", f"{OTHER}:user/*")]},
            {"identity": [_allow("iam:PutUserPolicy", f"{OTHER}:user/*")]},
            [],
            id="the account that is named most often is another one than before",
        ),
        pytest.param(
            {"identity": [SPOKEN]},
            {"identity": [SPOKEN, _allow("iam:PutUserPolicy", f"{OTHER}:user/*")]},
            ["a way to more power: write its own inline policies"],
            id="the account that is named less often",
        ),
        pytest.param(
            {"identity": [SPOKEN]},
            {"identity": [SPOKEN, _allow("iam:PutRolePolicy", f"{ACCOUNT}:role/*")]},
            [f"a way to more power: {OF_A_ROLE}"],
            id="a role, not a user",
        ),
        pytest.param(
            {"principal": ALICE, "identity": []},
            {"identity": [_allow("iam:PutRolePolicy", f"{OTHER}:role/*")]},
            [],
            id="whom the line before names",
        ),
        pytest.param(
            {"identity": [_allow("iam:PutUserPolicy", ALICE)]},
            {"principal": ALICE, "identity": [_allow("iam:PutUserPolicy", ALICE)]},
            [],
            id="whom the line after names",
        ),
    ],
)
def test_lines_without_a_principal_are_compared_for_whomever_they_speak_of(
    tmp_path, before, after, gave
):
    told = _gave(tmp_path, before, after)
    assert [line for line in told["gave"] if "more power" in line] == gave


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "account.json"
    read = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    role = {
        "RoleName": "admin",
        "RoleId": "AROA1",
        "Arn": f"{ACCOUNT}:role/admin",
        "AssumeRolePolicyDocument": _document(
            {"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "sts:AssumeRole"}
        ),
        "RolePolicyList": [{"PolicyName": "all", "PolicyDocument": _document(EVERYTHING)}],
    }
    alice = {
        "UserName": "alice",
        "UserId": "AIDA1",
        "Arn": ALICE,
        "GroupList": ["gone"],
        "AttachedManagedPolicies": [{"PolicyArn": read, "PolicyName": "ReadOnlyAccess"}],
    }
    held = {"UserDetailList": [alice], "RoleDetailList": [role], "GroupDetailList": []}
    path.write_text(json.dumps(held), "utf-8")
    return path


def test_everybody_in_an_account_for_machines(dump):
    done = RUNNER.invoke(app, ["assess", "--account", str(dump)])
    assert done.exit_code == 0
    alice, admin = map(json.loads, done.stdout.splitlines())
    assert (alice["id"], alice["admin"]) == (ALICE, "no")
    assert alice["errors"] == ["group gone of user alice could not be read"]
    (chain,) = alice["chains"]
    (hop,) = chain["hops"]
    assert (chain["certainty"], hop["to"], hop["path"]) == ("certain", "role admin", "sts-001")
    why = f"role admin: trust policy, statement 1 (Allow sts:AssumeRole to AWS {ALICE})"
    assert hop["because"] == [why]
    assert (admin["admin"], admin["chains"]) == ("yes", [])


def test_everybody_in_an_account_for_people(dump):
    done = RUNNER.invoke(app, ["assess", "--account", str(dump), "--text"])
    assert done.exit_code == 0
    assert "  certain chain to administrator:\n    1. can assume role admin\n" in done.stdout


def test_a_dump_that_is_none_is_told(tmp_path):
    (tmp_path / "no.json").write_text("[]", "utf-8")
    done = RUNNER.invoke(app, ["assess", "--account", str(tmp_path / "no.json")])
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("role", "admin"),
    [
        pytest.param("role/app", "no", id="a role"),
        pytest.param("role/aws-service-role/ecs.amazonaws.com/a", "yes", id="not a service's own"),
    ],
)
def test_service_control_policies_bind(role, admin):
    limited = {"identity": [_allow("*")], "scps": [[_allow("s3:*")]]}
    (told,) = _told({**limited, "principal": f"{ACCOUNT}:{role}"})
    assert told["admin"] == admin


def test_only_those_that_are_flagged():
    harmless, broken = {"id": 1, "identity": [_allow("s3:*")]}, {"id": 2, "identity": ["x"]}
    able, boss = {"id": 3, "identity": [_allow("ssm:*")]}, {"id": 4, "identity": [_allow("*")]}
    done = _assess(harmless, broken, able, boss, arguments=["--flagged"])
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [2, 3, 4]


def test_all_policies_of_aws_are_assessed_without_an_error():
    done = _assess(*lines())
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, len(told)) == (0, len(aws_policies().documents))
    assert not [each["id"] for each in told if each["errors"]]
    assert [each["id"] for each in told if each["admin"] == "yes"] == ["AdministratorAccess"]
