"""Proofs: against a server that answers as STS does to whatever signature it knows."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import boto3
import pytest
from botocore.credentials import Credentials

from lambdas.aws.callers import DIGEST, UnprovenError, caller, proof
from lambdas.model.actor import Actor

ACCOUNT = "123456789012"
ASKED = '{"do": "pause"}'
KEYS = Credentials("AKIAOLGA", "secret", "token")


class _Sts(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((dict(self.headers), body))
        arn = self.server.arn
        self.send_response(200 if arn else 403)
        self.end_headers()
        self.wfile.write(
            "<GetCallerIdentityResponse><GetCallerIdentityResult>"
            f"<Arn>{arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>".encode()
        )

    def log_message(self, *_):
        """The test's output is not the place."""


@pytest.fixture
def server():
    made = HTTPServer(("127.0.0.1", 0), _Sts)
    made.seen, made.arn = [], f"arn:aws:iam::{ACCOUNT}:user/team/olga"
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def sts(server):
    return boto3.client(
        "sts",
        region_name="us-east-1",
        endpoint_url=f"http://127.0.0.1:{server.server_port}",
        aws_access_key_id="AKIAFUNCTION",
        aws_secret_access_key="other",
    )


def test_whoever_signed_is_who_asked(sts):
    assert caller(ASKED, proof(ASKED, KEYS, sts), sts, ACCOUNT) == Actor(
        kind="IAMUser", arn=f"arn:aws:iam::{ACCOUNT}:user/team/olga", account=ACCOUNT
    )


def test_a_session_is_its_role_with_the_sessions_name(server, sts):
    server.arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/Security/olga@example.com"
    by = caller(ASKED, proof(ASKED, KEYS, sts), sts, ACCOUNT)
    assert by.name == "role Security"
    assert by.session == "olga@example.com"


def test_what_is_sent_to_sts_is_what_was_signed(server, sts):
    given = proof(ASKED, KEYS, sts)
    caller(ASKED, given, sts, ACCOUNT)
    headers, body = server.seen[0]
    assert {name: headers[name] for name in given} == given
    assert body == b"Action=GetCallerIdentity&Version=2011-06-15"
    assert "AKIAFUNCTION" not in str(headers)


def test_a_digest_of_another_question_is_not_passed_on(server, sts):
    caller(ASKED, {**proof(ASKED, KEYS, sts), DIGEST: "0" * 64}, sts, ACCOUNT)
    assert server.seen[0][0][DIGEST] == proof(ASKED, KEYS, sts)[DIGEST]


@pytest.mark.parametrize(
    ("arn", "given", "says"),
    [
        pytest.param("", {}, "403", id="STS does not know the signature"),
        pytest.param(
            "arn:aws:iam::444455556666:user/mallory", {}, "another account", id="another account"
        ),
        pytest.param("nobody", {}, "no ARN", id="STS answers no ARN"),
        pytest.param(
            "arn:aws:iam::123456789012:user/olga",
            {"Authorization": "AWS4-HMAC-SHA256 SignedHeaders=host;x-amz-date, Signature=0"},
            "leaves out",
            id="a signature that is not bound to the question",
        ),
        pytest.param(
            "arn:aws:iam::123456789012:user/olga",
            {
                "Authorization": "AWS4-HMAC-SHA256 Credential=AKIA/20260301/us-east-1/sts/"
                f"aws4_request, SignedHeaders={DIGEST.lower()}, SignedHeaders=host, "
                f"Signature={'0' * 64}"
            },
            "leaves out",
            id="a signature that names its headers twice",
        ),
        pytest.param(
            "arn:aws:iam::123456789012:user/olga",
            {"Authorization": ""},
            "leaves out",
            id="no signature at all",
        ),
    ],
)
def test_nobody_is_believed_without_proof(server, sts, arn, given, says):
    server.arn = arn
    with pytest.raises(UnprovenError, match=says):
        caller(ASKED, {**proof(ASKED, KEYS, sts), **given}, sts, ACCOUNT)
