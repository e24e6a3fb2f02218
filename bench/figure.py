"""Figures: what a benchmark measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement: a value with its unit, and what it is to be compared with."""

    name: str
    value: float
    unit: str
    compared_with: str = ""

    def __str__(self) -> str:
        return f"{self.value:,.2f} {self.unit}".replace(".00 ", " ")
