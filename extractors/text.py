"""Text that can be read by rules without losing its place: every step keeps the offsets of `Article.body`.

`plain` replaces odd characters one for one (typographic spaces, quotes, dashes, full-width digits), so that a position in
the result is the same position in the body. `words_of` cuts it into words, numbers and signs; `sentences` into the pieces
that rules look at, one line never reaching into the next. Lengths are capped: a hostile line is cut, never rescanned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

MAX_SENTENCE = 1200  # characters; what is longer is cut at a space, which only text that is no prose needs
MAX_WORDS = 260_000  # what a megabyte of prose holds, with room; a text with more is no prose
_MAX_RUN = 300  # a run without any space that is longer holds no prose

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\r\u000b\u000c"
_ONE_FOR_ONE = (
    dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0f\u00ad\u2028\u2029"), " ")
    | dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u00b4`"), "'")
    | dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"')
    | dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212"), "-")
    | {ord("\u2015"): "\u2014", ord("\uff05"): "%", ord("\uff04"): "$", ord("\uff0c"): ",", ord("\uff1a"): ":", ord("\uff1b"): ";"}
    | {0xFF10 + digit: str(digit) for digit in range(10)}
)

_ODD = {chr(odd): plain_one for odd, plain_one in _ONE_FOR_ONE.items()}
_ODD_ASCII = [odd for odd in _ODD if odd.isascii()]
_THIN_SPACES = "\u00a0\u2009\u202f"
_THIN_SPACE = re.compile(rf"[{_THIN_SPACES}](?<=\d.)(?=\d{{3}}(?!\d))")  # a separator of thousands, "1 318"
_HAN = r"\u3040-\u30ff\u3400-\u9fff"  # written without spaces: each is a word, and ends one of other letters ("MARA出售")
_WORD = re.compile(rf"([a-z]+(?![^\W\d_])|[{_HAN}]|[^\W\d_{_HAN}]+|\d+|[^\w\s])")
_ASCII_WORD = re.compile(r"([a-z]+|[0-9]+|[^a-z0-9_\s])")  # the same for what holds no other letters
_LONG_RUN = re.compile(rf"\S{{{_MAX_RUN},}}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Words(NamedTuple):
    """Words, runs of digits and signs in order: where each begins and ends, and the word in lower case.

    Three lists, not a list of triples: rules look for a few words among all of an article, and go through one list only.
    """

    starts: list[int]
    ends: list[int]
    lowers: list[str]

    def within(self, start: int, end: int) -> Words:
        """Those that begin in `[start, end)`."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Words(self.starts[first:last], self.ends[first:last], self.lowers[first:last])


class Sentence(NamedTuple):
    """Characters `[start, end)` of the body that are read together; `line` counts lines, the title is line 0."""

    start: int
    end: int
    line: int
    first: bool  # of its line


def plain(body: str) -> str:
    """Return the body with odd characters replaced one for one; runs without a space that no prose has become spaces."""
    if body.isascii():
        text, odds = body, [odd for odd in _ODD_ASCII if odd in body]
    else:
        text = _THIN_SPACE.sub("'", body) if any(space in body for space in _THIN_SPACES) else body
        odds = [*_ODD.keys() & set(text)]  # few texts hold more than three of them: faster than `translate`
    for odd in odds:
        text = text.replace(odd, _ODD[odd])
    return _LONG_RUN.sub(_blank_unless_cjk, text) if _may_hold_long_run(text) else text


def _may_hold_long_run(text: str) -> bool:
    half = _MAX_RUN // 2  # a long run fills the whole of one of the halves that a text is looked at by
    return any(" " not in text[start : start + half] for start in range(0, len(text) - half + 1, half))


def _blank_unless_cjk(found: re.Match[str]) -> str:
    run = found.group()
    if len(_CJK.findall(run[:_MAX_RUN])) * 3 > _MAX_RUN:
        return run
    return " " * len(run)


def lowered(text: str) -> str:
    """The text in lower case, position for position (a few letters of other scripts would grow: they stay)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def words_of(lower: str) -> Words:
    """Cut `lowered` text into words, at most `MAX_WORDS`."""
    # Gaps and words by turns: a split takes half the time of a search that stops at every word.
    pieces = (_ASCII_WORD if lower.isascii() else _WORD).split(lower, MAX_WORDS)
    places = list(accumulate(map(len, pieces)))
    return Words(places[: len(places) - 1 : 2], places[1::2], pieces[1::2])


_ABBREVIATIONS = (
    r"inc|corp|co|ltd|llc|plc|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|no|nos|st|mr|mrs|ms|dr|vs|approx|ca|est|avg|prev"
    r"|fig|dept|gov|sen|rep|jr|sr|bros|messrs|e\.g|i\.e|u\.s|u\.k|a\.m|p\.m|fla|colo|calif|tex|nev|ga|ky|n\.y|n\.c|n\.d|mo|op|cit|incl|excl|Mio"
    r"|Mrd|Tsd|rd|nr|bzw|inkl|ggf|evtl|vgl|sog|z|u|d|mär|okt|dez|ee|uu|núm|pág|aprox|млн|млрд|тыс|г"
)
_MARKS = "•▪▫●■◆►➤✅👉🔹🔸📌⁃·"
# Both begin with a set of signs, so that the engine skips what lies between; the marks of lists are looked for where there are any.
_STOP = re.compile(
    r"[.!?…。！？；](?:(?<=[.!?…])[\"')\]]?(?P<gap>\s+)"
    r"(?:(?=[\"'(\[]?[A-Z0-9À-ÖØ-ÞА-Я$€£₿~\u2190-\u2bff\U0001f000-\U0001faff#*\-–—])|(?=[-–—]\s))|(?<=[。！？；])(?P<wide>))"
)
_STOP_OR_MARK = re.compile(rf"{_STOP.pattern}|(?P<mark>\s)(?=[{_MARKS}]\s)")
_ABBREVIATED = re.compile(rf"(?:\b(?i:{_ABBREVIATIONS})|(?<!/)\b[A-Z])\.$")
_STATES = re.compile(r"\b(?:U\.S|U\.K|Inc|Corp|Ltd|Co|UU)\.$")
_NEXT = re.compile(
    r"(?:The|It|Its|In|This|On|At|As|A|He|She|They|We|And|But|El|La|Los(?! Angeles)|Las(?! Vegas)|En|Su|Sus|Según|Además|Tras|Pero)\b"
)
# German ordinals: "am 20. November" is one piece, "sold on May 20. November sales" is two. Names of months that both languages have need
# a German word, another day ("18. bis 20. November") or a dateline around them.
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.$")
_GERMAN_NEXT = re.compile(
    r"(?:Januar|Jänner|Februar|Feber|März|Mai|Juni|Juli|Oktober|Dezember|Quartal|Halbjahr|Jahreshälfte|Kalenderwoche|Woche)(?:s|es)?\b"
)
_MONTH_NEXT = re.compile(r"(?:April|August|September|November)\b(?P<dateline>,? 20\d\d ?[-–—:(/])?")
_GERMAN_BEFORE = re.compile(
    r"(?:\b(?i:am|vom|zum|bis|de[mnrs]|seit|ab|ende|und|oder|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch),? "
    r"|\d\. ?[-–/] ?)\d{1,2}\.$"
)
_LONGEST = 12  # characters, more than an abbreviation has
_LONGEST_BEFORE = 20  # characters before a number that tell whether it is an ordinal
_MOST_TAILS = 20_000  # that are remembered


def sentences(text: str) -> list[Sentence]:
    """Cut `plain` text at line ends and full stops; none is empty or longer than `MAX_SENTENCE`."""
    return list(_sentences(text))


@lru_cache(maxsize=1)
def _sentences(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    stop = _STOP if text.isascii() or not any(mark in text for mark in _MARKS) else _STOP_OR_MARK
    for number, line in enumerate(text.split("\n")):
        if len(line) <= MAX_SENTENCE and not stop.search(line):
            if said := line.strip():
                first = start if len(said) == len(line) else start + line.index(said[0])
                found.append(Sentence(first, first + len(said), number, True))
        elif not line.isspace():
            _cut_line(line, start, number, stop, found)
        start += len(line) + 1
    return tuple(found)


def _cut_line(line: str, offset: int, number: int, stops: re.Pattern[str], found: list[Sentence]) -> None:
    first, start = True, 0
    for stop in _stops(line, stops):
        piece = line[start:stop]
        if said := piece.strip():
            begin = offset + start + piece.index(said[0])
            if len(said) <= MAX_SENTENCE:
                found.append(Sentence(begin, begin + len(said), number, first))
            else:
                found += [Sentence(begin + left, begin + right, number, first and not left) for left, right in _pieces(said)]
            first = False
        start = stop


def _stops(line: str, stop_or_mark: re.Pattern[str]) -> list[int]:
    stops = [
        stop.start(stop.lastgroup or 0)
        for stop in stop_or_mark.finditer(line)
        if stop.lastgroup != "gap" or not _is_abbreviation(line, stop)
    ]
    return [*stops, len(line)]


def _is_abbreviation(line: str, stop: re.Match[str]) -> bool:
    end = stop.start("gap")
    if line[end - 2 : end - 1].isdecimal():
        return _is_ordinal(line, end, stop.end())
    kind = _kind_of_tail(line[end - _LONGEST if end > _LONGEST else 0 : end].rpartition(" ")[2])
    # "... Holdings, Inc. The miner" ends a sentence; "Core Scientific Inc. Class A" does not.
    return kind is not None and not (kind and _NEXT.match(line, stop.end()))


def _is_ordinal(line: str, end: int, following: int) -> bool:
    """Whether the full stop before `end` makes a German ordinal of a number, by the words around it."""
    before = max(0, end - _LONGEST_BEFORE)
    if line[end - 1] != "." or not _ORDINAL.search(line, before, end):
        return False
    month = _MONTH_NEXT.match(line, following)
    if month is None:
        return _GERMAN_NEXT.match(line, following) is not None
    return month["dateline"] is not None or _GERMAN_BEFORE.search(line, before, end) is not None


@lru_cache(maxsize=_MOST_TAILS)
def _kind_of_tail(tail: str) -> bool | None:
    """Whether a sentence may end with an abbreviation, by the last characters before the gap behind it; None if they are none."""
    return bool(_STATES.search(tail)) if tail[-1:] == "." and _ABBREVIATED.search(tail) else None


def _pieces(said: str) -> list[tuple[int, int]]:
    """What is too long for a sentence, cut at spaces."""
    pieces, start = [], 0
    while len(said) - start > MAX_SENTENCE:
        cut = said.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, len(said))]


_CYRILLIC = re.compile(r"[а-яё]")
_FUNCTION_WORDS = {
    "en": frozenset(["the", "of", "and", "in", "its", "for", "with", "was", "to", "at", "is"]),
    "es": frozenset([
        "el", "los", "las", "una", "por", "que", "del", "según", "más", "ha", "y", "en", "la", "de", "con", "para", "sus", "su", "al",
        "se", "un", "tras", "fue", "lo", "durante", "desde", "sin", "han", "minera", "mineros", "vendió",
    ]),
    "de": frozenset([
        "der", "die", "das", "und", "für", "den", "mit", "hat", "im", "von", "ist", "ein", "zu", "nach", "sich", "nicht", "wurde",
        "wurden", "dem", "des", "eine", "bei", "aus", "auf", "noch", "haben", "verkauft", "verkaufte",
    ]),
    "fr": frozenset([
        "le", "les", "des", "une", "est", "pour", "dans", "du", "que", "et", "la", "de", "en", "ses", "au", "aux", "ont", "dont", "par",
        "sur", "un", "sa", "qui", "ce", "avec", "il", "elle", "à", "été", "l", "d", "qu", "mineur", "mineurs",
    ]),
    "pt": frozenset([
        "os", "uma", "dos", "não", "em", "por", "que", "da", "do", "e", "com", "mais", "de", "ao", "na", "no", "um", "pela", "pelo",
        "se", "seus", "sua", "das", "para", "foi", "foram", "após", "à", "mi", "mineradora", "mineradoras", "vendeu",
    ]),
}  # fmt: skip
# Deeds and sums in the headline of a miner's sale: one tells the language where no English word stands ("Cango vend 704,2 BTC").
_TELLING_WORDS = {
    "es": frozenset([
        "vende", "venden", "vendió", "vendieron", "vendido", "vendidos", "vender", "liquidó", "liquidados", "venta", "ventas", "millones",
    ]),
    "de": frozenset([
        "verkauft", "verkaufte", "verkaufen", "verkauf", "veräußert", "veräußerte", "trennt", "stößt", "liquidiert", "liquidierte",
        "erlöst", "millionen", "fördert", "förderte", "schürft", "schürfte",
    ]),
    "fr": frozenset([
        "vend", "vendu", "vendus", "vendant", "vendre", "cède", "cédé", "cédés", "écoule", "écoulé", "liquide", "liquidé", "vente",
        "cession", "mineur",
    ]),
    "pt": frozenset([
        "vende", "vendem", "vendeu", "venderam", "vendido", "vendidos", "vender", "liquidou", "liquidados", "venda", "vendas", "milhões",
        "mineradora",
    ]),
}  # fmt: skip
_TELLING_SCRIPT = re.compile("[出售抛]售|售出|卖出|减持|变卖|清仓|прода|реализ[оу]|ликвидир|избав")
_FUNCTION_WORDS |= {name: _FUNCTION_WORDS[name] | words for name, words in _TELLING_WORDS.items()}
_SMALL_WORDS = frozenset().union(*_FUNCTION_WORDS.values())
_FOREIGN_WORDS = _SMALL_WORDS - _FUNCTION_WORDS["en"]
_TELLING = frozenset().union(*_TELLING_WORDS.values())
_HEAD = 3000  # characters that tell the language
_HEADLINE = 300  # a text no longer is a headline, or two sentences


def language(text: str, words: Words) -> str:
    """The language of a text, cut into `words`, by its script or its most frequent small words: en, es, de, fr, pt, ru or zh.

    A name alone ("Las Vegas") makes no language: two different words of it must stand there, or one that tells of a sale.
    """
    head = text[:_HEAD]
    if not head.isascii():
        if len(_CJK.findall(head)) > len(head) / 20:
            return "zh"
        if len(_CYRILLIC.findall(head)) > len(head) / 8:
            return "ru"
        told = _TELLING_SCRIPT.search(head.lower()) if len(head) <= _HEADLINE else None
        if told:
            return "zh" if _CJK.match(told.group()) else "ru"
    lowers = words.lowers if len(text) <= _HEAD else words.lowers[: bisect_left(words.starts, _HEAD)]
    foreign = _FOREIGN_WORDS.intersection(lowers)
    telling = len(text) <= _HEADLINE and not _TELLING.isdisjoint(foreign)
    if len(foreign) < 2 and not telling:
        return "en"
    known = _SMALL_WORDS.intersection(lowers)
    if not telling and not any(len(small & known) > 1 for name, small in _FUNCTION_WORDS.items() if name != "en"):
        return "en"
    found = Counter(word for word in lowers if word in known)
    counts = {name: sum(found[word] for word in small & found.keys()) for name, small in _FUNCTION_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    several = telling or len(_FUNCTION_WORDS[best] & found.keys()) > 1
    return best if several and counts[best] > 1.5 * counts["en"] else "en"
