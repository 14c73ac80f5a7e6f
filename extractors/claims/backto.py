"""Superlatives told as a way back: "you have to go back to July 2021 for a steeper fall", "for a worse one, look up July 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.claims.lexicon import words
from extractors.claims.supwords import DATE, MOVE_TURN, Superlative, date_name, other
from extractors.model import Span

_WHEN = r"(?:(?:early|late|mid|the (?:end|start|beginning|middle|summer|spring|autumn|winter) of)[- ])?"
_SIZE = r"(?P<size>bigger|larger|steeper|sharper|deeper|worse|greater|harsher|stronger|smaller|lower|higher)"
_GONE = re.compile(
    rf"\b(?:back (?:as far as |all the way )?(?:to|until|at)|return to|look (?:up|at)) {_WHEN}{DATE}(?<=\w)"
    rf"(?:, [^.;:,]{{0,60}},)? (?:to (?:find|see|meet)|for|before one finds) (?:an? |any )?{_SIZE}(?: (?P<what>[\w-]+))?"
    rf"|\bfor (?:an? |any )?{other(_SIZE, 'size')} (?P<what2>[\w-]+),? (?:you|one|we|miners)\b[^.;:]{{0,30}}? "
    rf"(?:back to|return to|look up) {_WHEN}{other(DATE, 'mon', 'year')}(?<=\w)\b"
)
_LEVELS = words("number figure value level reading difficulty")
_OF_LEVELS = {"smaller": -1, "lower": -1, "higher": 1}


def gone_back(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "one must return to March for a lower figure" is of a level, "for a harsher cut" of a change."""
    for found in _GONE.finditer(lower):
        name = date_name(found["mon"] or found["mon2"], found["year"] or found["year2"], published)
        size, what = found["size"] or found["size2"], found["what"] or found["what2"] or ""
        if name is None:
            continue
        if what not in _LEVELS:
            yield Superlative("change", name, MOVE_TURN.get(what, 0), Span(*found.span()))
        elif size in _OF_LEVELS:
            yield Superlative("level", name, _OF_LEVELS[size], Span(*found.span()))
