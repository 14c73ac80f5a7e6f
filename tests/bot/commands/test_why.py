"""`/why` names the articles of a story: the miner's own word first, then the press in the order in which it told it."""

import re
from datetime import timedelta

from bot.decisions.markup import to_plain
from bot.model import FeedKind
from tests.support.asking import answered
from tests.support.newsroom import Newsroom, events, newsroom
from tests.support.tales import NOW, stored


def told_by(room: Newsroom) -> list[str]:
    """The outlets as `/why` heads their words."""
    return re.findall(r"^([\w ()]+?)(?: \[\d\])?(?: \(primary\))?, \d+ Feb 2026:", to_plain(answered(room, "/why 1")), re.MULTILINE)


def test_primary_sources_come_first_and_the_press_as_it_came() -> None:
    with newsroom() as room:
        room.feed("Wire", FeedKind.WIRE)
        for minutes, outlet in enumerate(("Yellow", "TheMinerMag", "Aardvark", "Wire")):
            sale = events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")])
            room.tell(*sale, outlet=outlet, at=NOW - timedelta(hours=1) + timedelta(minutes=minutes))
        shown = to_plain(answered(room, "/why 1"))
        assert told_by(room) == ["Wire", "Yellow", "TheMinerMag", "Aardvark"]
        assert shown.count("(primary)") == 1
        assert "Wire [1] (primary), 10 Feb 2026: Report 4" in shown
