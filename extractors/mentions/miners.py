"""Miners named in a text: those of the registry, and companies that the text itself calls miners.

A strong spelling ("Core Scientific", "CleanSpark") counts wherever it stands. A weak one ("Core", "Riot", "CAN") counts if it is
written as a name and the article gives a second sign: a strong spelling or the ticker of the same miner, or talk of mining close by.
A ticker counts in capitals, and a weak one only behind "$" or an exchange ("NYSE: SOS") or beside its own miner's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractors.mentions.names import PREFIX, spelling_kinds
from extractors.mentions.registry import load_registry, name_at, ticker_at
from extractors.mentions.scan import Scan, scan
from extractors.mentions.unregistered import find_unregistered
from extractors.model import Miner, Span

_SUFFIX = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|PLC|plc|Limited|Corporation|Incorporated|Holdings|Group|Technologies|Company|Co|N\.V|AG|S\.A|LLC)\b\.?){1,3}"
)
_LISTED = re.compile(
    r"(?:\$|\b(?:NASDAQ|NYSE|TSX|TSX-?V|TSXV|LSE|OTC\w*|AMEX|ADX|CSE|AIM|FRANKFURT|NYSE American)(?: ?[:/] ?| ))$", re.IGNORECASE
)
# It begins with a set of letters, so that the engine skips what lies between.
_MINING = re.compile(
    r"[mhersbc₿](?:(?<=₿)|(?<=\b.)(?:(?<=m)in(?:ers?|ing|ed|es)|(?<=h)(?:ash ?rate|odl\w*)|(?<=e)(?:xahash|h/s)|(?<=r)igs"
    r"|(?<=s)(?:elf-mined|atoshis)|(?<=b)(?:itcoins?|tc)|(?<=c)oins)\b)"
)
_TRADES = re.compile(
    r" (?:(?:has been|had been|was|is|found itself) (?:forced|obliged|compelled|required|ordered|allowed|permitted) to (?:sell|liquidate"
    r"|dispose of|part with)|(?:has |had |also |have )?(?:sold|sells|mined|mines|produced|produces|liquidated"
    r"|offloaded|dumped|disposed of|held|holds|earned))"
    r" [^.;\n]{0,30}?(?:₿|\d[\d,.]* ?(?:btc|bitcoins?)\b)"
)
_NOT_A_NAME = re.compile(
    r" (?:games?|coworking|petroleum|police|petrol|race|runner|foundation|dao|ventures|s24|samsung|layer|blocks?|protocol)\b"
)
_CALLED = re.compile(r"\b(?:miner|mining (?:company|firm|group))[,:]? $")
_A_MINER = re.compile(r", (?:the|an?|one of the|once (?:the|an?)) (?:[\w-]+,? ){0,4}?(?:miners?|mining (?:company|firm|group))\b")
_NEAR = 1500
_SHORT = 4
_MOST_NAMES = 20_000


class MinerMention(NamedTuple):
    """A miner named at `span`; `miner` is None for one that is not in the registry."""

    span: Span
    miner: Miner | None
    name: str
    ticker: str | None


class _Candidate(NamedTuple):
    span: Span
    miner: Miner
    strong: bool


def find_miners(body: str, published: date | None) -> list[MinerMention]:
    """All miners named in the body, in order, none overlapping; names and tickers are those of the day of publication."""
    return list(_cached(body, published))


@lru_cache(maxsize=1)
def _cached(body: str, published: date | None) -> tuple[MinerMention, ...]:
    return tuple(miners_in(scan(body), published))


def miners_in(read: Scan, published: date | None) -> list[MinerMention]:
    """As `find_miners`, for an article made ready."""
    candidates = _registered(read)
    strong = {id(found.miner) for found in candidates if found.strong}
    signs = _Signs(read)
    known = [found for found in candidates if found.strong or _second_sign(found, strong, signs)]
    miners = {id(found.miner): found.miner for found in known}
    named = {key: (name_at(miner, published), ticker_at(miner, published)) for key, miner in miners.items()}
    mentions = [MinerMention(found.span, found.miner, *named[id(found.miner)]) for found in known]
    # A word of a registered name that is no name here may be one of a longer name: "Iris Basin Digital".
    doubtful = {found.span for found in candidates} - {found.span for found in known}
    for span, name, ticker in find_unregistered(read, [found.span for found in known]):
        if span not in doubtful:
            mentions.append(MinerMention(span, None, name, ticker))
    mentions.sort()
    return mentions


def _registered(read: Scan) -> list[_Candidate]:
    miners, kinds = load_registry().miners, spelling_kinds()
    found: list[_Candidate] = []
    done = 0
    for start, end, label in read.names:
        if start < done or not _whole_word(read.text, start, end):
            continue
        index = int(label[len(PREFIX) :])
        kind = kinds.get((index, read.lower[start:end]))
        if kind is None or not _written_as_name(read.text, start, end, kind):
            continue
        strong = kind in {"strong", "ticker"} or bool(_LISTED.search(read.text, max(0, start - 16), start))
        if kind == "weak" and _SUFFIX.match(read.text, end):
            strong = True
        done = end
        found.append(_Candidate(Span(start, end), miners[index], strong))
        if len(found) >= _MOST_NAMES:
            break
    return found


def _whole_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if start > 1 and text[start - 2].isdigit() and text[start:end].lower() == "btcs":
        return False
    joined_before = before.isalnum() and before < "\u3000"
    joined_after = after < "\u3000" and (after.isdigit() or (after.isalpha() and text[end - 1].isalpha()))
    return not (joined_before or joined_after)


def _written_as_name(text: str, start: int, end: int, kind: str) -> bool:
    written = text[start:end]
    if kind.endswith("ticker"):
        return written.isupper()
    if written[:4] == "The " and written[4].islower():
        return False  # "The nine-month figure"
    if kind == "weak":
        return written[0].isupper() and not _NOT_A_NAME.match(text, end, end + 14)
    return not (written.islower() and " " not in written) or written.isascii() is False or len(written) > 6


# Words that even talk of mining does not make a name.
_VERY_WEAK = frozenset(
    [
        "CAN",
        "ANY",
        "SOS",
        "NA",
        "PROP",
        "SATO",
        "ARB",
        "NDA",
        "PHX",
        "XYZ",
        "DHI",
        "Core",
        "Hut",
        "Galaxy",
        "Foundry",
        "Compass",
        "Swan",
        "Proto",
        "Phoenix",
        "Keel",
        "Iris",
        "Neptune",
        "Crusoe",
        "Stronghold",
        "Peak Mining",
        "Layer1",
        "Growler",
        "US Bitcoin",
        "Rhodium",
        "Elektron",
    ]
)


_AS_A_WORD = re.compile(r" (?:EBITDA|earnings|business|and shell|shell|Lightning|developers?)")


class _Signs:
    """Where an article talks of mining, looked for when it is first asked."""

    def __init__(self, read: Scan) -> None:
        self.read = read
        self._starts: list[int] | None = None

    def near(self, start: int, end: int) -> bool:
        """Whether it does beside the name at `[start, end)`."""
        if self._starts is None:
            self._starts = [match.start() for match in _MINING.finditer(self.read.lower)]
        return bisect_left(self._starts, start - _NEAR) < bisect_left(self._starts, end + _NEAR)


def _second_sign(found: _Candidate, strong: set[int], signs: _Signs) -> bool:
    read = signs.read
    start, end = found.span
    written = read.text[start:end]
    if _AS_A_WORD.match(read.text, end, end + 12):
        return False
    if id(found.miner) in strong or _CALLED.search(read.lower, max(0, start - 16), start) or _A_MINER.match(read.lower, end, end + 60):
        return True
    if written in _VERY_WEAK and len(written) > _SHORT and _TRADES.match(read.lower, end, end + 80):
        return True
    if written in _VERY_WEAK:
        return written.isupper() and read.text[end : end + 1] == ":" and read.text[max(0, start - 1) : start] in {"", "\n"}
    if read.text[end : end + 9].lower().startswith((" miner", " mining", " bitcoin")) and found.miner.name in {
        "American Bitcoin",
        "US Bitcoin",
    }:
        return False
    return signs.near(start, end)
