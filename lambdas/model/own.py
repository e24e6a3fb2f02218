"""Own: how the names of Snapback's own resources begin."""

from dataclasses import dataclass

STACKS = ("snapback", "stackset-snapback")
"""How the names of Snapback's stacks begin, by themselves and in a stack set called Snapback.

CloudFormation begins the names of what a stack holds with the stack's name.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
"""


@dataclass(frozen=True, slots=True)
class Own:
    """The beginnings of the names of all that is Snapback's; what goes by an id has the whole id.

    Upper and lower case are alike: a bucket's name has no capitals.
    """

    beginnings: tuple[str, ...] = STACKS

    def has(self, name: str) -> bool:
        """Whether something of this name is Snapback's."""
        return name.lower().startswith(tuple(each.lower() for each in self.beginnings))
