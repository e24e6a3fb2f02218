"""Figures: what a benchmark measured."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement: a value with its unit, and what it is to be compared with."""

    name: str
    value: float
    unit: str
    compared_with: str = ""

    def __str__(self) -> str:
        return f"{self.value:,.2f} {self.unit}".replace(".00 ", " ")

    def as_json(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "comparedWith": self.compared_with,
        }
