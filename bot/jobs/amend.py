"""Digests that told a story which turned out wrong: those that were sent are corrected in place, those that wait leave without it.

What is owed for a change of a story is found anew until it stands in the outbox: while a message is on its way with its old words,
the change is not done with. So whatever dies in between, the next round owes the rest, and a key that is owed once is owed once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.commands.desk import Desk
from bot.decisions.amending import Present, amended, corrected_of, withdrawn_of
from bot.decisions.plan import plan_amendments
from bot.model import Listing, StoredStory
from extractors.model import Kind


class Amended(NamedTuple):
    """How many edits were owed, and whether that was all: else it is to be asked again shortly."""

    owed: int
    settled: bool


def owe_amendments(desk: Desk, stored: StoredStory) -> Amended:
    """Owes the edits of every digest that told the story otherwise, and gives those that have not left other words."""
    listings = desk.store.listings.of(stored.id, stored.revision)
    known: dict[int, StoredStory] = {stored.id: stored}
    done = [_amend(desk, listing, _present(desk, listing, known)) for listing in listings]
    return Amended(sum(one.owed for one in done), all(one.settled for one in done))


def _amend(desk: Desk, listing: Listing, present: Mapping[int, Present]) -> Amended:
    unsent = replace(listing, without=withdrawn_of(listing, present))
    words = amended(unsent, present)
    if (unsent, words) == (listing, listing.html) and desk.store.listings.reads_as_made(listing):
        return Amended(0, settled=True)  # it merely grew
    desk.store.listings.reword(listing, unsent, words, desk.now)
    revisions = {number: now.stored.revision for number, now in present.items()}
    sent = desk.store.listings.sent(listing)
    owed = desk.store.outbox.owe(plan_amendments(listing, amended(listing, present), sent, revisions, desk.now))
    return Amended(owed, desk.store.listings.planned(listing, revisions, len(sent), words if unsent == listing else ""))


def _present(desk: Desk, listing: Listing, known: dict[int, StoredStory]) -> dict[int, Present]:
    """The stories of a listing as they stand, and what a sale whose figures were corrected is told with."""
    for told in listing.stories:
        if told.id not in known and (found := desk.store.stories.get(told.id)):
            known[told.id] = found
    present = {told.id: Present(known[told.id]) for told in listing.stories if told.id in known}
    then = Desk(desk.store, listing.until)
    for number in corrected_of(listing, present):
        stored = known[number]
        context = then.context(stored) if stored.story.kind is Kind.SALE else None
        present[number] = Present(stored, desk.sources(stored), context)
    return present
