import threading
from typing import Never

import pytest

from sandbox.flight import Flight, UnsettledError


def test_nothing_in_flight_is_settled() -> None:
    Flight().settle(0, list)


def test_what_is_in_flight_is_named() -> None:
    flight = Flight()
    flight.begin("evaluate")
    with pytest.raises(UnsettledError, match=r"evaluate \(1\); 2 messages"):
        flight.settle(0.01, lambda: ["2 messages"])


def test_the_end_wakes_whoever_waits() -> None:
    flight = Flight()
    flight.begin("work")
    ender = threading.Thread(target=flight.end, args=["work"])
    ender.start()
    flight.settle(10, list)
    ender.join()


def test_during_ends_after_an_error() -> Never:
    flight = Flight()
    with pytest.raises(ZeroDivisionError), flight.during("work"):
        raise ZeroDivisionError
    flight.settle(0, list)
