"""How figures are printed: exact, short, and never with more digits than were stated; by the rules of the spoken language.

Stated amounts keep their digits ("4,451 BTC", "$161.6M"); what we work out ourselves is cut to the digits it deserves and
said with "about" by the caller. In English signs and spaces are plain ASCII, so that what is shown can be searched and copied.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from bot.speech import dates, say, say_many
from bot.speech.figures import figures, in_unit
from extractors.model import Period

_DOLLAR_DIGITS = 4  # of sums in millions or billions: $161.6M, $1.234B
_PRICE_DIGITS = 3  # of a price that we worked out
_FRACTION = 2  # the count whose plural form goes with a fraction: 0.3 days


def _plain(value: Decimal) -> str:
    """Thousands separated, no trailing zeros, never an exponent."""
    text = f"{value:,f}"
    return figures().number(text.rstrip("0").rstrip(".") if "." in text else text)


def _significant(value: Decimal, digits: int) -> Decimal:
    """`value` rounded to so many significant digits."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP) if value else value


def btc(amount: Decimal) -> str:
    """Bitcoin as stated: `4,451 BTC`, `189.8 BTC`."""
    return f"{_plain(amount)} BTC"


def usd(amount: Decimal) -> str:
    """A dollar sum, short: `$305M`, `$9.4M`, `$1.1B`, `$950,000`."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    short = in_unit(_significant(size, _DOLLAR_DIGITS), figures().sums)
    return sign + (short[1].format(_plain(short[0])) if short else price(size))


def price(amount: Decimal) -> str:
    """A stated price or quote of one coin, to the dollar: `$92,000`; below $1,000 to the cent."""
    step = Decimal(1) if abs(amount) >= 1000 else Decimal("0.01")
    return figures().dollars.format(_plain(amount.quantize(step, ROUND_HALF_UP)))


def dollars(amount: Decimal, digits: int | None = None) -> str:
    """Dollars in full, with the digits that were stated or with so many decimals: `$65,816.48`, `$34.21`."""
    return figures().dollars.format(_plain(amount) if digits is None else number(amount, digits))


def coin_price(amount: Decimal) -> str:
    """A price that we worked out, to three digits: `$68.5k`, `$102k`, `$9.41k`."""
    if amount < 1000:
        return price(amount)
    rounded = _significant(amount, _PRICE_DIGITS)
    short = in_unit(rounded, figures().prices)
    return short[1].format(_plain(short[0])) if short else price(rounded)


def percent(value: Decimal | float, digits: int = 2, *, signed: bool = True) -> str:
    """`-11.16 %`, `+14.73 %`; unsigned for shares: `60 %`. A value that rounds to nothing has no sign: `0.00 %`."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return _percent(f"{rounded:+,f}" if signed and rounded else f"{rounded if rounded else abs(rounded):,f}")


def _percent(english: str) -> str:
    return figures().percent.format(figures().number(english))


def share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole` in whole percent, `60 %`; `under 1 %` rather than zero."""
    value = part / whole * 100
    if 0 < value < Decimal("0.5"):
        return say("under {share}", share=percent(1, 0, signed=False))
    return percent(value, 0, signed=False)


def difficulty(value: Decimal | float) -> str:
    """Difficulty in trillions, `125.86 T`; below a trillion as it is."""
    amount = Decimal(str(value))
    return whole(amount) if amount < 10**12 else f"{number(amount / 10**12, 2)} T"


def hashrate(per_second: Decimal | float) -> str:
    """Hashes a second in exahashes, `901 EH/s`; two digits below ten."""
    exa = Decimal(str(per_second)) / 10**18
    return f"{figures().number(f'{exa:,.0f}' if exa >= 10 else f'{exa:.2f}')} EH/s"


def number(value: Decimal | float, digits: int) -> str:
    """A figure with so many decimals, `0.61`, `1,234.5`."""
    return figures().number(f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}")


def whole(value: int | Decimal | float) -> str:
    """A figure to the unit: a height, a count, `935,424`."""
    return number(value, 0)


def plain(value: Decimal) -> str:
    """A figure as it was stated, `0.61`, `1,234.5`, `11`."""
    return _plain(value)


def stated_percent(value: Decimal) -> str:
    """A change with the digits that it was stated with: `+14 %`, `-11.2 %`."""
    return figures().percent.format(f"{'+' if value > 0 else ''}{_plain(value)}")


def days(value: Decimal) -> str:
    """A length in days: `9.9 days`, `1 day`, `12 days`; one decimal below ten."""
    rounded = value.quantize(Decimal("0.1") if value < Decimal("9.95") else Decimal(1), ROUND_HALF_UP)
    counted = int(rounded) if rounded == int(rounded) else _FRACTION
    return say_many("{n} day", "{n} days", counted, n=_plain(rounded))


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """`1 sale`, `12 sales`, `3 stories`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def age(then: datetime, now: datetime) -> str:
    """How long ago: `just now`, `12 min ago`, `3 h ago`, `2 days ago`; a time to come is `just now`."""
    minutes, hours, days = _largest(now - then)
    if days:
        return say_many("{n} day ago", "{n} days ago", days, n=whole(days))
    if hours:
        return say("{n} h ago", n=whole(hours))
    return say("{n} min ago", n=whole(minutes)) if minutes else say("just now")


def span(length: timedelta) -> str:
    """A length of time in its largest fitting unit, rounded down: `12 min`, `3 h`, `2 days`."""
    minutes, hours, days = _largest(length)
    if days:
        return say_many("{n} day", "{n} days", days, n=whole(days))
    return say("{n} h", n=whole(hours)) if hours else say("{n} min", n=whole(minutes))


def _largest(length: timedelta) -> tuple[int, int, int]:
    """Minutes below an hour, hours below two days, else days; the others are 0."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return minutes, 0, 0
    return (0, minutes // 60, 0) if minutes < 48 * 60 else (0, 0, minutes // (24 * 60))


def day(when: date, *, weekday: bool = False) -> str:
    """`9 Feb 2026`, `Mon 9 Feb 2026`."""
    return dates.day(when, weekday=weekday)


def month(when: date) -> str:
    """A month in full, `July 2021`."""
    return dates.month(when)


def since(number: str) -> str:
    """What something is the first since: a year or a month by its number, `2021`, `2020-06`."""
    return dates.since(number)


def weekday(number: int, *, short: bool = True) -> str:
    """A day of the week by its number from Monday, 0: `Mon`, or in full."""
    return dates.weekday(number, short=short)


def clock(when: time | datetime) -> str:
    """A time of day, `08:00`."""
    return f"{when:%H:%M}"


def moment(when: datetime, zone: tzinfo) -> str:
    """A time in a zone, `Mon 9 Feb 2026, 12:00 UTC`."""
    local = when.astimezone(zone)
    return say("{day}, {clock} {zone}", day=day(local.date(), weekday=True), clock=clock(local), zone=_zone_name(local))


def at(when: datetime, now: datetime, zone: tzinfo) -> str:
    """A time close to `now`: by the clock alone if it is of the same day in the zone, `12:00 UTC`, else as `moment` tells it."""
    local = when.astimezone(zone)
    return f"{clock(local)} {_zone_name(local)}" if local.date() == now.astimezone(zone).date() else moment(when, zone)


def _zone_name(local: datetime) -> str:
    # Zones without letters of their own are named by their offset ("-03"), which reads as UTC-03.
    name = local.tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def period(when: Period) -> str:
    """Days as people write them: `7 Feb 2026`, `7-8 Feb 2026`, `Jan 2026`, `Nov-Dec 2025`, `Q1 2026`, `2025`."""
    return dates.between(*when)
