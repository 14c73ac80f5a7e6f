"""One word, sign or figure of a sentence, as the rules of claims see it, and the word that stands before a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims import lexicon as lex
from extractors.claims.figures import Figure
from extractors.model import Bounds, Metric


@dataclass(slots=True)
class Item:
    """A word, sign or figure of the sentence.

    `metric` and `other` say what it names, `names` that it names anything at all, `turn` its direction (-1, 1).
    """

    start: int
    end: int
    lower: str
    figure: Figure | None = None
    bounds: Bounds | None = None
    metric: Metric | None = None
    other: bool = False
    adjusts: bool = False
    turn: int = 0
    ends_clause: bool = False
    owns: bool = False
    names: bool = False


def before_figure(items: Sequence[Item], place: int) -> str:
    """The word before a figure, hedges and articles left out."""
    for back in range(place - 1, max(-1, place - 6), -1):
        lower = items[back].lower
        if lower not in lex.FILLERS and lower not in lex.ABOUT and lower not in lex.NEARLY and lower not in lex.OVER:
            return lower
    return ""
