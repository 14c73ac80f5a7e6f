"""A stated superlative of the difficulty held against all retargets before it: largest since, n-th largest, n-th in a row, record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.decisions.chainfacts import Chain, move, set_on
from bot.decisions.printed import Held
from bot.decisions.remarks import day, level, month, nth, percent, remark, words
from bot.decisions.superlatives import in_a_row, is_highest, last_larger, last_lower, rank
from bot.model import Remarks, Verdict
from bot.speech import marked

_OF_FALLS = {"drop", "abs_drop", "drop_rank"}
_OF_RISES = {"rise", "abs_rise", "rise_rank"}
_Found = tuple[bool, Remarks] | None
"""Whether the superlative holds and the reason; None if the history cannot tell."""


def hold_superlative(code: str, place: int, chain: Chain, *, sure: bool) -> Held:
    """Verdict and reason for a code of `data/gold/CLAIMS.md` said of the retarget at `place`; unsure ones are never contradicted."""
    kind, _, name = code.partition(":")
    holder = _HOLDERS.get(kind)
    held = holder(kind, name, place, chain) if holder is not None else None
    if held is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("the history cannot tell")))
    right, reason = held
    if right:
        return Held(Verdict.MATCHES, reason, place)
    return Held(Verdict.CONTRADICTS if sure else Verdict.UNCHECKABLE, reason, place)


def direction(code: str) -> int:
    """-1 of a superlative of falls, 1 of rises, 0 of a level or a streak."""
    kind = code.partition(":")[0]
    return -1 if kind in _OF_FALLS else 1 if kind in _OF_RISES else 0


def _change(kind: str, name: str, place: int, chain: Chain) -> _Found:
    """ "drop:2021": no larger one after 2021; "drop:all": none ever."""
    past = chain.past(place)
    if not past or past[-1].sign != (-1 if kind == "drop" else 1):
        return None
    larger = last_larger(past)
    if larger is None:
        return True, remark(marked("the largest ever, {change}"), change=percent(past[-1].pct))
    before = {"larger": percent(larger.pct), "before": day(larger.time.date())}
    reason = remark(marked("{change} on {day}; larger before: {larger} on {before}"), **move(chain, place), **before)
    if name == "all":
        return False, reason
    end = _end(name)
    return None if end is None else (larger.time.date() <= end, reason)


def _absolute(kind: str, name: str, place: int, chain: Chain) -> _Found:
    """ "abs_rise:all": the most in units of difficulty."""
    if name != "all" or place == 0:
        return None
    sign = -1 if kind == "abs_drop" else 1
    sizes = [sign * (after - before) for before, after in zip(chain.levels[:place], chain.levels[1 : place + 1], strict=True)]
    if sizes[-1] <= 0:
        return None
    gaps = {"size": level(sign * sizes[-1]), "before": level(max(sizes[:-1]))}
    return sizes[-1] == max(sizes), remark(marked("{size} in absolute terms, the largest before was {before}"), **gaps)


def _level(kind: str, name: str, place: int, chain: Chain) -> _Found:
    """ "high:all", "low:2020-06"."""
    history = chain.history[: place + 1]
    own = set_on(chain, place)
    if name == "all":
        if kind == "low":
            return False, remark(marked("{level} from {day} is far from the lowest ever"), **own)
        top = max(range(place + 1), key=chain.levels.__getitem__)
        most = {"highest": level(chain.levels[top]), "top": day(chain.days[top])}
        return is_highest(history), remark(marked("{level} from {day}; the highest was {highest} from {top}"), **own, **most)
    end = _end(name)
    if end is None:
        return None
    until = _lower_until(chain, place) if kind == "low" else _higher_until(chain, place)
    if until is None:
        return True, remark(marked("{level} from {day}"), **own)
    last = (
        marked("{level} from {day}; last lower until {until}") if kind == "low" else marked("{level} from {day}; last higher until {until}")
    )
    return until <= end + timedelta(days=31), remark(last, **own, until=day(until))


def _lower_until(chain: Chain, place: int) -> date | None:
    """When a lower level was in force last before that of the retarget at `place`; None if none was."""
    lower = last_lower(chain.history[: place + 1])
    return chain.days[chain.history.index(lower) + 1] if lower else None


def _higher_until(chain: Chain, place: int) -> date | None:
    """The same of a level at least as high."""
    higher = [spot for spot in range(place) if chain.levels[spot] >= chain.levels[place]]
    return chain.days[higher[-1] + 1] if higher else None


def _run(kind: str, name: str, place: int, chain: Chain) -> _Found:
    """ "falls:3": the third in a row."""
    past, number = chain.past(place), int(name) if name.isdigit() else 0
    falls = kind == "falls"
    if not past or not number or past[-1].sign != (-1 if falls else 1):
        return None
    count = in_a_row(past)
    message = marked("the {nth} fall in a row on {day}") if falls else marked("the {nth} rise in a row on {day}")
    return None if count > number else (count == number, remark(message, nth=nth(count), day=day(chain.days[place])))


def _rank(kind: str, name: str, place: int, chain: Chain) -> _Found:
    """ "drop_rank:11", "drop_rank:2:2026"."""
    number, _, year = name.partition(":")
    past = chain.past(place)
    falls = kind == "drop_rank"
    if not past or past[-1].sign != (-1 if falls else 1) or not number.isdigit():
        return None
    own = rank(past, datetime(int(year), 1, 1, tzinfo=UTC)) if year.isdigit() else rank(past)
    if year.isdigit() and int(year) != chain.days[place].year:
        return None  # "of the year", written on the first of January
    gaps = {"change": percent(past[-1].pct), "nth": nth(own), "month": month(past[-1].time)}
    if year:
        message = (
            marked("{change}, the {nth} largest fall of {year} by {month}")
            if falls
            else marked("{change}, the {nth} largest rise of {year} by {month}")
        )
        return own == int(number), remark(message, **gaps, year=words(year))
    message = (
        marked("{change}, the {nth} largest fall ever by {month}") if falls else marked("{change}, the {nth} largest rise ever by {month}")
    )
    return own == int(number), remark(message, **gaps)


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
