"""Miners as people type them: any name, former name or ticker leads to one miner, a slip of the pen to the nearest one.

Stories carry the name that was in use at their time ("Bitfarms"), so a question for a miner is a question for all its names.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from bot.speech import say
from extractors.mentions.registry import load_registry
from extractors.model import Miner

NEAR = 0.72  # of one: "caango" is near to Cango, "january" to nobody


def find_miner(text: str) -> Miner | None:
    """The miner of a name, former name, alias or ticker in any case (`$CANG` and `#CANG` too); None if unknown."""
    return load_registry().by_name(text.strip().lstrip("#$"))


def canonical(company: str) -> str:
    """The name now in use of a company named in a story; an unregistered one is its own."""
    miner = find_miner(company)
    return miner.name if miner else company


def names_of(miner: Miner) -> frozenset[str]:
    """Every short name that a story of this miner may carry."""
    return frozenset((miner.name, miner.legal_name, *miner.aliases, *(name for name, _ in miner.former)))


def ticker_of(miner: Miner) -> str | None:
    """Its first ticker of now, None if it is not listed."""
    return miner.tickers[0] if miner.tickers else None


def titled(name: str, ticker: str | None) -> str:
    """`Cango (CANG)`; `MARA` alone, whose ticker is its name."""
    return say("{name} ({ticker})", name=name, ticker=ticker) if ticker and ticker != name else name


def short_key(miner: Miner) -> str:
    """The shortest thing to type for this miner: its ticker, else its name."""
    return ticker_of(miner) or miner.name


def nearest_miner(text: str) -> Miner | None:
    """The miner whose name or ticker is written most like `text`; None if none is near."""
    found = get_close_matches(text.strip().casefold(), _spellings(), n=1, cutoff=NEAR)
    return find_miner(found[0]) if found else None


@cache
def _spellings() -> tuple[str, ...]:
    miners = [miner for miner in load_registry().miners if miner.mines]
    return tuple(
        name.casefold()
        for miner in miners
        for name in (miner.name, *miner.tickers, *miner.aliases, *(former for former, _ in miner.former))
    )
