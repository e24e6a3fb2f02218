import json
import lzma

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from cli.aws_policies import TABLE, aws_policies, table
from lambdas.model.subject import Kind, Subject

UNKNOWN = {
    "a customer's policy": Subject(Kind.POLICY, "arn:aws:iam::123456789012:policy/ReadOnlyAccess"),
    "a policy that AWS does not have": Subject(Kind.POLICY, "arn:aws:iam::aws:policy/None"),
    "a user": Subject(Kind.USER, "ReadOnlyAccess"),
}
KNOWN = {
    "a policy": "arn:aws:iam::aws:policy/AdministratorAccess",
    "a policy of another partition": "arn:aws-cn:iam::aws:policy/AdministratorAccess",
    "a policy under a path": "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
}


@pytest.mark.parametrize("subject", UNKNOWN.values(), ids=UNKNOWN)
def test_the_table_does_not_know(subject):
    assert aws_policies().state(subject) is None


@pytest.mark.parametrize("arn", KNOWN.values(), ids=KNOWN)
def test_the_table_knows(arn):
    state = aws_policies().state(Subject(Kind.POLICY, arn))
    assert state is not None
    assert state.arn == arn
    assert all(json.loads(text)["Statement"] for text in state.parts["document"].values())


def test_the_table_is_what_moto_packages_now():
    written = lzma.decompress(TABLE.read_bytes())
    packaged = json.loads(aws_managed_policies_data)
    assert written == lzma.decompress(table(packaged)), "out of date: python -m cli.aws_policies"
