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
    goods: bool = False  # told by what was bought or who was paid


_Table = tuple[tuple[Purpose, re.Pattern[str]], ...]
_AIM_REACH, _FRAME_REACH, _NEAR_REACH, _LIST_REACH = 64, 74, 30, 44
_NEGATED = re.compile(r"\b(?:not|no|never|without|rather than|instead of|fewer|less|nor|cannot|none|nothing|neither|nobody)\b[^.;]{0,30}$")
_BREAK = re.compile(r"[;!?]|[.:] | [-–—] | (?:while|whereas|but|although|though|unless|except|because|who|where|which) ")
_LISTED = re.compile(r"(?: [^ ,]+){0,3}?\W*(?:,|\band\b|&|\bplus\b|\bthen\b|\bor\b|\bas well as\b|\+|/|;|\balong with\b|\bincluding\b)")
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
    any_phrase: re.Pattern[str]
    any_plain: re.Pattern[str]
    any_good: re.Pattern[str]


_WORD = r"(?:\b|(?<=[\u4e00-\u9fff]))(?=\w)"  # where a word begins; Han writes them without a space


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    with data_path("lexicon", "purposes.toml").open("rb") as file:
        table = tomllib.load(file)
    aim, frames, near_frames, labels, paid, collects = (
        _any(table[name], _WORD if name in {"aim", "frames"} else "")
        for name in ("aim", "frames", "near_frames", "labels", "paid", "collects")
    )
    phrases, plain, goods, payees = (_by_purpose(table[name]) for name in ("phrases", "plain", "goods", "payees"))
    gates = (_first_look(table["phrases"]), _first_look(table["plain"]), _first_look(table["goods"], table["payees"]))
    return _Lexicon(aim, frames, near_frames, labels, paid, collects, phrases, plain, goods, payees, *gates)


def _by_purpose(table: dict[str, list[str]]) -> _Table:
    return tuple((purpose, _any(table[purpose.value], r"\b(?=\w)")) for purpose in Purpose if table.get(purpose.value))


def _first_look(*tables: dict[str, list[str]]) -> re.Pattern[str]:
    """All of the tables in one pattern: where it finds nothing, none of them does."""
    return _any([pattern for table in tables for patterns in table.values() for pattern in patterns], r"\b(?=\w)")


def _any(patterns: list[str], edge: str = "") -> re.Pattern[str]:
    return re.compile(edge + "(?:" + "|".join(map(_with_gaps, patterns)) + ")")


def _with_gaps(pattern: str) -> str:
    """`<6>` stands for up to six words; a word and the spaces before it share no character, so there is one way to match."""
    return re.sub(r"<(\d)>", r",?(?: +[^ ;]+){0,\1}? +[\"'(]?", pattern)


def has_label(lower: str, start: int, end: int) -> bool:
    """Whether the words announce a use ("Purpose:", "The reason is")."""
    return bool(_lexicon().labels.search(lower, start, end))


def ends_in_label(lower: str, start: int, end: int) -> bool:
    """Whether a sentence or line ends in such words, so that the next one tells the use."""
    return any(end - match.end() <= 2 for match in _lexicon().labels.finditer(lower, max(start, end - 60), end))


def uses_in(lower: str, start: int, end: int, *, labelled: bool = False) -> list[Use]:
    """All uses told in `lower[start:end]`, in order; `labelled` where a label stands in the line above."""
    found = _phrases(lower, start, end) + _plain(lower, start, end) + _goods(lower, start, end, labelled=labelled)
    return without_echo(lower, sorted(set(found)))


def _phrases(lower: str, start: int, end: int) -> list[Use]:
    words = _lexicon()
    found: list[Use] = []
    if not words.any_phrase.search(lower, start, end):
        return found
    for purpose, pattern in words.phrases:
        for match in pattern.finditer(lower, start, end):
            first = _within_clause(lower, max(start, match.start() - _AIM_REACH), match.start())
            aimed = words.aim.search(lower, first, match.end()) or words.paid.match(lower, match.end(), end)
            if aimed and not _NEGATED.search(lower[first : match.start()]):
                found.append(Use(_words(match), purpose))
                break
    return found


def _words(match: re.Match[str]) -> Span:
    """The match without blanks at its ends: a phrase may ask for one behind it."""
    said = match.group()
    return Span(match.start() + len(said) - len(said.lstrip()), match.end() - len(said) + len(said.rstrip()))


_STOP = re.compile(r"[;!?]|: |\. ")


def _within_clause(lower: str, first: int, place: int) -> int:
    for stop in _STOP.finditer(lower, first, place):
        first = stop.end()
    return first


def _plain(lower: str, start: int, end: int) -> list[Use]:
    found: list[Use] = []
    if not _lexicon().any_plain.search(lower, start, end):
        return found
    for purpose, pattern in _lexicon().plain:
        for match in pattern.finditer(lower, start, end):
            if not _NEGATED.search(lower[_within_clause(lower, max(start, match.start() - _AIM_REACH), match.start()) : match.start()]):
                found.append(Use(_words(match), purpose))
                break
    return found


# Without any of these no goods can count: labels, payees who collect, goods that are paid, fragments.
_GATE = re.compile(
    r"[:;(?\u2013\u2014]|- |\b(?:gets?|got|takes?|took|collect|pocket|receive|keeps?|kept"
    r"|swallow|swept|paid|need|want|why|reason|from|with|first)"
)


class _Good(NamedTuple):
    start: int
    end: int
    purpose: Purpose
    payee: bool


def _goods(lower: str, start: int, end: int, *, labelled: bool) -> list[Use]:
    words = _lexicon()
    if not words.any_good.search(lower, start, end):
        return []
    nears = [match.end() for match in words.near_frames.finditer(lower, start, end)]
    frames = [match.end() for match in words.frames.finditer(lower, start, end)]
    if not (labelled or nears or frames or _GATE.search(lower, start, end)):
        return []
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
    found: list[_Good] = []
    reached = -1
    for good in goods:
        behind = (words.collects if good.payee else words.paid).match(lower, good.end, end)
        told = (
            behind
            or good.start >= label
            or _governed(lower, good, frames, _FRAME_REACH)
            or _governed(lower, good, nears, _NEAR_REACH)
            or _is_fragment(lower, good, start, end)
            or (reached >= 0 and _continues(lower, reached, good))
        )
        if told and not _NEGATED.search(lower[_within_clause(lower, max(start, good.start - _AIM_REACH), good.start) : good.start]):
            found.append(good)
            reached = behind.end() if behind and good.payee else good.end
    return [Use(Span(good.start, good.end), good.purpose, goods=True) for good in _without_heads(lower, found)]


_FRAGMENT = re.compile(r"(?:[(;:\u2013\u2014]|- ) ?(?:mostly |mainly |largely |chiefly |namely |new |the |more )?$")
_CLOSED = re.compile(r"\)|[.,;](?!\d)|$| and | & | for (?!\$)| of ")


def _is_fragment(lower: str, good: _Good, start: int, end: int) -> bool:
    """ "sold 12 bitcoin (hosting invoices)", "sold 12 bitcoin; bills, as ever": words without a verb beside the sale."""
    before = lower[max(start, good.start - 14) : good.start]
    return bool(_FRAGMENT.search(before) and _CLOSED.match(lower, good.end, end) and _COINS.search(lower, start, good.start))


_COINS = re.compile(r"\d ?(?:btc|bitcoins?|coins)\b")


_HEAD = re.compile(r"(?:bill|invoice|cost|fee|charge|account|expense|tab|deposit|contract|lease|price|order)s?$")
_FROM = re.compile(r" (?:with|from|to|at|by|of|owed to|due to) (?:the |its |a )?")
_OF = re.compile(r",? (?:for|of|on|from|to|at|towards?|with) ")


def _without_heads(lower: str, goods: list[_Good]) -> list[_Good]:
    """ "the bill for the machines" is one for machines."""
    return [
        good
        for before, good, behind in zip([None, *goods], goods, [*goods[1:], None], strict=False)
        if not (before and before.end + 1 == good.start and _HEAD.fullmatch(lower, good.start, good.end))
        and not (before and good.payee and before.purpose is not good.purpose and _FROM.fullmatch(lower, before.end, good.start))
        and not (
            behind
            and not behind.payee
            and behind.purpose is not good.purpose
            and behind.start - good.end <= _LIST_REACH
            and _HEAD.search(lower, good.start, good.end)
            and _OF.match(lower, good.end)
            and "," not in lower[good.end : behind.start]
            and " and " not in lower[good.end : behind.start]
        )
    ]


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


def _continues(lower: str, reached: int, good: _Good) -> bool:
    between = lower[reached : good.start]
    return len(between) <= _LIST_REACH and bool(_LISTED.match(between)) and not _VERB_OF_LIST.search(between)


_HALLS = re.compile(
    r"capex$|build|construct|data ?-?cent|growth|expansion|develop|campus|site|halls?\b|switch|chiller|substation|power|infrastructure"
    r"|project|capacity|land|\d+ ?mw|megawatt|mw|phase|shell|acre|transformer|cooling|finance|fund|order|equipment|hardware|contractor"
    r"|chips|racks?\b|new hall"
)


def without_echo(lower: str, found: list[Use]) -> list[Use]:
    """Drop what another use says better.

    Building halls for AI is the move into AI, not growth of the mining beside it; land that is bought is no company.
    """
    known = {use.purpose for use in found}
    if Purpose.AI_HPC in known:
        found = [use for use in found if use.purpose is not Purpose.CAPEX_GROWTH or not _HALLS.match(lower[use.span.start : use.span.end])]
    if Purpose.CAPEX_GROWTH in known:
        grown = [use.span.start for use in found if use.purpose is Purpose.CAPEX_GROWTH]
        found = [
            use for use in found if use.purpose is not Purpose.ACQUISITION or not any(0 <= place - use.span.start <= 70 for place in grown)
        ]
    return found
