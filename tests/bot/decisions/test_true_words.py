"""What is true of the chain is never accused, in however many ways it is told; what is false by a little is."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.decisions.chainfacts import Chain, chain_of
from bot.decisions.history import shipped_history
from bot.decisions.superlatives import in_a_row, last_larger, rank
from bot.decisions.verdicts import Facts, judge_all
from bot.model import Verdict
from extractors.claims.find import find_claims

FACTS = Facts(shipped_history())
CHAIN: Chain = chain_of(FACTS.retargets)
LARGE = [place for place in range(60, len(CHAIN.days)) if abs(CHAIN.pct(place)) > 2]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]
SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))


def verdicts(text: str, published: date) -> list[Verdict]:
    claims = find_claims(f"Bitcoin mining difficulty\n{text}", published)
    return [judged.verdict for judged in judge_all(claims, published, FACTS)]


def level(value: Decimal) -> str:
    power, name = next((one for one in SCALES if value >= 10 ** one[0]), (0, ""))
    return f"{value.scaleb(-power):.2f} {name}" if name else f"{int(value):,}"


def day(when: date) -> str:
    return f"{when:%B} {when.day}"


def retarget(place: int) -> Iterator[str]:
    """Of the retarget itself."""
    size, rose = abs(CHAIN.pct(place)), "rose" if CHAIN.pct(place) > 0 else "fell"
    after, before = level(CHAIN.levels[place]), level(CHAIN.levels[place - 1])
    yield f"Difficulty {rose} {size:.2f}% to {after} on {day(CHAIN.days[place])}."
    yield f"Difficulty {rose} by {size:.1f}% from {before} to {after}."
    yield f"{CHAIN.days[place]:%A}'s adjustment took the difficulty {'up' if rose == 'rose' else 'down'} {size:.0f}%, to {after}."
    yield f"Difficulty {rose} more than {int(size)}%."
    yield f"Analysts had expected {size * 2:.1f}%; difficulty {rose} {size:.2f}%."
    yield f"Difficulty averaged {level((CHAIN.levels[place] + CHAIN.levels[place - 1]) / 2)} over the month."
    yield f"Without the storm difficulty would have moved by {size * 2:.1f}%, but it {rose} {size:.2f}%."
    yield f"Miners' revenue fell {size * 2:.1f}% as difficulty {rose}."


def several(place: int) -> Iterator[str]:
    """Of more than one retarget."""
    day_of, now = CHAIN.days[place], CHAIN.levels[place]
    for words, days in {"over the past month": 30, "in six months": 182, "from a year ago": 365}.items():
        base = CHAIN.in_force(day_of - timedelta(days=days)) or 0
        pct = (now / CHAIN.levels[base] - 1) * 100
        if abs(pct) < 500:
            yield f"Difficulty is {'up' if pct > 0 else 'down'} {abs(pct):.1f}% {words}."
    quarter = date(day_of.year, (day_of.month - 1) // 3 * 3 + 1, 1)
    own = (now / CHAIN.levels[CHAIN.in_force(quarter) or 0] - 1) * 100
    yield f"Difficulty is {abs(own):.1f}% {'higher' if own > 0 else 'lower'} than at the start of the quarter."
    yield f"Difficulty is {abs(own):.1f}% {'above' if own > 0 else 'below'} where it stood on {day(quarter)}."
    four = (now / CHAIN.levels[place - 4] - 1) * 100
    gained, up = ("gained", "up") if four > 0 else ("lost", "down")
    yield f"Over four epochs difficulty has {gained} {abs(four):.1f}%."
    yield f"The last four adjustments together took difficulty {up} by {abs(four):.1f}%."
    yield f"From its {'trough' if four > 0 else 'peak'} of {level(CHAIN.levels[place - 4])}, difficulty is {up} {abs(four):.1f}%."


def ranked(place: int) -> Iterator[str]:
    """Its superlatives."""
    past, size = CHAIN.past(place), abs(CHAIN.pct(place))
    rose, move = ("rose", "increase") if CHAIN.pct(place) > 0 else ("fell", "decrease")
    row, overall, larger = in_a_row(past), rank(past), last_larger(past)
    if 2 <= row <= 12:
        yield f"Difficulty {rose} {size:.2f}%. It was the {ORDINALS[row]} straight {move}."
    before = in_a_row(CHAIN.past(place - row))
    if row == 1 and 2 <= before <= 12:
        yield f"Difficulty {rose} {size:.2f}%, snapping a streak of {before} straight {'falls' if rose == 'rose' else 'rises'}."
    if 2 <= overall <= 12:
        yield f"Difficulty {rose} {size:.2f}%, the {ORDINALS[overall]}-largest {move} on record."
    if larger is not None:
        yield f"Difficulty {rose} {size:.2f}%. No {move} had been as large since {larger.time:%B %Y}."


@pytest.mark.parametrize("told", [retarget, several, ranked])
@pytest.mark.parametrize("place", LARGE[::5])
def test_what_is_true_is_not_accused(place: int, told: Callable[[int], Iterator[str]]) -> None:
    published = CHAIN.days[place] + timedelta(days=place % 3)
    found = {text: verdicts(text, published) for text in told(place)}
    wrong = {text for text, verdict in found.items() if {Verdict.CONTRADICTS, Verdict.EARLIER_RETARGET} & set(verdict)}
    assert not wrong


@pytest.mark.parametrize("place", LARGE[100::20])
def test_what_is_false_by_a_little_is_contradicted(place: int) -> None:
    size, rose, when = abs(CHAIN.pct(place)), "rose" if CHAIN.pct(place) > 0 else "fell", CHAIN.days[place]
    after = CHAIN.levels[place]
    for text in (
        f"Difficulty {rose} by {size * Decimal('1.1'):.2f}% on {when:%A}.",
        f"Difficulty now stands at {level(after * Decimal('1.02'))}.",
        f"Difficulty {rose} {size:.2f}% to {level(after * Decimal('1.02'))} on {when:%A}.",
        f"Difficulty {rose} {size:.2f}%, the largest ever.",
    ):
        assert Verdict.CONTRADICTS in verdicts(text, when), text
