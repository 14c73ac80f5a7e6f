"""Uses of money in a stretch of text: whole phrases, goods behind words of spending, and payees who collect.

A phrase ("repay its loan", "working capital") counts once a word of aim stands before it; some need none ("at favorable prices").
Goods ("transformers", "legal fees") and payees ("the utility") count behind a word of spending ("went into", "to cover", "earmarked for"),
before one ("are paid out of the coins"), or in a list with goods that count. Behind a label ("Use of funds:") all goods count.
All patterns lie in `data/lexicon/purposes.toml` (`usewords`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.model import Purpose, Span
from extractors.rules.usewords import Words, use_words


class Use(NamedTuple):
    """Words that say what money is for."""

    span: Span
    purpose: Purpose
    goods: bool = False  # told by what was bought or who was paid


_AIM_REACH, _FRAME_REACH, _NEAR_REACH, _LIST_REACH = 64, 74, 30, 44
_NEGATED = re.compile(
    r"\b(?:not|no|never|without|rather than|instead of|fewer|less|nor|cannot|none|nothing|neither|nobody"
    r"|(?:cheaper|dearer|costlier|better|safer|easier|quicker|faster) than)\b[^.;]{0,30}$"
    r"|\b(?:not|neither|hardly|never|nor)\b[^.;]{0,30}\benough\b[^.;]{0,40}$"
)
_BREAK = re.compile(
    r"[;!?]|, (?:the|an?) (?:\w+ ){0,2}(?:makers?|producers?|operators?|owners?|builders?) of |[.:] | [-–—] | (?:while|whereas|but"
    r"|although|though|unless|except|because|who|where|which) "
)
_LISTED = re.compile(r"(?: [^ ,]+){0,3}?\W*(?:,|\band\b|&|\bplus\b|\bthen\b|\bor\b|\bas well as\b|\+|/|;|\balong with\b|\bincluding\b)")
_VERB_OF_LIST = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|said|says|holds?|held|mined|sold|owns|owned|raised|brought|claims?|makers? of|producers? of"
    r"|builders? of)\b|\d(?:btc| btc| bitcoin)"
)
_MONEY_OR_COINS = re.compile(r"\$|\d ?(?:btc|bitcoin|coins)\b")


def uses_in(read: Words, *, labelled: bool = False) -> list[Use]:
    """All uses told in a sentence, in order; `labelled` where a label stands in the line above."""
    if read.is_bare():
        return []
    found = _phrases(read) + _plain(read) + _goods(read, labelled=labelled)
    if len(found) > 1:
        found = [
            use for use in found if not (use.goods and _AT_PLACE.search(read.lower, max(read.start, use.span.start - 30), use.span.start))
        ]
    return without_echo(read.lower, sorted(set(found))) if found else []


def _phrases(read: Words) -> list[Use]:
    words, lower = use_words(), read.lower
    found: list[Use] = []
    for row, matches in read.told(words.phrases):
        for match in matches:
            first = _within_clause(lower, max(read.start, match.start() - _AIM_REACH), match.start())
            aimed = words.aim.search(lower, first, match.end()) or words.paid.match(lower, match.end(), read.end)
            if aimed and not _NEGATED.search(lower[first : match.start()]):
                found.append(Use(_words(match), row.purpose))
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


def _plain(read: Words) -> list[Use]:
    lower = read.lower
    found: list[Use] = []
    for row, matches in read.told(use_words().plain):
        for match in matches:
            if not _NEGATED.search(
                lower[_within_clause(lower, max(read.start, match.start() - _AIM_REACH), match.start()) : match.start()]
            ):
                found.append(Use(_words(match), row.purpose))
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


def _goods(read: Words, *, labelled: bool) -> list[Use]:
    words, lower, start, end = use_words(), read.lower, read.start, read.end
    named = read.told(words.goods)
    if not named:
        return []
    goods = _longest([_Good(*match.span(), row.purpose, row.payee) for row, matches in named for match in matches])
    nears, frames = read.ends(words.near_frames), read.ends(words.frames)
    if not (labelled or nears or frames or _GATE.search(lower, start, end)):
        return []
    label = start if labelled else min(read.ends(words.labels), default=end)
    found: list[_Good] = []
    reached = -1
    for good in goods:
        behind = (words.collects if good.payee else words.paid).match(lower, good.end, end)
        told = (
            (
                behind
                or good.start >= label
                or _governed(lower, good, frames, _FRAME_REACH)
                or _governed(lower, good, nears, _NEAR_REACH)
                or _is_fragment(lower, good, start, end)
                or (reached >= 0 and _continues(lower, reached, good))
            )
            and not _BESIDE_IT.search(lower, max(start, good.start - _NEAR_REACH - 14), good.start)
            and not (good.payee and _GIVES_GOODS.search(lower, max(start, good.start - _NEAR_REACH), good.start))
        )
        if told and not _NEGATED.search(lower[_within_clause(lower, max(start, good.start - _AIM_REACH), good.start) : good.start]):
            found.append(good)
            reached = behind.end() if behind and good.payee else good.end
    return [Use(Span(good.start, good.end), good.purpose, goods=True) for good in _without_heads(lower, found)]


# "demand for power", "to borrow against its machines", "before it builds data centers", "halls that housed machines"
_BESIDE_IT = re.compile(
    r"\b(?:demand|appetite|hunger) for (?:\w+ )?$|\b(?:borrow\w*|loans?|secured|lien) (?:\w+ )?(?:against|on|by) (?:its "
    r"|the )?(?:\w+ )?$"
    r"|\b(?:before|until|once|ahead of) (?:it|its|the|they|their|an?)\b(?:(?! to )[^.;,]){0,30}$|\b(?:that|which) (?:once "
    r"|had )?(?:housed|hosted) $"
)
_AT_PLACE = re.compile(r"\b(?:at|from|across) (?:its|the|their|our) (?:[\w'-]+ )?$")  # "to cover wages at its site"
_FOR_ITS = re.compile(r" (?:for|at) (?:its|the|their|our) (?:own )?")  # "to buy gas for its power plant"
# "Handed 26,000 rigs back to its lender" pays nobody.
_GIVES_GOODS = re.compile(
    r"\b(?:rigs|machines|miners|asics|hardware|equipment|shares|stock|warrants|keys)\b[^.;,]{0,16}\bto (?:the |its |a )?$"
)
_FRAGMENT = re.compile(r"(?:[(;:\u2013\u2014]|- ) ?(?:mostly |mainly |largely |chiefly |namely |new |the |more )?$")
_CLOSED = re.compile(r"\)|[.,;!?](?!\d)|$| and | & | for (?!\$)| of ")


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
        and not (
            before
            and before.purpose is not good.purpose
            and _FOR_ITS.fullmatch(lower, before.end, good.start)
            and not _HEAD.search(lower, before.start, before.end)
        )
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


def _within(use: Use, other: Use) -> bool:
    return other.span.start <= use.span.start and use.span.end <= other.span.end and use.purpose is not other.purpose


_HALLS = re.compile(
    r"capex$|build|construct|data ?-?cent|growth|expansion|develop|campus|site|halls?\b|switch|chiller|substation|power|infrastructure"
    r"|project|capacity|land|\d+ ?mw|megawatt|mw|phase|shell|acre|transformer|cooling|finance|fund|order|equipment|hardware|contractor"
    r"|chips|racks?\b|new hall|(?:first|second|third|fourth|next|final|last) (?:phase|stage)"
)


_RAISE_CASH = re.compile(r"rais(?:e|es|ed|ing) (?:some |more )?(?:cash|money|funds|liquidity)$")
_FOR_A_USE = re.compile(r" (?:for|to|towards?|with which|so as to|in order to) ")


def _is_for_another(lower: str, use: Use, found: list[Use]) -> bool:
    """ "To raise cash for new machines": the cash is not what it was raised for."""
    place = _FOR_A_USE.match(lower, use.span.end)
    return place is not None and any(0 <= other.span.start - place.end() <= _NEAR_REACH for other in found)


def without_echo(lower: str, found: list[Use]) -> list[Use]:
    """Drop what another use says better.

    Goods inside a phrase are the phrase's ("keep its sites running"). Building halls for AI is the move into AI, not growth of the
    mining beside it; land that is bought is no company. Who is ordered to raise cash does not manage his treasury.
    """
    found = [use for use in found if not (use.goods and any(_within(use, other) for other in found if not other.goods))]
    known = {use.purpose for use in found}
    if Purpose.FORCED in known:
        found = [use for use in found if not _RAISE_CASH.match(lower[use.span.start : use.span.end])]
    found = [use for use in found if not (_RAISE_CASH.match(lower[use.span.start : use.span.end]) and _is_for_another(lower, use, found))]
    if Purpose.AI_HPC in known:
        found = [use for use in found if use.purpose is not Purpose.CAPEX_GROWTH or not _HALLS.match(lower[use.span.start : use.span.end])]
    if Purpose.CAPEX_GROWTH in known:
        grown = [use.span.start for use in found if use.purpose is Purpose.CAPEX_GROWTH]
        found = [
            use for use in found if use.purpose is not Purpose.ACQUISITION or not any(0 <= place - use.span.start <= 70 for place in grown)
        ]
    return found
