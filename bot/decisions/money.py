"""How figures are printed: exact, short, and never with more digits than were stated.

Stated amounts keep their digits ("4,451 BTC", "$161.6M"); what we work out ourselves is cut to the digits it deserves and
said with "about" by the caller. Signs and spaces are plain ASCII, so that what is shown can be searched and copied.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from extractors.model import Period

_DOLLAR_UNITS = ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"))
_DOLLAR_DIGITS = 4  # of sums in millions or billions: $161.6M, $1.234B


def _plain(value: Decimal) -> str:
    """Thousands separated, no trailing zeros, never an exponent."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: Decimal, digits: int) -> Decimal:
    """`value` rounded to so many significant digits."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP) if value else value


def btc(amount: Decimal) -> str:
    """Bitcoin as stated: `4,451 BTC`, `189.8 BTC`."""
    return f"{_plain(amount)} BTC"


def usd(amount: Decimal) -> str:
    """A dollar sum, short: `$305M`, `$9.4M`, `$1.1B`, `$950,000`."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    rounded = _significant(size, _DOLLAR_DIGITS)
    for unit, letter in _DOLLAR_UNITS:
        if rounded >= unit:
            return f"{sign}${_plain(rounded / unit)}{letter}"
    return f"{sign}{price(size)}"


def price(amount: Decimal) -> str:
    """A stated price or quote of one coin, to the dollar: `$92,000`; below $1,000 to the cent."""
    step = Decimal(1) if abs(amount) >= 1000 else Decimal("0.01")
    return f"${_plain(amount.quantize(step, ROUND_HALF_UP))}"


def coin_price(amount: Decimal) -> str:
    """A price that we worked out, to three digits: `$68.5k`, `$102k`, `$9.41k`."""
    if amount < 1000:
        return price(amount)
    return f"${_plain(_significant(amount / 1000, 3))}k"


def percent(value: Decimal | float, digits: int = 2, *, signed: bool = True) -> str:
    """`-11.16 %`, `+14.73 %`; unsigned for shares: `60 %`. A value that rounds to nothing has no sign: `0.00 %`."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not rounded:
        return f"{abs(rounded):f} %"
    return f"{rounded:+,f} %" if signed else f"{rounded:,f} %"


def share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole` in whole percent, `60 %`; `under 1 %` rather than zero."""
    value = part / whole * 100
    return "under 1 %" if 0 < value < Decimal("0.5") else percent(value, 0, signed=False)


def difficulty(value: Decimal | float) -> str:
    """Difficulty in trillions, `125.86 T`; below a trillion as it is."""
    amount = Decimal(str(value))
    if amount < 10**12:
        return f"{amount:,.0f}"
    return f"{(amount / 10**12).quantize(Decimal('0.01'), ROUND_HALF_UP):,f} T"


def hashrate(per_second: Decimal | float) -> str:
    """Hashes a second in exahashes, `901 EH/s`; two digits below ten."""
    exa = Decimal(str(per_second)) / 10**18
    return f"{exa:,.0f} EH/s" if exa >= 10 else f"{exa:.2f} EH/s"


def number(value: Decimal | float, digits: int) -> str:
    """A figure with so many decimals, `0.61`, `1,234.5`."""
    return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def whole(value: int | Decimal | float) -> str:
    """A figure to the unit: a height, a count, `935,424`."""
    return number(value, 0)


def plain(value: Decimal) -> str:
    """A figure as it was stated, `0.61`, `1,234.5`, `11`."""
    return _plain(value)


def stated_percent(value: Decimal) -> str:
    """A change with the digits that it was stated with: `+14 %`, `-11.2 %`."""
    return f"{'+' if value > 0 else ''}{_plain(value)} %"


def days(value: Decimal) -> str:
    """A length in days: `9.9 days`, `1 day`, `12 days`; one decimal below ten."""
    rounded = value.quantize(Decimal("0.1") if value < Decimal("9.95") else Decimal(1), ROUND_HALF_UP)
    return "1 day" if rounded == 1 else f"{_plain(rounded)} days"


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """`1 sale`, `12 sales`, `3 stories`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def age(then: datetime, now: datetime) -> str:
    """How long ago: `just now`, `12 min ago`, `3 h ago`, `2 days ago`; a time to come is `just now`."""
    return "just now" if now - then < timedelta(minutes=1) else f"{span(now - then)} ago"


def span(length: timedelta) -> str:
    """A length of time in its largest fitting unit, rounded down: `12 min`, `3 h`, `2 days`."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def day(when: date, *, weekday: bool = False) -> str:
    """`9 Feb 2026`, `Mon 9 Feb 2026`."""
    text = f"{when.day} {calendar.month_abbr[when.month]} {when.year}"
    return f"{calendar.day_abbr[when.weekday()]} {text}" if weekday else text


def month(when: date) -> str:
    """A month in full, `July 2021`."""
    return f"{calendar.month_name[when.month]} {when.year}"


def weekday(number: int) -> str:
    """A day of the week by its number from Monday, 0: `Mon`."""
    return calendar.day_abbr[number]


def clock(when: time | datetime) -> str:
    """A time of day, `08:00`."""
    return f"{when:%H:%M}"


def moment(when: datetime, zone: tzinfo) -> str:
    """A time in a zone, `Mon 9 Feb 2026, 12:00 UTC`."""
    local = when.astimezone(zone)
    return f"{day(local.date(), weekday=True)}, {local:%H:%M} {_zone_name(local)}"


def _zone_name(local: datetime) -> str:
    # Zones without letters of their own are named by their offset ("-03"), which reads as UTC-03.
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def period(when: Period) -> str:
    """Days as people write them: `7 Feb 2026`, `7-8 Feb 2026`, `Jan 2026`, `Nov-Dec 2025`, `Q1 2026`, `2025`."""
    start, end = when
    if start == end:
        return day(start)
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{day(end)}"
    first = day(start) if start.year != end.year else f"{start.day} {calendar.month_abbr[start.month]}"
    return f"{first} - {day(end)}"


def _months(start: date, end: date) -> str:
    """Whole months, quarters and years."""
    first, last = calendar.month_abbr[start.month], calendar.month_abbr[end.month]
    if start.year != end.year:
        return f"{first} {start.year} - {last} {end.year}"
    if start.month == end.month:
        return f"{last} {end.year}"
    if (start.month, end.month) == (1, 12):
        return str(end.year)
    if end.month - start.month == 2 and end.month % 3 == 0:
        return f"Q{end.month // 3} {end.year}"
    return f"{first}-{last} {end.year}"
