"""Changes told of a retarget's very day: the wrong direction and a size far off are contradicted, what may be another's is not."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from bot.decisions.chainfacts import Chain, chain_of
from bot.decisions.history import shipped_history
from bot.decisions.verdicts import Facts, judge_all
from bot.model import Verdict
from extractors.claims.find import find_claims

FACTS = Facts(shipped_history())
CHAIN: Chain = chain_of(FACTS.retargets)
SEEN = date(2026, 2, 9)  # two days after -11.16 %; the retarget before was -3.28 % on 22 January


def verdicts(text: str, published: date) -> list[Verdict]:
    found = judge_all(find_claims(f"Bitcoin mining\n{text}", published), published, FACTS)
    return [one.verdict for one in found if one.claim.change_pct is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Bitcoin difficulty rose 9% on February 7, 2026.",
        "Bitcoin difficulty rose about 9% on Saturday.",
        "Difficulty rose 4.5% in the adjustment of February 7.",
        "On February 7, Bitcoin's mining difficulty rose by 4.5%.",
        "Difficulty fell 1.7% on February 7.",
        "Difficulty fell 29.5% on February 8.",  # as the day is counted elsewhere
    ],
)
def test_a_change_of_that_day_is_false(text: str) -> None:
    assert verdicts(text, SEEN) == [Verdict.CONTRADICTS]


@pytest.mark.parametrize(
    "text",
    [
        "Difficulty rose 9% on February 1.",  # no retarget on that day
        "Difficulty rose 9% since January on February 7.",
        "On Saturday difficulty was up 40% from its low of the year before.",
        "Litecoin's difficulty rose 9% on February 7.",
        "Difficulty is expected to rise 9% on February 7.",
        "Hashrate rose 9% on February 7.",
        "Difficulty rose 4.5% to 190 trillion on February 7.",  # nothing that the day had
        "On February 7 difficulty fell 11.16%. The drop of 3.28% in January came on February 7 to mind.",
        "Difficulty rose 9% in February 2025.",
    ],
)
def test_what_may_be_told_of_something_else_is_not(text: str) -> None:
    assert Verdict.CONTRADICTS not in verdicts(text, SEEN)


def test_a_month_whose_retargets_all_went_the_other_way_denies_it() -> None:
    text = "Difficulty rose 9.4% at the latest adjustment this month, the steepest since 2021."
    published = date(2026, 2, 9)
    assert verdicts(text, published) == [Verdict.CONTRADICTS]
    assert Verdict.CONTRADICTS not in verdicts(text, date(2026, 2, 25)), "on 19 February it rose"
    assert Verdict.CONTRADICTS not in verdicts(text.replace("rose", "fell"), published)


def true(place: int, published: date, dice: Random) -> Iterator[str]:
    """True statements that name the day of a retarget, in other words, rounded, of neighbours, spans and other things."""
    change, before, day = CHAIN.pct(place), CHAIN.pct(place - 1), CHAIN.days[place]
    size, last = f"{abs(change):.{dice.choice([1, 2])}f}%", f"{abs(before):.{dice.choice([1, 2])}f}%"
    rose, fell = ("rose" if one > 0 else "fell" for one in (change, before))
    rise, fall = ("rise" if one > 0 else "drop" for one in (change, before))
    on, then = (f"{one:%B} {one.day}, {one.year}" for one in (day, CHAIN.days[place - 1]))
    moved, away = dice.choice(["rose", "fell"]), f"{dice.randint(2, 19)}%"
    four = (CHAIN.levels[place] / CHAIN.levels[place - 4] - 1) * 100
    up, of_four = "up" if four > 0 else "down", f"{abs(four):.1f}%"
    shifted = day + timedelta(days=dice.choice([-1, 1]))
    yield f"Bitcoin difficulty {rose} {size} on {shifted:%B} {shifted.day}, {shifted.year}."
    yield f"The adjustment of {on} brought a {rise} in difficulty of {size}."
    yield f"On {on}, difficulty {rose} {size}, reversing the {fall} of {last} on {then}."
    yield f"Difficulty {fell} {last} on {then} and {rose} {size} on {on}."
    yield f"Hashrate {moved} {away} on {on} as difficulty {rose} {size}."
    yield f"On {on}, with difficulty {'up' if change > 0 else 'down'} {size}, hashprice {moved} {away}."
    yield f"As of {on}, difficulty was {up} {of_four} from four adjustments earlier."
    yield f"Difficulty {'rose' if four > 0 else 'fell'} {of_four} between {CHAIN.days[place - 4]:%B} {CHAIN.days[place - 4].day} and {on}."
    yield f"Forecasts had pointed to a {dice.choice(['rise', 'drop'])} of {away} on {on}; in the end difficulty {rose} {size}."
    yield f"On {on}, shares of miners {moved} {away} as difficulty {rose} {size}."
    yield f"On {on} analysts recalled that difficulty {fell} {last} at the adjustment before."
    yield f"Difficulty {rose} {size} this month." if published.month == day.month else f"Difficulty {rose} {size} on {on}."


@pytest.mark.parametrize("start", range(4))
def test_true_statements_of_a_day_accuse_nobody(start: int) -> None:
    wrong = []
    for place in range(100 + start, len(CHAIN.days), 8):
        if abs(CHAIN.pct(place)) < 1 or abs(CHAIN.pct(place - 1)) < 1:
            continue
        dice = Random(place)
        published = CHAIN.days[place] + timedelta(days=dice.randrange(9))
        wrong += [(text, published) for text in true(place, published, dice) if Verdict.CONTRADICTS in verdicts(text, published)]
    assert not wrong


def test_most_false_directions_of_a_day_are_caught() -> None:
    caught = []
    for place in range(100, len(CHAIN.days), 5):
        dice, day = Random(place), CHAIN.days[place]
        if abs(CHAIN.pct(place)) > 1:
            text = f"Bitcoin difficulty {'fell' if CHAIN.pct(place) > 0 else 'rose'} {dice.randint(10, 200) / 10}% on {day:%B} {day.day}."
            caught.append(Verdict.CONTRADICTS in verdicts(text, day + timedelta(days=dice.randrange(5))))
    assert sum(caught) >= 0.85 * len(caught) > 40
