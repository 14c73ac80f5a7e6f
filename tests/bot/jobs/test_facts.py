"""What articles are held against: the shipped closes, and over them the days that the store knows; whose verdict is kept."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.decisions.remarks import told
from bot.decisions.verdicts import judge_all
from bot.edges.store.store import Store
from bot.jobs.read import chain_facts, keep
from bot.model import Day, Gauge, Reading, Verdict
from extractors.model import Claim, Extraction, Metric
from tests.support.news import LONG, article

NOW = datetime(2026, 2, 9, tzinfo=UTC)
SEEN = date(2026, 2, 8)  # the shipped close is 70,716.78, that of the day before 69,184.54


def verdict(store: Store, dollars: int) -> Verdict:
    [judged] = judge_all([Claim(Metric.PRICE, value=Decimal(dollars), at=SEEN)], NOW.date(), chain_facts(store, NOW))
    return judged.verdict


def test_an_empty_store_judges_prices_by_the_shipped_closes() -> None:
    with Store.open("sqlite://") as store:
        assert verdict(store, 70_300) is Verdict.ROUNDS_TO
        assert verdict(store, 95_000) is Verdict.CONTRADICTS


def test_stored_days_win_over_the_shipped_closes() -> None:
    with Store.open("sqlite://") as store:
        store.chain.record_days(Day(day, Decimal(95_100), source="kraken") for day in (date(2026, 2, 7), SEEN, NOW.date()))
        assert verdict(store, 95_000) is Verdict.ROUNDS_TO
        assert verdict(store, 70_300) is Verdict.CONTRADICTS


def test_the_day_that_is_not_over_is_judged_by_the_prices_read_so_far() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with Store.open("sqlite://") as store:
        store.chain.record_days([Day(date(2026, 11, 21), Decimal(88_431), source="kraken")])
        store.chain.record(
            Reading(Gauge.PRICE, Decimal(usd), "kraken", noon.replace(hour=hour)) for hour, usd in ((1, 86_700), (9, 89_800))
        )
        for dollars, expected in ((88_500, Verdict.ROUNDS_TO), (61_000, Verdict.CONTRADICTS)):
            claim = Claim(Metric.PRICE, value=Decimal(dollars), at=noon.date())
            [judged] = judge_all([claim], noon.date(), chain_facts(store, noon))
            assert (judged.verdict, told(judged.reason)) == (expected, "market $86,700 to $89,800")


def test_a_verdict_is_kept_for_its_own_claim_alone() -> None:
    old, new = Claim(Metric.PRICE, value=Decimal(95_000), at=SEEN), Claim(Metric.PRICE, value=Decimal(70_300), at=SEEN)
    with Store.open("sqlite://") as store:
        number = store.articles.add(article(), None, NOW)
        assert number is not None
        first = store.articles.get(number)
        store.articles.add(article(text="Updated. " + LONG), None, NOW)
        store.articles.save_extraction(number, Extraction(claims=(new,)), "1", revision=2)  # another worker was faster
        keep(store, first, Extraction(claims=(old,)), (chain_facts(store, NOW), NOW))
        [kept] = store.claims.of_article(number)
        assert (kept.claim, kept.judged) == (new, None)
        keep(store, store.articles.get(number), Extraction(claims=(new,)), (chain_facts(store, NOW), NOW))
        [kept] = store.claims.of_article(number)
        assert kept.judged is not None
        assert kept.judged.verdict is Verdict.ROUNDS_TO
