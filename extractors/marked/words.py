"""A text with its marks as HTML, drawn by displaCy's span renderer: overlapping marks stand one above the other.

displaCy holds every token against every span, sets a space after each unmarked token and knows no lines. So the text is cut
into lines, and of a line only each run of touching marks goes to displaCy, as tokens that end where marks begin or end; the words
between are escaped here, exactly as they stand. The templates are our own: displaCy's have fixed colours and heights in every tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.marked.marks import Mark
from extractors.model import Span

if TYPE_CHECKING:
    from spacy.displacy.render import SpanRenderer

_TOP, _STEP = 23, 14  # px: where the first row of marks begins below the top of the words, and how far apart rows are
_TEMPLATE = {
    "span": '<span class="marked"><u>{text}</u>{span_slices}{span_starts}</span>',
    "slice": '<i style="background:{bg};margin-top:{top_offset}px"></i>',
    "start": '<b style="background:{bg};margin-top:{top_offset}px">{label}</b>',
}
_WORDS = re.compile(r"\s*\S+\s*|\s+")
_WIDE = 14  # characters: the first token of a mark has so many, where it can, to have room for the label


class Line(NamedTuple):
    """A line of the text as HTML, and where it begins."""

    start: int
    html: str


class _Piece(NamedTuple):
    """A mark's part on one line, in characters of the text."""

    start: int
    end: int
    label: str


def marked_lines(text: str, marks: Sequence[Mark]) -> Iterator[Line]:
    """The lines of `text` that are not blank, each with its marks; spans outside the text are cut to it."""
    renderer = _renderer(marks)
    waiting = sorted(marks, key=lambda mark: mark.span)
    place, taken, open_marks = 0, 0, list[Mark]()
    for line in text.split("\n"):
        end = place + len(line)
        while taken < len(waiting) and waiting[taken].span.start < end:
            open_marks.append(waiting[taken])
            taken += 1
        open_marks = [mark for mark in open_marks if mark.span.end > place]
        if line.strip():
            here = Span(place, end)
            yield Line(place, "".join(_drawn(text, here, [_clip(mark, here) for mark in open_marks], renderer)))
        place = end + 1


def _renderer(marks: Sequence[Mark]) -> SpanRenderer:
    from spacy.displacy.render import SpanRenderer

    colours = {mark.label: f"var(--{mark.family})" for mark in marks}
    return SpanRenderer({"colors": colours, "template": _TEMPLATE, "top_offset": _TOP, "top_offset_step": _STEP})


def _clip(mark: Mark, line: Span) -> _Piece:
    return _Piece(max(mark.span.start, line.start), min(mark.span.end, line.end), mark.label)


def _drawn(text: str, line: Span, pieces: Sequence[_Piece], renderer: SpanRenderer) -> Iterator[str]:
    place = line.start
    for run in _runs(pieces):
        start, end = run[0].start, max(piece.end for piece in run)
        yield escape(text[place:start])
        yield renderer.render([_document(text, Span(start, end), run)]).strip()
        place = end
    yield escape(text[place : line.end])


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that overlap, directly or through others, together."""
    run: list[_Piece] = []
    end = 0
    for piece in sorted(piece for piece in pieces if piece.start < piece.end):
        if run and piece.start >= end:
            yield run
            run, end = [], 0
        run.append(piece)
        end = max(end, piece.end)
    if run:
        yield run


def _document(text: str, place: Span, run: Sequence[_Piece]) -> dict[str, Any]:
    """What displaCy takes: the tokens of a run and its spans counted in them."""
    borders = sorted({border for piece in run for border in (piece.start, piece.end)})
    numbers: dict[int, int] = {}
    tokens: list[str] = []
    for start, end in pairwise(borders):
        numbers[start] = len(tokens)
        tokens += _tokens(text[start:end])
    numbers[place.end] = len(tokens)
    spans = [{"start_token": numbers[piece.start], "end_token": numbers[piece.end], "label": piece.label} for piece in run]
    return {"text": text[place.start : place.end], "tokens": tokens, "spans": spans}


def _tokens(words: str) -> list[str]:
    """Words with the space around them, so that a mark has no gaps; the first few as one."""
    tokens = [""]
    for word in _WORDS.findall(words):
        if len(tokens) == 1 and len(tokens[0]) < _WIDE:
            tokens[0] += word
        else:
            tokens.append(word)
    return tokens
