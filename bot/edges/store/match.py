"""Which stored story a freshly merged one continues: pure, so that a story keeps its number through edits and new tellings.

A fresh story continues the stored one with which it shares most events; after these, one that an article told and tells
in other words now (an edited figure), nearest figures first. Each continues at most one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Anchor:
    """By what a story is known again: its events and articles by number, its figures; `gone` ones come last."""

    events: frozenset[int]
    articles: frozenset[int]
    figures: tuple[Decimal | None, Decimal | None]
    period: tuple[date | None, date | None]
    gone: bool = False


def match(stored: Sequence[Anchor], fresh: Sequence[Anchor]) -> dict[int, int]:
    """For the index of each fresh story that continues a stored one, the index of that.

    >>> def story(*events): return Anchor(frozenset(events), frozenset(events), (None, None), (None, None))
    >>> match([story(1, 2), story(3)], [story(3), story(4), story(2, 5)])
    {2: 0, 0: 1}
    """
    by_article: dict[int, list[int]] = {}
    for index, anchor in enumerate(stored):
        for article in anchor.articles:
            by_article.setdefault(article, []).append(index)
    pairs = {(known, new) for new, anchor in enumerate(fresh) for article in anchor.articles for known in by_article.get(article, ())}
    ranked = sorted(pairs, key=lambda pair: (_nearness(stored[pair[0]], fresh[pair[1]]), -pair[0], -pair[1]), reverse=True)
    found: dict[int, int] = {}
    for known, new in ranked:
        if new not in found and known not in found.values():
            found[new] = known
    return found


def _nearness(stored: Anchor, fresh: Anchor) -> tuple[int, bool, int, bool, int]:
    same_figures = sum(one == other and one is not None for one, other in zip(stored.figures, fresh.figures, strict=True))
    return (
        len(stored.events & fresh.events),
        not stored.gone,
        same_figures,
        stored.period == fresh.period,
        len(stored.articles & fresh.articles),
    )
