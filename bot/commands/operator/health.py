"""`/health`: whether news comes in and messages go out, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.operator.reasons import told
from bot.decisions import chain_words, moments, money
from bot.decisions.claim_words import shortened
from bot.decisions.lines import BLANK, bold, joined, line, press, rows
from bot.decisions.reasons import in_words
from bot.decisions.schedule import zone_of
from bot.edges.store.chats import MOVED
from bot.model import Answer, ChatKind, ChatState, Feed, Line
from bot.speech import say, say_line, say_many

_SHOWN = 5
_OVERDUE = timedelta(minutes=15)  # a poll that is due for so long was not made


def health(desk: Desk, ask: Ask) -> Answer:
    """Feeds, chain sources, the outbox and the chats."""
    zone = zone_of(ask.chat.timezone)
    lines = [
        say_line("{title}, {moment}", title=bold(say("Health")), moment=moments.time(desk.now, zone)),
        BLANK,
        *_feeds(desk),
        BLANK,
        line(bold(say("Chain and market"))),
        chain_words.as_of_line(desk.standing, zone),
        chain_words.price_source_line(desk.standing, zone) or line(say("Price: no source has told one yet")),
        *chain_words.problem_lines(desk.standing),
        BLANK,
        *_outbox(desk),
        BLANK,
        *_chats(desk),
    ]
    # Translators: a button that shows the same, as it stands now.
    again = press(say("Again"), "/health")
    return Answer(tuple(lines), rows([press(say("Feeds"), "/feeds"), press(say("Set aside"), "/aside"), again]))


def _feeds(desk: Desk) -> list[Line]:
    feeds = desk.store.feeds.all()
    failing = sorted((feed for feed in feeds if feed.failures and not feed.muted), key=lambda feed: (-feed.failures, feed.source.title))
    overdue = sum(1 for feed in feeds if not feed.muted and feed.next_poll is not None and desk.now - feed.next_poll > _OVERDUE)
    muted, more = sum(feed.muted for feed in feeds), len(failing) - _SHOWN
    counts = joined(
        (
            money.whole(len(feeds)),
            _failing(len(failing)),
            say_many("{n} muted", "{n} muted", muted, n=money.whole(muted)) if muted else None,
            _overdue(overdue) if overdue else None,
        )
    )
    return [
        say_line("{title}: {counts}", title=bold(say("Feeds")), counts=counts),
        *map(_failing_line, failing[:_SHOWN]),
        *([line(say_many("and {n} more: /feeds", "and {n} more: /feeds", more, n=money.whole(more)))] if more > 0 else []),
        line(_newest(desk, feeds)),
    ]


def _failing(number: int) -> str:
    return say_many("{n} failing", "{n} failing", number, n=money.whole(number)) if number else say("none failing")


def _overdue(number: int) -> str:
    return say_many("{n} overdue: polling does not keep up", "{n} overdue: polling does not keep up", number, n=money.whole(number))


def _newest(desk: Desk, feeds: Iterable[Feed]) -> str:
    newest = max((feed.newest_entry for feed in feeds if feed.newest_entry), default=None)
    if newest is None:
        return say("No entry yet")
    articles = desk.store.articles.count()
    return say_many(
        "Newest entry {age}, {n} article",
        "Newest entry {age}, {n} articles",
        articles,
        age=money.age(newest, desk.now),
        n=money.whole(articles),
    )


def _failing_line(feed: Feed) -> Line:
    told = say_many(
        "{feed}: failed {n} time, {reason}",
        "{feed}: failed {n} times, {reason}",
        feed.failures,
        feed=feed.source.title,
        n=money.whole(feed.failures),
        reason=shortened(in_words(feed.error) or say("no answer"), 100),
    )
    return line(told)


def _outbox(desk: Desk) -> list[Line]:
    counts = desk.store.outbox.counts(desk.now)
    owed = (
        say_many("{n} owed", "{n} owed", counts.owed, n=money.whole(counts.owed)),
        say_many("{n} in flight", "{n} in flight", counts.in_flight, n=money.whole(counts.in_flight)),
        # Translators: so many messages that are owed to chats which are paused.
        say_many("{n} waiting for paused chats", "{n} waiting for paused chats", counts.waiting, n=money.whole(counts.waiting))
        if counts.waiting
        else None,
        say("oldest due {age}", age=money.age(counts.oldest_due, desk.now)) if counts.oldest_due else None,
    )
    done = (
        say_many("{n} sent", "{n} sent", counts.sent, n=money.whole(counts.sent)),
        say_many("{n} expired", "{n} expired", counts.expired, n=money.whole(counts.expired)),
        say_many("{n} set aside", "{n} set aside", counts.set_aside, n=money.whole(counts.set_aside)),
    )
    return [say_line("{title}: {counts}", title=bold(say("Deliveries")), counts=joined(owed)), joined(done)]


def _chats(desk: Desk) -> list[Line]:
    chats = [chat for chat in desk.store.chats.all() if chat.kind is not ChatKind.TERMINAL and chat.pause_reason != MOVED]
    paused = [chat for chat in chats if chat.state is ChatState.PAUSED]
    reasons = Counter(chat.pause_reason for chat in paused).most_common(_SHOWN)
    active, subscribed = len(chats) - len(paused), len(desk.store.subscriptions.all())
    said = (
        say_many("{n} active", "{n} active", active, n=money.whole(active)),
        say_many("{n} paused", "{n} paused", len(paused), n=money.whole(len(paused))),
        say_many("{n} place subscribed", "{n} places subscribed", subscribed, n=money.whole(subscribed)),
    )
    return [
        say_line("{title}: {counts}", title=bold(say("Chats")), counts=joined(said)),
        *(line(_paused(told(reason) or say("no reason known"), count)) for reason, count in reasons),
    ]


def _paused(reason: str, number: int) -> str:
    return say_many("Paused: {reason}, {n} chat", "Paused: {reason}, {n} chats", number, reason=reason, n=money.whole(number))
