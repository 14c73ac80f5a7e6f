"""Streaks: "third decrease in a row", "fourth straight", and the run that has just ended, "after four drops"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.claims.supwords import CARDINALS, MOVE_TURN, ORDINALS, RUN_MARK, N, Superlative, first_turn, number, other, turn_of
from extractors.model import Span

_LONGEST = 60
_STOP = "|".join(("since", "after", *ORDINALS, *CARDINALS))
_RUN = re.compile(rf"\b{N}(?: one)?(?:[- ](?!(?:{_STOP})\b)[\w'%]+){{0,6}}?[- ]{RUN_MARK}\b|\b{RUN_MARK}[- ](?:of |to )?{other(N, 'n')}\b")
_AFTER = re.compile(
    rf"\bafter {N} (?:[\w'-]+ )?(?P<move>increases|decreases|drops|declines|falls|cuts|rises|gains|reductions|jumps|hikes)\b"
)
_LAST = re.compile(
    rf"\b(?P<verb>went up|went down|gone up|gone down|rose|risen|increased|climbed|grew|fell|fallen|dropped|declined|decreased) "
    rf"(?:in |at |with )?(?:each|all|every one)(?: one)?(?: of)? (?:its |the |their )?(?:last|past|previous|latest|preceding) {N} "
    r"(?:adjustments|retargets|epochs|readjustments|recalculations|times)\b"
)
_OF_HIGHS = re.compile(r"\b(?:highs|records|aths|peaks)\b")
_ENDS = re.compile(r"\b(?:snap\w*|end(?:s|ed|ing)|br[eo]ak\w*|br[eo]ke|halt\w*|stopp\w*|interrupt\w*)\b")
_OF_TIME = re.compile(
    r"\b(?:days?|weeks?|months?|quarters?|years?|sessions?|hours?|daily|weekly|monthly|quarterly|annual|yearly)\b"
    r"|(?<=straight )loss|(?<=consecutive )loss"
)


def streaks(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "third decrease in a row", "three consecutive drops"; not of weeks or months."""
    for found in _RUN.finditer(lower):
        count = number(found["n"] or found["n2"])
        highs = _OF_HIGHS.search(lower, found.start(), found.end() + 24)
        if highs and 2 <= count <= _LONGEST:
            yield Superlative("ended", str(count), 1, Span(*found.span()))
        elif 2 <= count <= _LONGEST and found["n"] in CARDINALS and not _OF_TIME.search(found.group()):
            # "four consecutive drops" are told as a whole, and may be over
            yield Superlative("ended", str(count), _turn(lower, *found.span()), Span(*found.span()))
        elif 2 <= count <= _LONGEST and not _OF_TIME.search(found.group() + lower[found.end() : found.end() + 12]):
            yield Superlative("run", str(count), _turn(lower, *found.span()), Span(*found.span()))


def runs_before(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "after four drops"."""
    for found in _AFTER.finditer(lower):
        if 2 <= number(found["n"]) <= _LONGEST:
            yield Superlative("ended", str(number(found["n"])), MOVE_TURN[found["move"]], Span(*found.span()))


def last_ones(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "went up in each of its last four adjustments"."""
    for found in _LAST.finditer(lower):
        words = found["verb"].split()
        yield Superlative("ended", str(number(found["n"])), turn_of(words[-1]) or turn_of(words[0]), Span(*found.span()))


def _turn(lower: str, start: int, end: int) -> int:
    """Direction by the nouns in and right after the phrase, else by the words around it."""
    phrase = lower[start : end + 8]
    named = ("winning" in phrase) - ("losing" in phrase)
    own = named or first_turn(lower[start:end]) or first_turn(lower[end : end + 40].partition(" after ")[0])
    around = first_turn(lower[max(0, start - 60) : end + 60])
    return own or (-around if _ENDS.search(lower, max(0, start - 30), start) else around)
