from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.decisions.choice import Choice
from bot.decisions.claim_words import claim_lines, said, shortened, superlative, worst_first
from bot.decisions.digest import DigestFacts, Window, digest, in_window
from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.join import Facts
from bot.decisions.lines import headed
from bot.decisions.markup import to_html, to_plain
from bot.decisions.standing import standing
from bot.model import StoredNote, Verdict
from extractors.model import Kind, Metric, Modality, Note, NoteKind, Purpose, Span, Status
from tests.support.tales import NOW, cango, claim, days, note, source, stored, utc
from tests.support.telegram_markup import read_html, units

DAY = Window(NOW - timedelta(days=1), NOW)
RETARGET_DAY = Window(utc("2026-02-07T09:00"), utc("2026-02-08T09:00"))
QUIET_DAY = Window(utc("2026-02-11T09:00"), utc("2026-02-12T09:00"))


def given(*stories: object, **more: object) -> DigestFacts:
    sources = {number: [source(), source("StockTitan", 2)] for number in range(1, 30)}
    now = more.pop("now", NOW)
    return DigestFacts(Facts(list(stories), shipped_history()), sources, standing=standing(Known(shipped_history()), now), **more)  # type: ignore[arg-type]


def text(facts: DigestFacts, window: Window = DAY, choice: Choice | None = None) -> str:
    return to_plain(digest(facts, window, choice))


def test_a_full_day_tells_network_sales_claims_and_what_is_due() -> None:
    plan = stored(2, company="Core Scientific", ticker="CORZ", btc="2500", status=Status.PLANNED, period=days("2026-01-01", "2026-03-31"))
    shown = text(given(cango(1), plan, claims=[claim()], notes=[note()]))
    for words in (
        "125.86 T",
        "-11.16 % on Sat 7 Feb 2026",
        "largest fall since July 2021",
        "1 completed sale, 4,451 BTC and $305M stated",
        "Cango (CANG) sold 4,451 BTC for $305M",
        "TheMinerMag",
        "Difficulty -14 %",
        "Contradicted: the chain says -11.16 %",
        "Jack Jin, chief technology officer",
        "Core Scientific (CORZ): planned sale of 2,500 BTC by 31 Mar 2026",
        "Next retarget",
        "From 2 articles of 2 outlets",
    ):
        assert words in shown, words


def test_a_quiet_day_says_so_in_two_lines() -> None:
    shown = text(given(cango(1), claims=[claim()], now=QUIET_DAY.until), QUIET_DAY)
    assert len(shown.splitlines()) == 2
    assert "no sale by a miner was reported" in shown
    assert "125.86 T" in shown


def test_a_retarget_makes_a_day_worth_telling() -> None:
    shown = text(given(now=RETARGET_DAY.until), RETARGET_DAY)
    assert "New retarget: -11.16 %" in shown
    assert "Sales reported: none" in shown


def test_a_late_digest_says_so_quiet_or_not() -> None:
    for window in (DAY, QUIET_DAY):
        late = Window(window.since, window.until, UTC, window.until - timedelta(hours=3))
        assert "ate: it was due at" in text(given(cango(1)), late)


def test_times_are_told_in_the_readers_zone() -> None:
    assert "10:00 CET" in text(given(cango(1)), Window(DAY.since, DAY.until, ZoneInfo("Europe/Berlin")))


def test_a_story_belongs_to_the_window_in_which_it_was_first_told() -> None:
    before, within, after = (
        stored(n, btc="1", reported=utc(at)) for n, at in ((1, "2026-02-09T09:00"), (2, "2026-02-09T09:01"), (3, "2026-02-10T09:01"))
    )
    assert in_window([before, within, after], DAY) == [within]


def test_a_story_found_after_the_digest_it_belonged_to_is_in_the_next_one_once() -> None:
    late = stored(1, btc="1", reported=utc("2026-02-09T08:30"), found_at=utc("2026-02-09T09:20"))
    assert in_window([late], DAY) == [late]
    assert in_window([late], Window(DAY.until, DAY.until + timedelta(days=1))) == []


def test_what_was_reported_before_and_found_since_is_told_apart_and_not_in_the_sums() -> None:
    late = stored(1, company="Riot Platforms", ticker="RIOT", btc="475", reported=utc("2026-02-09T08:30"), found_at=utc("2026-02-09T09:20"))
    shown = text(given(cango(2), late))
    assert "1 completed sale, 4,451 BTC and $305M stated" in shown
    assert "Reported earlier, found since\nRiot Platforms (RIOT) sold 475 BTC · reported 9 Feb 2026 · TheMinerMag" in shown
    assert "/why_1" in shown
    alone = text(given(late))
    assert "Sales reported: none" in alone
    assert "Reported earlier" in alone


def test_old_news_of_a_feed_added_late_is_not_in_the_digest() -> None:
    assert in_window([stored(1, btc="1", reported=utc("2026-01-09T08:30"), found_at=utc("2026-02-09T10:00"))], DAY) == []


def test_a_place_hears_only_of_what_it_chose() -> None:
    riot = stored(2, company="Riot Platforms", ticker="RIOT", btc="100")
    assert "Riot" not in text(given(cango(1), riot), choice=Choice(miners=frozenset({"Cango"})))
    assert "Riot" not in text(given(cango(1), riot), choice=Choice(min_btc=Decimal(500)))
    assert "Riot" in text(given(cango(1), riot), choice=Choice())


def test_a_digest_for_chosen_sales_says_whose_its_sums_are_and_tells_nothing_of_other_miners() -> None:
    plan = stored(3, company="Riot Platforms", ticker="RIOT", btc="900", status=Status.PLANNED, period=days("2026-01-01", "2026-03-31"))
    facts, mine = given(cango(1), plan, notes=[note(), note("Riot Platforms", 2)]), Choice(Decimal(500), frozenset({"Cango"}))
    shown = text(facts, choice=mine)
    assert "Sales reported, of 500 BTC or more, by Cango: 1 completed sale" in shown
    assert "Cango, appointment" in shown
    assert "Riot" not in shown
    assert "Riot Platforms, appointment" in text(facts)
    assert "no sale such as chosen here was reported" in text(given(cango(1), now=QUIET_DAY.until), QUIET_DAY, mine)


def test_a_note_that_only_repeats_the_sentence_of_a_sale_is_left_out() -> None:
    sentence = "Core Scientific (CORZ) sold 777 BTC for AI."
    teller = source("Yellow", 5, quote=sentence, quotes=(("btc", sentence),))
    told = StoredNote(2, Note(NoteKind.AI_HPC, Span(0, 10), "Core Scientific"), teller)
    elsewhere = replace(told, id=3, source=replace(teller, article_id="other"))
    facts = given(stored(1, company="Core Scientific", ticker="CORZ", btc="777"), notes=[told])
    facts = replace(facts, sources={1: [teller]})
    assert "Also reported" not in text(facts)
    assert "AI and HPC" in text(replace(facts, notes=[elsewhere]))


def test_an_article_whose_sale_is_told_gives_no_note_on_what_that_is_for() -> None:
    headline, sentence = "Bitdeer sells 1,200 BTC for AI build-out", "Bitdeer sold 1,200 BTC."
    teller = source("Yellow", 5, quote=headline, quotes=(("btc", sentence),))
    told = StoredNote(2, Note(NoteKind.AI_HPC, Span(0, 10), "Bitdeer"), teller)
    kept = [
        replace(told, id=3, note=replace(told.note, company="MARA")),
        replace(told, id=4, note=replace(told.note, kind=NoteKind.CURTAILMENT), source=replace(teller, quote="It curtailed in Texas")),
    ]
    facts = given(stored(1, company="Bitdeer", ticker="BTDR", btc="1200"), notes=[told, *kept])
    shown = text(replace(facts, sources={1: [teller]}))
    assert "Bitdeer, AI and HPC" not in shown
    assert "MARA, AI and HPC" in shown
    assert "It curtailed in Texas" in shown


def test_a_note_of_an_article_that_only_told_a_withdrawn_story_is_left_out() -> None:
    told = StoredNote(2, Note(NoteKind.AI_HPC, Span(0, 10), "Cango"), source(quote="Cango dumps 4,451 BTC"))
    article = told.source.article_id
    facts = given(notes=[told])
    assert "Cango dumps" in text(facts)
    assert "Cango dumps" in text(replace(facts, withdrawn=[(article, "MARA")]))
    assert "Cango dumps" not in text(replace(facts, withdrawn=[(article, "Cango")]))
    stands = cango(1, kind=Kind.PRODUCTION)
    [telling] = stands.story.tellings
    stands = replace(stands, story=replace(stands.story, tellings=(replace(telling, article_id=article),)))
    facts = replace(facts, facts=replace(facts.facts, stories=[stands]))
    assert "Cango dumps" in text(replace(facts, withdrawn=[(article, "Cango")]))


def test_what_is_stale_is_named_once() -> None:
    late = utc("2026-11-22T18:00")
    shown = text(given(stored(1, btc="5", reported=late - timedelta(hours=3)), now=late), Window(late - timedelta(days=1), late))
    assert shown.lower().count("stale") == 1
    assert "Stale: difficulty, hashrate as of " in shown


def test_the_rest_of_a_long_list_names_plans_as_such() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(n * 10)) for n in range(1, 10)]
    plan = stored(20, company="Bitdeer", ticker="BTDR", btc="2000", status=Status.PLANNED)
    assert "and 1 smaller completed sale, 1 planned sale; all by day of sale: /sales 1d" in text(given(*sales, plan))


def test_the_largest_sales_come_first_and_a_long_list_points_to_the_rest() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(n * 10)) for n in range(1, 12)]
    assert len(to_html(digest(given(*sales), DAY))) == 1
    shown = text(given(*sales))
    assert shown.index("Miner 11 sold") < shown.index("Miner 4 sold")
    assert "Miner 3 sold" not in shown
    assert "and 3 smaller completed sales; all by day of sale: /sales 1d" in shown


def test_a_sale_told_in_dollars_alone_has_its_place_among_the_largest() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(n * 10)) for n in range(1, 12)]
    shown = text(given(*sales, stored(20, company="Bitdeer", ticker="BTDR", usd="15000000")))
    assert shown.index("Miner 11 sold") < shown.index("Bitdeer (BTDR) sold $15M") < shown.index("Miner 9 sold")


def test_without_a_completed_sale_it_says_so_above_the_plans() -> None:
    assert "Sales reported: no completed sale" in text(given(stored(1, btc="2000", status=Status.PLANNED)))


def test_a_day_of_very_many_long_sales_is_still_one_message() -> None:
    purposes = tuple(Purpose)
    sales = [
        stored(
            n,
            company=f"A miner of a rather long name {n}",
            ticker=None,
            btc=str(n * 10),
            purposes=purposes,
            period=days("2026-02-01", "2026-02-08"),
        )
        for n in range(1, 30)
    ]
    shown = to_html(digest(given(*sales, claims=[claim(number=n, source=source(f"Outlet {n}")) for n in range(9)], notes=[note()]), DAY))
    assert len(shown) == 1
    assert "smaller completed sales; all by day of sale: /sales 2d" in shown[0]


def test_it_has_a_picture_of_sales_if_there_were_some_and_of_difficulty_else() -> None:
    sales = [cango(1), stored(2, btc="550", period=days("2026-01-01", "2026-01-31")), stored(3, company="Riot", ticker="RIOT", btc="383")]
    assert digest(given(*sales), DAY).chart.unit == "in BTC"  # type: ignore[union-attr]
    assert digest(given(now=QUIET_DAY.until), QUIET_DAY).chart.unit == "in trillions"  # type: ignore[union-attr]


def test_purchases_and_transfers_are_told_in_a_line() -> None:
    assert "MARA moved 288 BTC · TheMinerMag" in text(given(stored(1, company="MARA", ticker="MARA", kind=Kind.TRANSFER, btc="288")))


def test_it_is_html_that_telegram_takes() -> None:
    odd = stored(1, company="A<b>&Co", ticker=None, btc="1")
    for html in to_html(digest(given(odd, cango(2), claims=[claim()], notes=[note()]), DAY)):
        shown, _ = read_html(html)
        assert units(shown) <= 4096


# --- claims in words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Difficulty -14 %"),
        ({"change_pct": None, "from_value": Decimal("1.416E14"), "value": Decimal("1.2586E14")}, "Difficulty 141.6 T to 125.86 T"),
        ({"change_pct": None, "superlative": "drop:2021"}, "Difficulty the largest fall since 2021"),
        ({"metric": Metric.PUELL, "change_pct": None, "value": Decimal("0.61")}, "Puell multiple 0.61"),
        ({"metric": Metric.PRICE, "value": Decimal("65816.48"), "change_pct": Decimal("-3.48")}, "Price $65,816.48, -3.48 %"),
        ({"metric": Metric.HASHRATE, "change_pct": None, "value": Decimal("9.34E20")}, "Hashrate 934 EH/s"),
        ({"modality": Modality.FORECAST, "change_pct": Decimal("-10.4")}, "Difficulty expected -10.4 %"),
        ({"metric": Metric.BLOCK_REWARD, "change_pct": None, "value": Decimal("3.125")}, "Block reward 3.125 BTC"),
    ],
)
def test_a_claim_is_told_in_its_own_digits(fields: dict[str, object], words: str) -> None:
    assert said(claim(**fields).claim) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(("label", "shown"), [("Stale:", "Stale: old"), ("已过时：", "已过时：old")])
def test_a_label_is_set_off_from_what_follows_once(label: str, shown: str) -> None:
    assert "".join(piece.text for piece in headed(label, "old")) == shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("drop:all", "the largest fall ever"),
        ("rise:2024", "the largest rise since 2024"),
        ("high:all", "an all-time high"),
        ("low:2025", "the lowest since 2025"),
        ("low:2025-06", "the lowest since 2025-06"),
        ("abs_rise:all", "the largest rise ever in absolute terms"),
        ("abs_drop:2021", "the largest fall since 2021 in absolute terms"),
        ("falls:3", "fall number 3 in a row"),
        ("drop_rank:2:2026", "number 2 among the largest falls of 2026"),
        ("unheard:of", "unheard:of"),
    ],
)
def test_superlatives_are_told_in_words(code: str, words: str) -> None:
    assert superlative(code) == words


def test_the_worst_come_first_and_one_outlet_says_a_thing_once() -> None:
    right = claim(Verdict.MATCHES, 1, change_pct=Decimal("-11.16"))
    wrong, again, other = claim(number=2), claim(number=3), claim(number=4, source=source("Protos"))
    assert [each.id for each in worst_first([right, wrong, again, other])] == [4, 3, 1]


def test_a_claim_shows_its_verdict_and_its_sentence() -> None:
    quoted = claim(source=source(quote="network difficulty slid 14%,\nmore than at any time since 2021"))
    lines = ["".join(piece.text for piece in line) for line in claim_lines(quoted)]
    assert lines[1:] == [
        "Contradicted: the chain says -11.16 % on 7 Feb 2026",
        "“network difficulty slid 14%, more than at any time since 2021”",
    ]


def test_long_quotes_are_cut_between_words() -> None:
    cut = shortened("word " * 100, 50)
    assert len(cut) <= 52
    assert cut.endswith("word ...”")
