"""A stated superlative of the difficulty held against all retargets before it: largest since, n-th largest, n-th in a row, record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.decisions.chainfacts import Chain, on, percent, trillions
from bot.decisions.printed import Held
from bot.decisions.superlatives import in_a_row, is_highest, last_larger, last_lower, month, ordinal, rank
from bot.model import Verdict


def hold_superlative(code: str, place: int, chain: Chain, *, sure: bool) -> Held:
    """Verdict and reason for a code of `data/gold/CLAIMS.md` said of the retarget at `place`; unsure ones are never contradicted."""
    kind, _, name = code.partition(":")
    holder = _HOLDERS.get(kind)
    held = holder(kind, name, place, chain) if holder is not None else None
    if held is None:
        return Held(Verdict.UNCHECKABLE, "the history cannot tell")
    right, reason = held
    if right:
        return Held(Verdict.MATCHES, reason, place)
    return Held(Verdict.CONTRADICTS if sure else Verdict.UNCHECKABLE, reason, place)


def _change(kind: str, name: str, place: int, chain: Chain) -> tuple[bool, str] | None:
    """ "drop:2021": no larger one after 2021; "drop:all": none ever."""
    past = chain.past(place)
    if not past or past[-1].sign != (-1 if kind == "drop" else 1):
        return None
    larger = last_larger(past)
    if larger is None:
        return True, f"the largest ever, {percent(past[-1].pct)}"
    reason = f"{percent(past[-1].pct)} on {on(chain.days[place])}; larger before: {percent(larger.pct)} on {on(larger.time.date())}"
    if name == "all":
        return False, reason
    end = _end(name)
    return None if end is None else (larger.time.date() <= end, reason)


def _absolute(kind: str, name: str, place: int, chain: Chain) -> tuple[bool, str] | None:
    """ "abs_rise:all": the most in units of difficulty."""
    if name != "all" or place == 0:
        return None
    sign = -1 if kind == "abs_drop" else 1
    sizes = [sign * (after - before) for before, after in zip(chain.levels[:place], chain.levels[1 : place + 1], strict=True)]
    if sizes[-1] <= 0:
        return None
    return sizes[-1] == max(sizes), f"{trillions(sign * sizes[-1])} in absolute terms, the largest before was {trillions(max(sizes[:-1]))}"


def _level(kind: str, name: str, place: int, chain: Chain) -> tuple[bool, str] | None:
    """ "high:all", "low:2020-06"."""
    history = chain.history[: place + 1]
    own = f"{trillions(chain.levels[place])} from {on(chain.days[place])}"
    if name == "all":
        if kind == "high":
            top = max(range(place + 1), key=chain.levels.__getitem__)
            return is_highest(history), f"{own}; the highest was {trillions(chain.levels[top])} from {on(chain.days[top])}"
        return False, f"{own} is far from the lowest ever"
    end = _end(name)
    if end is None:
        return None
    if kind == "low":
        lower = last_lower(history)
        until = chain.days[chain.history.index(lower) + 1] if lower else None
        return (until is None or until <= end + timedelta(days=31)), f"{own}; last lower until {on(until)}" if until else own
    higher = [spot for spot in range(place) if chain.levels[spot] >= chain.levels[place]]
    until = chain.days[higher[-1] + 1] if higher else None
    return (until is None or until <= end + timedelta(days=31)), f"{own}; last higher until {on(until)}" if until else own


def _run(kind: str, name: str, place: int, chain: Chain) -> tuple[bool, str] | None:
    """ "falls:3": the third in a row."""
    past, number = chain.past(place), int(name) if name.isdigit() else 0
    word, sign = ("fall", -1) if kind == "falls" else ("rise", 1)
    if not past or not number or past[-1].sign != sign:
        return None
    count = in_a_row(past)
    reason = f"the {ordinal(count)} {word} in a row on {on(chain.days[place])}"
    return None if count > number else (count == number, reason)


def _rank(kind: str, name: str, place: int, chain: Chain) -> tuple[bool, str] | None:
    """ "drop_rank:11", "drop_rank:2:2026"."""
    number, _, year = name.partition(":")
    past = chain.past(place)
    word, sign = ("fall", -1) if kind == "drop_rank" else ("rise", 1)
    if not past or past[-1].sign != sign or not number.isdigit():
        return None
    own = rank(past, datetime(int(year), 1, 1, tzinfo=UTC)) if year.isdigit() else rank(past)
    among = f"of {year}" if year else "ever"
    return own == int(number), f"{percent(past[-1].pct)}, the {ordinal(own)} largest {word} {among} by {month(past[-1].time)}"


def _end(name: str) -> date | None:
    """The last day of "2021" or "2020-06"."""
    year, _, number = name.partition("-")
    if not year.isdigit() or (number and not number.isdigit()):
        return None
    if not number:
        return date(int(year), 12, 31)
    return date(int(year) + int(number) // 12, int(number) % 12 + 1, 1) - timedelta(days=1)


_HOLDERS = {
    "drop": _change, "rise": _change, "abs_rise": _absolute, "abs_drop": _absolute, "high": _level, "low": _level,
    "falls": _run, "rises": _run, "drop_rank": _rank, "rise_rank": _rank,
}  # fmt: skip
