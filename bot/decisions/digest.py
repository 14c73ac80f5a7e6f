"""The digest of a day or a week: where the network stands and what moved, who sold, which claims the chain contradicts, what is due next.

A story belongs to the digest in whose time it was first told; one that was found later than the digest before it could
know is told by the next, apart and outside of its sums, if it is not old by then. A day without news says so in two lines.
Every figure carries its source. Who chose miners or a size reads of those alone, and that it is so.
The edition of the week tells its sales more briefly, and how much of its output each miner sold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import partial

from bot.decisions import chain_words, digest_blocks, digest_words, moments, money
from bot.decisions.choice import NO_COIN_COST_MORE, Choice, wants
from bot.decisions.claim_words import worst_first
from bot.decisions.figures import Standing
from bot.decisions.join import Facts, context
from bot.decisions.lines import BLANK, bold, headed, joined, line
from bot.decisions.markup import to_html
from bot.decisions.names import canonical
from bot.decisions.note_words import is_quoted
from bot.decisions.pictures import difficulty_chart, sales_chart
from bot.decisions.ratios import latest_ratios, ratio_passages
from bot.decisions.sales import is_known, reported_at, total
from bot.decisions.telling import sale_lines
from bot.model import Answer, Chart, Line, Part, Passage, SeriesStyle, Source, StoredClaim, StoredNote, StoredStory, Verdict
from bot.speech import say, say_line
from extractors.model import Kind, NoteKind, Status

LATE_FIND = timedelta(hours=36)
_MOVES = (Kind.SALE, Kind.PURCHASE, Kind.TRANSFER)
_MOST_SALES = 8
_OF_A_SALE = (NoteKind.AI_HPC, NoteKind.FINANCING, NoteKind.FLOWS)  # what coins are sold for, or where they went


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a digest tells of: after `since`, up to `until`. `due` is when it should have gone out, if that is well past.

    `weekly` asks for the edition of the week.
    """

    since: datetime
    until: datetime
    zone: tzinfo = UTC
    due: datetime | None = None
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest is made from. `facts.stories` holds all stories, `sources` those of each story by its number.

    Claims and notes of articles outside the window may be among those given. `before` is the standing at the window's start.
    `withdrawn` names the articles that told stories which an operator has marked as wrong, with the company of each.
    """

    facts: Facts = field(default_factory=Facts)
    sources: Mapping[int, Sequence[Source]] = field(default_factory=dict)
    claims: Sequence[StoredClaim] = ()
    notes: Sequence[StoredNote] = ()
    standing: Standing | None = None
    before: Standing | None = None
    withdrawn: Collection[tuple[str, str]] = ()


def digest(given: DigestFacts, window: Window, choice: Choice | None = None) -> Answer:
    """The digest of a window, in the zone of who reads it, as one message: on a day of many sales the smaller ones are only counted."""
    choice = choice or Choice()
    fresh = [story for story in in_window(given.facts.stories, window) if wants(choice, story.story)]
    late = [story for story in fresh if story.story.kind in _MOVES and _told_at(story) <= window.since]
    told = [story for story in fresh if _told_at(story) > window.since]
    size = partial(_size, price=_coin_price(given))
    sales = sorted((story for story in told if story.story.kind is Kind.SALE), key=size, reverse=True)
    wrong, notes = _contradicted(given.claims, window), _notes(given, window, choice, fresh)
    others = [story for story in told if story.story.kind in (Kind.PURCHASE, Kind.TRANSFER)]
    chart = _chart(given, window, sales)
    ratios = latest_ratios(given.facts.stories, window.until, choice) if window.weekly else []
    if not (sales or others or late or wrong or notes or ratios or _retargeted(given, window)):
        return Answer(tuple(_quiet(given, window, choice)), chart=chart)
    quoted = given.sources
    footer = digest_blocks.sources(quoted, fresh, (*wrong, *notes))
    noted = digest_blocks.also(notes, given.facts.stories)
    passages: list[Passage] = []
    for most in range(_MOST_SALES, 0, -1):
        blocks = (
            [Passage(tuple(_head(window)))],
            [Passage(tuple(_network(given, window)))],
            _sales(sales, given, window, choice, most),
            ratio_passages(ratios, quoted, most + 2),
            digest_blocks.others(others, quoted),
            digest_blocks.late(sorted(late, key=size, reverse=True), quoted),
            [Passage(tuple(digest_blocks.contradicted(wrong)))],
            noted,
            digest_blocks.due_next(_next(given, window), _plans(given, window, choice), quoted),
            [Passage(footer)],
        )
        passages = [each for block in blocks if any(passage.lines for passage in block) for each in (Passage((BLANK,)), *block)][1:]
        if len(to_html(Answer(_lines(passages)))) == 1:
            break
    picture = Passage((), Part.PICTURE, tuple(_pictured(chart, fresh)))
    return Answer(_lines(passages), chart=chart, passages=tuple(each for each in (picture, *passages) if each.stories or each in noted))


def _lines(passages: Iterable[Passage]) -> tuple[Line, ...]:
    return tuple(line for passage in passages for line in passage.lines)


def _chart(given: DigestFacts, window: Window, sales: Sequence[StoredStory]) -> Chart | None:
    """Sales by month where one is told, else difficulty."""
    by_month = sales_chart(given.facts.stories, given.facts.retargets, window.until) if sales else None
    return by_month or (difficulty_chart(given.facts.retargets, given.standing) if given.standing else None)


def _pictured(chart: Chart | None, fresh: Iterable[StoredStory]) -> list[StoredStory]:
    """Which of these stories are part of the picture's sums."""
    if chart is None or not any(series.style is SeriesStyle.BAR for series in chart.series):
        return []
    return [story for story in fresh if story.story.kind is Kind.SALE and story.story.status is Status.COMPLETED and story.story.btc]


# --- what belongs ----------------------------------------------------------------------------------------------------


def in_window(stories: Iterable[StoredStory], window: Window) -> list[StoredStory]:
    """The stories first told in the window, or told shortly before it and found in it."""
    return [stored for stored in stories if is_known(stored, window.until) and _belongs(stored, window)]


def _belongs(stored: StoredStory, window: Window) -> bool:
    told = _told_at(stored)
    if window.since < told <= window.until:
        return True
    return window.since < stored.found_at <= window.until and window.since - LATE_FIND < told <= window.since


def pending(stories: Iterable[StoredStory], window: Window) -> list[tuple[StoredStory, date]]:
    """Plans to sell whose time has not run out at the window's end, with the last day of it."""
    return [
        (stored, ends)
        for stored in stories
        if stored.story.kind is Kind.SALE and stored.story.status is Status.PLANNED and is_known(stored, window.until)
        if stored.story.period and (ends := stored.story.period.end) >= window.until.date()
    ]


def _told_at(stored: StoredStory) -> datetime:
    return reported_at(stored.story) or stored.found_at


def _within(source: Source, window: Window) -> bool:
    return source.published is not None and window.since < source.published <= window.until


def _contradicted(claims: Iterable[StoredClaim], window: Window) -> list[StoredClaim]:
    wrong = (Verdict.CONTRADICTS, Verdict.EARLIER_RETARGET)
    return worst_first(claim for claim in claims if claim.judged and claim.judged.verdict in wrong and _within(claim.source, window))


def _notes(given: DigestFacts, window: Window, choice: Choice, fresh: Iterable[StoredStory]) -> list[StoredNote]:
    """One note of each kind and company, the first that was told.

    None that would only repeat a story told above it: in its sentence, or in another one of an article on a sale on what that is for.
    None of an article whose only stories of that company were withdrawn: what the article says of it is no better.
    """
    sentences = {
        (source.article_id, quote) for stored in fresh for source in given.sources.get(stored.id, ()) for _, quote in source.quotes
    }
    sold = {
        (source.article_id, canonical(stored.story.company))
        for stored in fresh
        if stored.story.kind is Kind.SALE
        for source in given.sources.get(stored.id, ())
    }
    fallen = {(article, canonical(company)) for article, company in given.withdrawn}
    fallen -= digest_blocks.stories_by_article(given.facts.stories, {article for article, _ in fallen}).keys()
    once: dict[tuple[NoteKind, str | None], StoredNote] = {}
    for stored in sorted((note for note in given.notes if _within(note.source, window)), key=lambda note: (note.source.published, note.id)):
        company = stored.note.company
        chosen = company is None or not choice.miners or canonical(company) in choice.miners
        by, repeats = digest_blocks.told_by(stored), (stored.source.article_id, stored.source.quote) in sentences
        repeats = is_quoted(stored) and (repeats or (stored.note.kind in _OF_A_SALE and by in sold))
        if chosen and not repeats and by not in fallen:
            once.setdefault((stored.note.kind, company), stored)
    return list(once.values())


def _retargeted(given: DigestFacts, window: Window) -> bool:
    change = given.standing.change if given.standing else None
    return change is not None and window.since < change.time <= window.until


def _size(stored: StoredStory, price: Decimal) -> tuple[bool, Decimal]:
    """What was done before what was not, then by coins; who told dollars alone is taken to have sold at `price`."""
    story = stored.story
    return story.status is Status.COMPLETED, story.btc if story.btc is not None else (story.usd or Decimal(0)) / price


def _coin_price(given: DigestFacts) -> Decimal:
    """What a coin costs by now; where that is not known, more than it ever did."""
    price = given.standing.price if given.standing else None
    return price.value if price and price.value else NO_COIN_COST_MORE


# --- how it reads ----------------------------------------------------------------------------------------------------


def _head(window: Window) -> list[Line]:
    title = bold(say("Weekly digest") if window.weekly else say("Digest"))
    span, until = money.span(window.until - window.since), moments.time(window.until, window.zone)
    head = say_line("{title}, the {span} to {time}", title=title, span=span, time=until)
    return [head, say_line("Late: it was due at {time}", time=moments.time(window.due, window.zone))] if window.due else [head]


def _quiet(given: DigestFacts, window: Window, choice: Choice) -> list[Line]:
    """Two lines: that nothing happened, and where the network stands."""
    day = money.day(window.until.astimezone(window.zone).date(), weekday=True)
    title = bold(say("A quiet week to {day}", day=day) if window.weekly else say("A quiet day, {day}", day=day))
    nothing = say_line("{title}: {nothing}", title=title, nothing=digest_words.nothing(choice))
    if window.due:
        late = say_line("late: it was due at {time}", time=moments.time(window.due, window.zone))
        nothing = say_line("{figure} ({note})", figure=nothing, note=late)
    if given.standing is None:
        return [nothing]
    network = (chain_words.difficulty_line(given.standing, window.zone), chain_words.next_line(given.standing, window.zone))
    return [nothing, joined(network)]


def _network(given: DigestFacts, window: Window) -> list[Line]:
    now, before = given.standing, given.before
    if now is None:
        return []
    old, rank, zone = digest_words.stale_line(now, window.zone), chain_words.rank_words(now), window.zone
    measures, now = now, digest_words.without_marks(now)
    earned = chain_words.hashprice_line(now, zone)
    measured = (
        chain_words.moved(chain_words.hashrate_line(now, zone), measures.hashrate, before.hashrate if before else None),
        line(chain_words.price_line(now, zone)) if now.price else None,
        chain_words.moved(earned, measures.hashprice, before.hashprice if before else None) if now.hashprice else None,
        chain_words.puell_line(now, zone) if now.puell else None,
    )
    change, new = chain_words.short_change(now, zone), _retargeted(given, window)
    last = say_line("last change {change}", change=change) if change and not new else None
    lines = [
        line(bold(say("Network"))),
        headed(say("New retarget:"), change) if new else None,
        joined((chain_words.difficulty_line(now, zone), last)),
        line(say("That was {rank}", rank=rank)) if rank else None,
        joined(measured),
        old,
        chain_words.as_of_line(now, zone),
        chain_words.price_source_line(now, zone),
    ]
    return [each for each in lines if each]


def _sales(sales: Sequence[StoredStory], given: DigestFacts, window: Window, choice: Choice, most: int) -> list[Passage]:
    title = bold(digest_words.sales_title(choice))
    if not sales:
        return [Passage((say_line("{title}: none was reported", title=title),))]
    sums = say_line("{title}: {sums}", title=title, sums=digest_words.sums_words(total(sales)))
    passages = [Passage((sums,), Part.SUMS, tuple(sales))]
    for number, stored in enumerate(sales[:most]):
        held = context(stored, given.facts, window.until)
        told = sale_lines(stored, given.sources.get(stored.id, ()), held, brief=window.weekly)
        passages += [Passage((BLANK,))] if number else []
        passages.append(Passage(tuple(told), Part.SALE, (stored,)))
    if rest := sales[most:]:
        words = line(digest_words.rest(rest, window.since, window.until))
        passages += [Passage((BLANK,)), Passage((words,), Part.REST, tuple(rest))]
    return passages


def _next(given: DigestFacts, window: Window) -> list[Line]:
    """The next retarget."""
    return [chain_words.next_line(given.standing, window.zone)] if given.standing else []


def _plans(given: DigestFacts, window: Window, choice: Choice) -> list[tuple[StoredStory, date]]:
    """Plans whose time has not run out, of those that were chosen."""
    return [(story, ends) for story, ends in pending(given.facts.stories, window) if wants(choice, story.story)]
