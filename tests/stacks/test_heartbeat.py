"""The report outside: only the clock may read where to, and the template does not say it."""

from tests.stacks.synthesized import Template, settled

NAME = "/snapback/heartbeat-url"


def test_nobody_reads_a_parameter_where_none_is_named(whole: Template) -> None:
    roles = whole.each("AWS::IAM::Role")
    assert [role for role in roles if "ssm:GetParameter" in whole.allowed(role)] == []


def test_the_clock_alone_may_read_the_one_that_is_named() -> None:
    template = settled({"heartbeatUrl": NAME})
    readers = {
        role: [each for each in template.statements(role) if each["Action"] == "ssm:GetParameter"]
        for role in template.each("AWS::IAM::Role")
    }
    ((role, [statement]),) = [(role, found) for role, found in readers.items() if found]
    assert role.startswith("WatchRole")
    resource = str(statement["Resource"])
    assert resource.count("AWS::AccountId") == resource.count(f":parameter{NAME}") == 1
