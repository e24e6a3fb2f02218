"""Home: which accounts are no outsiders, and which principals are of them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lambdas.model.arn import Arn
from lambdas.policy.reading import Principal

ANYBODY = "*"
_ACCOUNT = re.compile(r"\d{12}")
_WILD = re.compile(r"[*?]")

_ENTRIES: Mapping[str, tuple[str, ...]] = {
    "AWS": ("sts:assumerole",),
    "Federated": ("sts:assumerolewithwebidentity", "sts:assumerolewithsaml"),
}
"""Type of principal -> the calls with which it gets into a role, in lower case."""

Identifier = tuple[str, str]
"""Type and identifier of a principal, such as: AWS, 123456789012."""


@dataclass(frozen=True, slots=True)
class Home:
    """The own account of what the policy is of, the accounts that it may trust, and its doors."""

    account: str
    trusted: tuple[str, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _ENTRIES)
    """Type of principal -> the calls with which it gets in, in lower case; of others, any."""

    def doors(self, kind: str) -> tuple[str, ...]:
        """The calls with which a principal of a type gets in, in lower case."""
        anyhow = tuple(entry for entries in self.entries.values() for entry in entries)
        return self.entries.get(kind, anyhow)

    def knows(self, account: str) -> bool:
        """Whether an account is no outsider."""
        return account == self.account or account in self.trusted

    def holds(self, text: str) -> bool:
        """Whether a text is of a known account; a wildcard before it may be another one's path."""
        account = account_of(text)
        if account is None or _WILD.search(text.partition(account)[0]):
            return False
        return self.knows(account)


def account_of(identifier: str) -> str | None:
    """The account that an identifier is, or is of; None where it is of none."""
    arn = Arn.parse(identifier)
    account = arn.account if arn else identifier
    return account if _ACCOUNT.fullmatch(account) else None


def is_account(identifier: str) -> bool:
    """Whether an identifier stands for a whole account, if it is of one."""
    arn = Arn.parse(identifier)
    return arn is None or arn.resource == "root"


def identifiers(principal: Principal) -> Iterator[Identifier]:
    """The types and identifiers of a Principal or NotPrincipal element."""
    if not isinstance(principal, Mapping):
        yield ANYBODY, principal
        return
    for kind, named in principal.items():
        for identifier in named:
            yield kind, identifier
