"""What the comparison of grants and uses reads is what the template says."""

from cli.permissions.excepted import EXCEPTED
from cli.permissions.proof import granted
from tests.stacks.synthesized import Template


def test_the_templates_grants_are_those_of_each_role(whole: Template) -> None:
    grants = granted(whole.body)
    assert grants.keys() == whole.each("AWS::IAM::Role").keys()
    for role, actions in grants.items():
        assert actions == whole.allowed(role)


def test_every_exception_is_of_something_granted(whole: Template) -> None:
    grants = granted(whole.body)
    idle = [
        each
        for each in EXCEPTED
        if not any(each.speaks_of(role) and each.action in grants[role] for role in grants)
    ]
    assert idle == []
