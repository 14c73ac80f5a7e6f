"""Where the articles of a story do not agree, and who says what.

Figures that round to the story's own are no difference. Everything else is kept: first the story's figure with the articles that
bear it out, then each other one. A plan of another size than its execution is such a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.merge.figures import Agreement, agree, figure
from extractors.merge.reading import amount_of
from extractors.model import Difference, Event, Period, Story


def differences(story: Story) -> tuple[Difference, ...]:
    """Every field with figures that contradict the story's own, in the order of the story's fields."""
    return tuple(_found(story))


def _found(story: Story) -> Iterator[Difference]:
    for name in ("btc", "usd", "price_usd"):
        if (value := getattr(story, name)) is not None:
            yield from _difference(story, name, _plain(value))
    if story.period is not None:
        yield from _difference(story, "period", _dates(story.period))
    if story.settlement is not None:
        yield from _difference(story, "settlement", story.settlement)


def _difference(story: Story, name: str, own: str) -> Iterator[Difference]:
    by_value: dict[str, list[str]] = {own: []}
    for told in story.tellings:
        shown = _shown(told.event, name)
        if shown is None:
            continue
        value = own if _agrees(story, told.event, name) else shown
        by_value.setdefault(value, []).append(told.article_id)
    if len(by_value) > 1:
        yield Difference(name, tuple((value, tuple(dict.fromkeys(ids))) for value, ids in by_value.items()))


def _shown(event: Event, name: str) -> str | None:
    if name == "period":
        return _dates(event.period) if event.period else None
    if name == "settlement":
        return event.settlement
    value = amount_of(event, name)
    return None if value is None else _plain(value)


def _agrees(story: Story, event: Event, name: str) -> bool:
    if name == "settlement":
        return event.settlement == story.settlement
    if name == "period":
        return bool(story.period and event.period) and _nested(story.period, event.period)
    return agree(figure(getattr(story, name)), figure(amount_of(event, name))) >= Agreement.ROUND


def _nested(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return True
    return (one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _dates(period: Period) -> str:
    return f"{period.start.isoformat()}/{period.end.isoformat()}"
