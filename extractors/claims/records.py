"""Superlatives of all time: "a new all-time high", "never been harder", "the biggest decline in history", "its record of $126,000"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.claims.supwords import BEST, EVER, MOVE, ORDINALS, Superlative, first_turn, other
from extractors.model import Span

_LEVELS = r"(?:level |value |point |figure |mark )?"
_SO_FAR = r"(?:ever|yet|so far|in (?:its |the )?(?:[\w-]+ )?history|on record|of all time)"
_NEAR = r"(?:(?:of|at|above|over|near|around|about|some|roughly|nearly|just|level|some)\s){0,3}\$?\d"
_HARDER = r"(?:higher|harder|tougher|stronger|as high|so high|high|hard)"
_POINT = r"(?:high|peak|record|maximum)"
_HIGH = (
    rf"all[- ]time {_POINT}|ath|(?:new |historical? |absolute )(?:maximum|peak|high)|record[- ](?:high|level|peak)"
    r"|(?<=at )(?:all[- ]time|record|new|historic) (?:highs|levels|peaks)"
    rf"|highest {_LEVELS}{_SO_FAR}|(?:(?<=trillion, )|(?<=\dt, ))(?:more|higher) than ever(?: before)?"
    r"|(?:more|higher|harder|tougher) than (?:it has ever (?:been|stood)|it ever (?:was|has been))"
    r"|(?:higher|harder|tougher) than at any (?:time|point|moment)"
    r"(?: before| in (?:its|the) (?:[\w-]+ )?(?:history|past))?(?! (?:since|in|of|this))"
    rf"|never (?:been |before |so |was (?:[\w']+ ){{1,3}})?(?:been )?{_HARDER}|(?:so|as) high as never(?: before)?"
    r"|(?:its|the|a|new|set its|their|of|beats the|broke its) record"
    r"(?= (?:again|of|at|near|above|set|around|close|over|on|in|with|,)|[,.;]|\Z)"
    r"|(?:new|fresh|another|latest) (?:record|high|ath|all-time high|peak)s?|(?:a|new|its) record(?= \$?\d)"
    rf"|maximum(?= of)|(?:peak|record)(?= {_NEAR})"
    r"|(?<=[\dkst] )record(?= (?:by|of|set|in|from|on|it)\b|[,.;]|\Z)|all-time excessive"
    r"|(?<=[\dkst] )(?:peak|record high|all-time high)(?! (?:hours|demand|load|season))"
)
_LOW = (
    r"all[- ]time lows?|record[- ]lows?|(?:new |historical? |absolute )(?:minimum|low)s?"
    rf"|lowest {_LEVELS}{_SO_FAR}|never (?:been |before )?(?:been )?(?:lower|cheaper|as low|so low|easier)"
)
_LEVEL = re.compile(rf"\b(?P<high>{_HIGH})\b|\b(?P<low>{_LOW})\b")
_CHANGE = re.compile(
    rf"(?<!on )\brecord (?:[\w'-]+ ){{0,2}}?{MOVE}"
    rf"|\b{other(BEST, 'best')}[- ](?:[\w'%-]+ ){{0,5}}?{other(MOVE, 'move')}(?P<gap>[^.;:]{{0,40}}?) ?{EVER}"
    rf"|\b{BEST.replace('<best>', '<best3>')} {EVER}|(?<=%, )more than ever(?: before)?\b"
    rf"|\bnever (?:before )?(?:has|had|did) (?:an?|any|one) (?:single )?"
    rf"{other(MOVE, 'move').replace('<move2>', '<move3>')} (?:[\w'-]+ ){{0,3}}?"
    r"(?:so|as) (?:much|deep|large|big|hard|steep|sharp|many)\b"
)
_NEARING = re.compile(
    r"\b(?:near|nearing|close to|closer to|approaching|short of|shy of|below|beneath|under|towards?|within reach of)"
    r"(?: (?:its|the|an?|their))?\s\Z"
)
_TOLD = re.compile(r"[^.;:,]{0,20}?\d")
_RANKED = re.compile(rf"(?:{'|'.join(ORDINALS[1:])}|\d(?:st|nd|rd|th)|only|\d|no)[- ](?:[\w'-]+ )?\Z")


def all_time(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "a new all-time high", "never been harder", "the biggest decline in history"."""
    for found in _LEVEL.finditer(lower):
        if _NEARING.search(lower, max(0, found.start() - 24), found.start()) and not _TOLD.match(lower, found.end()):
            continue
        yield Superlative("level", "all", 1 if found["high"] else -1, Span(*found.span()))
    for found in _CHANGE.finditer(lower):
        best, move = found["best2"] or found["best3"] or "record", found["move"] or found["move2"]
        if _RANKED.search(lower, max(0, found.start() - 24), found.start()) or "since 20" in found.group():
            continue
        if best in {"highest", "lowest"} and (move or "").startswith("reading"):
            yield Superlative("level", "all", 1 if best == "highest" else -1, Span(*found.span()))
        elif move or best not in {"highest", "lowest"}:
            kind = "absolute" if "absolute" in lower[found.start() : found.end() + 30] else "change"
            yield Superlative(kind, "all", first_turn(found.group().removeprefix(best)), Span(*found.span()))
