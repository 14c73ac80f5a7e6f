"""The digest of a day or a week: where the network stands and what moved, who sold, which claims the chain contradicts, what is due next.

A story belongs to the digest in whose time it was first told; one that was found later than the digest before it could
know is told by the next, apart and outside of its sums, if it is not old by then. A day without news says so in two lines.
Every figure carries its source. Who chose miners or a size reads of those alone, and that it is so.
The edition of the week tells its sales more briefly, and how much of its output each miner sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from bot.decisions import chain_words, digest_words, moments, money
from bot.decisions.choice import Choice, wants
from bot.decisions.claim_words import claim_lines, worst_first
from bot.decisions.figures import Standing
from bot.decisions.join import Facts, context
from bot.decisions.lines import BLANK, bold, headed, joined, line
from bot.decisions.markup import to_html
from bot.decisions.names import canonical
from bot.decisions.note_words import is_quoted, note_line
from bot.decisions.pictures import difficulty_chart, sales_chart
from bot.decisions.ratios import latest_ratios, ratio_lines
from bot.decisions.sales import is_known, reported_at, total
from bot.decisions.telling import headline, outlet, sale_lines, source_piece, when
from bot.model import Answer, Chart, Line, Source, StoredClaim, StoredNote, StoredStory, Verdict
from bot.speech import say, say_line, say_many
from extractors.model import Kind, NoteKind, Status

LATE_FIND = timedelta(hours=36)
_MOVES = (Kind.SALE, Kind.PURCHASE, Kind.TRANSFER)
_MOST_SALES, _MOST_CLAIMS, _MOST_OTHERS, _MOST_NOTES = 8, 4, 6, 5


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
    """

    facts: Facts = field(default_factory=Facts)
    sources: Mapping[int, Sequence[Source]] = field(default_factory=dict)
    claims: Sequence[StoredClaim] = ()
    notes: Sequence[StoredNote] = ()
    standing: Standing | None = None
    before: Standing | None = None


def digest(given: DigestFacts, window: Window, choice: Choice | None = None) -> Answer:
    """The digest of a window, in the zone of who reads it, as one message: on a day of many sales the smaller ones are only counted."""
    choice = choice or Choice()
    fresh = [story for story in in_window(given.facts.stories, window) if wants(choice, story.story)]
    late = [story for story in fresh if story.story.kind in _MOVES and _told_at(story) <= window.since]
    told = [story for story in fresh if _told_at(story) > window.since]
    sales = sorted((story for story in told if story.story.kind is Kind.SALE), key=_size, reverse=True)
    wrong, notes = _contradicted(given.claims, window), _notes(given, window, choice, fresh)
    others = [story for story in told if story.story.kind in (Kind.PURCHASE, Kind.TRANSFER)]
    chart = _chart(given, window, sales)
    ratios = latest_ratios(given.facts.stories, window.until, choice) if window.weekly else []
    if not (sales or others or late or wrong or notes or ratios or _retargeted(given, window)):
        return Answer(tuple(_quiet(given, window, choice)), chart=chart)
    sources = _sources(given, fresh, wrong, notes)
    lines: tuple[Line, ...] = ()
    for most in range(_MOST_SALES, 0, -1):
        blocks = [
            _head(window),
            _network(given, window),
            _sales(sales, given, window, choice, most),
            ratio_lines(ratios, given.sources, most + 2),
            _others(others, given),
            _late(late, given),
            _claims(wrong),
            _also(notes),
            _due(given, window, choice),
            sources,
        ]
        lines = tuple(each for block in blocks if block for each in (BLANK, *block))[1:]
        if len(to_html(Answer(lines))) == 1:
            break
    return Answer(lines, chart=chart)


def _chart(given: DigestFacts, window: Window, sales: Sequence[StoredStory]) -> Chart | None:
    """Sales by month where one is told, else difficulty."""
    by_month = sales_chart(given.facts.stories, given.facts.retargets, window.until) if sales else None
    return by_month or (difficulty_chart(given.facts.retargets, given.standing) if given.standing else None)


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
    """One note of each kind and company, the first that was told; none that would only repeat the sentence of a story told above it."""
    sentences = {
        (source.article_id, quote) for stored in fresh for source in given.sources.get(stored.id, ()) for _, quote in source.quotes
    }
    once: dict[tuple[NoteKind, str | None], StoredNote] = {}
    for stored in sorted((note for note in given.notes if _within(note.source, window)), key=lambda note: (note.source.published, note.id)):
        company = stored.note.company
        chosen = company is None or not choice.miners or canonical(company) in choice.miners
        if chosen and not (is_quoted(stored) and (stored.source.article_id, stored.source.quote) in sentences):
            once.setdefault((stored.note.kind, company), stored)
    return list(once.values())


def _retargeted(given: DigestFacts, window: Window) -> bool:
    change = given.standing.change if given.standing else None
    return change is not None and window.since < change.time <= window.until


def _size(stored: StoredStory) -> tuple[bool, Decimal, Decimal]:
    done = stored.story.status is Status.COMPLETED
    return done, stored.story.btc or Decimal(0), stored.story.usd or Decimal(0)


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
    rank, zone = chain_words.rank_words(now), window.zone
    earned = chain_words.hashprice_line(now, zone)
    measured = (
        chain_words.moved(chain_words.hashrate_line(now, zone), now.hashrate, before.hashrate if before else None),
        line(chain_words.price_line(now, zone)) if now.price else None,
        chain_words.moved(earned, now.hashprice, before.hashprice if before else None) if now.hashprice else None,
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
        chain_words.as_of_line(now, zone),
        chain_words.price_source_line(now, zone),
    ]
    return [each for each in lines if each]


def _sales(sales: Sequence[StoredStory], given: DigestFacts, window: Window, choice: Choice, most: int) -> list[Line]:
    title = bold(digest_words.sales_title(choice))
    if not sales:
        return [say_line("{title}: none was reported", title=title)]
    lines = [say_line("{title}: {sums}", title=title, sums=digest_words.sums_words(total(sales)))]
    for number, stored in enumerate(sales[:most]):
        lines += [BLANK] if number else []
        lines += sale_lines(stored, given.sources.get(stored.id, ()), context(stored, given.facts, window.until), brief=window.weekly)
    if len(sales) > most:
        lines += [BLANK, line(digest_words.rest(sales[most:], window.since, window.until))]
    return lines


def _others(others: Sequence[StoredStory], given: DigestFacts) -> list[Line]:
    if not others:
        return []
    told = [
        joined((headline(each.story, given.sources.get(each.id, ())), *map(source_piece, given.sources.get(each.id, ())[:1])))
        for each in others[:_MOST_OTHERS]
    ]
    return [line(bold(say("Purchases and transfers"))), *told]


def _late(late: Sequence[StoredStory], given: DigestFacts) -> list[Line]:
    if not late:
        return []
    told = [
        joined(
            (
                headline(each.story, given.sources.get(each.id, ())),
                when(each),
                *map(source_piece, given.sources.get(each.id, ())[:1]),
                f"/why_{each.id}",
            )
        )
        for each in sorted(late, key=_size, reverse=True)[:_MOST_OTHERS]
    ]
    return [line(bold(say("Reported earlier, found since"))), *told]


def _claims(wrong: Sequence[StoredClaim]) -> list[Line]:
    if not wrong:
        return []
    shown = [each for claim in wrong[:_MOST_CLAIMS] for each in claim_lines(claim)[:2]]
    rest = len(wrong) - _MOST_CLAIMS
    more = [line(say("and {n} more: {command}", n=money.whole(rest), command="/claims"))] if rest > 0 else []
    return [line(bold(say("Against the chain"))), *shown, *more]


def _also(notes: Sequence[StoredNote]) -> list[Line]:
    if not notes:
        return []
    return [line(bold(say("Also reported"))), *(note_line(stored) for stored in notes[:_MOST_NOTES])]


def _due(given: DigestFacts, window: Window, choice: Choice) -> list[Line]:
    """The next retarget, and plans whose time has not run out."""
    plans = [
        digest_words.planned(story.story, ends, given.sources.get(story.id, ()))
        for story, ends in pending(given.facts.stories, window)
        if wants(choice, story.story)
    ]
    due = [chain_words.next_line(given.standing, window.zone)] if given.standing else []
    return [line(bold(say("Due next"))), *due, *plans[:_MOST_OTHERS]] if due or plans else []


def _sources(given: DigestFacts, fresh: Iterable[StoredStory], wrong: Iterable[StoredClaim], notes: Iterable[StoredNote]) -> list[Line]:
    sources = [source for stored in fresh for source in given.sources.get(stored.id, ())]
    sources += [claim.source for claim in wrong] + [note.source for note in notes]
    articles, outlets = {source.article_id for source in sources}, {outlet(source) for source in sources}
    if not articles:
        return []
    told = say_many("From {n} article", "From {n} articles", len(articles), n=money.whole(len(articles)))
    by = say_many("of {n} outlet", "of {n} outlets", len(outlets), n=money.whole(len(outlets)))
    return [line(say("{articles} {outlets}: {command}", articles=told, outlets=by, command="/sources"))]
