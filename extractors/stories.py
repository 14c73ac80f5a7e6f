"""Stories as the command line writes them: a JSON line each, under an id that their content gives.

An id reads like "cango-2026-02-07-4451": miner, first day of the period (or of publication), amount, and the kind if it is no
sale. It depends on nothing but the story, so that two runs over the same articles agree; stories that would share one are
numbered in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extractors.jsonl import number
from extractors.model import Difference, Kind, Story

_NUMBERS = {"btc", "usd", "price_usd"}


def story_ids(stories: Sequence[Story]) -> list[str]:
    """An id for each story, all different, in the order of the stories."""
    seen: dict[str, int] = {}
    ids = []
    for story in stories:
        name = story_id(story)
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def story_id(story: Story) -> str:
    """The id that the story's content gives; two stories may share it."""
    kind = "" if story.kind is Kind.SALE else story.kind.value
    return "-".join(filter(None, (_slug(story.company), kind, _day(story), _amount(story))))


def stories_json(stories: Sequence[Story]) -> list[dict[str, Any]]:
    """A line for each story of one merge, with the ids of those it is linked with."""
    ids = story_ids(stories)
    return [story_json(name, story, [ids[index] for index in story.linked]) for name, story in zip(ids, stories, strict=True)]


def story_json(name: str, story: Story, linked: Sequence[str] = ()) -> dict[str, Any]:
    """The line of a story: its best reading, article ids (primary source first), where they differ; `linked` only if there is any."""
    line = {
        "story": name,
        "kind": story.kind.value,
        "company": story.company,
        "btc": number(story.btc),
        "usd": number(story.usd),
        "status": story.status.value,
        "period": [day.isoformat() for day in story.period] if story.period else None,
        "purposes": [purpose.value for purpose in story.purposes],
        "articles": list(story.articles),
        "differ": [_difference_json(difference) for difference in story.differ],
    }
    return line | {"linked": list(linked)} if linked else line


def _difference_json(difference: Difference) -> dict[str, Any]:
    """`{"field", "values": [{"value", "articles"}]}`, the story's own value first."""
    values = [{"value": _value(difference.field, value), "articles": list(articles)} for value, articles in difference.values]
    return {"field": difference.field, "values": values}


def _value(field: str, value: str) -> Any:
    if field in _NUMBERS:
        return number(Decimal(value))
    return value.split("/") if field == "period" else value


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "miner"


def _day(story: Story) -> str:
    if story.period:
        return story.period.start.isoformat()
    published = min((told.published for told in story.tellings if told.published), default=None)
    return published.date().isoformat() if published else "undated"


def _amount(story: Story) -> str:
    if story.btc is not None:
        return f"{story.btc.normalize():f}"
    return "" if story.usd is None else f"{story.usd.normalize():f}usd"
