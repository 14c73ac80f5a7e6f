"""The spellings of all registered miners, as labelled phrases: "miner:12" is the thirteenth of the registry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.mentions.registry import load_registry
from extractors.model import Miner

PREFIX = "miner:"
# Tickers that are words: they count only behind "$" or an exchange, or beside their own miner's name.
_WORDS = frozenset(["RIOT", "HUT", "HIVE", "CAN", "ANY", "SOS", "NA", "PROP", "ARB"])


def name_phrases() -> Iterator[tuple[str, str]]:
    """Label and phrase of every spelling."""
    for index, miner in enumerate(load_registry().miners):
        for _, spelling in _spellings(miner):
            yield f"{PREFIX}{index}", spelling


@lru_cache(maxsize=1)
def name_labels() -> frozenset[str]:
    """The labels of `name_phrases`."""
    return frozenset(f"{PREFIX}{index}" for index in range(len(load_registry().miners)))


@lru_cache(maxsize=1)
def spelling_kinds() -> dict[tuple[int, str], str]:
    """For a miner's number and a spelling in lower case: strong, weak, ticker or weak ticker."""
    kinds: dict[tuple[int, str], str] = {}
    for index, miner in enumerate(load_registry().miners):
        for kind, spelling in _spellings(miner):
            kinds.setdefault((index, spelling.lower()), kind)
    return kinds


def _spellings(miner: Miner) -> Iterator[tuple[str, str]]:
    weak = miner.weak
    for name in (miner.name, *miner.aliases, *(name for name, _ in miner.former)):
        yield ("weak" if name in weak else "strong"), name
    for ticker in (*miner.tickers, *(ticker for ticker, _ in miner.former_tickers)):
        yield ("weak ticker" if ticker in weak or ticker in _WORDS else "ticker"), ticker
