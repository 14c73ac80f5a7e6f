"""Articles of several true statements on different retargets, in any order, accuse nobody; a false one that stands alone is caught."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from bot.decisions.chainfacts import Chain, chain_of
from bot.decisions.history import shipped_history
from bot.decisions.superlatives import in_a_row, is_highest, last_larger, rank
from bot.decisions.verdicts import Facts, judge_all
from bot.model import Judged, Verdict
from extractors.claims.find import find_claims

FACTS = Facts(shipped_history())
CHAIN: Chain = chain_of(FACTS.retargets)
LARGE = [place for place in range(60, len(CHAIN.days)) if abs(CHAIN.pct(place)) > 1]
ORDINALS = ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]


def judged(title: str, text: str, published: date) -> tuple[Judged, ...]:
    return judge_all(find_claims(f"{title}\n{text}", published), published, FACTS)


def moves(place: int) -> tuple[str, str]:
    """The verb and the noun of a retarget's direction."""
    return ("rose", "increase") if CHAIN.pct(place) > 0 else ("fell", "cut")


def told(place: int, published: date) -> tuple[str, list[str], list[str]]:
    """A true statement on a retarget without its stop, and its superlatives as clauses and as sentences."""
    size, (verb, noun), when = abs(CHAIN.pct(place)), moves(place), CHAIN.days[place]
    on = f"{when:%B} {when.day}" + (f", {when.year}," if when.year != published.year else "")
    statements = [
        f"On {on} difficulty {verb} {size:.2f}%",
        f"{on} had brought {'an increase' if noun == 'increase' else 'a cut'} of {size:.1f}%",
        f"{_place_in_year(place)} {noun} of {when.year} came on {on.rstrip(',')} with {size:.1f}%",
    ]
    return statements[place % 3], list(clauses(place)), list(sentences(place))


def _place_in_year(place: int) -> str:
    own = rank(CHAIN.past(place), datetime(CHAIN.days[place].year, 1, 1, tzinfo=UTC))
    return "The largest" if own == 1 else f"The {ORDINALS[own]}-largest" if own <= 12 else "A smaller"


def clauses(place: int) -> Iterator[str]:
    past, (_, noun), when = CHAIN.past(place), moves(place), CHAIN.days[place]
    larger = last_larger(past)
    if larger is not None:
        yield f"the largest {noun} since {larger.time:%B %Y}"
    if rank(past) <= 12:
        yield f"the {ORDINALS[rank(past)]}-largest {noun} on record" if rank(past) > 1 else f"the largest {noun} on record"
    if 2 <= in_a_row(past) <= 12:
        yield f"the {ORDINALS[in_a_row(past)]} {noun} in a row"
    if is_highest(CHAIN.history[: place + 1]):
        yield "which made for an all-time high"
    yield f"a {noun} that came in {when:%B}"


def sentences(place: int) -> Iterator[str]:
    past, (_, noun), when = CHAIN.past(place), moves(place), CHAIN.days[place]
    larger = last_larger(past)
    if larger is not None:
        yield f"Not since {larger.time.year} had a single adjustment been as large."
        yield f"No {noun} had been as large since {larger.time:%B %Y}."
    if 2 <= in_a_row(past) <= 12:
        yield f"It was the {ORDINALS[in_a_row(past)]} {noun} in a row."
    if rank(past) <= 12:
        yield f"Only {ORDINALS[rank(past)]} place in history, say the records."
    yield f"Miners had seen it coming on {when:%A}."


def article(place: int) -> tuple[str, date]:
    """Two or three retargets, the last one and earlier ones, with a superlative each, some of which have lost their place."""
    dice = Random(place)
    published = CHAIN.days[place] + timedelta(days=dice.randrange(3))
    others = dice.sample(range(max(60, place - 26), place), dice.choice([1, 2]))
    pieces: list[str] = []
    for one in [place, *others]:
        statement, of_clause, of_sentence = told(one, published)
        if dice.random() < 0.5:
            pieces.append(f"{statement}, {dice.choice(of_clause)}.")
        else:
            pieces += [f"{statement}.", dice.choice(of_sentence)]
    if dice.random() < 0.5:
        dice.shuffle(pieces)
    if dice.random() < 0.3:
        pieces[0:2] = [f"{pieces[0].rstrip('.')}; {pieces[1]}"]
    return " ".join(pieces), published


@pytest.mark.parametrize("start", range(8))
def test_true_statements_in_any_order_accuse_nobody(start: int) -> None:
    wrong = []
    for place in range(90 + start, len(CHAIN.days), 8):
        text, published = article(place)
        found = judged("Bitcoin mining difficulty", text, published)
        wrong += [(text, published, one.claim) for one in found if one.verdict is Verdict.CONTRADICTS]
    assert not wrong


@pytest.mark.parametrize("place", LARGE[40::9])
def test_a_false_statement_that_stands_alone_is_caught(place: int) -> None:
    published, (verb, noun), size = CHAIN.days[place], moves(place), abs(CHAIN.pct(place))
    past = CHAIN.past(place)
    larger = last_larger(past)
    false = [f"{verb} {size * Decimal('1.1'):.2f}%"]
    if in_a_row(past) < 12:
        false.append(f"{verb} {size:.2f}%, the {ORDINALS[in_a_row(past) + 1]} {noun} in a row")
    if larger is not None and larger.time.year < published.year:
        false.append(f"{verb} {size:.2f}%, the largest {noun} since {larger.time.year - 1}")
    for words in false:
        found = judged("Bitcoin mining difficulty", f"On {published:%B} {published.day} difficulty {words}.", published)
        assert Verdict.CONTRADICTS in {one.verdict for one in found}, words


def test_a_false_superlative_beside_its_own_figure_is_caught_though_another_retarget_is_told() -> None:
    text = (
        "Difficulty came down on Saturday from 138.96 trillion to 124.93 trillion. That is 10.1% less, the largest decline since 2021."
        " Of this year's cuts it ranks second, behind February's 11.16%."
    )
    found = judged("June reset", text, date(2026, 6, 15))
    assert [one.claim.superlative for one in found if one.verdict is Verdict.CONTRADICTS] == ["drop:2021"]
