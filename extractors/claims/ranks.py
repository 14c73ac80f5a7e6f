"""Ranks: "the 11th-largest cut on record", "only nine were bigger", "the highest adjustment of 2022 to date"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.claims.lexicon import words
from extractors.claims.supwords import BEST, EVER, MONTH, MOVE, MOVE_TURN, ORDINALS, N, Superlative, first_turn, number, other
from extractors.model import Span

_THIS_YEAR = r"(?:this|the) (?:(?:still )?(?:young|current|calendar|outgoing) )?year"
_YEAR = rf"(?:(?:(?:of|in|so far in|during) )?(?:(?P<this>{_THIS_YEAR})|(?:of|in|during) (?P<year>20\d\d))|year to date)"
_RANK = re.compile(
    rf"\b{N}[- ]{BEST}\b(?:[- ](?:[\w'-]+ ){{0,3}}?{MOVE})?(?P<ever>[^.;:]{{0,24}}?{EVER})?(?P<tail>[^.;:]{{0,16}}?{_YEAR})?"
)
_ONLY = re.compile(
    rf"\bonly {N}(?P<mid>(?: [\w'-]+){{0,9}}?) "
    r"(?:were|was|are|is|have been|has been|exceeds?|exceeded|surpass(?:es|ed)?|tops?|topped|beats?|went)\b"
    r"(?P<tail>[^.;:]{0,24})"
)
_OF_MOVES = re.compile(r"\b(?:adjustments?|drops?|declines?|cuts?|increases?|rises?|falls?|retargets?|ones?|times?|jumps?|hikes?)\b")
_LARGER = re.compile(r"\b(?:bigger|larger|greater|deeper|steeper|worse|sharper|higher|exceed\w*|surpass\w*|top\w*|beat\w*|further)\b")
_OF_YEAR = re.compile(
    rf"\b{BEST}\b(?: (?:[\w'-]+ ){{0,3}}?{MOVE})? ?(?P<tail>[^.;:,]{{0,12}}?{_YEAR})"
    rf"|\b(?P<its>this year|the year|20\d\d)'s {other(BEST, 'best')} (?:[\w'-]+ ){{0,2}}?{other(MOVE, 'move')}"
)
_PLACED = re.compile(
    rf"\b(?:ranks|ranked|ranking|comes|came|coming|placed|places|is|was|stands|as) (?:in |as |at )?(?:only )?"
    rf"(?:(?:the |number |no\. ?|#){N}|{other(N, 'n')})\b(?! (?:largest|biggest|steepest|deepest|time|straight|row|in a row)\b)"
)
_AMONG = re.compile(
    rf"\b(?:of|among|in the (?:list|ranking|table) of|behind) (?:all )?(?:the )?(?P<those>(?:[\w'-]+ ){{0,4}}?{MOVE}|those|them)\b"
    rf"(?P<tail>[^.;:]{{0,30}})"
)
_SCOPE = re.compile(rf"\b(?:{_THIS_YEAR}(?:'s)?|(?P<year>20\d\d)(?:'s)?)\b|{EVER}")
_ONLY_ONE = re.compile(
    rf"\bonly (?:the one (?:of|in) |that of |in )?(?:{MONTH})(?:'s)?(?: 20\d\d)?\b(?: [\w'-]+){{0,4}}? "
    rf"(?:bigger|larger|greater|deeper|steeper|worse|sharper|harsher)(?: {MOVE})?\b(?P<tail>[^.;:]{{0,24}})"
)
_BIGGER = "bigger|larger|greater|deeper|steeper|worse|sharper|harsher|stronger|heavier"
_IN_YEAR = r" (?:in|of|during) 20\d\d| (?:in |of )?(?:this|last) year"
_NONE = re.compile(
    rf"\bno (?:other |single )?{MOVE}(?P<mid>{_IN_YEAR})? (?:was|were|is|has been|had been|proved) (?:any |quite )?"
    rf"(?:{_BIGGER}|(?:as|so) (?:big|large|great|deep|steep|sharp|harsh|strong|heavy))\b(?P<tail>{_IN_YEAR})?"
)
_SECOND_ONLY = re.compile(rf"\bsecond(?: (?:of|in|during))?(?: (?:(?P<this>{_THIS_YEAR})|(?P<year>20\d\d)))? only to\b")
_RANKED = re.compile(rf"(?:{'|'.join(ORDINALS[1:])}|\d(?:st|nd|rd|th))[- ]\Z")
_STOP = re.compile(r"[;:!?]|\.\s")
_REACH, _LAST_PLACE = 80, 50
_COMPARED = words("record bigger larger steeper sharper deeper")


def ranks(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the 11th-largest cut on record", "second-largest of the year"; not of absolute size."""
    for found in _RANK.finditer(lower):
        told = found["move"] or found["ever"] or found["tail"]
        if told and "absolute" not in lower[max(0, found.start() - 30) : found.end() + 24]:
            year = _year(found["this"], found["year"], published)
            name = f"{number(found['n'])}:{year}" if year else str(number(found["n"]))
            yield Superlative("rank", name, first_turn(found.group()) if found["move"] else 0, Span(*found.span()))


def exceptions(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "only nine negative adjustments on record were bigger": the tenth."""
    for found in _ONLY.finditer(lower):
        words = found["mid"] + found["tail"]
        if _OF_MOVES.search(words) and _LARGER.search(found.group()):
            year = re.search(
                r"\b(?P<this>this year|the year)\b|\b(?P<year>20\d\d)\b", lower[max(0, found.start() - 12) : found.start()] + words
            )
            place = _year(year["this"], year["year"], published) if year else None
            name = f"{number(found['n']) + 1}:{place}" if place else str(number(found["n"]) + 1)
            yield Superlative("rank", name, first_turn(found["mid"]), Span(*found.span()))


def placed(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "of this year's cuts it ranks second", "number two among those of 2026"; only where the words say among which."""
    if " among " not in lower and "rank" not in lower and " of " not in lower:
        return
    for found in _PLACED.finditer(lower):
        low, high = max(0, found.start() - _REACH), found.end() + _REACH
        piece = f"{_STOP.split(lower[low : found.start()])[-1]}#{_STOP.split(lower[found.end() : high])[0]}"
        among, scope = _AMONG.search(piece), _SCOPE.search(piece)
        if among is None or scope is None or number(found["n"] or found["n2"]) > _LAST_PLACE:
            continue
        this = "year" in scope.group() and scope["year"] is None
        year = _year("this year" if this else None, scope["year"], published)
        name = f"{number(found['n'] or found['n2'])}{f':{year}' if year else ''}"
        yield Superlative("rank", name, first_turn(among["those"]), Span(*found.span()))


def only_one(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "only February brought a deeper cut this year": the second of the year."""
    for found in _ONLY_ONE.finditer(lower) if "only " in lower else ():
        year = re.search(rf"\b(?:{_THIS_YEAR}|(?P<year>20\d\d))\b", found["tail"])
        if year:
            name = f"2:{_year('this year', year['year'], published)}"
            yield Superlative("rank", name, first_turn(found.group()), Span(*found.span()))


def none_of_year(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "no rise in 2025 was stronger", "no cut was larger last year": the first of that year."""
    for found in _NONE.finditer(lower):
        told = found["mid"] or found["tail"]
        if told and (year := re.search(r"20\d\d|last|this", told)):
            place = int(year.group()) if year.group().isdigit() else published.year - (year.group() == "last") if published else None
            if place is not None:
                yield Superlative("rank", f"1:{place}", MOVE_TURN[found["move"]], Span(*found.span()))


def second_only(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "second this year only to February's 11.16%", "of this year second only to": the second of the year."""
    for found in _SECOND_ONLY.finditer(lower) if " only to" in lower else ():
        year = _year(found["this"], found["year"], published)
        if year is not None:
            yield Superlative("rank", f"2:{year}", 0, Span(*found.span()))


def best_of_year(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the highest adjustment of 2022 to date", "this year's largest drop"; "the highest level of 2022" is a level."""
    for found in _OF_YEAR.finditer(lower):
        best, move = found["best"] or found["best2"], found["move"] or found["move2"]
        year = _year(found["this"] or found["its"], found["year"], published)
        if year is None or best in _COMPARED or _RANKED.search(lower, max(0, found.start() - 12), found.start()):
            continue
        if best in {"highest", "lowest"} and not move:
            yield Superlative("level", str(year), 1 if best == "highest" else -1, Span(*found.span()))
        else:
            yield Superlative("rank", f"1:{year}", first_turn(found.group()) if move else 0, Span(*found.span()))


def _year(word: str | None, year: str | None, published: date | None) -> int | None:
    text = year or word
    if text is None:
        return None
    return int(text) if text.isdigit() else (published.year if published else None)
