"""Uses of money in a stretch of text: whole phrases, goods behind words of spending, and payees who collect.

A phrase ("repay its loan", "working capital") counts once a word of aim stands before it; some need none ("at favorable prices").
Goods ("transformers", "legal fees") and payees ("the utility") count behind a word of spending ("went into", "to cover", "earmarked for"),
before one ("are paid out of the coins"), or in a list with goods that count. Behind a label ("Use of funds:") all goods count.
All patterns lie in `data/lexicon/purposes.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractors.model import Purpose, Span
from extractors.resources import data_path


class Use(NamedTuple):
    """Words that say what money is for."""

    span: Span
    purpose: Purpose


_Table = tuple[tuple[Purpose, re.Pattern[str]], ...]
_AIM_REACH, _FRAME_REACH, _NEAR_REACH, _LIST_REACH = 64, 74, 30, 44
_NEGATED = re.compile(r"\b(?:not|no|never|without|rather than|instead of|fewer|less|nor|cannot)\b[^.;]{0,30}$")
_BREAK = re.compile(r"[;!?]|[.:] | [-–—] | (?:while|whereas|but|although|though|unless|except|because|who|where) ")
_LISTED = re.compile(r"\W*(?:,|\band\b|&|\bplus\b|\bthen\b|\bor\b|\bas well as\b|\+|/|;|\balong with\b|\bincluding\b)")
_VERB_OF_LIST = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|said|says|holds?|held|mined|sold|owns|owned|raised|brought|claims?)\b|\d(?:btc| btc| bitcoin)"
)
_MONEY_OR_COINS = re.compile(r"\$|\d ?(?:btc|bitcoin|coins)\b")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    aim: re.Pattern[str]
    frames: re.Pattern[str]
    near_frames: re.Pattern[str]
    labels: re.Pattern[str]
    paid: re.Pattern[str]
    collects: re.Pattern[str]
    phrases: _Table
    plain: _Table
    goods: _Table
    payees: _Table


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    with data_path("lexicon", "purposes.toml").open("rb") as file:
        table = tomllib.load(file)
    single = {name: _any(table[name]) for name in ("aim", "frames", "near_frames", "labels", "paid", "collects")}
    by_purpose = {
        name: tuple((purpose, _any(table[name][purpose.value], r"\b")) for purpose in Purpose if table[name].get(purpose.value))
        for name in ("phrases", "plain", "goods", "payees")
    }
    return _Lexicon(**single, **by_purpose)


def _any(patterns: list[str], edge: str = "") -> re.Pattern[str]:
    return re.compile(edge + "(?:" + "|".join(map(_with_gaps, patterns)) + ")")


def _with_gaps(pattern: str) -> str:
    """`<6>` stands for up to six words; a word and the spaces before it share no character, so there is one way to match."""
    return re.sub(r"<(\d)>", r",?(?: +[^ ;]+){0,\1}? +[\"'(]?", pattern)


def has_label(lower: str, start: int, end: int) -> bool:
    """Whether the words announce a use ("Purpose:", "The reason is")."""
    return bool(_lexicon().labels.search(lower, start, end))


def uses_in(lower: str, start: int, end: int, *, labelled: bool = False) -> list[Use]:
    """All uses told in `lower[start:end]`, in order; `labelled` where a label stands in the line above."""
    found = _phrases(lower, start, end) + _plain(lower, start, end) + _goods(lower, start, end, labelled=labelled)
    return _without_echo(lower, sorted(set(found)))


def _phrases(lower: str, start: int, end: int) -> list[Use]:
    words = _lexicon()
    found = []
    for purpose, pattern in words.phrases:
        for match in pattern.finditer(lower, start, end):
            first = max(start, match.start() - _AIM_REACH)
            if words.aim.search(lower, first, match.end()) and not _NEGATED.search(lower[first : match.start()]):
                found.append(Use(Span(*match.span()), purpose))
                break
    return found


def _plain(lower: str, start: int, end: int) -> list[Use]:
    found = []
    for purpose, pattern in _lexicon().plain:
        for match in pattern.finditer(lower, start, end):
            if not _NEGATED.search(lower[max(start, match.start() - _AIM_REACH) : match.start()]):
                found.append(Use(Span(*match.span()), purpose))
                break
    return found


class _Good(NamedTuple):
    start: int
    end: int
    purpose: Purpose
    payee: bool


def _goods(lower: str, start: int, end: int, *, labelled: bool) -> list[Use]:
    words = _lexicon()
    goods = _longest(
        [
            _Good(*match.span(), purpose, payee)
            for table, payee in ((words.goods, False), (words.payees, True))
            for purpose, pattern in table
            for match in pattern.finditer(lower, start, end)
        ]
    )
    if not goods:
        return []
    label = start if labelled else min((match.end() for match in words.labels.finditer(lower, start, end)), default=end)
    frames = [match.end() for match in words.frames.finditer(lower, start, end)]
    nears = [match.end() for match in words.near_frames.finditer(lower, start, end)]
    found: list[_Good] = []
    for good in goods:
        if (
            good.start >= label
            or _governed(lower, good, frames, _FRAME_REACH)
            or _governed(lower, good, nears, _NEAR_REACH)
            or (words.collects if good.payee else words.paid).match(lower, good.end, end)
            or (found and _continues(lower, found[-1], good))
        ) and not _NEGATED.search(lower[max(start, good.start - _AIM_REACH) : good.start]):
            found.append(good)
    return [Use(Span(good.start, good.end), good.purpose) for good in found]


def _longest(goods: list[_Good]) -> list[_Good]:
    """Of goods that overlap the first and longest; of equal ones those that are no payees."""
    kept: list[_Good] = []
    for good in sorted(goods, key=lambda good: (good.start, -good.end, good.payee)):
        if not kept or good.start >= kept[-1].end:
            kept.append(good)
    return kept


def _governed(lower: str, good: _Good, frames: list[int], reach: int) -> bool:
    return any(
        frame <= good.start <= frame + reach
        and not _BREAK.search(lower, frame, good.start)
        and (reach > _NEAR_REACH or not _MONEY_OR_COINS.search(lower, frame, good.start))
        for frame in frames
    )


def _continues(lower: str, known: _Good, good: _Good) -> bool:
    between = lower[known.end : good.start]
    return len(between) <= _LIST_REACH and bool(_LISTED.match(between)) and not _VERB_OF_LIST.search(between)


_HALLS = re.compile(
    r"capex$|build|construct|data ?-?cent|growth|expansion|develop|campus|site|halls?\b|switch|chiller|substation|power|infrastructure"
    r"|project|capacity|land"
)


def _without_echo(lower: str, found: list[Use]) -> list[Use]:
    """Building halls for AI is the move into AI, not growth of the mining beside it; land that is bought is no company."""
    known = {use.purpose for use in found}
    if Purpose.AI_HPC in known:
        found = [use for use in found if use.purpose is not Purpose.CAPEX_GROWTH or not _HALLS.match(lower[use.span.start : use.span.end])]
    if Purpose.CAPEX_GROWTH in known:
        grown = [use.span.start for use in found if use.purpose is Purpose.CAPEX_GROWTH]
        found = [
            use for use in found if use.purpose is not Purpose.ACQUISITION or not any(0 <= place - use.span.start <= 70 for place in grown)
        ]
    return found
