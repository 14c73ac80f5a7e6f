"""`/claims` in pages: the buttons say where they lead."""

from datetime import timedelta
from decimal import Decimal

from bot.decisions.markup import to_plain
from extractors.model import Claim, Metric
from tests.support.asking import answered
from tests.support.newsroom import Newsroom
from tests.support.tales import NOW

SIX = 6


def told(room: Newsroom, count: int) -> None:
    for number in range(count):
        room.tell(Claim(Metric.HASHRATE, value=Decimal(900 + number) * 10**18), at=NOW - timedelta(hours=2))


def test_pages_are_numbered_and_turned_by_words_of_what_follows(room: Newsroom) -> None:
    told(room, 2 * SIX + 1)
    first, second, last = (answered(room, line) for line in ("/claims 30d", "/claims 30d p2", "/claims 30d p3"))
    assert [[(one.label, one.data) for one in row] for row in first.buttons] == [[("More of 13 »", "/claims 30d p2")]]
    assert [[(one.label, one.data) for one in row] for row in second.buttons] == [
        [("« Back", "/claims 30d p1"), ("More of 13 »", "/claims 30d p3")]
    ]
    assert [[one.label for one in row] for row in last.buttons] == [["« Back"]]
    assert "Page 2 of 3" in to_plain(second)
    assert to_plain(first).count("EH/s") == to_plain(second).count("EH/s") == SIX
    assert to_plain(last).count("EH/s") == 1


def test_what_fits_on_one_page_has_neither_number_nor_buttons(room: Newsroom) -> None:
    told(room, SIX)
    only = answered(room, "/claims")
    assert not only.buttons
    assert "Page" not in to_plain(only)
