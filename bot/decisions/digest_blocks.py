"""The blocks of a digest beside network and sales: what else moved, what was found late, claims, notes, what is due, sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from bot.decisions import digest_words, money
from bot.decisions.claim_words import claim_lines
from bot.decisions.lines import bold, joined, line
from bot.decisions.names import canonical
from bot.decisions.note_words import note_line
from bot.decisions.telling import headline, outlet, source_piece, when
from bot.model import Line, Part, Passage, Source, StoredClaim, StoredNote, StoredStory
from bot.speech import say, say_many

_MOST_CLAIMS, _MOST_OTHERS, _MOST_NOTES = 4, 6, 5
_Quoted = Mapping[int, Sequence[Source]]


def others(stories: Sequence[StoredStory], quoted: _Quoted) -> list[Passage]:
    """Purchases and transfers, a line each."""
    told = [
        (each, joined((headline(each.story, quoted.get(each.id, ())), *map(source_piece, quoted.get(each.id, ())[:1]))))
        for each in stories[:_MOST_OTHERS]
    ]
    return _entries(say("Purchases and transfers"), told)


def late(stories: Sequence[StoredStory], quoted: _Quoted) -> list[Passage]:
    """What was reported before the digest's time and found in it, a line each."""
    told = [
        (
            each,
            joined(
                (
                    headline(each.story, quoted.get(each.id, ())),
                    when(each),
                    *map(source_piece, quoted.get(each.id, ())[:1]),
                    f"/why_{each.id}",
                )
            ),
        )
        for each in stories[:_MOST_OTHERS]
    ]
    return _entries(say("Reported earlier, found since"), told)


def contradicted(claims: Sequence[StoredClaim]) -> list[Line]:
    """Claims that the chain contradicts; of many the first, and how many more there are."""
    if not claims:
        return []
    shown = [each for claim in claims[:_MOST_CLAIMS] for each in claim_lines(claim)[:2]]
    rest = len(claims) - _MOST_CLAIMS
    more = [line(say("and {n} more: {command}", n=money.whole(rest), command="/claims"))] if rest > 0 else []
    return [line(bold(say("Against the chain"))), *shown, *more]


def also(notes: Sequence[StoredNote], stories: Iterable[StoredStory]) -> list[Passage]:
    """What else was reported, each note with the stories of its company that its article tells: it falls with the last of them."""
    shown = notes[:_MOST_NOTES]
    telling = stories_by_article(stories, {note.source.article_id for note in shown})
    told = [Passage((note_line(note),), Part.WORDS, tuple(telling.get(told_by(note), ()))) for note in shown]
    if not told:
        return []
    heading = line(bold(say("Also reported")))
    all_fall = all(passage.stories for passage in told)
    below = {story.id: story for passage in told for story in passage.stories} if all_fall else {}
    return [Passage((heading,), Part.HEAD if below else Part.WORDS, tuple(below.values())), *told]


def told_by(note: StoredNote) -> tuple[str, str]:
    """The article of a note, and of whom it tells; no name for the sector."""
    return note.source.article_id, canonical(note.note.company or "")


def stories_by_article(stories: Iterable[StoredStory], articles: Collection[str]) -> dict[tuple[str, str], list[StoredStory]]:
    """The stories that these articles tell, by article and company."""
    found: dict[tuple[str, str], list[StoredStory]] = defaultdict(list)
    for stored in stories:
        for article in stored.story.articles:
            if article in articles:
                found[article, canonical(stored.story.company)].append(stored)
    return found


def due_next(first: Sequence[Line], plans: Sequence[tuple[StoredStory, date]], quoted: _Quoted) -> list[Passage]:
    """What is due, `first` before the plans to sell with the last day of each."""
    told = [(story, digest_words.planned(story.story, ends, quoted.get(story.id, ()))) for story, ends in plans[:_MOST_OTHERS]]
    return _entries(say("Due next"), told, first)


def sources(quoted: _Quoted, stories: Iterable[StoredStory], others: Iterable[StoredClaim | StoredNote]) -> tuple[Line, ...]:
    """How many articles of how many outlets these stand on; empty for none."""
    found = [source for stored in stories for source in quoted.get(stored.id, ())] + [other.source for other in others]
    articles, outlets = {source.article_id for source in found}, {outlet(source) for source in found}
    if not articles:
        return ()
    told = say_many("From {n} article", "From {n} articles", len(articles), n=money.whole(len(articles)))
    by = say_many("of {n} outlet", "of {n} outlets", len(outlets), n=money.whole(len(outlets)))
    return (line(say("{articles} {outlets}: {command}", articles=told, outlets=by, command="/sources")),)


def _entries(title: str, told: Sequence[tuple[StoredStory, Line]], first: Sequence[Line] = ()) -> list[Passage]:
    """Stories under a title, which stands for them alone unless other lines come first."""
    if not told and not first:
        return []
    heading = line(bold(title))
    head = Passage((heading, *first)) if first else Passage((heading,), Part.HEAD, tuple(story for story, _ in told))
    return [head, *(Passage((words,), Part.ENTRY, (story,)) for story, words in told)]
