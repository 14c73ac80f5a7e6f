"""Tellings in a line, for tests of stories: `told("a", btc="4451", days="2026-02-07/2026-02-08")`."""

from datetime import UTC, date, datetime
from decimal import Decimal

from extractors.model import Event, Kind, Period, Purpose, Status, Told


def days(text: str | None) -> Period | None:
    """`2026-02` is that month, `2026-02-07` that day, `2026-02-07/2026-02-08` from the one to the other."""
    if text is None:
        return None
    if "/" in text:
        start, end = text.split("/")
        return Period(date.fromisoformat(start), date.fromisoformat(end))
    if len(text) == len("2026-02"):
        start_day = date.fromisoformat(f"{text}-01")
        following = date(start_day.year + start_day.month // 12, start_day.month % 12 + 1, 1)
        return Period(start_day, date.fromordinal(following.toordinal() - 1))
    return Period(date.fromisoformat(text), date.fromisoformat(text))


def told(article: str, company: str = "Riot Platforms", **fields: object) -> Told:
    """A telling; `btc`, `usd`, `price` as text, `days` as in `days()`, `seen` an ISO date, `kind`, `status`, `why`, `paid`, `primary`."""

    def amount(name: str) -> Decimal | None:
        value = fields.get(name)
        return None if value is None else Decimal(str(value))

    event = Event(
        kind=Kind(str(fields.get("kind", "sale"))),
        company=company,
        btc=amount("btc"),
        usd=amount("usd"),
        price_usd=amount("price"),
        status=Status(str(fields.get("status", "completed"))),
        purposes=tuple(Purpose(name) for name in str(fields.get("why", "")).split()),
        period=days(fields.get("days")),  # type: ignore[arg-type]
        settlement=fields.get("paid"),  # type: ignore[arg-type]
    )
    seen = fields.get("seen")
    published = datetime.fromisoformat(str(seen)).replace(tzinfo=UTC) if seen else None
    return Told(article, event, published, primary=bool(fields.get("primary")))
