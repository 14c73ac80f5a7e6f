"""The registry of miners: `data/miners.csv`, read once.

Lists inside a cell are parted by "; ". A former name or ticker is "Bitfarms@2026-03-31", the last day of its use. A weak
spelling is a word of its own ("Riot", "CAN") and needs a second sign of mining. `mines` is "no" for pools, makers, lenders and
treasuries, which are known by name so that their coins are not taken for a miner's. `year_end` is the month, 1 to 12, in which
the fiscal year ends, empty for December.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from extractors.errors import DataError
from extractors.model import Miner
from extractors.resources import data_path


@dataclass(frozen=True, slots=True)
class Registry:
    """All miners known by name."""

    miners: tuple[Miner, ...]
    _names: dict[str, Miner] = field(repr=False)

    def by_name(self, text: str) -> Miner | None:
        """The miner of a short name, legal name, former name, alias or ticker in any case; None if unknown."""
        return self._names.get(_key(text))


def name_at(miner: Miner, day: date | None) -> str:
    """The short name in use on that day; the present one without a day."""
    return _valid_at(miner.former, day) or miner.name


def ticker_at(miner: Miner, day: date | None) -> str | None:
    """The first ticker in use on that day, None if it never had one."""
    earlier = _valid_at(miner.former_tickers, day)
    if earlier:
        return earlier
    if miner.tickers:
        return miner.tickers[0]
    return miner.former_tickers[0][0] if miner.former_tickers else None


def _valid_at(former: tuple[tuple[str, date | None], ...], day: date | None) -> str | None:
    if day is None:
        return None
    still = [(last, text) for text, last in former if last is not None and day <= last]
    return min(still)[1] if still else None


@lru_cache(maxsize=1)
def load_registry() -> Registry:
    """Read the registry; DataError if it is damaged."""
    with data_path("miners.csv").open(newline="", encoding="utf-8") as file:
        miners = tuple(_read(row) for row in csv.DictReader(file))
    names: dict[str, Miner] = {}
    for of_rank in (_first_names, _other_names):
        for miner in miners:
            for name in of_rank(miner):
                names.setdefault(_key(name), miner)
    return Registry(miners, names)


def _first_names(miner: Miner) -> tuple[str, ...]:
    return (miner.name, miner.legal_name, *miner.tickers)


def _other_names(miner: Miner) -> tuple[str, ...]:
    return (*miner.aliases, *(name for name, _ in miner.former), *(ticker for ticker, _ in miner.former_tickers))


def _key(text: str) -> str:
    return " ".join(text.strip().lstrip("$").casefold().split())


def _read(row: dict[str, str]) -> Miner:
    try:
        return Miner(
            name=row["name"],
            legal_name=row["legal_name"],
            tickers=_parts(row["tickers"]),
            aliases=_parts(row["aliases"]),
            former=tuple(map(_dated, _parts(row["former"]))),
            weak=frozenset(_parts(row["weak"])),
            country=row["country"] or None,
            cik=row["cik"] or None,
            former_tickers=tuple(map(_dated, _parts(row["former_tickers"]))),
            mines=row["mines"] == "yes",
            year_end=int(row["year_end"] or 12),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise DataError(f"miners.csv: the line of {row.get('name')!r} cannot be read: {wrong}") from wrong


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _dated(part: str) -> tuple[str, date | None]:
    text, _, last = part.partition("@")
    return text, date.fromisoformat(last) if last else None
