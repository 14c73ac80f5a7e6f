"""What a fresh merge changes: each merged story continues a stored one or is new, and what none continues is gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import facts, story_rows
from bot.edges.store.corrections import corrected
from bot.edges.store.match import Anchor, match
from bot.edges.store.rebuilt import Rebuilt
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import EventRow
from bot.edges.store.tables.stories import MergeRow, StoryRow, TellingRow
from bot.model import Due, StoryChanges
from extractors.model import Kind, Story, Told


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge of all tellings of one company, under any of its names, and kind."""

    names: frozenset[str]
    kind: Kind
    stories: tuple[Story, ...]
    now: datetime
    due: tuple[Due, ...]


@dataclass(slots=True)
class _Fresh:
    """A merged story beside its row: `place` holds (article, event) numbers of its tellings."""

    story: Story
    place: list[tuple[int, int | None]]
    row: StoryRow | None = None


def replace(session: Session, merge: Merge, rebuilt: Rebuilt) -> StoryChanges:
    """Brings the stored stories in line with the merge, in the session's transaction."""
    if not _settle(session, merge.due):
        return StoryChanges()
    stored = list(session.scalars(_stored_of(merge)).all())
    before = _places(session, stored)
    fresh = [_Fresh(story, place) for story, place in zip(merge.stories, _found(session, merge), strict=True)]
    continued = match([_anchor_of(row, before[number_of(row)]) for row in stored], [_anchor(one) for one in fresh])
    new, changed = [], []
    for index, one in enumerate(fresh):
        if index not in continued:
            one.row = _add(session, one.story, merge.now)
            new.append(one.row)
        else:
            one.row = stored[continued[index]]
            if _update(one, before[number_of(one.row)], merge.now):
                changed.append(one.row)
    gone = [row for index, row in enumerate(stored) if index not in continued.values() and not row.gone]
    for row in gone:
        row.gone, row.changed_at = True, merge.now
        story_rows.revise(row)
    session.flush()
    _write_tellings(session, fresh, before)
    _write_links(fresh)
    session.flush()
    return StoryChanges(*(tuple(rebuilt.of(session, [number_of(row) for row in rows])) for rows in (new, changed, gone)))


def _settle(session: Session, due: tuple[Due, ...]) -> bool:
    """Notes what was due as merged; False if later tellings are merged already."""
    rows = [session.get(MergeRow, (one.company, one.kind.value), with_for_update=True) for one in due]
    if any(row is not None and row.merged > one.mark for row, one in zip(rows, due, strict=True)):
        return False
    for row, one in zip(rows, due, strict=True):
        if row is not None:
            row.merged = one.mark
    return True


def _stored_of(merge: Merge) -> Any:
    """Stories under the company's names, and those that the tellings' articles gave rise to under another."""
    return select(StoryRow).where(col(StoryRow.kind) == merge.kind.value, col(StoryRow.company).in_(merge.names | _companies(merge)))


def _companies(merge: Merge) -> frozenset[str]:
    return frozenset(story.company for story in merge.stories)


def _places(session: Session, rows: list[StoryRow]) -> dict[int, list[tuple[int, int | None]]]:
    """(article, event) of the tellings of stored stories; the event is None where it is gone."""
    found: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    numbers = [number_of(row) for row in rows]
    wanted = select(TellingRow).where(col(TellingRow.story_id).in_(numbers)).order_by(col(TellingRow.position))
    for row in session.scalars(wanted):
        found[row.story_id].append((row.article_id, row.event_id))
    return found


def _found(session: Session, merge: Merge) -> list[list[tuple[int, int | None]]]:
    """(article, event) of the tellings of merged stories: the event that says the same."""
    articles = {story_rows.article_number(told) for story in merge.stories for told in story.tellings}
    wanted = select(EventRow).where(col(EventRow.article_id).in_(articles), col(EventRow.kind) == merge.kind.value)
    events: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in session.scalars(wanted.order_by(col(EventRow.position))):
        events[row.article_id, _says(facts.event_values(facts.to_event(row)))].append(number_of(row))
    return [[_place(told, events) for told in story.tellings] for story in merge.stories]


def _place(told: Told, events: dict[tuple[int, str], list[int]]) -> tuple[int, int | None]:
    number = story_rows.article_number(told)
    same = events[number, _says(facts.event_values(told.event))]
    return number, same.pop(0) if same else None


def _says(values: dict[str, Any]) -> str:
    return repr(sorted((name, value) for name, value in values.items() if name != "evidence"))


def _anchor_of(row: StoryRow, place: list[tuple[int, int | None]]) -> Anchor:
    return Anchor(*_numbers(place), (row.btc, row.usd), (row.period_start, row.period_end), row.gone)


def _anchor(one: _Fresh) -> Anchor:
    period = one.story.period
    return Anchor(*_numbers(one.place), (one.story.btc, one.story.usd), (period.start, period.end) if period else (None, None))


def _numbers(place: list[tuple[int, int | None]]) -> tuple[frozenset[int], frozenset[int]]:
    return frozenset(event for _, event in place if event is not None), frozenset(article for article, _ in place)


def _add(session: Session, story: Story, now: datetime) -> StoryRow:
    row = StoryRow(**story_rows.story_values(story, now), linked=[], revision=1, found_at=now, changed_at=now)
    session.add(row)
    return row


def _update(one: _Fresh, before: list[tuple[int, int | None]], now: datetime) -> bool:
    """Writes what reads differently; whether a reader would see it."""
    row = one.row
    assert row is not None  # noqa: S101 - the caller has set it
    values = story_rows.story_values(one.story, row.found_at)
    different = [name for name, value in values.items() if getattr(row, name) != value]
    row.corrected = corrected(row, values, now)
    for name in different:
        setattr(row, name, values[name])
    seen = row.gone or bool(set(different) - {"told_at", "day"}) or _articles(before) != _articles(one.place)
    if seen:
        row.gone, row.changed_at = False, now
        story_rows.revise(row)
    return seen


def _articles(place: list[tuple[int, int | None]]) -> list[int]:
    return list(dict.fromkeys(article for article, _ in place))


def _write_tellings(session: Session, fresh: list[_Fresh], before: dict[int, list[tuple[int, int | None]]]) -> None:
    for one in fresh:
        assert one.row is not None  # noqa: S101 - the caller has set it
        number = number_of(one.row)
        if before.get(number) == one.place:
            continue
        session.execute(delete(TellingRow).where(col(TellingRow.story_id) == number))
        session.add_all(
            TellingRow(story_id=number, position=position, article_id=article, event_id=event)
            for position, (article, event) in enumerate(one.place)
        )


def _write_links(fresh: list[_Fresh]) -> None:
    numbers = [number_of(one.row) for one in fresh if one.row is not None]
    for one in fresh:
        linked = sorted(numbers[index] for index in one.story.linked if index < len(numbers))
        if one.row is not None and one.row.linked != linked:
            one.row.linked = linked
