"""The nouns of the bot: frozen values that cross every border inside it. Tables know them, never the reverse.

Times are aware UTC; bitcoin and dollar amounts are `Decimal`; network figures that are estimates by nature are floats.
What the chat is shown is an `Answer`: a small document of lines, rendered to Telegram's HTML or to plain text at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from extractors.model import Article, Claim, Event, Kind, Note, Story

# --- sources of news -------------------------------------------------------------------------------------------------


class FeedKind(StrEnum):
    """What a feed carries; wires and filings are primary sources."""

    NEWS = "news"
    WIRE = "wire"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed as a list names it. `full_text` says that entries carry whole articles."""

    url: str
    title: str
    kind: FeedKind = FeedKind.NEWS


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled, and its health. `failures` counts polls in a row that failed."""

    id: int
    source: FeedSource
    etag: str | None = None
    last_modified: str | None = None
    next_poll: datetime | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    newest_entry: datetime | None = None
    failures: int = 0
    error: str | None = None
    muted: bool = False
    moved_to: str | None = None  # where a permanent redirect led; the list's address stays its name

    @property
    def address(self) -> str:
        """Where it is fetched from now."""
        return self.moved_to or self.source.url


# --- stories ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as kept. `revision` grows when its text was edited; `extractor` names the version that read this revision."""

    id: int
    article: Article
    feed_id: int | None
    revision: int
    seen_at: datetime
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story as kept: its lasting number, its revision (grows with every change) and when it was found and changed.

    `linked` are the lasting numbers that `story.linked` names by index. `wrong` was said by an operator; `gone` that no
    telling supports it any more.
    """

    id: int
    story: Story
    revision: int
    found_at: datetime
    changed_at: datetime
    linked: tuple[int, ...] = ()
    wrong: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What a fresh merge changed: stories found, stories that read differently now, stories no longer told by anyone."""

    new: tuple[StoredStory, ...] = ()
    changed: tuple[StoredStory, ...] = ()
    gone: tuple[StoredStory, ...] = ()


class Due(NamedTuple):
    """A company and kind whose tellings changed since stories were last merged; `mark` says which change."""

    company: str
    kind: Kind
    mark: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: an article of a feed, with the words that hold it."""

    article_id: str
    title: str
    link: str | None
    feed: str
    published: datetime | None
    quote: str | None = None
    quotes: tuple[tuple[str, str], ...] = ()  # (field, the sentence its figure stands in)


# --- chain and market ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Retarget:
    """The first block of an epoch. `bits` is the compact target; difficulty follows from it.

    `exact` says that `time` is the header's own; otherwise it is reconstructed and good to about an hour.
    """

    height: int
    time: datetime
    bits: int
    exact: bool = True

    @property
    def epoch(self) -> int:
        """Height // 2016."""
        return self.height // 2016


class Gauge(StrEnum):
    """What a reading measures. `PRICE` is the quote that stood the comparison, `QUOTE` what each source said.

    Units: price in USD, change in percent, fees in BTC a block (mean of a day), health 1 or 0 with the reason as its note.
    """

    HEIGHT = "block_height"
    PRICE = "price"
    QUOTE = "price_quote"
    PRICE_CHANGE = "price_change_24h"
    FEES = "fees"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one source at one time. `metric` is a `Gauge`.

    `note` says in words what the figure alone does not: a disagreement, or why a source was left out.
    """

    metric: str
    value: Decimal
    source: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """What is kept of a block: `fees` in satoshi, None where the source does not tell."""

    height: int
    hash: str
    time: datetime
    bits: int
    fees: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day of the chain and the market; a field is None where it is not known. `issuance` in BTC, subsidy only."""

    day: date
    price_close: Decimal | None = None
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    blocks: int | None = None
    issuance: Decimal | None = None
    source: str = ""


class Verdict(StrEnum):
    """A claim held against the chain or the market."""

    MATCHES = "matches"
    ROUNDS_TO = "rounds_to"
    CONTRADICTS = "contradicts"
    FORECAST = "forecast"
    EARLIER_RETARGET = "earlier_retarget"
    UNCHECKABLE = "uncheckable"


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict and the reason in words ("the chain says -11.16 %")."""

    claim: Claim
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as kept, with its article and the sentence it stands in; `judged` is None until it was held against the chain."""

    id: int
    claim: Claim
    source: Source
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as kept, with its article; the source's quote is the note's own words."""

    id: int
    note: Note
    source: Source


# --- chats -----------------------------------------------------------------------------------------------------------


class ChatKind(StrEnum):
    """Telegram's kinds of chats, and the terminal."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"
    TERMINAL = "terminal"


class ChatState(StrEnum):
    """Paused: the bot was thrown out or may not write; settings are kept."""

    ACTIVE = "active"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Chat:
    """A place to post. `topic` settings live in subscriptions."""

    id: int
    kind: ChatKind
    title: str = ""
    state: ChatState = ChatState.ACTIVE
    language: str = "en"
    timezone: str = "UTC"
    pause_reason: str | None = None


class Place(NamedTuple):
    """A chat and, in a forum, its topic."""

    chat_id: int
    topic_id: int | None = None


class Topic(StrEnum):
    """What can be subscribed to."""

    SALES = "sales"
    RETARGETS = "retargets"
    DIGEST = "digest"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one place asked for. `miners` empty means all; `digest_at` is local time in `timezone`; quiet hours may wrap midnight."""

    place: Place
    topics: frozenset[Topic] = frozenset()
    min_btc: Decimal = Decimal(0)
    miners: frozenset[str] = frozenset()
    timezone: str = "UTC"
    digest_at: time = time(8, 0)
    days: frozenset[int] = frozenset(range(7))
    quiet: tuple[time, time] | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A story's message in a place, and the revision of the story that it shows."""

    story_id: int
    place: Place
    message_id: int
    revision: int


# --- what is said ----------------------------------------------------------------------------------------------------


class Style(StrEnum):
    """How a piece of a line looks; the terminal shows only the text."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style, perhaps a link. `text` is raw: escaping is the renderer's work."""

    text: str
    style: Style = Style.PLAIN
    link: str | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under an answer: `data` (at most 64 bytes) comes back when pressed, or `url` is opened."""

    label: str
    data: str | None = None
    url: str | None = None


class SeriesStyle(StrEnum):
    """How a series is drawn: bars of several series are stacked, a step holds until the next point."""

    LINE = "line"
    STEP = "step"
    BAR = "bar"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one colour, in the order of time."""

    label: str
    points: tuple[tuple[datetime, float], ...]
    style: SeriesStyle = SeriesStyle.LINE


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows; drawn late, by `bot.decisions.charts.draw`. `caption` says its main point in words."""

    title: str
    caption: str
    unit: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one place: lines, rows of buttons, perhaps a chart."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    chart: Chart | None = None


class DeliveryKind(StrEnum):
    """In order of urgency."""

    ANSWER = "answer"
    ALERT = "alert"
    DIGEST = "digest"


class DeliveryState(StrEnum):
    """Owed until sent, set aside (will never pass) or expired (too old to be worth sending)."""

    OWED = "owed"
    SENT = "sent"
    SET_ASIDE = "set_aside"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Telegram takes it: HTML of at most 4096 characters after entities (1024 with a photo)."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    photo: bytes | None = field(default=None, repr=False)
    silent: bool = False
    edits: int | None = None  # the message id that this one replaces


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one place. `key` makes it one: the same key is never owed twice to the same place."""

    place: Place
    kind: DeliveryKind
    key: str
    message: Message
    not_before: datetime
    expires_at: datetime | None = None
    id: int | None = None
    state: DeliveryState = DeliveryState.OWED
    attempts: int = 0
    message_id: int | None = None
    error: str | None = None
    slot: datetime | None = None  # not to be sent before; set when it is claimed


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """The outbox for its operator: numbers by state, those in flight of the owed, and the oldest that is due and still owed."""

    owed: int = 0
    in_flight: int = 0
    sent: int = 0
    set_aside: int = 0
    expired: int = 0
    oldest_due: datetime | None = None


# --- findings --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SalesQuery:
    """What `/sales` asks for: `since` by the day of the sale or its publication; newest first."""

    kind: Kind = Kind.SALE
    company: str | None = None
    since: date | None = None
    min_btc: Decimal | None = None
    by_miner: bool = False
    names: frozenset[str] = frozenset()  # other names of the same company: former ones, its ticker


@dataclass(frozen=True, slots=True)
class SalesTotal:
    """Sums over the stories that a query finds: a month inside a listed quarter is not counted twice. `priced` tell dollars."""

    company: str | None
    ticker: str | None
    stories: int
    btc: Decimal
    usd: Decimal
    priced: int


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as kept, with its article."""

    id: int
    article_id: str
    event: Event
