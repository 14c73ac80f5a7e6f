"""Small news for store tests: an article, and the events that it tells."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.edges.store.store import Store
from extractors.model import Article, Event, Extraction, Kind, Period, Span, Story, Told

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
LONG = "The miner said it had parted with coins from its treasury over the weekend and used the proceeds to repay a loan. " * 3


def article(guid: str = "guid-1", title: str = "Cango sells 4,451 BTC", text: str = LONG, **others) -> Article:
    return Article(id=guid, title=title, text=text, published=others.pop("published", NOW), **others)


def sale(btc: str | None = "4451", company: str = "Cango", **others) -> Event:
    return Event(Kind.SALE, company, btc=None if btc is None else Decimal(btc), **others)


def period(start: str, end: str | None = None) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end or start))


def tell(store: Store, guid: str, *events: Event, feed_id: int | None = None, **others) -> int:
    """Stores an article of its own that tells the events; its number."""
    words = others.pop("text", f"{guid}: {LONG}")
    link = others.pop("link", f"https://example.org/{guid}")
    number = store.articles.add(article(guid, text=words, link=link, **others), feed_id, NOW)
    assert number is not None
    store.articles.save_extraction(number, Extraction(events), "1")
    return number


def story(*tellings: Told, **others) -> Story:
    """A story as a merge would make it of its first telling."""
    event = tellings[0].event
    return Story(
        kind=event.kind,
        company=event.company,
        ticker=event.ticker,
        btc=others.pop("btc", event.btc),
        usd=others.pop("usd", event.usd),
        price_usd=event.price_usd,
        status=event.status,
        period=event.period,
        purposes=event.purposes,
        settlement=event.settlement,
        tellings=tellings,
        **others,
    )


def spans(body: str, **words: str) -> dict[str, Span]:
    """The spans of the words in a body, by field."""
    return {field: Span(body.index(word), body.index(word) + len(word)) for field, word in words.items()}
