"""Superlatives of a sentence, coded: "largest drop since 2021" is drop:2021, "third decline in a row" falls:3.

A code whose direction only the claim knows ("most since 2021") comes with `kind` "change" or "level" and is completed with the
claim's direction. Families: streaks, ranks, "since", all-time, best of a year. Each is one small function over the sentence in
lower case; all gaps in the patterns are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from extractors.claims import lexicon as lex
from extractors.model import Span


class Superlative(NamedTuple):
    """`name` is what follows the colon, perhaps with a rank ("2021", "all", "3", "11", "2:2026").

    `kind`: "change" (drop or rise), "level" (high or low), "run" (falls or rises) and "ended" (a run that is over), "rank", "absolute"; `turn` -1, 1 or 0 if the claim knows.
    """

    kind: str
    name: str
    turn: int
    span: Span

    def code(self, turn: int) -> str:
        """The code as CLAIMS.md writes it; `turn` is the claim's own direction, for when the words do not say."""
        down = (self.turn or turn) < 0
        prefix = {
            "change": ("rise", "drop"), "level": ("high", "low"), "run": ("rises", "falls"),
            "ended": ("rises", "falls"), "rank": ("rise_rank", "drop_rank"),
            "absolute": ("abs_rise", "abs_drop"),
        }[self.kind][down]  # fmt: skip
        return f"{prefix}:{self.name}"


_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_NUMBERS = {word: place + 1 for words in (_ORDINALS, _CARDINALS) for place, word in enumerate(words)}
_N = rf"(?P<n>\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS + _CARDINALS)})"
_BEST = (
    r"(?P<best>largest|biggest|steepest|sharpest|worst|greatest|heaviest|deepest|strongest|fastest|highest|lowest|hardest|toughest|harshest|"
    r"most (?:severe|violent|significant|dramatic|brutal|drastic|pronounced|substantial)|most|smallest|hugest|record|bigger|larger|steeper|sharper|deeper|most high|most low)"
)
_MOVES = {
    -1: "drop decline decrease fall cut reduction loss contraction slide plunge dip setback tumble slump retreat drawdown downgrade descent",
    1: "increase rise gain jump climb leap surge hike spike growth upswing upgrade raise",
    0: "adjustment readjustment retarget retargeting recalibration change move swing correction reset step shift percentage reading",
}
_MOVE_TURN = {form: turn for turn, words in _MOVES.items() for word in words.split() for form in (word, word + "s")}
_MOVE = rf"(?P<move>{'|'.join(sorted(_MOVE_TURN, key=len, reverse=True))})"
_NEGATIVE = {"negative": -1, "downward": -1, "unfavorable": -1, "unfavourable": -1, "positive": 1, "upward": 1, "easier": -1}
_EVER = r"(?:ever\b|on record|in (?:the )?(?:\w+'s )?(?:\w+ )?history|of all time|in its history|since (?:mining|it|the (?:network|coin|launch|beginning|start|genesis))\b)"
_MONTHS = {name: place + 1 for place, name in enumerate(
    "january february march april may june july august september october november december".split())}  # fmt: skip
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_DATE = rf"(?:(?P<mon>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))?,?\s?(?:of )?)?(?P<year>20\d\d|19\d\d)?"

CUES = frozenset(
    """
    largest biggest steepest sharpest worst most greatest highest lowest deepest strongest heaviest record all ath never straight
    row consecutive consecutively successive succession sequence running back history since ever trot peak maximum only bigger
    larger streak hardest severe fastest another other after low high unseen easiest harder lower higher top
    """.split()
)


# --- streaks ---------------------------------------------------------------------------------------------------------

_RUN_MARK = r"(?:in a row|straight|consecutive(?:ly)?|successive(?:ly)?|running|in (?:sequence|succession)|back[- ]to[- ]back|one after (?:the other|another)|on the trot|on end|streak|in series)"
_RUN = re.compile(
    rf"\b{_N}(?:[- ](?!(?:since|after|{'|'.join(_ORDINALS + _CARDINALS)})\b)[\w'%]+){{0,6}}?[- ]{_RUN_MARK}\b|\b{_RUN_MARK}[- ](?:of )?{_N.replace('<n>', '<n2>')}\b"
)
_AFTER_RUN = re.compile(
    rf"\bafter {_N} (?:[\w'-]+ )?(?P<move>increases|decreases|drops|declines|falls|cuts|rises|gains|reductions|jumps|hikes)\b"
)
_OTHER_RUNS = re.compile(r"\b(?:days?|weeks?|months?|quarters?|years?|sessions?|hours?)\b")


def streaks(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "third decrease in a row", "fourth straight", "three consecutive drops"."""
    for found in _RUN.finditer(lower):
        number = _number(found["n"] or found["n2"])
        near = lower[max(0, found.start() - 60) : found.end() + 60]
        if 2 <= number <= 60 and not _OTHER_RUNS.search(found.group() + lower[found.end() : found.end() + 12]):
            yield Superlative("run", str(number), _turn_near(lower, found.span(), near), Span(*found.span()))


def runs_before(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "after four drops": the run that has just ended."""
    for found in _AFTER_RUN.finditer(lower):
        number = _number(found["n"])
        if 2 <= number <= 60:
            yield Superlative("ended", str(number), _MOVE_TURN[found["move"]], Span(*found.span()))


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(re.sub(r"\D", "", word) or 0)


def _turn_near(lower: str, span: tuple[int, int], near: str) -> int:
    """Direction by the nouns in and after a phrase, else by the words around it."""
    for piece in (lower[span[0] : span[1]], lower[span[1] : span[1] + 40].partition(" after ")[0], near):
        if turn := _first_turn(piece):
            return turn
    return 0


def _first_turn(words: str) -> int:
    turns = (
        _NEGATIVE.get(word) or _MOVE_TURN.get(word) or (0 if word in lex.WEAK_DIRECTIONS else lex_turn(word))
        for word in re.findall("[a-z]+", words)
    )
    return next(filter(None, turns), 0)


# --- ranks -----------------------------------------------------------------------------------------------------------

_YEAR = r"(?:(?:(?:of|in|so far in|during) )?(?:(?P<this>this year|the year)|(?:of|in|during) (?P<year>20\d\d))|year to date)"
_RANK = re.compile(
    rf"\b{_N}[- ]{_BEST}(?:[- ](?:[\w'-]+ ){{0,3}}?{_MOVE})?(?P<ever>[^.;:]{{0,24}}?{_EVER})?(?P<tail>[^.;:]{{0,16}}?{_YEAR})?"
)
_ONLY = re.compile(
    rf"\bonly {_N}(?P<mid>(?: [\w'-]+){{0,9}}?) (?:were|was|are|is|have been|has been|exceeds?|exceeded|surpass(?:es|ed)?|tops?|topped|beats?|went)\b(?P<tail>[^.;]{{0,24}})"
)
_OF_YEAR = re.compile(
    rf"\b{_BEST}(?: (?:[\w'-]+ ){{0,3}}?{_MOVE})? ?(?P<tail>[^.;:,]{{0,12}}?{_YEAR})|\b(?P<its>this year|the year|20\d\d)'s {_BEST.replace('<best>', '<best2>')} (?:[\w'-]+ ){{0,2}}?{_MOVE.replace('<move>', '<move2>')}"
)


def ranks(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the 11th-largest cut on record", "second-largest of the year"."""
    for found in _RANK.finditer(lower):
        if (found["move"] or found["ever"] or found["tail"]) and "absolute" not in lower[max(0, found.start() - 30) : found.end() + 24]:
            year = _year(found["this"], found["year"], published)
            name = f"{_number(found['n'])}:{year}" if year else str(_number(found["n"]))
            yield Superlative("rank", name, _first_turn(found.group()) if found["move"] else 0, Span(*found.span()))


def exceptions(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "only nine negative adjustments on record were bigger": the tenth."""
    for found in _ONLY.finditer(lower):
        words = found["mid"] + found["tail"]
        if not re.search(
            r"\b(?:adjustments?|drops?|declines?|cuts?|increases?|rises?|falls?|retargets?|ones?|times?|jumps?|hikes?)\b", words
        ):
            continue
        if not re.search(
            r"\b(?:bigger|larger|greater|deeper|steeper|worse|sharper|higher|exceed\w*|surpass\w*|top\w*|beat\w*|further)\b", found.group()
        ):
            continue
        turn = next(
            (_NEGATIVE.get(word) or _MOVE_TURN.get(word, 0) for word in words.split() if _NEGATIVE.get(word) or _MOVE_TURN.get(word)), 0
        )
        year = re.search(r"\bthis year\b|\bthe year\b|\b20\d\d\b", words)
        name = str(_number(found["n"]) + 1)
        if year:
            name += f":{_year(year.group(), None, published)}"
        yield Superlative("rank", name, turn, Span(*found.span()))


def best_of_year(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the highest adjustment of 2022 to date", "this year's largest drop"."""
    for found in _OF_YEAR.finditer(lower):
        best, move = found["best"] or found["best2"], found["move"] or found["move2"]
        if re.search(rf"(?:{'|'.join(_ORDINALS[1:])}|\d(?:st|nd|rd|th))[- ]\Z", lower[max(0, found.start() - 12) : found.start()]):
            continue
        year = _year(found["this"] or found["its"], found["year"], published)
        if year is None or best in {"record", "bigger", "larger"}:
            continue
        if best in {"highest", "lowest"} and not move:
            yield Superlative("level", str(year), 1 if best == "highest" else -1, Span(*found.span()))
        else:
            yield Superlative("rank", f"1:{year}", _first_turn(found.group()) if move else 0, Span(*found.span()))


def _year(word: str | None, number: str | None, published: date | None) -> int | None:
    text = number or word
    if text is None:
        return None
    return int(text) if text.isdigit() else (published.year if published else None)


# --- since -----------------------------------------------------------------------------------------------------------

_SINCE = re.compile(
    rf"\b(?:since|after)(?P<gap>(?: (?!since\b)[\w'-]+){{0,9}}?) (?:(?:early|late|mid|the (?:end|start|beginning|middle) of)[- ])?{_DATE}(?<=[\w])\b"
)
_BAN = re.compile(r"\bsince (?:the )?(?:[\w'-]+ ){0,3}?(?:ban|crackdown|exodus|outlawed|threw|banned|exile)\b")
_GENESIS = re.compile(
    r"\bsince (?:mining began|it exists|its (?:launch|inception|birth|creation)|the (?:network's |coin's )?(?:launch|inception|genesis|beginning|birth)|records began)(?: in \d{4})?"
)
_LAST = re.compile(
    rf"\b(?:was|were) last (?:this|so|as|that) (?P<adj>low|high|cheap)[^.;]{{0,20}}? (?:in|during|on) (?:(?:early|late|mid|the \w+ of)[- ])?{_DATE}|\b(?:this|so|as) (?P<adj2>low|high) was last (?:seen )?in {_DATE.replace('<mon>', '<mon2>').replace('<year>', '<year2>')}"
)
_NOT_SINCE = re.compile(rf"\bnot since\b(?: (?!since\b)[\w'-]+){{0,9}}? {_DATE}(?<=\w) (?:has|have|had|did)\b")
_LOWER_ONLY = re.compile(rf"\b(?:was|were|has been) (?P<adj>lower|higher) only in {_DATE}(?<=\w)\b")
_ONE_OF = re.compile(r"\bone of (?:the |its )?\Z")
_MORE_AFTER = re.compile(
    r"(?: [\w'-]+){0,3}? (?:has |had )?(?P<verb>lost|fell|fallen|dropped|rose|risen|gained|climbed|shed) (?:more|further|as much|so much|faster)\b"
)


def since(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the largest drop since 2021", "no contraction was as sharp since February", "was last this low in March 2025"."""
    for start, end, name in _since_dates(lower, published):
        before = re.split(r"[.;:!]", lower[max(0, start - 110) : start])[-1]
        kind = _kind_of(before)
        run = re.search(rf"\b{_RUN_MARK}\b", before[-50:])
        if run and (kind is None or len(before) - kind[2] < run.start() + max(0, len(before) - 50)):
            continue
        if kind and not _ONE_OF.search(lower[: start - kind[2]][-16:]):
            what = "absolute" if "absolute" in lower[start - kind[2] : end] else kind[0]
            yield Superlative(what, name, kind[1], Span(start - kind[2], end))
        elif kind is None and (after := _MORE_AFTER.match(lower, end)) is not None:
            yield Superlative("change", name, lex_turn(after["verb"]), Span(start, after.end()))
    for found in _NOT_SINCE.finditer(lower):
        name = _month_name(found["mon"], found["year"], published)
        if name:
            yield Superlative("change", name, 0, Span(*found.span()))
    for found in _LOWER_ONLY.finditer(lower):
        name = _month_name(found["mon"], found["year"], published)
        if name:
            yield Superlative("level", name, -1 if found["adj"] == "lower" else 1, Span(*found.span()))
    for found in _LAST.finditer(lower):
        name = _month_name(found["mon"] or found["mon2"], found["year"] or found["year2"], published)
        if name and not re.search(r"\bseries|streak|row\b", lower[: found.start()][-30:]):
            yield Superlative("level", name, -1 if (found["adj"] or found["adj2"]) in {"low", "cheap"} else 1, Span(*found.span()))


def lex_turn(word: str) -> int:
    """-1 or 1 for a word of direction, else 0."""
    return (word in lex.UP) - (word in lex.DOWN)


def _since_dates(lower: str, published: date | None) -> Iterator[tuple[int, int, str]]:
    seen = -1
    for found in _GENESIS.finditer(lower):
        seen = found.end()
        yield found.start(), found.end(), "all"
    for found in _SINCE.finditer(lower):
        name = _month_name(found["mon"], found["year"], published)
        if found.start() < seen or name is None or not found.group().startswith("since"):
            continue
        seen = found.end()
        yield found.start(), found.end(), name
    for found in _BAN.finditer(lower):
        if found.start() >= seen:
            yield found.start(), found.end(), "2021"


def _month_name(month: str | None, year: str | None, published: date | None) -> str | None:
    if month is None:
        return year if year is None or int(year) > 2010 else "all"
    number = _MONTHS[month]
    if year is None and published is not None:
        year = str(published.year if number < published.month or number == published.month else published.year - 1)
    return f"{year}-{number:02}" if year else None


_LEVEL_BEFORE = re.compile(
    r"\b(?:(?P<low>lowest|least|easiest|cheapest|(?:under|below|lower than|less than) (?:every|any|all)\b)|(?P<high>highest|toughest|hardest|(?:above|over|higher than) (?:every|any|all)\b))(?P<rest>[^.;:]{0,60})\Z"
)
_CHANGE_BEFORE = re.compile(
    rf"\b(?:{_BEST}|as (?:sharp|big|large|steep|deep|strong|severe|great|high)|such (?:an? )?|like it|more than at any time|than any|comparable)\b(?P<rest>[^.;:]{{0,80}})\Z"
)


def _last_change(before: str) -> re.Match[str] | None:
    """The nearest superlative of a change: "from the worst drop in years to the biggest jump"."""
    found = _CHANGE_BEFORE.search(before)
    while found is not None:
        later = _CHANGE_BEFORE.search(before, found.start() + 1)
        if later is None or (later["best"] is None) is not (found["best"] is None):
            return found
        found = later
    return None


def _kind_of(before: str) -> tuple[str, int, int] | None:
    """Kind, direction and length back of the superlative whose "since" follows."""
    level, change = _LEVEL_BEFORE.search(before), _last_change(before)
    if level and not re.search(rf"\b{_MOVE}\b", level["rest"]):
        return "level", -1 if level["low"] else 1, len(before) - level.start()
    if change:
        move = re.search(rf"\b{_MOVE}\b", change["rest"])
        best = change["best"] or ""
        if not move and best in {"lowest", "highest"}:
            return "level", -1 if best == "lowest" else 1, len(before) - change.start()
        if best in {"most", "bigger", "larger"} and not move and change["rest"].strip() and len(change["rest"].split()) > 3:
            return None
        return "change", _first_turn(change.group()[len(best) :]) if move else 0, len(before) - change.start()
    move = re.search(rf"\b(?:no|not|never|unseen|one has not seen)\b(?: [\w'-]+){{0,6}}? {_MOVE}\b", before)
    return ("change", _MOVE_TURN.get(move["move"], 0), len(before) - move.start()) if move else None


# --- all-time --------------------------------------------------------------------------------------------------------

_ALL_LEVEL = re.compile(
    r"\b(?P<high>all[- ]time (?:high|peak|record|maximum)s?|aths?|(?:new |historical? |absolute )(?:maximum|peak|high)s?|record (?:high|level|peak)s?|highest (?:level |value |point |figure )?(?:ever|yet|so far|in (?:its |the )?(?:\w+ )?history|on record|of all time)"
    r"|never (?:been |before |was (?:\w+ ){1,3})?(?:been )?(?:higher|harder|tougher|stronger|as high|so high)|(?:its|the|a|new|set its|their|of) record(?= (?:again|of|at|near|above|set|around|close|over|on|in|,)|[,.;]|\Z)|new record|(?:a|new|its) record(?= \d)|maximum(?= of)|(?:peak|record)(?= (?:(?:of|at|above|over|near|around|about|some|roughly|nearly|just|level)\s){0,3}\$?\d))\b"
    r"|\b(?P<low>all[- ]time lows?|record[- ]lows?|(?:new |historical? |absolute )(?:minimum|low)s?|lowest (?:level |value |point |figure )?(?:ever|yet|so far|in (?:its |the )?(?:[\w-]+ )?history|on record|of all time)|never (?:been |before )?(?:been )?(?:lower|cheaper|as low|so low|easier))\b"
)
_ALL_CHANGE = re.compile(
    rf"(?<!on )\brecord (?:[\w'-]+ ){{0,2}}?{_MOVE}|\b{_BEST.replace('<best>', '<best2>')}[- ](?:[\w'%-]+ ){{0,5}}?{_MOVE.replace('<move>', '<move2>')}(?P<gap>[^.;:]{{0,40}}?) ?{_EVER}|\b{_BEST.replace('<best>', '<best3>')} {_EVER}"
)
_RANKED = re.compile(rf"(?:{'|'.join(_ORDINALS[1:])}|\d(?:st|nd|rd|th)|only|\d|no)[- ](?:[\w'-]+ )?\Z")


def all_time(lower: str, _published: date | None) -> Iterator[Superlative]:
    """ "a new all-time high", "never been harder", "the biggest decline in history"."""
    for found in _ALL_LEVEL.finditer(lower):
        yield Superlative("level", "all", 1 if found["high"] else -1, Span(*found.span()))
    for found in _ALL_CHANGE.finditer(lower):
        best = found["best2"] or found["best3"] or "record"
        move = found["move"] or found["move2"] or ""
        if _RANKED.search(lower[max(0, found.start() - 24) : found.start()]) or "since 20" in found.group():
            continue
        if best in {"highest", "lowest"} and not move:
            continue
        kind = "absolute" if "absolute" in lower[found.start() : found.end() + 30] else "change"
        yield Superlative(kind, "all", _first_turn(found.group().removeprefix(best)), Span(*found.span()))


_FAMILIES: tuple[Callable[[str, date | None], Iterator[Superlative]], ...] = (
    streaks,
    runs_before,
    ranks,
    exceptions,
    best_of_year,
    since,
    all_time,
)


def find_superlatives(lower: str, published: date | None) -> list[Superlative]:
    """The superlatives of a sentence in lower case, in order, each code once; spans count in `lower`."""
    found = sorted((one for family in _FAMILIES for one in family(lower, published)), key=lambda one: (one.span.start, -one.span.end))
    kept: list[Superlative] = []
    for one in found:
        if not any(_same_words(one, other) for other in kept):
            kept.append(one)
    return kept


def _same_words(one: Superlative, other: Superlative) -> bool:
    if (one.kind, one.name) == (other.kind, other.name) and 0 in {one.turn - other.turn, one.turn * other.turn}:
        return True
    return one.span.start < other.span.end and other.span.start < one.span.end and one.kind == other.kind
