"""What a command gathers from the store: claims without a verdict are held together with the others of their article."""

from datetime import date, timedelta
from decimal import Decimal

from bot.commands.desk import Desk
from bot.edges.store.store import Store
from bot.model import Gauge, Reading, SalesQuery, StoredClaim, Verdict
from extractors.model import Claim, Metric, Span
from tests.support.newsroom import Newsroom, events
from tests.support.statements import statements
from tests.support.tales import stored, utc

TOLD_AT = utc("2026-03-06T12:00")
FALL = Claim(Metric.DIFFICULTY, change_pct=Decimal("-11.16"), at=date(2026, 2, 7), evidence={"change_pct": Span(9, 15)})
# "Not since 2021 had a single adjustment been as large": true of that fall, not of the last retarget, on which it is hung.
LARGEST = Claim(Metric.DIFFICULTY, superlative="rise:2021", at=date(2026, 3, 5), evidence={"superlative": Span(9, 15)})


def claims(store: Store) -> list[StoredClaim]:
    return Desk(store, TOLD_AT + timedelta(hours=1)).claims(TOLD_AT - timedelta(days=1), TOLD_AT + timedelta(hours=1))


def verdicts(store: Store) -> dict[Claim, Verdict | None]:
    return {one.claim: one.judged and one.judged.verdict for one in claims(store)}


def test_a_claim_is_wrong_alone(store: Store) -> None:
    Newsroom(store).tell(LARGEST, at=TOLD_AT)
    assert verdicts(store) == {LARGEST: Verdict.CONTRADICTS}


def test_nobody_is_accused_of_what_is_right_for_another_retarget_of_the_same_article(store: Store) -> None:
    Newsroom(store).tell(FALL, LARGEST, at=TOLD_AT)
    assert verdicts(store) == {FALL: Verdict.MATCHES, LARGEST: Verdict.UNCHECKABLE}


def test_what_another_article_tells_excuses_nothing(store: Store) -> None:
    room = Newsroom(store)
    room.tell(FALL, at=TOLD_AT)
    room.tell(LARGEST, at=TOLD_AT, outlet="BlocksBridge")
    assert verdicts(store) == {FALL: Verdict.MATCHES, LARGEST: Verdict.CONTRADICTS}


def test_a_claim_with_a_verdict_keeps_it_and_still_speaks_for_the_others(store: Store) -> None:
    Newsroom(store).tell(FALL, LARGEST, at=TOLD_AT)
    fall = next(one for one in claims(store) if one.claim == FALL)
    assert fall.judged is not None
    store.claims.judge(fall.id, fall.judged, TOLD_AT)
    found = claims(store)
    assert [one.judged for one in found if one.id == fall.id] == [fall.judged]
    assert verdicts(store)[LARGEST] is Verdict.UNCHECKABLE


def test_a_kept_claim_is_held_against_the_retarget_whose_block_its_article_names(store: Store) -> None:
    height = Claim(Metric.BLOCK_HEIGHT, value=Decimal(935_424), evidence={"value": Span(0, 6)})
    named = Claim(Metric.DIFFICULTY, change_pct=Decimal("-3.1"), evidence={"change_pct": Span(9, 15), "block": Span(0, 6)})
    bare = Claim(Metric.DIFFICULTY, change_pct=Decimal("-3.1"), evidence={"change_pct": Span(9, 15)})
    Newsroom(store).tell(height, named, at=TOLD_AT)
    Newsroom(store).tell(bare, at=TOLD_AT, outlet="BlocksBridge")
    assert verdicts(store) == {height: Verdict.MATCHES, named: Verdict.CONTRADICTS, bare: Verdict.UNCHECKABLE}


def test_a_digest_has_the_price_though_its_hour_was_read_again_a_moment_later(store: Store) -> None:
    due = utc("2026-03-06T08:44")
    for at, value in ((due - timedelta(minutes=20), "69000"), (due + timedelta(seconds=14), "70000")):
        store.chain.record([Reading(Gauge.PRICE, Decimal(value), "coinbase", at)])
    price = Desk(store, due + timedelta(seconds=20)).standing_at(due).price
    assert price is not None
    assert (price.value, price.age) == (Decimal(70000), timedelta(0))


def test_nothing_is_told_of_an_earlier_hour_that_was_read_much_later(store: Store) -> None:
    due = utc("2026-03-06T08:44")
    store.chain.record([Reading(Gauge.PRICE, Decimal(70000), "coinbase", due + timedelta(hours=2))])
    assert Desk(store, due + timedelta(hours=3)).standing_at(due).price is None


def sold(store: Store, *dollars: str | None) -> Desk:
    """Sales of a day each, the oldest first, some of which tell their dollars; the desk of the day after."""
    room, first = Newsroom(store), TOLD_AT - timedelta(days=len(dollars))
    for number, usd in enumerate(dollars):
        room.tell(*events([stored(company="Cango", btc=str(100 + number), usd=usd)]), at=first + timedelta(days=number))
    return Desk(store, TOLD_AT)


def test_the_latest_is_the_newest_that_is_wanted_however_far_back(store: Store) -> None:
    desk = sold(store, "1000000", "7000000", *[None] * 45)
    whole = desk.latest(SalesQuery(), lambda sale: sale.story.usd is not None)
    assert whole is not None
    assert whole.story.btc == 101


def test_where_none_is_wanted_the_latest_is_the_newest(store: Store) -> None:
    newest = sold(store, *[None] * 25).latest(SalesQuery(), lambda sale: sale.story.usd is not None)
    assert newest is not None
    assert newest.story.btc == 124
    assert Desk(store, TOLD_AT - timedelta(days=60)).latest(SalesQuery(), lambda _: True) is None


def test_the_latest_of_many_is_found_in_one_reading(store: Store) -> None:
    desk = sold(store, *["9000000"] * 25)
    with statements(store) as asked:
        assert desk.latest(SalesQuery(), lambda _: True) is not None
    assert sum("FROM story" in one for one in asked) == 1
    assert all("LIMIT" in one for one in asked if "FROM story" in one)


def test_the_sources_of_many_stories_are_those_of_each(store: Store) -> None:
    desk = sold(store, "1000000", None, "3000000")
    found = desk.stories(SalesQuery())
    assert store.stories.sources_of([one.id for one in found]) == {one.id: desk.sources(one) for one in found}
