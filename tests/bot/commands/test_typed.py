"""What people type: in any spelling and any of the languages spoken here, with more or less than a command reads, and what contradicts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from decimal import Decimal
from time import process_time
from unittest.mock import ANY

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.inline import offers
from bot.decisions.changes import changed
from bot.decisions.markup import to_plain
from bot.decisions.names import find_miner
from bot.decisions.settings_words import settings_lines
from bot.decisions.typed import evened, meaning
from bot.model import Answer, Chat, ChatKind, Place, Subscription, Topic
from bot.speech import LANGUAGES, speaking
from tests.support.asking import GROUP, answered
from tests.support.newsroom import Newsroom
from tests.support.tales import NOW

Asking = Callable[..., str]
HERE = Place(GROUP.id)
CHOSEN = Subscription(HERE, frozenset({Topic.SALES}), Decimal(100), frozenset({"Cango"}))
NATURAL = {
    "all": ("all", "everything", "alle", "alles", "todo", "todos", "все", "всё", "全部", "所有"),
    "any": ("any", "Any", "beliebig", "cualquiera", "любой", "任意", "不限"),
    "off": ("off", "none", "nothing", "aus", "nichts", "ninguno", "nada", "нет", "выкл", "关", "无"),
}


def kept(room: Newsroom) -> Subscription | None:
    return room.store.subscriptions.get(HERE)


# --- natural words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", NATURAL["all"])
def test_all_is_every_topic_in_any_language(word: str) -> None:
    assert changed(CHOSEN, [word]) == changed(CHOSEN, ["all"])
    assert changed(CHOSEN, [word]).topics == frozenset(Topic)


@pytest.mark.parametrize("word", NATURAL["any"])
def test_any_takes_both_filters_away_in_any_language(word: str) -> None:
    assert changed(CHOSEN, [word]) == Subscription(HERE, CHOSEN.topics)


@pytest.mark.parametrize("word", NATURAL["off"])
def test_off_alone_ends_everything_and_behind_a_topic_that_one(word: str, told: Newsroom, ask: Asking) -> None:
    assert changed(CHOSEN, ["all", "sales", word]).topics == frozenset(Topic) - {Topic.SALES}
    for command in ("settings", "subscribe"):
        ask("/subscribe sales digest")
        assert "gets nothing by itself" in ask(f"/{command} {word}")
        found = kept(told)
        assert found is not None
        assert found.topics == frozenset()


def test_a_natural_word_names_no_miner() -> None:
    words = {word for words in NATURAL.values() for word in words} | {"and", "und", "y", "of", "at", "um", "to", "bis"}
    assert {word for word in words if find_miner(word)} == {"any", "Any"}, "whose ticker is typed in capitals"
    assert changed(CHOSEN, ["ANY"]).miners == {"Sphere 3D"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_a_button_says_can_be_typed(told: Newsroom, code: str) -> None:
    with speaking(code):
        buttons = [button for row in answered(told, "/settings").buttons for button in row]
        assert len(buttons) > 5
        for button in buttons[:5]:
            found = changed(Subscription(HERE), button.label.split())
            assert found == changed(Subscription(HERE), (button.data or "").split()[1:]), button.label
            assert found.topics, button.label


CARDS = [
    replace(CHOSEN, topics=frozenset(Topic), min_btc=Decimal(1000), days=frozenset({0, 3}), weekly_day=2, timezone="Europe/Berlin"),
    replace(CHOSEN, miners=frozenset({"Cango", "Riot Platforms"}), quiet=(time(22), time(7)), silent=True, timezone="Asia/Almaty"),
    replace(CHOSEN, min_btc=Decimal(0), topics=frozenset({Topic.SALES, Topic.DIGEST}), days=frozenset(range(5)), digest_at=time(18, 30)),
    replace(CHOSEN, min_btc=Decimal("2500"), miners=frozenset(), topics=frozenset({Topic.SALES, Topic.CLAIMS})),
    replace(CHOSEN, min_btc=Decimal(0), miners=frozenset(), topics=frozenset({Topic.SALES, Topic.WEEKLY, Topic.RETARGETS}), weekly_day=6),
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
def test_what_the_settings_say_can_be_typed(told: Newsroom, ask: Asking, code: str, card: Subscription) -> None:
    """All lines of it at once, and each alone."""
    with speaking(code):
        lines = [to_plain(Answer((line,))) for line in settings_lines(card, NOW)[1:]]
        ask("/unsubscribe")
        ask(f"/subscribe {' '.join(lines)}")
        assert kept(told) == replace(card, digest_until=ANY, weekly_until=ANY)
        for line in lines:
            ask(f"/settings {line}")
            assert kept(told) == replace(card, digest_until=ANY, weekly_until=ANY), line


@pytest.mark.parametrize(
    "words",
    [
        *(
            "verkäufe ab 250 von Cango",
            "Verkäufe ab 250 BTC von CANG",
            "ventas desde 250 de Cango",
            "продажи от 250 Cango",
            "出售250以上 Cango",
        ),
        *("sales 250 BTC or more by Cango", "sales from Cango, 250 or more", "ventas de 250 o más de Cango"),
    ],
)
def test_a_least_size_by_a_miner_is_read_as_people_say_it(words: str) -> None:
    found = changed(Subscription(HERE), evened(words).split())
    assert (found.topics, found.min_btc, found.miners) == ({Topic.SALES}, 250, {"Cango"})


# --- contradictions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        ("sales CANG any", "any", "CANG"),
        ("any CANG", "any", "CANG"),
        ("miners all, CANG", "miners all,", "CANG"),
        ("any size >100", "any size", ">100"),
        (">100 >500", ">100", ">500"),
        ("sales off sales on", "sales off", "sales"),
        ("08:00 digest 09:00", "08:00", "09:00"),
        ("weekly Mon Tue", "Mon", "Tue"),
        ("daily weekdays", "daily", "weekdays"),
        ("zone Berlin zone Madrid", "zone", "zone"),
        ("sound on silent", "sound", "silent"),
        ("quiet off quiet 22-7", "quiet", "quiet"),
    ],
)
def test_words_that_contradict_each_other_are_told_and_change_nothing(
    told: Newsroom, ask: Asking, words: str, one: str, other: str
) -> None:
    ask("/subscribe sales >200 RIOT")
    before = kept(told)
    for command in ("subscribe", "settings"):
        assert f"“{one}” and “{other}” contradict each other" in ask(f"/{command} {words}")
        assert kept(told) == before


@pytest.mark.parametrize("words", [">100 >100", "CANG cang", "mon tue", "weekdays sat", "sales on sales", "all claims off"])
def test_words_that_say_the_same_or_add_up_are_taken(words: str) -> None:
    assert changed(CHOSEN, words.split())


def test_days_add_up() -> None:
    assert changed(CHOSEN, ["mon", "wed,fri"]).days == {0, 2, 4}
    assert changed(CHOSEN, ["weekdays", "sat"]).days == frozenset(range(6))


@pytest.mark.parametrize(
    ("line", "told_so"),
    [
        ("/digest 08:00 09:00", "“08:00” and “09:00” contradict"),
        ("/digest weekly mon tue", "“mon” and “tue” contradict"),
        ("/sales 7d 30d", "“7d” and “30d” contradict"),
        ("/sales 30d 2026-01", "“30d” and “2026-01” contradict"),
        ("/sales >100 >500", "“>100” and “>500” contradict"),
        ("/claims p1 p2", "“p1” and “p2” contradict"),
    ],
)
def test_contradictions_in_other_commands_are_told(ask: Asking, line: str, told_so: str) -> None:
    assert told_so in ask(line)


# --- what is not understood ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("1", "“1” may be a size or a time of day: write >1, or 08:00"),
        ("foo", "“foo” is nothing that can be set, and no miner that I know"),
        ("cangoo", "Did you mean Cango?"),
        ("language de", "The language of a chat is set by /language de"),
        ("zone utc+1", "does not tell when clocks change"),
        ("CANG off", "“off” stands behind what it switches: sales off, quiet off"),
        ("size", "Which size? Such as >100, or any size"),
        ("miners none", "Which miners? Such as CANG RIOT, or miners all"),
    ],
)
def test_settings_that_are_not_understood_say_what_can_be_set(told: Newsroom, words: str, hint: str) -> None:
    said = answered(told, f"/settings {words}")
    shown = "".join(piece.text for line in said.lines for piece in line)
    assert hint in shown
    assert "What can be set, by words or by the buttons:" in shown
    assert "/settings weekly on" in {button.data for row in said.buttons for button in row}
    assert kept(told) is None


def test_all_that_the_guide_offers_to_type_works(told: Newsroom) -> None:
    offered = [piece.text for line in answered(told, "/help settings").lines[1:] for piece in line if piece.style.value == "code"]
    assert len(offered) > 15
    for words in offered:
        line = words if words.startswith("/") else f"/settings {words}" if words not in ("on", "off") else f"/settings sales {words}"
        shown = "".join(piece.text for line in answered(told, line).lines for piece in line)
        assert "What can be set" not in shown, line


def test_a_slip_in_one_of_many_words_is_mended_by_a_button(told: Newsroom) -> None:
    for line, meant in (
        ("/subscribe sales cangoo >100", "/subscribe sales CANG >100"),
        ("/digest 08:00 Europ/Berlin", "/digest 08:00 Europe/Berlin"),
        ("/settings zone Europ/Berlin", "/settings zone Europe/Berlin"),
    ):
        assert answered(told, line).buttons[0][0].data == meant
        answered(told, meant)
        assert kept(told) is not None


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("/miner CANG 30d", "30d"),
        ("/miner CANG >500", ">500"),
        ("/claims >500", ">500"),
        ("/claims 2026-01", "2026-01"),
        ("/sources 30d", "30d"),
        ("/why 1 30d", "30d"),
        ("/digest 7d CANG", "CANG"),
        ("/help sales now", "now"),
    ],
)
def test_what_a_command_does_not_read_is_told(ask: Asking, line: str, left: str) -> None:
    assert f"Not understood and left out: {left}" in ask(line)


@pytest.mark.parametrize("line", ["/health x", "/feeds x", "/aside x"])
def test_what_an_operators_command_does_not_read_is_told(told: Newsroom, line: str) -> None:
    said = answered(told, line, chat=Chat(7, ChatKind.PRIVATE), admin=True)
    assert "Not understood and left out: x" in "".join(piece.text for line in said.lines for piece in line)


def test_a_longer_digest_than_there_is_is_refused_with_the_longest(told: Newsroom) -> None:
    said = answered(told, "/digest 90d")
    assert "31 days at most" in "".join(piece.text for line in said.lines for piece in line)
    assert said.buttons[0][0].data == "/digest 31d"


# --- one meaning, many spellings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["／sales　CANG　３０ｄ　＞５００", "/sales\nCANG\n30d\n>500", "/sАles СANG 30d >500", "/SALES@assay_bot  cang   30 Days  > 500 BTC"],
)
def test_a_line_means_the_same_in_any_spelling(ask: Asking, line: str) -> None:
    assert ask(line) == ask("/sales CANG 30d >500")


@pytest.mark.parametrize(
    "words", ["30 days", "last 30 days", "letzte 30 Tage", "los últimos 30 días", "за последние 30 дней", "近30天", "30D", "720h"]
)
def test_a_span_is_read_as_people_say_it(ask: Asking, words: str) -> None:
    assert ask(f"/sales {words}") == ask("/sales 30d")


@pytest.mark.parametrize(
    "words", ["500 BTC", ">500 btc", "over 500", "at least 500", "mindestens 500", "más de 500", "больше 500", "超过500", "500+"]
)
def test_a_size_is_read_as_people_say_it(ask: Asking, words: str) -> None:
    assert ask(f"/sales {words}") == ask("/sales >500")
    assert changed(Subscription(HERE), words.split()).min_btc == 500


def test_a_bare_number_is_not_guessed_at_but_offered(told: Newsroom) -> None:
    assert answered(told, "/sales 500").buttons[0][0].data == "/sales >500"


@pytest.mark.parametrize(
    "words",
    [
        *("quiet 22:00-07:00", "quiet 22:00–07:00", "quiet 22:00 - 07:00", "quiet from 22:00 to 07:00", "quiet hours 22 to 7"),
        *("quiet 10pm-7am", "ruhe von 22 bis 7 uhr", "silencio de 22:00 a 07:00", "тишина с 22:00 до 07:00", "安静 22:00到07:00"),
    ],
)
def test_quiet_hours_are_read_as_people_say_them(words: str) -> None:
    assert changed(CHOSEN, evened(words).split()).quiet == (time(22), time(7))


@pytest.mark.parametrize(
    "words", ["digest 08:00 New York", "digest at 8 New_York", "timezone new york", "zone America/New_York 8am", "8 am, New York"]
)
def test_a_zone_is_named_by_its_city(words: str) -> None:
    assert changed(CHOSEN, words.split()).timezone == "America/New_York"


@pytest.mark.parametrize(
    "line",
    [
        *(
            "/digest werktags 7:15",
            "/digest 7:15 Uhr montags bis freitags",
            "/digest Mo bis Fr um 7:15 Uhr",
            "/digest Monday to Friday 7:15",
        ),
        *("/digest mondays through fridays 7:15", "/digest de lunes a viernes 7:15", "/digest с понедельника по пятницу 7:15"),
        *("/digest по будням 7:15", "/digest 周一至周五 7:15", "/digest 工作日 7:15", "/settings digest montags bis freitags 7:15"),
    ],
)
def test_ranges_of_days_are_read_in_any_language(told: Newsroom, ask: Asking, line: str) -> None:
    ask(line)
    found = kept(told)
    assert found is not None
    assert (found.days, found.digest_at) == (frozenset(range(5)), time(7, 15))


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        *((zone, "Europe/Berlin") for zone in ("MEZ", "CET", "CEST", "MESZ", "Deutschland", "Munich", "Berlin")),
        *((zone, "America/New_York") for zone in ("ET", "EST", "EDT", "new york")),
        *(
            ("Wien", "Europe/Vienna"),
            ("Vienna", "Europe/Vienna"),
            ("MSK", "Europe/Moscow"),
            ("Beijing", "Asia/Shanghai"),
            ("北京", "Asia/Shanghai"),
        ),
    ],
)
def test_a_zone_is_named_as_people_call_it(told: Newsroom, ask: Asking, zone: str, name: str) -> None:
    for line in ("/digest 08:00", "/settings"):
        ask("/settings UTC")
        ask(f"{line} {zone}")
        found = kept(told)
        assert found is not None
        assert found.timezone == name


@pytest.mark.parametrize("line", ["/digest 08:00 CST", "/settings CST"])
def test_letters_of_several_zones_are_not_guessed_at(told: Newsroom, line: str) -> None:
    shown = answered(told, line)
    assert "America/Chicago or Asia/Shanghai" in to_plain(shown)
    assert kept(told) is None
    assert "America/Chicago" in (shown.buttons[0][0].data or "")


@pytest.mark.parametrize(
    "line", ["/digest weekly Mo 9", "/digest 每周 周一 09:00", "/digest еженедельно пн 9:00", "/digest semanal lunes 09.00"]
)
def test_days_are_read_in_any_language(told: Newsroom, ask: Asking, line: str) -> None:
    ask(line)
    found = kept(told)
    assert found is not None
    assert (found.topics, found.weekly_day, found.weekly_at) == ({Topic.WEEKLY}, 0, time(9))


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("/subscribe [sales >100 CANG RIOT]", "/subscribe sales >100 CANG RIOT"),
        ("/settings 'quiet 22:00-07:00'", "/settings quiet 22:00-07:00"),
        ("/settings digest: 08:00", "/settings digest 08:00"),
        ("/settings time 07:00", "/settings 07:00"),
        ("/settings lautlos", "/settings silent"),
        ("/sales [CANG] {30d}", "/sales CANG 30d"),
        ("/digest [week]", "/digest week"),
        ("/why “1”", "/why 1"),
    ],
)
def test_brackets_and_quotation_marks_around_words_mean_nothing(ask: Asking, line: str, same: str) -> None:
    assert ask(line) == ask(same)


@pytest.mark.parametrize("size", [">-5", ">nan", ">inf", ">$5m", ">.", ">btc", ">k", ">5x", ">1.2.3"])
def test_an_amount_that_is_none_is_told_with_an_example(ask: Asking, size: str) -> None:
    for command in ("/sales", "/settings"):
        assert "is no amount of bitcoin; try >500" in ask(f"{command} {size}")


def test_a_word_of_two_scripts_is_latin_and_one_of_its_own_stays() -> None:
    assert evened("СANG Мара №7 ＠ｂｏｔ") == "CANG Мара #7 @bot"
    assert Ask("/ＷＨＹ_17").args == ("17",)
    assert meaning("Alle,") == "all"


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["/sales CANG RIOT", "/sales cango, riot platforms", "/sales Cango and Riot"])
def test_several_miners_are_listed_together_and_turned_page_by_page(told: Newsroom, ask: Asking, line: str) -> None:
    shown = ask(line)
    assert "Cango, Riot Platforms" in shown
    assert "4 completed sales" in shown
    assert "Bitfarms" not in shown
    assert any(button.data == "/sales CANG RIOT 30d" for row in answered(told, line).buttons for button in row)


def test_one_miner_is_told_at_a_time(told: Newsroom) -> None:
    assert answered(told, "/miner CANG RIOT").buttons[0][0].data == "/miner CANG"


@pytest.mark.parametrize(
    ("days", "title", "sales"),
    [
        ("2026-02-08", "8 Feb 2026", ["4,451"]),
        ("2026-01", "Jan 2026", ["550.03"]),
        ("2025", "2025", ["1,818", "383", "363"]),
        ("since 2026-01-15", "since 15 Jan 2026", ["4,451", "550.03"]),
    ],
)
def test_days_of_the_calendar_stand_in_the_place_of_a_span(told: Newsroom, ask: Asking, days: str, title: str, sales: list[str]) -> None:
    shown = ask(f"/sales {days}")
    assert f"Bitcoin sales by miners, {title}" in shown
    for coins in ("4,451", "550.03", "1,818", "383", "363"):
        assert (f"sold {coins} BTC" in shown) is (coins in sales), coins
    assert any(button.data == f"/sales {days} by miner" for row in answered(told, f"/sales {days}").buttons for button in row)


def test_today_and_yesterday_are_days(ask: Asking) -> None:
    assert "Bitcoin sales by miners, 9 Feb 2026" in ask("/sales yesterday")
    assert "Bitcoin sales by miners, 10 Feb 2026" in ask("/sales heute")


@pytest.mark.parametrize(
    ("words", "same"),
    [
        *((words, "2026-01") for words in ("january", "January 2026", "im Januar", "enero", "в январе", "1月", "2026年1月")),
        *((words, "2025-11") for words in ("november", "nov 2025", "noviembre", "ноябрь", "11月", "十一月")),
        *((words, "2026-02") for words in ("this month", "diesen Monat", "este mes", "в этом месяце", "本月")),
        *((words, "2026") for words in ("this year", "dieses Jahr", "este año", "в этом году", "今年")),
        *((words, "1w") for words in ("last week", "letzte Woche", "la semana pasada", "на прошлой неделе", "上周")),
        *((words, "1m") for words in ("last month", "letzten Monat", "el mes pasado", "в прошлом месяце", "上个月")),
        *((words, "since 2025-12") for words in ("since december", "seit Dezember", "desde diciembre", "с декабря", "ab Dezember 2025")),
    ],
)
def test_months_and_weeks_are_read_as_people_say_them(told: Newsroom, words: str, same: str) -> None:
    for who in ("", " CANG"):
        assert answered(told, f"/sales{who} {words}").lines == answered(told, f"/sales{who} {same}").lines


@pytest.mark.parametrize("words", ["this week", "diese Woche", "esta semana", "на этой неделе", "本周"])
def test_this_week_is_from_monday(told: Newsroom, ask: Asking, words: str) -> None:
    shown = ask(f"/sales {words}")
    assert "Bitcoin sales by miners, 9-15 Feb 2026" in shown
    assert any(button.data == "/sales this-week by miner" for row in answered(told, f"/sales {words}").buttons for button in row)


def test_any_miner_is_any_miner_unless_it_is_the_ticker(ask: Asking) -> None:
    assert ask("/sales any") == ask("/sales") == ask("/sales alle")
    assert "Sphere 3D" in ask("/sales ANY")


@pytest.mark.parametrize(
    ("line", "part"), [("/help sales", "/sales [miner]"), ("/help /WHY", "/why 12"), ("/help salse", "Did you mean /sales?")]
)
def test_help_tells_of_one_command(ask: Asking, line: str, part: str) -> None:
    assert part in ask(line)
    assert "/metrics" not in ask(line)


@pytest.mark.parametrize("query", ["cang 30d", "ＣＡＮＧ >500", "cango riot", "2026-01", "30 days", "sales 30d"])
def test_inline_offers_what_sales_reads(told: Newsroom, query: str) -> None:
    [offer] = offers(Desk(told.store, NOW), query)
    assert offer.title == "Bitcoin sales by miners" or offer.title.startswith("Bitcoin sales by miners, ")


@pytest.mark.parametrize("query", ["xyz nonsense", "7d 30d", "hut", "zzz"])
def test_inline_offers_nothing_for_what_is_not_understood(told: Newsroom, query: str) -> None:
    assert offers(Desk(told.store, NOW), query) == []


@pytest.mark.parametrize("piece", ["1 ", "1,", "last ", "at least ", "за последние ", "miners all ", "since 20", "mon,", "New ", ">", "x"])
def test_a_line_as_long_as_telegram_lets_through_is_read_at_once(told: Newsroom, piece: str) -> None:
    line = piece * (4000 // len(piece))
    begun = process_time()
    for command in ("/sales", "/settings", "/digest"):
        answered(told, f"{command} {line}")
    assert process_time() - begun < 3
