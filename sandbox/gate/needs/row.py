"""Rows: how the needs of a call follow from its parameters."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.gate.needs.need import Need
from sandbox.gate.needs.where import Where

Parameters = Mapping[str, Any]
Row = Callable[[Parameters, Where], tuple[Need, ...]]
