"""`/sources`, the feeds and chain sources and their health, and `/why ID`, a story's sources with the sentence behind each figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.commands.arguments import read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import chain_words, moments, money
from bot.decisions.claim_words import shortened
from bot.decisions.lines import BLANK, bold, clipped, enumerated, italic, joined, line, press, rows
from bot.decisions.reasons import in_words
from bot.decisions.sales import page_of
from bot.decisions.schedule import zone_of
from bot.decisions.telling import (
    came,
    corrected_line,
    differ_line,
    headline,
    named_source,
    own_words,
    price_words,
    purpose_words,
    when,
    wide_words,
)
from bot.errors import UsageError
from bot.model import Answer, Feed, Line, Source, StoredStory
from bot.speech import marked, say, say_line, say_many
from extractors.model import Kind

PAGE, WHY_PAGE = 12, 6
_PAGES = frozenset({"page"})
_LONGEST_TITLE = 250  # characters
_FIELDS = {
    # Translators: which figures of a sale a sentence tells, as in "Coins, dollars: “Cango sold ...”".
    "btc": marked("coins"),
    "usd": marked("dollars"),
    "price_usd": marked("price"),
    "period": marked("dates"),
    "purposes": marked("purpose"),
    "settlement": marked("settlement"),
}


def sources(desk: Desk, ask: Ask) -> Answer:
    """Feeds, failing ones first, and what the chain's figures come from."""
    feeds = sorted(desk.store.feeds.all(), key=lambda feed: (not feed.failures, feed.muted, feed.source.title.casefold()))
    words = read_words(ask.args, forms=_PAGES)
    shown, page, pages = page_of(feeds, words.page, PAGE)
    zone = zone_of(ask.chat.timezone)
    lines = [
        say_line("{title}: {counts}", title=bold(say("Feeds")), counts=_counts(feeds, desk.store.articles.count())),
        *(_feed_line(feed, desk.now, zone) for feed in shown),
        BLANK,
        line(bold(say("Chain and market"))),
        chain_words.as_of_line(desk.standing, zone),
        chain_words.price_source_line(desk.standing, zone) or line(say("Price: no source has told one yet")),
        *chain_words.problem_lines(desk.standing),
        BLANK,
        unread(words.rest),
    ]
    back = press(say("« Back"), f"/sources p{page - 1}") if page > 1 else None
    return Answer(tuple(lines), rows([back, press(say("More »"), f"/sources p{page + 1}") if page < pages else None]))


def _counts(feeds: Sequence[Feed], articles: int) -> str:
    """`12, none failing, 1,234 articles read`."""
    failing = sum(1 for feed in feeds if feed.failures)
    health = say_many("{n} of them failing", "{n} of them failing", failing, n=money.whole(failing)) if failing else say("none failing")
    read = say_many("{n} article read", "{n} articles read", articles, n=money.whole(articles))
    return enumerated((money.whole(len(feeds)), health, read))


def _feed_line(feed: Feed, now: datetime, zone: tzinfo) -> Line:
    failing = say("failing, {reason}", reason=shortened(in_words(feed.error) or say("no answer"), 80)) if feed.failures else None
    polled = say_line("read {time}", time=moments.at(feed.last_success, now, zone)) if feed.last_success else say("not read yet")
    newest = say("newest entry {day}", day=money.day(feed.newest_entry.date())) if feed.newest_entry else None
    return say_line("{feed}: {state}", feed=feed.source.title, state=joined((say("muted") if feed.muted else failing, polled, newest)))


def why(desk: Desk, ask: Ask) -> Answer:
    """The story's figures, and what each of its articles says in its own words: primary sources, then the others as they came."""
    stored = story_asked(desk, ask)
    found = sorted(desk.sources(stored), key=lambda source: (not source.primary, came(source)))
    words = read_words(ask.args[1:], forms=_PAGES)
    shown, page, pages = page_of(found, words.page, WHY_PAGE)
    lines = [
        *_figures(desk, stored, zone_of(ask.chat.timezone)),
        *(each for source in shown for each in (BLANK, *_source_lines(source))),
        BLANK,
        unread(words.rest),
    ]
    back = press(say("« Back"), f"/why {stored.id} p{page - 1}") if page > 1 else None
    more = press(say("More of {n} »", n=money.whole(len(found))), f"/why {stored.id} p{page + 1}") if page < pages else None
    return Answer(tuple(lines), rows([back, more]))


def story_asked(desk: Desk, ask: Ask) -> StoredStory:
    """The story whose number the command names; UsageError if there is none."""
    number = ask.args[0].lstrip("#") if ask.args else ""
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise UsageError(say("Which story? Each sale in /sales ends with its number, such as {example}", example="/why_12"))
    stored = desk.story(int(number))
    if stored is None:
        raise UsageError(say("There is no story {number}", number=number))
    return stored


def _figures(desk: Desk, stored: StoredStory, zone: tzinfo) -> list[Line]:
    context, purpose = desk.context(stored) if stored.story.kind is Kind.SALE else None, purpose_words(stored.story)
    lines = [
        line(bold(say("Withdrawn: no article tells it any more"))) if stored.gone else None,
        line(bold(say("Marked as wrong by an operator"))) if stored.wrong and not stored.gone else None,
        corrected_line(stored, zone),
        headline(stored.story, desk.sources(stored)),
        joined((when(stored), price_words(stored.story))),
        line(say("Purpose: {purpose}", purpose=purpose)) if purpose else None,
        joined(own_words(context)) if context else None,
        joined(wide_words(context)) if context else None,
        differ_line(stored.story.differ),
    ]
    return [each for each in lines if each]


def _source_lines(source: Source) -> list[Line]:
    """The outlet, its headline, and each sentence once with the figures that stand in it; else the sentence that tells the story."""
    sentences: dict[str, list[str]] = {}
    for field, quote in source.quotes:
        if field in _FIELDS and quote:
            sentences.setdefault(quote, []).append(field)
    quoted = [
        say_line("{figures}: {quote}", figures=_list(fields), quote=italic(shortened(quote, 400))) for quote, fields in sentences.items()
    ]
    if not quoted and source.quote:
        quoted = [line(italic(shortened(source.quote, 400)))]
    return [_heading(source), *quoted]


def _heading(source: Source) -> Line:
    headline_of = clipped(" ".join(source.title.split()), _LONGEST_TITLE)
    if source.published is None:
        return say_line("{outlet}: {headline}", outlet=named_source(source), headline=headline_of)
    return say_line(
        "{outlet}, {day}: {headline}", outlet=named_source(source), day=money.day(source.published.date()), headline=headline_of
    )


def _list(fields: Sequence[str]) -> str:
    """`Coins, dollars`: the beginning of a line."""
    text = enumerated(say(_FIELDS[field]) for field in dict.fromkeys(fields))
    return text[0].upper() + text[1:]
