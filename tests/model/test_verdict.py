import pytest

from lambdas.model.finding import Finding
from lambdas.model.problem import Problem
from lambdas.model.severity import Severity
from lambdas.model.verdict import Verdict

LOW = Finding(rule="r", says="s", severity=Severity.LOW)
CRITICAL = Finding(rule="r", says="s", severity=Severity.CRITICAL)


@pytest.mark.parametrize(
    ("verdict", "severity", "mailed"),
    [
        pytest.param(Verdict(), Severity.INFO, False, id="nothing found is recorded"),
        pytest.param(Verdict((LOW,)), Severity.LOW, False, id="a low finding waits"),
        pytest.param(Verdict((LOW, CRITICAL)), Severity.CRITICAL, True, id="the worst counts"),
        pytest.param(Verdict((), (Problem("p"),)), Severity.HIGH, True, id="unknown is not safe"),
        pytest.param(
            Verdict((LOW,), (Problem("p", Severity.MEDIUM),)),
            Severity.MEDIUM,
            True,
            id="a problem may be worse than the findings",
        ),
    ],
)
def test_a_verdict_is_as_severe_as_its_worst(
    verdict: Verdict, severity: Severity, mailed: bool
) -> None:
    assert verdict.severity is severity
    assert verdict.severity.mailed is mailed


def test_a_severity_reads_as_a_word() -> None:
    assert str(Severity.CRITICAL) == "critical"
