"""What sweeping needs of the world."""

from dataclasses import dataclass

from lambdas.service.ports import Account, Alerts, Clock, SweepRecords
from lambdas.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """The ports and settings that sweeping needs."""

    account: Account
    records: SweepRecords
    alerts: Alerts
    clock: Clock
    settings: Settings
