"""The block whose height a sentence names for what it tells of the difficulty: "fell 9.5% at block 977,760"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.claims.parts import Part, Role
from extractors.claims.scene import Scene
from extractors.claims.told import Draft
from extractors.model import Metric, Span

_FARTHEST = 120
_COMMA = 40  # what a comma on the way counts for, in characters
_BEFORE = 40  # characters before a height that say what it is named for
# "Since block N", "from block N to ...": a change counts from it.
_COUNTED = re.compile(r"\b(?:since|(?<!effective )(?<!starting )from)\b[^.,;:\d]{0,24}\Z")
# What is told up to a block or beside it did not come with it.
_ASIDE = re.compile(r"(?:\b(?:until|till|before|after|than|next|following|up to|prior to|ahead of)\b[^.,;:\d]{0,24}|\.\s)\Z")
_BREAK = re.compile(r"[;:]|\.\s|\b(?:and|but|while|whereas|although|until|till|before|after|than|next|following|earlier|later)\b")
_BREAK_AHEAD = re.compile(r";|\.\s|\b(?:but|while|whereas|although|since|until|till|before|after|next|following|earlier|later)\b")


class _Way(NamedTuple):
    """A height within reach of a draft, by how far it stands off."""

    cost: int
    height: Part
    is_behind: bool


def name_blocks(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Give what is told of the difficulty the heights that stand beside it in its clause: of its block, and of that it counts from."""
    heights = [draft.parts[Role.VALUE] for draft in drafts if draft.metric is Metric.BLOCK_HEIGHT and Role.VALUE in draft.parts]
    told = [draft for draft in drafts if draft.metric is Metric.DIFFICULTY]
    if not heights or not told:
        return
    counted = [height for height in heights if _COUNTED.search(_words_before(scene, height))]
    named = [height for height in heights if height not in counted and not _ASIDE.search(_words_before(scene, height))]
    taken: list[Part] = []  # a block named behind one figure is not that of the next
    for draft in told:
        figures = [part.span for other in told for part in other.parts.values()]
        draft.counted = draft.counted or (way.height if (way := _nearest(scene, draft, counted, figures)) else None)
        figures += [height.span for height in heights if height is not draft.counted]
        best = _nearest(scene, draft, [height for height in named if height not in taken], figures)
        if best is not None:
            draft.block = best.height
            taken += [best.height] if best.is_behind else []


def _words_before(scene: Scene, height: Part) -> str:
    return scene.lower[max(scene.sentence.start, height.span.start - _BEFORE) : height.span.start]


def _nearest(scene: Scene, draft: Draft, heights: Sequence[Part], figures: Sequence[Span]) -> _Way | None:
    ways = (_way(scene, _reach(draft), height, figures) for height in heights if height.modality is draft.modality)
    return min((way for way in ways if way), key=lambda way: way.cost, default=None)


def _reach(draft: Draft) -> Span:
    """From the first of its figures to the last, or the words of its superlative."""
    spans = [part.span for part in draft.parts.values()] or [one.span for one in draft.superlatives]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)


def _way(scene: Scene, reach: Span, height: Part, figures: Sequence[Span]) -> _Way | None:
    behind = height.span.start >= reach.start
    start, end = (reach.end, height.span.start) if behind else (height.span.end, reach.start)
    if any(start <= other.start and other.end <= end for other in figures) or end - start > _FARTHEST:
        return None
    between = scene.lower[start:end]
    if (_BREAK if behind else _BREAK_AHEAD).search(between):
        return None
    return _Way(max(0, end - start) + _COMMA * between.count(","), height, behind)
