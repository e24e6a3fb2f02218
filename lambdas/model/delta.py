"""Deltas: what a change gave to principals, and what it took from them."""

from dataclasses import dataclass

from lambdas.model.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What became possible and what is no longer possible, in lines for people.

    All the principals gained and lost the same. ``known`` says whether it is known what they could
    do before: if not, ``gave`` is all that they can do now. Empty lines mean nothing.
    """

    principals: tuple[Subject, ...]
    gave: tuple[str, ...] = ()
    took: tuple[str, ...] = ()
    known: bool = True
