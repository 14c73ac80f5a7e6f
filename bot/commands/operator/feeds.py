"""`/feeds`, `/mute` and `/unmute`: the feeds with their troubles, and which of them are polled at all.

A feed is named by its number, its address, or words of its title. Muting ends its polling and keeps what it told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.arguments import read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import moments, money
from bot.decisions.claim_words import shortened
from bot.decisions.feedlist import matching
from bot.decisions.lines import BLANK, bold, clipped, enumerated, joined, line, press, rows
from bot.decisions.reasons import in_words
from bot.decisions.sales import page_of
from bot.decisions.schedule import zone_of
from bot.errors import UsageError
from bot.model import Answer, Button, Feed, FeedKind, Line, Piece
from bot.speech import marked, say, say_line, say_many

PAGE = 6
_PAGES = frozenset({"page"})
_LABEL = 24  # characters of a title on a button
# Translators: kinds of feeds; a wire carries the companies' own press releases.
_KINDS = {FeedKind.NEWS: marked("news"), FeedKind.WIRE: marked("wire"), FeedKind.FILING: marked("filing")}


def feeds(desk: Desk, ask: Ask) -> Answer:
    """A page of the feeds, failing ones first; `mute` or `unmute` and a feed before it change that one."""
    if ask.args and ask.args[0].lower() in ("mute", "unmute"):
        words = read_words(ask.args[1:], forms=_PAGES)
        return _changed(desk, ask, words.rest, muted=ask.args[0].lower() == "mute", page=words.page)
    words = read_words(ask.args, forms=_PAGES)
    said = _list(desk, ask, words.page)
    return replace(said, lines=(*said.lines, BLANK, unread(words.rest)))


def mute(desk: Desk, ask: Ask) -> Answer:
    """Ends the polling of a feed."""
    return _changed(desk, ask, ask.args, muted=True)


def unmute(desk: Desk, ask: Ask) -> Answer:
    """Polls a feed again."""
    return _changed(desk, ask, ask.args, muted=False)


def _changed(desk: Desk, ask: Ask, words: Sequence[str], *, muted: bool, page: int = 1) -> Answer:
    feed = _named(desk, words)
    desk.store.feeds.mute(feed.source.url, muted)
    title = bold(feed.source.title)
    if muted:
        return _list(desk, ask, page, say_line("{feed} is muted: it is polled no more, what it told stays", feed=title))
    return _list(desk, ask, page, say_line("{feed} is polled again", feed=title))


def _named(desk: Desk, words: Sequence[str]) -> Feed:
    """The feed that the words name; UsageError if none or several fit."""
    text = " ".join(words).strip()
    if not text:
        raise UsageError(say("Which feed? Its number, its address or words of its title"))
    found = matching(desk.store.feeds.all(), text)
    if not found:
        raise UsageError(say("There is no feed “{name}”; /feeds lists them", name=clipped(text)))
    if len(found) > 1:
        several = enumerated(f"{feed.id} {feed.source.title}" for feed in found[:8])
        raise UsageError(say("“{name}” may be any of: {feeds}", name=clipped(text), feeds=several))
    return found[0]


def _list(desk: Desk, ask: Ask, page: int, said: Line = ()) -> Answer:
    known = sorted(desk.store.feeds.all(), key=lambda feed: (not feed.failures or feed.muted, feed.muted, feed.source.title.casefold()))
    shown, page, pages = page_of(known, page, PAGE)
    counts = say("{n}, page {page} of {pages}", n=money.whole(len(known)), page=money.whole(page), pages=money.whole(pages))
    lines = [*([said, BLANK] if said else []), say_line("{title}: {counts}", title=bold(say("Feeds")), counts=counts)]
    lines += [each for feed in shown for each in (BLANK, *_feed_lines(desk, ask, feed))]
    back = press(say("« Back"), f"/feeds p{page - 1}") if page > 1 else None
    more = press(say("More »"), f"/feeds p{page + 1}") if page < pages else None
    return Answer(tuple(lines), rows(*([_switch(feed, page)] for feed in shown), [back, more]))


def _feed_lines(desk: Desk, ask: Ask, feed: Feed) -> list[Line]:
    zone = zone_of(ask.chat.timezone)
    read = say("read {age}", age=money.age(feed.last_success, desk.now)) if feed.last_success else say("never read")
    newest = say("newest entry {day}", day=money.day(feed.newest_entry.date())) if feed.newest_entry else None
    following = say_line("next {moment}", moment=moments.time(feed.next_poll, zone)) if feed.next_poll and not feed.muted else None
    state = say("muted") if feed.muted else say(_KINDS[feed.source.kind])
    lines = [
        say_line("{number} {feed}, {state}", number=str(feed.id), feed=Piece(feed.source.title, link=feed.address), state=state),
        joined((read, newest, following)),
        line(_failed(feed)) if feed.failures else (),
    ]
    return [each for each in lines if each]


def _failed(feed: Feed) -> str:
    reason = shortened(in_words(feed.error) or say("no answer"), 160)
    return say_many("failed {n} time: {reason}", "failed {n} times: {reason}", feed.failures, n=money.whole(feed.failures), reason=reason)


def _switch(feed: Feed, page: int) -> Button | None:
    title = clipped(feed.source.title, _LABEL)
    label = say("Unmute {feed}", feed=title) if feed.muted else say("Mute {feed}", feed=title)
    return press(label, f"/feeds {'unmute' if feed.muted else 'mute'} {feed.id}{f' p{page}' if page > 1 else ''}")
