"""Telling: what `make prove-permissions` prints."""

from collections.abc import Iterator

from cli.permissions.proof import Compared


def lines(compared: Compared) -> Iterator[str]:
    """What was found of each role, and how much of it is not as it should be."""
    for proof in compared.proofs:
        yield f"{proof.role}: {proof.granted} actions granted, {proof.used} used"
        yield from (f"  granted and unused: {action}" for action in proof.unused)
        yield from (f"  used and not granted: {action}" for action in proof.refused)
        yield from (f"  excepted: {each.action}: {each.reason}" for each in proof.excepted)
    for each in compared.stale:
        yield f"excepted, and used or no longer granted: {each.role or 'every role'}: {each.action}"
    unused = sum(len(proof.unused) for proof in compared.proofs)
    refused = sum(len(proof.refused) for proof in compared.proofs)
    excepted = sum(len(proof.excepted) for proof in compared.proofs)
    yield (
        f"{unused} granted and unused, {refused} used and not granted, {excepted} excepted,"
        f" {len(compared.stale)} of the exceptions stale"
    )
