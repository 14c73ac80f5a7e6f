"""The door of the merge: group by miner and kind, cluster, read, compare, link, and put the stories in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from extractors.merge.cluster import cluster
from extractors.merge.corrections import corrections
from extractors.merge.differ import differences
from extractors.merge.facts import Fact, canonical, company_key, fact_of
from extractors.merge.links import links
from extractors.merge.reading import story_of
from extractors.model import Kind, Story, Told

_NEVER = date.max


def merge(tellings: Iterable[Told]) -> list[Story]:
    """Stories of all the tellings, oldest first, each telling in exactly one; independent of the order of the input.

    `Story.linked` holds indices of the returned list.
    """
    blocks: dict[tuple[str, Kind], list[Fact]] = defaultdict(list)
    for told in tellings:
        blocks[company_key(told.event.company), told.event.kind].append(fact_of(told))
    found = [(_place(story, key), story) for key, facts in blocks.items() for story in _stories(facts)]
    found.sort(key=lambda item: item[0])
    stories = [story for _, story in found]
    of_block: dict[object, list[int]] = defaultdict(list)
    for index, (place, _) in enumerate(found):
        of_block[place[1:3]].append(index)
    tied = links(stories, of_block.values())
    return [replace(story, linked=tuple(sorted(tied[index]))) if index in tied else story for index, story in enumerate(stories)]


def _stories(facts: list[Fact]) -> list[Story]:
    corrected = corrections(facts)
    taken_back: dict[int, list[Fact]] = defaultdict(list)
    for fact, correction in zip(facts, corrected, strict=True):
        if correction:
            taken_back[id(correction)].append(fact)
    drafts = cluster(fact for fact, correction in zip(facts, corrected, strict=True) if not correction)
    return [_story(draft.facts, [wrong for fact in draft.facts for wrong in taken_back.get(id(fact), ())]) for draft in drafts]


def _story(facts: list[Fact], wrong: list[Fact]) -> Story:
    """What the tellings say, the wrong ones kept behind them without a voice."""
    story = story_of(facts)
    return replace(story, differ=differences(story), tellings=story.tellings + tuple(fact.told for fact in sorted(wrong, key=canonical)))


def _place(story: Story, key: tuple[str, Kind]) -> tuple[object, ...]:
    """Sort key of the result: by day, then miner and kind, then content."""
    day = story.period.start if story.period else min(map(_published, story.tellings), default=_NEVER)
    amounts = (story.btc or 0, story.usd or 0, story.price_usd or 0)
    return (day, *key, amounts, story.status, story.period or (), story.articles)


def _published(told: Told) -> date:
    moment: datetime | None = told.published
    if moment is None:
        return _NEVER
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
