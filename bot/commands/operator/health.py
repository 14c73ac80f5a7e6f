"""`/health`: whether news comes in and messages go out, on one screen."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import chain_words, money
from bot.decisions.claim_words import shortened
from bot.decisions.lines import BLANK, bold, joined, line, press, rows
from bot.decisions.schedule import zone_of
from bot.edges.store.chats import MOVED
from bot.model import Answer, ChatKind, ChatState, Feed, Line

_SHOWN = 5
_OVERDUE = timedelta(minutes=15)  # a poll that is due for so long was not made


def health(desk: Desk, ask: Ask) -> Answer:
    """Feeds, chain sources, the outbox and the chats."""
    zone = zone_of(ask.chat.timezone)
    lines = [
        line(bold("Health"), f", {money.moment(desk.now, zone)}"),
        BLANK,
        *_feeds(desk),
        BLANK,
        line(bold("Chain and market")),
        chain_words.as_of_line(desk.standing, zone),
        chain_words.price_source_line(desk.standing) or line("Price: no source has told one yet"),
        *chain_words.problem_lines(desk.standing),
        BLANK,
        *_outbox(desk),
        BLANK,
        *_chats(desk),
    ]
    return Answer(tuple(lines), rows([press("Feeds", "/feeds"), press("Set aside", "/aside"), press("Again", "/health")]))


def _feeds(desk: Desk) -> list[Line]:
    feeds = desk.store.feeds.all()
    failing = sorted((feed for feed in feeds if feed.failures and not feed.muted), key=lambda feed: (-feed.failures, feed.source.title))
    overdue = sum(1 for feed in feeds if not feed.muted and feed.next_poll is not None and desk.now - feed.next_poll > _OVERDUE)
    counts = [
        f"{len(failing)} failing" if failing else "none failing",
        f"{muted} muted" if (muted := sum(feed.muted for feed in feeds)) else None,
        f"{overdue} overdue: polling does not keep up" if overdue else None,
    ]
    newest = max((feed.newest_entry for feed in feeds if feed.newest_entry), default=None)
    return [
        line(bold("Feeds"), ": ", joined((str(len(feeds)), *counts))),
        *map(_failing_line, failing[:_SHOWN]),
        *([line(f"and {len(failing) - _SHOWN} more: /feeds")] if len(failing) > _SHOWN else []),
        line(f"Newest entry {money.age(newest, desk.now)}, {desk.store.articles.count():,} articles") if newest else line("No entry yet"),
    ]


def _failing_line(feed: Feed) -> Line:
    return line(f"{feed.source.title}: failed {money.count(feed.failures, 'time')}, {shortened(feed.error or 'no answer', 100)}")


def _outbox(desk: Desk) -> list[Line]:
    counts = desk.store.outbox.counts(desk.now)
    oldest = f"oldest due {money.age(counts.oldest_due, desk.now)}" if counts.oldest_due else None
    owed = joined((f"{counts.owed:,} owed", f"{counts.in_flight:,} in flight", oldest))
    done = joined((f"{counts.sent:,} sent", f"{counts.expired:,} expired", f"{counts.set_aside:,} set aside"))
    return [line(bold("Deliveries"), ": ", owed), done]


def _chats(desk: Desk) -> list[Line]:
    chats = [chat for chat in desk.store.chats.all() if chat.kind is not ChatKind.TERMINAL and chat.pause_reason != MOVED]
    paused = [chat for chat in chats if chat.state is ChatState.PAUSED]
    reasons = Counter(chat.pause_reason or "no reason known" for chat in paused).most_common(_SHOWN)
    subscribed = len(desk.store.subscriptions.all())
    said = (f"{len(chats) - len(paused):,} active", f"{len(paused):,} paused", f"{money.count(subscribed, 'place')} subscribed")
    return [
        line(bold("Chats"), ": ", joined(said)),
        *(line(f"Paused: {reason}, {money.count(count, 'chat')}") for reason, count in reasons),
    ]
