"""Nothing is said past `bot.speech`: in a language that brackets every message, no word is left outside but names and figures.

What is compared is what chats are shown: the digest, alerts, stories, lines on the network, verdicts and faults of sources.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.decisions import alerts, chain_words, changes, milestones, pictures
from bot.decisions.agreement import Ground, agree
from bot.decisions.claim_words import said, superlative
from bot.decisions.digest import DigestFacts, Window, digest
from bot.decisions.figures import Known, Standing
from bot.decisions.history import shipped_history
from bot.decisions.join import Facts, context
from bot.decisions.markup import to_plain
from bot.decisions.milestones import SHIPPED_HIGH, Halving, High
from bot.decisions.quotes import agree_on_price
from bot.decisions.rank_words import level_sentence, level_words, run_words, size_words
from bot.decisions.remarks import told
from bot.decisions.settings_words import Spot, settings_buttons, settings_lines
from bot.decisions.standing import standing
from bot.decisions.superlatives import Level, Run, Size
from bot.decisions.telling import differ_line, sale_lines, source_line
from bot.decisions.verdicts import judge_all
from bot.errors import UsageError
from bot.model import Answer, BlockHeader, Correction, Day, Gauge, Judged, Quote, Reading, Report, Topic, Verdict
from extractors.claims.find import find_claims
from extractors.model import Difference, Kind, Metric, Modality, NoteKind, Purpose, Status
from tests.support.brackets import speaking_in_brackets, unsaid
from tests.support.claims import TESTS, facts, lines
from tests.support.tales import NOW, cango, claim, days, note, source, stored, subscription, utc

HISTORY = shipped_history()
NAMES = (
    "Cango", "CANG", "MARA", "Core Scientific", "CORZ", "Riot Platforms", "RIOT", "Bitfarms", "BITF", "TheMinerMag", "StockTitan", "Protos",
    "Yellow", "Grafa", "protos.com", "kraken", "coinbase", "mempool.space", "Europe/Berlin", "Berlin",
    "Zurich", "Vienna", "Jack Jin", "chief technology officer",
)  # fmt: skip
RETARGET = next(retarget for retarget in HISTORY if retarget.height == 935_424)
JANUARY = days("2026-01-01", "2026-01-31")


@pytest.fixture(autouse=True)
def brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with speaking_in_brackets(monkeypatch):
        yield


def shown(*found: object) -> str:
    """Answers, lines and words as a terminal shows them."""
    text = [to_plain(each) if isinstance(each, Answer) else each if isinstance(each, str) else to_plain(Answer((each,))) for each in found]
    return "\n".join(text)


def check(*found: object, names: tuple[str, ...] = NAMES) -> None:
    text = shown(*found)
    assert "⟦" in text, "nothing was said at all"
    assert unsaid(text, names) == [], text


def test_what_is_not_said_is_found() -> None:
    assert unsaid("⟦Price ⟧$69,123⟦ from ⟧kraken, 3 min ago · /sales p2 “own words”", ["kraken"]) == ["min", "ago"]


# --- the network -----------------------------------------------------------------------------------------------------


def block(number: int, at: timedelta | None = None) -> BlockHeader:
    return BlockHeader(RETARGET.height + number, f"{number:x}", RETARGET.time + (at or timedelta(minutes=10) * number), RETARGET.bits)


def known(*, blocks: int = 700, fees: bool = True) -> Known:
    tip = RETARGET.time + timedelta(minutes=10) * blocks
    quotes = [Quote("kraken", Decimal(69_000), tip), Quote("coinbase", Decimal(73_000), tip)]
    price = agree_on_price(quotes, Reading(Gauge.PRICE, Decimal(70_000), "kraken", tip - timedelta(minutes=5)), tip)
    readings = [
        Reading(Gauge.PRICE, Decimal(69_000), "kraken", tip, price.note),
        Reading(Gauge.PRICE_CHANGE, Decimal("-3.48"), "kraken", tip),
        Reading(Gauge.HEIGHT, Decimal(RETARGET.height + blocks), "mempool.space", tip),
        Reading(Gauge.HEIGHT, Decimal(RETARGET.height + blocks), "own node", tip),
        Reading(Gauge.HEALTH, Decimal(0), "own node", tip),
        *([Reading(Gauge.FEES, Decimal("0.02"), "own node", tip)] if fees else []),
    ]
    spans = {
        day: Day(day, Decimal(70_000), issuance=Decimal(450), source="kraken, blocks counted")
        for back in range(1, 90)
        for day in (tip.date() - timedelta(days=back),)
    }
    return Known(HISTORY, tuple(block(number) for number in range(blocks + 1)), tuple(readings), spans)


def standings() -> list[Standing]:
    """Fresh, at an epoch's first blocks, without fees, stale, without any block, overdue, and years ago at a record."""
    tip = RETARGET.time + timedelta(minutes=10) * 700
    return [
        standing(known(), tip),
        standing(known(blocks=30), RETARGET.time + timedelta(hours=5)),
        standing(known(fees=False), tip + timedelta(minutes=7)),
        standing(known(), tip + timedelta(hours=9)),
        standing(Known(HISTORY), NOW),
        standing(Known(HISTORY), HISTORY[-1].time + timedelta(days=60)),
        standing(Known(HISTORY), utc("2025-11-01T00:00")),
        standing(Known((HISTORY[-1],)), HISTORY[-1].time + timedelta(days=1)),
    ]


@pytest.mark.parametrize("number", range(8))
def test_lines_of_the_network(number: int) -> None:
    now = standings()[number]
    found = [
        chain_words.difficulty_line(now),
        chain_words.change_line(now),
        chain_words.rank_words(now),
        chain_words.short_change(now),
        chain_words.epoch_line(now),
        chain_words.next_line(now),
        chain_words.hashrate_line(now),
        chain_words.windows_line(now),
        chain_words.price_line(now),
        chain_words.hashprice_line(now),
        chain_words.puell_line(now),
        chain_words.as_of_line(now),
        chain_words.price_source_line(now) or "",
        *chain_words.problem_lines(now),
    ]
    check(*found)


@pytest.mark.parametrize("sign", [-1, 1])
def test_ranks(sign: int) -> None:
    since = utc("2021-07-03T12:00")
    sizes = [Size(sign, 1, None), Size(sign, 10, since), Size(sign, None, since), Size(sign, 11, None)]
    levels = [words(level) for level in (Level(), Level(since)) for words in (level_words, level_sentence)]
    check(*map(size_words, sizes), *(run_words(Run(sign, count)) for count in (3, 4, 21, 22)), *levels)


# --- stories ---------------------------------------------------------------------------------------------------------


def told_stories() -> list[object]:
    """Every kind and status, with all that may be told of one."""
    sources = [source(name, number) for number, name in enumerate(("StockTitan", "TheMinerMag", "Yellow", "Grafa"))]
    found: list[object] = []
    for kind in Kind:
        for status in Status:
            each = cango(kind=kind, status=status, purposes=tuple(Purpose))
            found += [*sale_lines(each, sources, marked=True), *sale_lines(replace(each, story=replace(each.story, usd=None)), sources[:1])]
    for fields in ({"btc": None}, {"btc": None, "settlement": None}, {"btc": None, "usd": None}, {"usd": None, "price_usd": "92000"}):
        found += sale_lines(cango(**fields), sources[:2])
    found += sale_lines(cango(price_usd="68000", period=None), [source("", link=None)])
    found.append(source_line(sources))
    return found


def test_stories() -> None:
    check(*told_stories())


def test_the_context_of_a_sale() -> None:
    figures = {"kind": Kind.PRODUCTION, "btc": "496", "period": JANUARY}
    held = stored(3, kind=Kind.HOLDINGS, btc="7474", period=days("2026-01-31"))
    prices = {day: Day(day, Decimal(price)) for day, price in ((date(2026, 2, 7), 68_000), (date(2026, 2, 8), 71_000))}
    others = [stored(4, company="Riot Platforms", ticker="RIOT", btc="383")]
    for sale in (cango(), cango(period=JANUARY), cango(usd="405000000")):
        found = context(sale, Facts((sale, stored(2, **figures), held, *others), HISTORY, prices), NOW)
        check(*sale_lines(sale, [source()], found))


def test_where_outlets_differ_and_what_was_corrected() -> None:
    pairs = {"btc": ("4451", "4450"), "usd": ("305000000", "300000000"), "price_usd": ("68500", "69000"), "settlement": ("USDT", "BTC")}
    pairs["period"] = ("2026-02-07/2026-02-08", "2026-02-09/2026-02-09")
    check(differ_line([Difference(field, ((one, ("1",)), (other, ("2",)))) for field, (one, other) in pairs.items()]))
    former = tuple(Correction(field, other, NOW) for field, (_, other) in pairs.items() if field != "settlement")
    fixed = replace(cango(revision=3, changed_at=NOW + timedelta(hours=1)), corrected=former)
    check(*(alerts.sale_alert(each, [source()]) for each in (fixed, replace(fixed, gone=True), replace(fixed, wrong=True))))


# --- alerts and digests ----------------------------------------------------------------------------------------------


def test_alerts() -> None:
    now = standings()
    reckoned = replace(now[0].change, after=replace(now[0].change.after, exact=False)) if now[0].change else None
    level = replace(reckoned, ratio=reckoned.ratio * 0) if reckoned else None
    rise = replace(reckoned, ratio=-reckoned.ratio) if reckoned else None
    changes = [replace(now[0], change=change) for change in (reckoned, level, rise)]
    halvings = [Halving(1_050_000, NOW, exact=exact) for exact in (True, False)]
    price = Reading(Gauge.PRICE, Decimal(131_250), "kraken", NOW)
    highs = [SHIPPED_HIGH, High(Decimal(130_000), date(2026, 8, 1), "kraken")]
    check(
        *(alerts.retarget_alert(each) for each in (*now, *changes)),
        *(milestones.halving_alert(each, now[0]) for each in halvings),
        *(milestones.price_high_alert(price, each, now[0]) for each in highs),
        alerts.claim_alert(claim(reason="")),
    )


def given(number: int, *stories: object, **more: object) -> DigestFacts:
    sources = {each: [source(), source("StockTitan", 2)] for each in range(1, 60)}
    return DigestFacts(Facts(list(stories), HISTORY), sources, standing=standings()[number], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("weekly", [False, True])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("busy", [False, True])
def test_the_digest(weekly: bool, late: bool, busy: bool) -> None:
    window = Window(NOW - timedelta(days=7 if weekly else 1), NOW, due=NOW - timedelta(hours=3) if late else None, weekly=weekly)
    mined = [
        stored(20, kind=Kind.PRODUCTION, btc="500", period=JANUARY, reported=utc("2026-02-02T11:00")),
        stored(21, kind=Kind.PRODUCTION, btc="600", period=JANUARY, company="Riot Platforms", ticker="RIOT"),
    ]
    planned = {"company": "Core Scientific", "ticker": "CORZ", "status": Status.PLANNED, "period": days("2026-01-01", "2026-03-31")}
    stories = [
        *(cango(number, period=JANUARY, btc=str(number * 10)) for number in range(1, 12)),
        stored(12, company="Riot Platforms", ticker="RIOT", btc="383", period=JANUARY),
        stored(13, kind=Kind.TRANSFER, company="MARA", ticker="MARA", btc="288"),
        stored(14, btc="2500", **planned),
        stored(15, **planned),
        *mined,
    ]
    wrong = [claim(number=number, change_pct=Decimal(-14 - number), reason="") for number in range(1, 8)]
    notes = [replace(each, note=replace(each.note, kind=kind)) for kind in NoteKind for each in (note(), note(None))]
    facts_of = given(0, *stories, claims=wrong, notes=notes, before=standings()[1]) if busy else given(4)
    check(digest(facts_of, window))


def test_a_digest_with_sales_of_few_figures_and_a_new_retarget() -> None:
    day = Window(RETARGET.time - timedelta(hours=3), RETARGET.time + timedelta(hours=20))
    at = RETARGET.time + timedelta(hours=1)
    check(digest(given(1), day))
    check(digest(given(1, stored(1, usd="305000000", reported=at)), day))
    check(digest(given(1, stored(1, btc="300", reported=at), stored(2, company="MARA", ticker="MARA", btc="30", reported=at)), day))


def test_pictures() -> None:
    sales = [stored(n, company=f"Riot Platforms{n}", ticker=None, btc=str(n * 100)) for n in range(1, 10)]
    by_day = {
        date(2026, 1, 1) + timedelta(days=n): Day(date(2026, 1, 1) + timedelta(days=n), Decimal(70_000), source="kraken") for n in range(30)
    }
    charts = [
        *(pictures.difficulty_chart(HISTORY, each) for each in (*standings()[:1], *standings()[4:5])),
        pictures.sales_chart(sales, HISTORY, NOW),
        pictures.hashprice_chart(by_day, HISTORY, NOW),
    ]
    for chart in charts:
        assert chart is not None
        assert chart.language == "de"
        labels = [each.label for each in chart.series if not each.label.startswith("Riot")]
        check(chart.title, chart.caption, chart.unit, chart.footer, *labels)


# --- claims and verdicts ---------------------------------------------------------------------------------------------


def test_claims() -> None:
    codes = ["drop", "rise", "high", "low"]
    check(*(superlative(f"{code}:{since}") for code in codes for since in ("all", "2021")))
    check(*(superlative(code) for code in ("falls:3", "rises:3", "drop_rank:2", "rise_rank:2", "drop_rank:2:2026", "rise_rank:2:2026")))
    for metric in Metric:
        for fields in ({"value": Decimal(5)}, {"from_value": Decimal(5)}, {"value": Decimal(5), "from_value": Decimal(6)}):
            check(*(said(claim(metric=metric, modality=modality, **fields).claim) for modality in Modality))
    check(*(alerts.claim_alert(claim(verdict, reason="")) for verdict in Verdict))


def judged() -> list[Judged]:
    """The verdicts on every gold claim, with prices and without."""
    found: list[Judged] = []
    for article in lines(TESTS.parent / "data" / "gold" / "claims.dev.jsonl"):
        published = date.fromisoformat(article["published"][:10])
        claims = find_claims(f"{article['title']}\n{article['text']}", published)
        for prices in (True, False):
            found += judge_all(claims, published, facts(prices=prices))
    return found


def test_reasons_of_verdicts() -> None:
    reasons = {one.message: one for each in judged() for one in each.reason}
    assert len(reasons) > 25, "the gold claims lead to few reasons only"
    check(*(told([reason]) for reason in reasons.values()))


def test_faults_of_sources() -> None:
    tip, bits = 935_820, 0x17023C7E

    def chain(last: int = tip, size: int = 10, branch: str = "a", fork: int = 10**9, own: int = bits) -> tuple[BlockHeader, ...]:
        heights = range(last - size + 1, last + 1)
        return tuple(
            BlockHeader(height, f"{branch if height >= fork else 'a'}{height}", NOW - timedelta(minutes=10) * (tip - height), own)
            for height in heights
        )

    ground = Ground(NOW, {464: bits, 463: 0x1701FCA1}, stored={each.height: each for each in chain(size=40)})
    reports = [
        *(Report(name, chain()) for name in ("Cango", "MARA", "Riot Platforms")),
        Report("kraken"),
        Report("ahead", tuple(replace(each, time=NOW) for each in chain(tip + 400))),
        Report("late", chain(tip - 9)),
        Report("other", chain(branch="b", fork=tip)),
        Report("branch", chain(branch="b", fork=tip - 3)),
        Report("lone", chain(branch="b", fork=0)),
        Report("bits", chain(own=0x17020000)),
        Report("jump", chain(own=0x18020000)),
        Report("none", chain(own=0x1702FFFF00)),
        Report("mixed", (*chain(tip - 1), *chain(size=1, own=0x17020000))),
        Report("future", tuple(replace(each, time=each.time + timedelta(days=1)) for each in chain())),
    ]
    found = agree(reports, ground)
    old = [agree([Report("kraken", chain())], Ground(NOW + age, {})) for age in (timedelta(hours=5), timedelta(days=5))]
    lost = agree([Report("kraken", chain(tip - 500))], ground)
    certain = agree([Report("kraken", chain(own=0x17020000))], Ground(NOW, {464: bits}, certain=frozenset({464})))
    remarks = [told(each) for one in (found, *old, lost, certain) for each in (*one.faults.values(), *one.remarks.values())]
    assert len(set(remarks)) > 12
    check(*remarks, names=("0x1702ffff00",))


def test_faults_of_prices() -> None:
    quotes = [
        Quote("kraken", Decimal(70_000), NOW),
        Quote("coinbase", Decimal(70_100), NOW),
        Quote("MARA", Decimal(7_000), NOW),
        Quote("RIOT", Decimal("NaN"), NOW),
        Quote("CANG", Decimal(70_000), NOW - timedelta(hours=3)),
        Quote("CORZ", Decimal(70_000), NOW + timedelta(hours=3)),
        Quote("BITF", Decimal(70_000)),
    ]
    lonely = agree_on_price([Quote("kraken", Decimal(50_000), NOW)], Reading(Gauge.PRICE, Decimal(70_000), "kraken", NOW), NOW)
    check(*map(told, (*agree_on_price(quotes, None, NOW).faults.values(), *lonely.faults.values())), names=(*NAMES, "NaN"))


# --- what a place asks for -------------------------------------------------------------------------------------------


def test_settings() -> None:
    places = [
        subscription(),
        subscription(min_btc=Decimal(100), days=frozenset(range(5)), silent=True),
        subscription(min_btc=Decimal(50), miners=frozenset({"Cango", "Riot Platforms"}), days=frozenset({0, 3})),
        subscription(miners=frozenset({"Cango"}), days=frozenset(), quiet=(utc("2026-01-01T22:00").time(), utc("2026-01-01T07:00").time())),
        subscription(topics=frozenset()),
    ]
    for place in places:
        labels = [button.label for row in settings_buttons(place) for button in row]
        check(*settings_lines(place, NOW), *labels)
        check(*settings_lines(place, NOW, Spot(topic=True, others=2)))
        check(*settings_lines(place, NOW, Spot(general=True)))
        check(*settings_lines(place, NOW, Spot("@ore")), names=(*NAMES, "@ore"))


@pytest.mark.parametrize(
    "words", [["quiet", "now"], ["zone"], [">lots"], [">99000000"], ["zone", "Europe/Berln"], ["zone", "x/y"], ["Xyzzyq"], ["Cangoo"]]
)
def test_what_was_not_understood(words: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        changes.changed(subscription(topics=frozenset(Topic)), words)
    check(str(error.value), names=(*NAMES, "quiet", "off", "zone", "Riot", *(word.strip(">") for word in words)))
