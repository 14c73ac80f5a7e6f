"""Claims that name a retarget's block: what is true of it is never accused, what is false of it is, however far off."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from bot.decisions.chainfacts import Chain, chain_of
from bot.decisions.history import shipped_history
from bot.decisions.superlatives import last_larger
from bot.decisions.verdicts import Facts, judge_all
from bot.model import Verdict
from extractors.claims.find import find_claims

FACTS = Facts(shipped_history())
CHAIN: Chain = chain_of(FACTS.retargets)
PLACES = range(96, len(CHAIN.days) - 1)
SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}


def verdicts(text: str, published: date) -> list[Verdict]:
    """Of the claims on the difficulty, in their order."""
    found = judge_all(find_claims(f"Bitcoin mining difficulty\n{text}", published), published, FACTS)
    return [one.verdict for one in found if one.claim.metric == "difficulty"]


def level(value: Decimal) -> str:
    power, name = next(one for one in SCALES if value >= 10 ** one[0])
    return f"{value.scaleb(-power):.2f} {name}"


def day(when: date) -> str:
    return f"{when:%B} {when.day}, {when.year}"


def block(place: int) -> str:
    return f"block {2016 * place:,}"


def rose(change: Decimal) -> str:
    return "rose" if change > 0 else "fell"


def rise(change: Decimal) -> str:
    return "rise" if change > 0 else "fall"


def retarget(place: int) -> Iterator[str]:
    """True of the retarget itself."""
    change, before = CHAIN.pct(place), CHAIN.pct(place - 1)
    size, moved, now, last = abs(change), rose(change), level(CHAIN.levels[place]), level(CHAIN.levels[place - 1])
    yield f"At {block(place)} difficulty {moved} {size:.2f}%."
    yield f"Difficulty {moved} {size:.1f}% to {now} at {block(place)} on {day(CHAIN.days[place])}."
    yield f"{block(place).capitalize()} took difficulty from {last} to {now}, a {rise(change)} of {size:.2f}%."
    yield f"Difficulty {moved} {size:.2f}% at {block(place)}, after a {rise(before)} of {abs(before):.2f}% at {block(place - 1)}."
    yield f"At {block(place)} difficulty {moved} {size:.2f}%. Two weeks earlier it {rose(before)} {abs(before):.2f}%."
    yield f"{block(place).capitalize()}: {now} ({change:+.2f}%). {block(place - 1).capitalize()}: {last} ({before:+.2f}%)."
    yield f"Up to {block(place)} difficulty had been {last}; {block(place)} brought {now} ({change:+.2f}%)."
    larger = last_larger(CHAIN.past(place))
    if larger is not None:
        yield f"{block(place).capitalize()} brought the largest {rise(change)} in difficulty since {larger.time:%B %Y}."


def around(place: int) -> Iterator[str]:
    """True of several retargets, of blocks between two, of what is expected, or not of the difficulty."""
    change, now = CHAIN.pct(place), level(CHAIN.levels[place])
    for back, words in ((4, "over four epochs"), (6, "in three months"), (13, "in six months")):
        sum_of = (CHAIN.levels[place] / CHAIN.levels[place - back] - 1) * 100
        if abs(sum_of) < 300:
            yield f"At {block(place)} difficulty reached {now}, a {rise(sum_of)} of {abs(sum_of):.0f}% {words}."
            yield f"Difficulty is {'up' if sum_of > 0 else 'down'} {abs(sum_of):.1f}% since {block(place - back)}."
            yield f"From {block(place - back)} to {block(place)} difficulty {rose(sum_of)} {abs(sum_of):.1f}% to {now}."
    yield f"At block {2016 * place + 700:,} difficulty stood at {now}."
    yield f"The next retarget, at {block(place + 1)}, may bring 2.2% more after the {abs(change):.2f}% {rise(change)} at {block(place)}."
    yield f"Since difficulty {rose(change)} to {now} at {block(place)}, blocks have come 6.4% faster than planned."
    yield f"The hashrate was 3.7% less than in the epoch before {block(place)}. Difficulty {rose(change)} {abs(change):.2f}%."
    yield f"Difficulty, told to rise 4.4% by analysts, {rose(change)} {abs(change):.2f}% at {block(place)}."


@pytest.mark.parametrize("told", [retarget, around])
@pytest.mark.parametrize("start", range(3))
def test_what_is_true_of_a_named_block_is_not_accused(start: int, told: type[Iterator[str]]) -> None:
    wrong = []
    for place in PLACES[9 * start :: 29]:
        published = CHAIN.days[place] + timedelta(days=Random(place).choice([0, 1, 3, 9, 200, 1500]))
        wrong += [(text, published) for text in told(place) if Verdict.CONTRADICTS in verdicts(text, published)]
    assert not wrong


@pytest.mark.parametrize("place", PLACES[::61])
def test_what_is_true_of_a_named_block_holds_however_late_it_is_told(place: int) -> None:
    for text in (*retarget(place),)[:4]:
        assert set(verdicts(text, CHAIN.days[place] + timedelta(days=500))) <= HOLDS, text


def false(place: int) -> Iterator[str]:
    """False of the retarget: the sign turned, the size or the level off, little or far."""
    change, truth = CHAIN.pct(place), CHAIN.levels[place]
    size, moved, turned = abs(change), rose(change), rose(-change)
    yield f"At {block(place)} difficulty {turned} {size:.2f}%."
    yield f"At {block(place)} difficulty {moved} {size * 3 + 1:.2f}%."
    yield f"At {block(place)} difficulty reached {level(truth * Decimal('1.02'))}."
    yield f"At {block(place)} difficulty reached {level(truth * Decimal('1.3'))}."
    yield f"Difficulty {turned} {size + 3:.1f}% to {level(truth * Decimal('1.3'))} at {block(place)} on {day(CHAIN.days[place])}."
    yield f"Difficulty {moved} {size:.2f}% to {level(truth * Decimal('1.3'))} on {day(CHAIN.days[place])}."


def test_what_is_false_of_a_named_block_is_contradicted_or_by_chance_another_retargets() -> None:
    found = {text: set(verdicts(text, CHAIN.days[place])) for place in PLACES[::41] if abs(CHAIN.pct(place)) > 1 for text in false(place)}
    contradicted = [text for text, told in found.items() if Verdict.CONTRADICTS in told]
    assert [text for text, told in found.items() if not told & {Verdict.CONTRADICTS, Verdict.EARLIER_RETARGET}] == []
    assert len(contradicted) >= 0.95 * len(found) > 30


@pytest.mark.parametrize("place", [place for place in PLACES[::23] if abs(CHAIN.pct(place) - CHAIN.pct(place - 1)) > 1])
def test_figures_of_the_neighbour_are_those_of_another_retarget(place: int) -> None:
    before, published = CHAIN.pct(place - 1), CHAIN.days[place]
    pair = f"Difficulty {rose(before)} {abs(before):.2f}% to {level(CHAIN.levels[place - 1])}"
    assert set(verdicts(f"{pair} at {block(place)}.", published)) == {Verdict.EARLIER_RETARGET}
    assert set(verdicts(f"{pair} at {block(place + 1)}.", published)) == {Verdict.UNCHECKABLE}, "that block is still to come"


FALL = date(2026, 2, 9)  # two days after block 935,424: -11.16 % from 141.67 T to 125.86 T


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At block 935,424 difficulty fell 9.5%.", [Verdict.CONTRADICTS]),
        ("Difficulty fell 3% to 150 trillion at block 935,424 on February 7, 2026.", [Verdict.CONTRADICTS]),
        ("Difficulty rose 4.2% to 125.86 trillion on February 7.", [Verdict.CONTRADICTS, Verdict.MATCHES]),
        ("Difficulty rose 4.2% to 137.5 trillion on February 7.", [Verdict.CONTRADICTS]),
        ("Difficulty rose 4.2% to 184.2 trillion on February 7.", [Verdict.UNCHECKABLE]),  # neither is near what the day had
        ("Difficulty rose 10.2% to 125.86 trillion on February 7.", [Verdict.UNCHECKABLE, Verdict.MATCHES]),  # within a year it did
        ("Difficulty fell 11.16% at block 935,424 on January 22.", [Verdict.EARLIER_RETARGET]),
        ("Difficulty fell 9.5% at block 935,424 on January 22.", [Verdict.UNCHECKABLE]),  # which of the two is meant is not known
        ("Difficulty fell 11.16% at block 935,429.", [Verdict.MATCHES]),  # five blocks late, but told of that retarget
        ("Difficulty fell 9.5% at block 935,800.", [Verdict.UNCHECKABLE]),  # no retarget came there
        ("At block 935,400 difficulty stood at 141.67 trillion.", [Verdict.MATCHES]),
        ("At block 935,500 difficulty stood at 139 trillion.", [Verdict.CONTRADICTS]),
        ("At block 937,440 difficulty rose 9.5%.", [Verdict.UNCHECKABLE]),  # not yet when it was written
        ("Difficulty is down 15.1% since block 927,360.", [Verdict.MATCHES]),
    ],
)  # fmt: skip
def test_a_block_says_which_retarget_is_meant(text: str, expected: list[Verdict]) -> None:
    assert verdicts(text, FALL) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Difficulty rose 4.1%, the largest rise since 2021, at block 953,568.", date(2026, 6, 14), Verdict.CONTRADICTS),
        ("On June 13 difficulty rose 4.1%, the largest rise since 2021.", date(2026, 6, 14), Verdict.CONTRADICTS),
        ("Block 953,568 brought the largest rise in difficulty since 2021.", date(2026, 6, 14), Verdict.CONTRADICTS),
        ("Difficulty came to 124.93 trillion, the largest rise since 2021.", date(2026, 6, 14), Verdict.CONTRADICTS),
        # Right for the retarget before, so that this one may be meant.
        ("On February 19 difficulty fell 9.5%, the largest fall since 2021.", date(2026, 2, 20), Verdict.UNCHECKABLE),
        # What the words say of the direction is not sure.
        ("On June 13 difficulty fell 10.09%, the largest rise since 2021.", date(2026, 6, 14), Verdict.UNCHECKABLE),
    ],
)
def test_the_largest_rise_said_of_a_fall_is_contradicted_if_it_is_sure_which_is_meant(
    text: str, published: date, expected: Verdict
) -> None:
    found = judge_all(find_claims(f"Bitcoin mining difficulty\n{text}", published), published, FACTS)
    assert [one.verdict for one in found if one.claim.superlative] == [expected]


def test_a_change_is_wrong_with_the_superlative_said_of_it() -> None:
    assert verdicts("On June 13 difficulty rose 4.1%, the largest rise since 2021.", date(2026, 6, 14)) == [Verdict.CONTRADICTS]


def test_nobody_is_accused_of_the_change_before_in_an_article_of_long_ago() -> None:
    text = "At block 935,424 difficulty fell 11.16%. Two weeks earlier it had fallen 3.28%."
    assert set(verdicts(text, date(2026, 8, 24))) <= {Verdict.MATCHES, Verdict.UNCHECKABLE}
