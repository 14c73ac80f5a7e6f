"""Killed in the middle of a broadcast, again and again: nothing is lost, and each death repeats at most one message."""

from tests.support.killing import broadcast

KILLS = 3


def test_sigkill_loses_nothing_and_repeats_at_most_one_message_each() -> None:
    found = broadcast(60, KILLS)
    assert found.lost == 0
    assert found.repeated <= KILLS
