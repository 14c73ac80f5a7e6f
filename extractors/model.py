"""The nouns that cross the library's border: frozen values, exact amounts, spans into the article's own words.

A span counts characters of `Article.body`, that is `title + "\\n" + text`, half open. Amounts are `Decimal` as printed
(bitcoin in BTC, dollars in USD); dates are UTC days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `[start, end)` of `Article.body`."""

    start: int
    end: int


class Period(NamedTuple):
    """Days from `start` to `end`, both inclusive; a point in time is the same day twice."""

    start: date
    end: date


class Kind(StrEnum):
    """What happened; the exact meaning of each is in `data/gold/README.md`."""

    SALE = "sale"
    PURCHASE = "purchase"
    TRANSFER = "transfer"
    PRODUCTION = "production"
    HOLDINGS = "holdings"


class Status(StrEnum):
    """How sure a sale, purchase or transfer is."""

    COMPLETED = "completed"
    PLANNED = "planned"
    RUMOURED = "rumoured"


class Purpose(StrEnum):
    """What the text says the proceeds were for."""

    DEBT_REPAYMENT = "debt_repayment"
    OPERATING_COSTS = "operating_costs"
    CAPEX_GROWTH = "capex_growth"
    AI_HPC = "ai_hpc"
    BALANCE_SHEET = "balance_sheet"
    ACQUISITION = "acquisition"
    MARKET_TIMING = "market_timing"
    FORCED = "forced"
    SHAREHOLDER_RETURNS = "shareholder_returns"


class Metric(StrEnum):
    """What a claim is about. Units: difficulty 1, hashrate H/s, price USD, hashprice USD/PH/s/day, reward BTC."""

    DIFFICULTY = "difficulty"
    HASHRATE = "hashrate"
    PUELL = "puell"
    PRICE = "price"
    HASHPRICE = "hashprice"
    BLOCK_HEIGHT = "block_height"
    BLOCK_REWARD = "block_reward"


class Modality(StrEnum):
    """Whether a claim tells what happened or what is expected."""

    FACT = "fact"
    FORECAST = "forecast"


class NoteKind(StrEnum):
    """What else an article may say of a miner or the sector."""

    APPOINTMENT = "appointment"
    APPROVAL = "approval"
    CURTAILMENT = "curtailment"
    AI_HPC = "ai_hpc"
    FINANCING = "financing"
    FLOWS = "flows"


@dataclass(frozen=True, slots=True)
class Article:
    """One entry of a feed, or a page, as plain text.

    `published` is an aware UTC time, or None when the source gives none; `text` may be empty.
    """

    id: str
    title: str
    text: str
    published: datetime | None = None
    link: str | None = None
    feed: str | None = None

    @property
    def body(self) -> str:
        """The text that every span counts in."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of one miner told by one article.

    `evidence` maps every filled field, and `kind` for the words that tell of it, to its span; an amount's span holds its figure.
    A key as "not 3500" is of coins that the article takes back (`extractors.mentions.denied`).
    """

    kind: Kind
    company: str
    ticker: str | None = None
    btc: Decimal | None = None
    usd: Decimal | None = None
    price_usd: Decimal | None = None
    status: Status = Status.COMPLETED
    purposes: tuple[Purpose, ...] = ()
    period: Period | None = None
    settlement: str | None = None
    evidence: Mapping[str, Span] = field(default_factory=dict, hash=False)


class Bounds(NamedTuple):
    """Which true figures a printed one stands for beyond its rounding: "over 40 %" from 40 up, "9 to 12 %" both, "about 12" loosely."""

    low: Decimal | None = None
    high: Decimal | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article says about the network or the market.

    `change_pct` is signed percent; `superlative` is coded as in `data/gold/CLAIMS.md` ("drop:2021", "high:all"). The decimals
    keep the digits as printed ("125.86 trillion" is 1.2586E+14), and `bounds` says by field where the words allow more.
    `since` is the day a change counts from, when it is not one retarget's; `previous` marks the retarget before the one
    that the article is about ("on the heels of a 12 % decline"); `within` is the month or year told where no day is;
    `extreme` is "low" or "high" for "dipped to", "peaked at", and for a change counted from such a point. `together`: the
    superlative stands in one clause with a figure of the claim, so that both are surely of one retarget. `evidence` holds also
    the heights named for it: "block" of the one that it came with, "since" of the one that it counts from.
    """

    metric: Metric
    value: Decimal | None = None
    from_value: Decimal | None = None
    change_pct: Decimal | None = None
    at: date | None = None
    modality: Modality = Modality.FACT
    superlative: str | None = None
    evidence: Mapping[str, Span] = field(default_factory=dict, hash=False)
    bounds: Mapping[str, Bounds] = field(default_factory=dict, hash=False)
    since: date | None = None
    previous: bool = False
    within: Period | None = None
    extreme: str | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What else the article says, in its own words (`span`), of a miner or, with `company` None, of the sector.

    `details` holds what the kind asks for: `who`, `role`, `from` of an appointment, `cause` of a curtailment, `what` else.
    """

    kind: NoteKind
    span: Span
    company: str | None = None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article tells."""

    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Miner:
    """An entry of the registry of miners.

    `name` is the short name in use now; `former` gives earlier short names with the last day of their use (None if unknown).
    `weak` lists the spellings that are words of their own ("Riot", "CAN") and need a second sign. `former_tickers` are as `former`;
    `mines` is false for pools, makers, lenders and treasuries, whose coins are no miner's. `year_end` is the month, 1 to 12, in
    which the fiscal year ends.
    """

    name: str
    legal_name: str
    tickers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former: tuple[tuple[str, date | None], ...] = ()
    weak: frozenset[str] = frozenset()
    country: str | None = None
    cik: str | None = None
    former_tickers: tuple[tuple[str, date | None], ...] = ()
    mines: bool = True
    year_end: int = 12


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the article that tells it: what stories are merged from."""

    article_id: str
    event: Event
    published: datetime | None = None
    source: str | None = None
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which the articles of a story do not agree: each figure with the articles that print it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The events of many articles that tell the same fact, primary source first.

    `tellings` keeps every event; the other fields are the best reading of them. `linked` names the stories that hold or
    are held by this one (a month and its quarter), by their index in the merge's result.
    """

    kind: Kind
    company: str
    ticker: str | None
    btc: Decimal | None
    usd: Decimal | None
    price_usd: Decimal | None
    status: Status
    period: Period | None
    purposes: tuple[Purpose, ...]
    settlement: str | None
    tellings: tuple[Told, ...]
    differ: tuple[Difference, ...] = ()
    linked: tuple[int, ...] = ()

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of its articles, primary source first, each once."""
        return tuple(dict.fromkeys(told.article_id for told in self.tellings))
