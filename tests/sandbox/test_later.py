import threading

from sandbox.later import Later


def test_work_is_done_in_the_order_in_which_it_is_due() -> None:
    later, done, order = Later(), threading.Event(), []
    later.after(0.05, lambda: (order.append("second"), done.set()))
    later.after(0.01, lambda: order.append("first"))
    assert done.wait(10)
    later.stop()
    assert order == ["first", "second"]


def test_what_is_not_due_is_dropped() -> None:
    later, done = Later(), []
    later.after(3600, lambda: done.append("late"))
    later.stop()
    assert done == []
