"""Superlatives against a date: "the largest drop since 2021", "lowest since June 2020", "was last this low in March 2025".

The words before "since" say what kind it is: "lowest", "highest" of a level, any other size of a change. "Since China's ban" is since 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extractors.claims.supwords import BEST, DATE, MOVE, MOVE_TURN, ORDINALS, RUN_MARK, Superlative, date_name, first_turn, other, turn_of
from extractors.model import Span

_REACH = 110
_WHEN = r"(?:(?:early|late|mid|the (?:end|start|beginning|middle) of)[- ])?"
_SINCE = re.compile(rf"\bsince(?: (?!since\b)[\w'-]+(?:\.\d+)?%?){{0,9}}? {_WHEN}{DATE}(?<=\w)\b")
_BAN = re.compile(r"\bsince (?:the )?(?:[\w'-]+ ){0,3}?(?:ban|crackdown|exodus|outlawed|threw|banned|exile)\b")
_GENESIS = re.compile(
    r"\bsince (?:mining began|it exists|its (?:launch|inception|birth|creation)"
    r"|the (?:network's |coin's )?(?:launch|inception|genesis|beginning|birth)|records began)(?: in \d{4})?"
)
_NOT_SINCE = re.compile(rf"\bnot since\b(?: (?!since\b)[\w'-]+){{0,9}}? {DATE}(?<=\w) (?:has|have|had|did)\b")
_LOWER_ONLY = re.compile(rf"\b(?:was|were|has been) (?P<adj>lower|higher) only in {DATE}(?<=\w)\b")
_LAST = re.compile(
    rf"\b(?:was|were) last (?:this|so|as|that) (?P<adj>low|high|cheap)[^.;]{{0,20}}? (?:in|during|on) {_WHEN}{DATE}(?<=\w)\b"
    rf"|\b(?:this|so|as) (?P<adj2>low|high) was last (?:seen )?in {_WHEN}{other(DATE, 'mon', 'year')}(?<=\w)\b"
)
_LAST_SEEN = re.compile(rf"\ba (?:level|value|reading|depth|point) (?:last|not) seen (?:in|since) {_WHEN}{DATE}(?<=\w)\b")
_SO_STRONG = re.compile(
    r"\bso (?:strong|large|big|sharp|steep|deep|great|hard|high) an? (?P<move>[\w-]+) was last "
    rf"(?:seen|observed|recorded|registered|made) in {_WHEN}{DATE}(?<=\w)\b"
)
_LAST_SEENS = (  # each with words that are in all that it finds
    (_NOT_SINCE, "not since", "change"),
    (_LOWER_ONLY, "r only in", "level"),
    (_LAST, " last ", "level"),
    (_SO_STRONG, " was last ", "change"),
    (_LAST_SEEN, " seen ", "level"),
)
_TIMES = re.compile(rf"\b(?:{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th)) (?:[a-z]+ )?time\s\Z")
_OTHER_YEAR = re.compile(r" (?:of )?(?:(?P<last>last)|this) year\b")
_ONE_OF = re.compile(r"\bone of (?:the |its )?\Z")
_MORE_AFTER = re.compile(
    r"(?: [\w'-]+){0,3}? (?:has |had )?(?P<verb>lost|fell|fallen|dropped|rose|risen|gained|climbed|shed) "
    r"(?:more|further|as much|so much|faster)\b"
)
_LEVEL = re.compile(
    r"\b(?:(?P<low>lowest|least|easiest|cheapest|(?:under|below|lower than|less than) (?:every|any|all)\b)"
    r"|(?P<high>highest|toughest|hardest|(?:above|over|higher than) (?:every|any|all)\b))(?P<rest>[^.;:]{0,60})\Z"
)
_CHANGE = re.compile(
    rf"\b(?:{BEST}|as (?:sharp|big|large|steep|deep|strong|severe|great|high)|such (?:an? )?|like it"
    r"|more than (?:at|in|on|with) any (?:single )?(?:time|adjustment|retarget|reset|change)|than any"
    r"|(?:beats?|tops?|exceeds?|outdoes|surpass(?:es|ed)) (?:everything|anything|all|every|any)|than anything|comparable)\b"
    r"(?P<rest>[^.;:]{0,80})\Z"
)
_OF_TIME = re.compile(r"\s(?:[a-z-]+ )?(?:days?|weeks?|months?|quarters?|years?|sessions?|performance|stretch|showing|loss|losses)\b")
_NONE = re.compile(rf"\b(?:no|not|never|unseen|one has not seen)\b(?: [\w'-]+){{0,6}}? {MOVE}\b")
_RUN = re.compile(rf"\b{RUN_MARK}\b")
_MOVED = re.compile(rf"\b{MOVE}\b")
_READING = re.compile(r"\breadings?\b")  # the highest reading is a level, the worst one a change


def since(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "the largest drop since 2021", "no contraction was as sharp since February"."""
    for start, end, name in _dates(lower, published):
        before = re.split(r"[.;:!]", lower[max(0, start - _REACH) : start])[-1]
        if _TIMES.search(before):
            continue  # "set a record for the fifth time since June"
        kind = _kind_of(before)
        if _is_of_a_run(before, kind):
            continue
        if kind and not _ONE_OF.search(lower, max(0, start - kind[2] - 16), start - kind[2]):
            what = "absolute" if "absolute" in lower[start - kind[2] : end] else kind[0]
            yield Superlative(what, name, kind[1], Span(start - kind[2], end))
        elif kind is None and (after := _MORE_AFTER.match(lower, end)) is not None:
            yield Superlative("change", name, turn_of(after["verb"]), Span(start, after.end()))


def last_seen(lower: str, published: date | None) -> Iterator[Superlative]:
    """ "was last this low in March 2025", "was lower only in March", "not since 2021 has an adjustment taken so much"."""
    for pattern, words, kind in _LAST_SEENS:
        for found in pattern.finditer(lower) if words in lower else ():
            groups = found.groupdict()
            name = date_name(found["mon"] or groups.get("mon2"), found["year"] or groups.get("year2"), published)
            word = groups.get("adj") or groups.get("adj2") or ""
            if name and not re.search(r"\b(?:series|streak|row)\b", lower[max(0, found.start() - 30) : found.start()]):
                turn = {"high": 1, "higher": 1, "low": -1, "lower": -1, "cheap": -1}.get(word, 0) or turn_of(groups.get("move") or "")
                yield Superlative(kind, name, turn, Span(*found.span()))


def _is_of_a_run(before: str, kind: tuple[str, int, int] | None) -> bool:
    """ "the third back to back, a thing unseen since 2018": that is said of the streak."""
    run = _RUN.search(before, max(0, len(before) - 50))
    return run is not None and (kind is None or len(before) - kind[2] < run.start())


def _dates(lower: str, published: date | None) -> Iterator[tuple[int, int, str]]:
    seen = -1
    for found in _GENESIS.finditer(lower):
        seen = found.end()
        yield found.start(), found.end(), "all"
    for found in _SINCE.finditer(lower):
        told = _OTHER_YEAR.match(lower, found.end()) if found["mon"] and not found["year"] else None
        year = str(published.year - bool(told["last"])) if told and published else found["year"]
        name = date_name(found["mon"], year, published)
        if found.start() >= seen and name is not None:
            seen = found.end()
            yield found.start(), found.end(), name
    for found in _BAN.finditer(lower):
        if found.start() >= seen:
            yield found.start(), found.end(), "2021"


def _kind_of(before: str) -> tuple[str, int, int] | None:
    """Kind, direction and length back of the superlative whose "since" follows."""
    level = _LEVEL.search(before)
    if level and not _MOVED.search(_READING.sub("", level["rest"])):
        return "level", -1 if level["low"] else 1, len(before) - level.start()
    change = _last_change(before)
    if change:
        return _kind_of_change(change, len(before) - change.start())
    none = _NONE.search(before)
    return ("change", MOVE_TURN.get(none["move"], 0), len(before) - none.start()) if none else None


def _last_change(before: str) -> re.Match[str] | None:
    """The nearest superlative of a change: "from the worst drop in years to the biggest jump"."""
    found = _CHANGE.search(before)
    while found is not None:
        later = _CHANGE.search(before, found.start() + 1)
        if later is None or (later["best"] is None) is not (found["best"] is None):
            return found
        found = later
    return None


def _kind_of_change(change: re.Match[str], length: int) -> tuple[str, int, int] | None:
    best, moved = change["best"] or "", _MOVED.search(change["rest"])
    if not moved and _OF_TIME.match(change["rest"]):
        return None  # "miners' worst month since 2020"
    if not moved and best in {"lowest", "highest"}:
        return "level", -1 if best == "lowest" else 1, length
    if not moved and best in {"most", "bigger", "larger"} and len(change["rest"].split()) > 3:
        return None
    return "change", first_turn(change.group()[len(best) :]) if moved else 0, length
