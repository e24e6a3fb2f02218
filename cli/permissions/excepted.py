"""Exceptions: what a role is granted although no drill uses it, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Excepted:
    """An action that a role keeps without using it in a drill, and why.

    ``role`` is how the role's logical id begins; an empty one means every role. One that excuses no
    role any more fails the run.
    """

    role: str
    action: str
    reason: str

    def speaks_of(self, role: str) -> bool:
        """Whether it is about the role of this logical id."""
        return role.startswith(self.role)


EXCEPTED = (
    Excepted(
        role="",
        action="sqs:SendMessage",
        reason="AWS Lambda keeps with it what a function failed on three times, and a drill in"
        " which all goes well has nothing to keep",
    ),
    *(
        Excepted(
            role=role,
            action="iam:GetAccountAuthorizationDetails",
            reason="where a group's or a policy's change reaches more than a hundred users and"
            " roles, the account's pages are read in their place; in no drill there are as many",
        )
        for role in ("EvaluateRole", "DecideRole")
    ),
    Excepted(
        role="WatchRole",
        action="dynamodb:BatchGetItem",
        reason="long texts are kept apart from the states that name them, and the selectors of a"
        " trail that was stopped unheard may be long; those of the drill's trails are short",
    ),
    Excepted(
        role="UndoRole",
        action="sqs:GetQueueAttributes",
        reason="AWS Lambda asks for it before it takes messages for a function, which the sandbox"
        " does without",
    ),
)
"""Nothing stands here for a permission whose use nobody can name: such a one is taken away.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""
