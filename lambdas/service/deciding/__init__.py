"""Deciding: what people ask about incidents, and what they have done about them.

The calls that a person wants made are made with the person's own credentials: no role of
Snapback's may give anything back. Here they are planned, noted before they are made so that their
events are known again, and checked afterwards.
"""

from collections.abc import Mapping

from lambdas.model.actor import Actor
from lambdas.service.deciding.acting import begin, plan
from lambdas.service.deciding.agreeing import accept
from lambdas.service.deciding.asking import incidents, show
from lambdas.service.deciding.ending import finish
from lambdas.service.deciding.job import Answer, Deciding, Job, Question, RefusedError
from lambdas.service.deciding.times import expect, pause, resume
from lambdas.service.deciding.trying import try_mail

__all__ = ["JOBS", "Deciding", "RefusedError", "decide"]

JOBS: Mapping[str, Job] = {
    "incidents": incidents,
    "show": show,
    "accept": accept,
    "plan": plan,
    "begin": begin,
    "finish": finish,
    "expect": expect,
    "pause": pause,
    "resume": resume,
    "test-alert": try_mail,
}
"""What can be asked for -> the job that does it."""


def decide(question: Question, by: Actor, of: Deciding) -> Answer:
    """Do what a person asks for, and answer it.

    Raises:
        RefusedError: it cannot be done; the message says why.
    """
    job = JOBS.get(str(question.get("do")))
    if job is None:
        raise RefusedError(f"{question.get('do')!r} is nothing to do; there is {', '.join(JOBS)}")
    return job(question, by, of)
