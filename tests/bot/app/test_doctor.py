"""`assay doctor`: exit 0 when all is well; whatever is wrong is named with its remedy, and the exit code is 1."""

import pytest

from tests.support.http import Reply


def bad(done) -> dict[str, tuple[str, str]]:
    """What is wrong, with its state and its remedy."""
    pairs = zip(done.lines, [*done.lines[1:], ""], strict=True)
    return {line[5:].partition(": ")[0]: (line.partition(": ")[2], remedy.strip()) for line, remedy in pairs if line.startswith("BAD ")}


def test_when_all_is_well_it_says_so(outside, assay) -> None:
    done = assay("doctor")
    assert done.code == 0, done.out
    assert all(line.startswith("ok ") for line in done.lines)
    assert [line[5:].partition(": ")[0] for line in done.lines] == ["Telegram", "Database", "Ledger", outside.mempool.name, "kraken"]
    assert "the token is that of @assay_test_bot" in done.lines[0]


def test_without_a_token_that_is_no_fault(assay) -> None:
    done = assay("doctor", ASSAY_TELEGRAM_TOKEN="")
    assert done.code == 0
    assert "no ASSAY_TELEGRAM_TOKEN" in done.lines[0]


def test_a_token_that_telegram_does_not_know(assay) -> None:
    token = "7:" + "x" * 30
    done = assay("doctor", ASSAY_TELEGRAM_TOKEN=token)
    assert done.code == 1
    [(what, (state, remedy))] = bad(done).items()
    assert what == "Telegram"
    assert "does not know this token" in state
    assert "@BotFather" in remedy
    assert token not in done.out + done.err


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://assay:secret@127.0.0.1:9/assay", "sqlite:////proc/nowhere/assay.sqlite3", "mysql://localhost/assay"]
)
def test_a_database_that_cannot_be_opened(assay, url: str) -> None:
    done = assay("doctor", ASSAY_DATABASE_URL=url)
    assert done.code == 1
    state, remedy = bad(done)["Database"]
    assert state
    assert "secret" not in done.out
    assert "ASSAY_DATABASE_URL" in remedy


def test_a_dead_feed(outside, assay) -> None:
    outside.feeds.script("/feed", Reply(status=404))
    done = assay("doctor")
    assert done.code == 1
    state, remedy = bad(done)["Ledger"]
    assert state == "HTTP 404 Not Found"
    assert "assay feeds remove" in remedy


def test_feeds_of_the_users_own_are_examined_and_removed_ones_are_not(outside, assay) -> None:
    outside.feeds.script("/own", Reply(b"no feed"))
    assay("feeds", "add", outside.feeds.url("/own"), "--title", "Own")
    assay("feeds", "remove", outside.feeds.url("/feed"))
    done = assay("doctor")
    assert set(bad(done)) == {"Own"}
    assert "Ledger" not in done.out
    assay("feeds", "remove", outside.feeds.url("/own"))
    state, remedy = bad(assay("doctor"))["Feeds"]
    assert (state, "feeds add" in remedy) == ("there is none to poll", True)


def test_a_feed_list_that_cannot_be_read(outside, assay) -> None:
    (outside.home / "feeds.toml").write_text("[[feed]]\ntitle = 'x'\n", encoding="utf-8")
    done = assay("doctor")
    assert done.code == 1
    state, remedy = bad(done)["Feeds"]
    assert "the url is missing" in state
    assert "ASSAY_FEEDS" in remedy


def test_a_chain_source_that_is_dead(outside, assay) -> None:
    done = assay("doctor", ASSAY_MEMPOOL_URLS=f"{outside.mempool.root},http://127.0.0.1:9/api")
    assert done.code == 1
    [(what, (state, remedy))] = bad(done).items()
    assert what == "127.0.0.1:9"
    assert state
    assert "ASSAY_MEMPOOL_URLS" in remedy


def test_without_any_source_it_says_what_that_means(assay) -> None:
    done = assay("doctor", ASSAY_MEMPOOL_URLS="", ASSAY_PRICE_URLS="")
    assert done.code == 0
    assert "shipped history" in done.lines[-1]
