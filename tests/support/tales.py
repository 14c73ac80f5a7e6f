"""Stories, sources, claims and subscriptions for tests, with the seed article's sale as the default."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.model import Judged, Place, Source, StoredClaim, StoredNote, StoredStory, Subscription, Topic, Verdict, plain
from extractors.model import Claim, Event, Kind, Metric, Note, NoteKind, Period, Purpose, Span, Status, Story, Told

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
EVERYTHING = frozenset(Topic)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(start: str, end: str | None = None) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end or start))


def story(company: str = "Cango", ticker: str | None = "CANG", **fields: Any) -> Story:
    """A story with one telling; `reported` is when, `btc` and `usd` may be given as text."""
    reported = fields.pop("reported", utc("2026-02-09T12:00"))
    amounts = {
        name: Decimal(fields.pop(name)) if fields.get(name) is not None else fields.pop(name, None) for name in ("btc", "usd", "price_usd")
    }
    given: dict[str, Any] = {
        "kind": Kind.SALE,
        "status": Status.COMPLETED,
        "period": None,
        "purposes": (),
        "settlement": None,
        **amounts,
        **fields,
    }
    tellings = given.pop("tellings", None)
    if tellings is None:
        event = Event(company=company, ticker=ticker, **{name: value for name, value in given.items() if name not in ("differ", "linked")})
        tellings = (Told(f"{company}-{reported:%Y%m%d%H}", event, reported, "TheMinerMag"),)
    return Story(company=company, ticker=ticker, tellings=tellings, **given)


def stored(number: int = 1, told: Story | None = None, **fields: Any) -> StoredStory:
    """A story as kept; fields of `Story` may be given in place of `told`."""
    own = {name: fields.pop(name) for name in ("revision", "found_at", "changed_at", "linked", "wrong", "gone") if name in fields}
    told = told or story(**fields)
    found = own.pop("found_at", told.tellings[0].published or NOW)
    return StoredStory(
        id=number, story=told, revision=own.pop("revision", 1), found_at=found, changed_at=own.pop("changed_at", found), **own
    )


def cango(number: int = 1, **fields: Any) -> StoredStory:
    """The seed article's sale."""
    given = {
        "btc": "4451",
        "usd": "305000000",
        "period": days("2026-02-07", "2026-02-08"),
        "purposes": (Purpose.DEBT_REPAYMENT, Purpose.BALANCE_SHEET),
        "settlement": "USDT",
    }
    return stored(number, **(given | fields))


def source(feed: str = "TheMinerMag", number: int = 1, **fields: Any) -> Source:
    given = {
        "title": f"Story {number}",
        "link": f"https://example.com/{feed.lower()}/{number}",
        "published": utc("2026-02-09T12:00"),
        **fields,
    }
    return Source(article_id=f"{feed}-{number}", feed=feed, **given)


def claim(verdict: Verdict = Verdict.CONTRADICTS, number: int = 1, **fields: Any) -> StoredClaim:
    """By default the 14 % that the chain contradicts."""
    given: dict[str, Any] = {"metric": Metric.DIFFICULTY, "change_pct": Decimal(-14), "at": date(2026, 2, 8)}
    reason, told_by = fields.pop("reason", "the chain says -11.16 % on 7 Feb 2026"), fields.pop("source", source())
    said = Claim(**(given | fields))
    return StoredClaim(number, said, told_by, Judged(said, verdict, plain(reason)))


def note(company: str | None = "Cango", number: int = 1, **details: str) -> StoredNote:
    told = Note(NoteKind.APPOINTMENT, Span(0, 10), company, details or {"who": "Jack Jin", "role": "chief technology officer"})
    return StoredNote(number, told, source(quote="Jack Jin joins as chief technology officer."))


def subscription(chat: int = 1, **fields: Any) -> Subscription:
    return Subscription(Place(chat, fields.pop("thread", None)), **({"topics": EVERYTHING} | fields))
