from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import COMMANDS, changes_settings, reply
from bot.decisions.markup import to_html, to_plain
from bot.model import Chat, ChatKind
from extractors.model import Kind
from tests.support.asking import GROUP, JANUARY, answered
from tests.support.newsroom import Newsroom, events
from tests.support.tales import NOW, stored
from tests.support.telegram_markup import read_html

Asking = Callable[..., str]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_an_empty_and_a_full_store(name: str, room: Newsroom, told: Newsroom) -> None:
    assert answered(room, f"/{name}").lines
    assert answered(told, f"/{name}").lines
    assert "failed" not in to_plain(answered(told, f"/{name}"))


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_can_stand_in_telegrams_menu(command) -> None:
    assert command.name.isascii()
    assert command.name.islower()
    assert 1 <= len(command.name) <= 32
    assert 3 <= len(command.summary) <= 256
    assert command.usage.startswith(f"/{command.name}")


def test_help_lists_every_command_as_it_is_typed(ask: Asking) -> None:
    shown = ask("/help")
    assert all(command.usage in shown for command in COMMANDS.values() if command.name != "start")


def test_start_shows_a_live_example_on_one_screen(ask: Asking) -> None:
    shown = ask("/start")
    assert "4,451 BTC" in shown
    assert "125.86 T" in shown
    assert len(shown.splitlines()) < 20


def test_start_keeps_what_a_deep_link_brings(ask: Asking) -> None:
    assert "Assay" in ask("/start something")


@pytest.mark.parametrize(("line", "near"), [("/salse 30d", "/sales"), ("/dificulty", "/difficulty"), ("/suscribe", "/subscribe")])
def test_a_slip_of_the_pen_leads_to_the_nearest_command(told: Newsroom, line: str, near: str) -> None:
    said = answered(told, line)
    assert f"Did you mean {near}?" in to_plain(said)
    assert said.buttons[0][0].data is not None
    assert said.buttons[0][0].data.startswith(near)


@pytest.mark.parametrize("text", ["/xyzzy", "hello there", "", "/", "///", "/sales\n\nCANG", "/@", "/why_", "/_"])
def test_whatever_is_typed_gets_a_line(told: Newsroom, text: str) -> None:
    assert answered(told, text).lines


def test_at_the_terminal_the_stroke_may_be_left_out_and_in_a_chat_words_are_no_command(told: Newsroom) -> None:
    assert "4,451" in to_plain(answered(told, "sales CANG", chat=Chat(0, ChatKind.TERMINAL)))
    assert "I answer commands" in to_plain(answered(told, "sales CANG", chat=Chat(7, ChatKind.PRIVATE)))


@pytest.mark.parametrize("line", ["/price EUR", "/difficulty 2021", "/puell EUR", "/why 1 EUR", "/claims EUR", "/sources EUR"])
def test_words_that_no_answer_comes_from_are_told(ask: Asking, line: str) -> None:
    left = line.rsplit(maxsplit=1)[-1]
    assert f"Not understood and left out: {left}" in ask(line)
    assert "Not understood" not in ask(line.removesuffix(f" {left}"))


@pytest.mark.parametrize("line", ["/sales", "/miner", "/digest", "/settings", "/unsubscribe", "/language", "/"])
def test_a_word_without_end_is_not_told_back_whole(ask: Asking, line: str) -> None:
    ask("/subscribe")
    assert ask(f"{line}{'' if line == '/' else ' '}{'x' * 4000}").count("x") < 200


def test_a_headline_without_end_is_cut(told: Newsroom, ask: Asking) -> None:
    with told.store.database.writing() as session:
        session.execute(text("UPDATE article_text SET title = :title"), {"title": "Cango sold " + "a lot " * 300})
    shown = ask("/why 1")
    assert "Cango sold a lot a lot" in shown
    assert max(map(len, shown.splitlines())) < 500


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(COMMANDS)), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_argument_ever_fails(told: Newsroom, name: str, rest: str) -> None:
    said = reply(Desk(told.store, NOW), Ask(f"/{name} {rest}", chat=GROUP))
    assert "The fault is ours" not in to_plain(said)
    for part in to_html(said):
        read_html(part)


def test_a_fault_of_ours_is_said_plainly_and_logged(told: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(told.store, NOW)
    desk.store = None  # type: ignore[assignment]  # whatever may break inside
    shown = to_plain(reply(desk, Ask("/sales")))
    assert "The fault is ours" in shown
    assert "Traceback" not in shown
    assert "/sales failed" in caplog.text


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("/subscribe", True),
        ("/unsubscribe", True),
        ("/settings", False),
        ("/settings silent", True),
        ("/digest", False),
        ("/digest 7d", False),
        ("/digest 08:00", True),
        ("/sales", False),
        ("/nonsense", False),
    ],
)
def test_what_changes_settings_is_known_beforehand(line: str, changes: bool) -> None:
    assert changes_settings(Ask(line, chat=GROUP)) is changes


def test_who_may_not_change_settings_may_look_at_them(told: Newsroom) -> None:
    assert "Only administrators" in to_plain(answered(told, "/subscribe", may_change=False))
    assert told.store.subscriptions.of_chat(GROUP.id) == []
    assert "gets nothing by itself" in to_plain(answered(told, "/settings", may_change=False))


# --- miner, claims, sources ------------------------------------------------------------------------------------------


def test_a_miner_is_told_with_holdings_output_ratio_and_sales(ask: Asking) -> None:
    shown = ask("/miner cango")
    for fact in (
        "Cango (CANG)",
        "Held 7,474 BTC on 31 Jan 2026",
        "Sold 5,001.03 BTC",
        "Jan 2026: mined 496 BTC · sold 550.03 BTC, 111 % of it",
        "sold 4,451 BTC",
    ):
        assert fact in shown


def test_of_two_figures_for_a_month_the_most_told_one_stands(told: Newsroom, ask: Asking) -> None:
    told.tell(*events([stored(kind=Kind.PRODUCTION, btc="12", period=JANUARY)]))
    shown = ask("/miner cango")
    assert shown.count("Jan 2026: mined") == 1
    assert "Jan 2026: mined 496 BTC" in shown


def test_a_miners_moves_are_told_under_its_name_of_now(ask: Asking) -> None:
    assert "MARA moved 288 BTC" in ask("/miner Marathon Digital")


def test_a_miner_without_stories_says_so(ask: Asking) -> None:
    assert "no story is known of it yet" in ask("/miner HUT")


def test_claims_come_worst_first_with_their_words(ask: Asking) -> None:
    shown = ask("/claims")
    assert "1 claim: 1 contradicted" in shown
    assert "Difficulty -14 %" in shown
    assert "-11.16 %" in shown


def test_claims_of_other_weeks_are_asked_for_by_a_span(ask: Asking) -> None:
    later = NOW + timedelta(days=20)
    assert "no claim" in ask("/claims", later)
    assert "1 contradicted" in ask("/claims 30d", later)


def test_sources_show_failing_feeds_first_with_the_reason(told: Newsroom, ask: Asking) -> None:
    failing = next(feed for feed in told.store.feeds.all() if feed.source.title == "TheMinerMag")
    told.store.feeds.record_failure(failing.id, NOW, NOW + timedelta(hours=1), "the server answered 403")
    lines = ask("/sources").splitlines()
    assert "3, 1 of them failing" in lines[0]
    assert lines[1].startswith("TheMinerMag: failing, “the server answered 403”")
