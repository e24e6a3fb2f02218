"""Findings of the checks that are agreed to, with the reason, on the construct they concern."""

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def acknowledge(construct: IConstruct, reason: str, *rules: str) -> None:
    """Agree to rules' findings on a construct and what is inside it."""
    Validations.of(construct).acknowledge(*(Acknowledgment(id=id_, reason=reason) for id_ in rules))
