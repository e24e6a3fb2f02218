"""Ways over which one principal becomes another, as data: among whom, and in which words."""

from dataclasses import dataclass

from lambdas.model.finding import Certainty


@dataclass(frozen=True, slots=True)
class Becoming:
    """How sure becoming somebody over a path is at most, in which words, and who that may be."""

    says: str
    where: str
    at_most: Certainty = Certainty.CERTAIN


ENTERING = "sts-001"
BECOMING = {
    ENTERING: Becoming("can assume {who}", "open roles"),
    "iam-012/updateassumerolepolicy": Becoming("can make {who} trust it", "roles"),
    "iam-002": Becoming("can make access keys of {who}", "users"),
    "iam-004": Becoming("can give {who} a password", "users", Certainty.POSSIBLE),
    "iam-006": Becoming("can exchange the password of {who}", "users", Certainty.POSSIBLE),
    "iam-013": Becoming("can join {who}", "groups"),
}
"""Ways over which somebody becomes another; whether a user has a password is not known."""
RAISING = {
    "iam-014": Becoming("can attach any policy to {who} and assume it", "open roles"),
    "iam-017": Becoming("can write inline policies of {who} and assume it", "open roles"),
    "iam-019": Becoming("can attach any policy to {who} and make it trust it", "roles"),
    "iam-021": Becoming("can write inline policies of {who} and make it trust it", "roles"),
    "iam-015": Becoming("can attach any policy to {who} and make an access key of it", "users"),
    "iam-018": Becoming("can write inline policies of {who} and make an access key of it", "users"),
}
"""Ways over which somebody makes another administrator and becomes it."""
RAISING_INVITED = {
    "iam-005": "can write inline policies of {who} and assume it",
    "iam-009": "can attach any policy to {who} and assume it",
}
"""Ways over which somebody makes a role administrator that lets it in, whatever else it may do."""
