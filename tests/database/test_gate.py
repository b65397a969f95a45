"""The gate lets many through side by side, and one alone."""

from __future__ import annotations

from threading import Event, Thread

from referral_app.database.gate import Gate


def test_closing_waits_for_those_inside_and_keeps_others_out() -> None:
    gate, leave, order = Gate(), Event(), list[str]()
    inside = Event()

    def pass_first() -> None:
        with gate.passing():
            inside.set()
            leave.wait()
            order.append("first left")

    def close() -> None:
        with gate.closed():
            order.append("alone")

    threads = [Thread(target=pass_first), Thread(target=close)]
    threads[0].start()
    inside.wait()
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join()
    with gate.passing():
        order.append("passed")
    assert order == ["first left", "alone", "passed"]
