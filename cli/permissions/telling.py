"""Telling: what `make prove-permissions` prints."""

from collections.abc import Iterator, Sequence

from cli.permissions.proof import Proof


def lines(proofs: Sequence[Proof]) -> Iterator[str]:
    """What was found of each role, and how much of it is not as it should be."""
    for proof in proofs:
        yield f"{proof.role}: {proof.granted} actions granted, {proof.used} used"
        yield from (f"  granted and unused: {action}" for action in proof.unused)
        yield from (f"  used and not granted: {action}" for action in proof.refused)
        yield from (f"  excepted: {each.action}: {each.reason}" for each in proof.excepted)
        yield from (f"  used, and yet excepted: {each.action}" for each in proof.stale)
    unused, refused = (
        sum(len(proof.unused) for proof in proofs),
        sum(len(proof.refused) for proof in proofs),
    )
    yield f"{unused} granted and unused, {refused} used and not granted"
