"""`assay feeds`: added, listed, checked, removed, and in and out as OPML."""

from bot.decisions.feedlist import read_feed_list
from tests.support.http import Reply
from tests.support.outside import CANGO, feed


def test_a_feed_is_added_listed_and_removed(outside, assay) -> None:
    url = outside.feeds.url("/own")
    assert assay("feeds", "add", url, "--title", "My own").lines == [f"Added My own. `assay feeds check {url}` tries it."]
    listed = assay("feeds", "list")
    [row] = [line for line in listed.lines if "My own" in line]
    assert url in row
    assert "not polled yet" in row
    assert any("Ledger" in line for line in listed.lines), "the feeds of the list stand beside it"
    assert assay("feeds", "remove", url).lines == [f"Removed My own, {url}."]
    assert "My own" not in assay("feeds", "list").out


def test_a_feed_of_the_list_stays_removed(outside, assay) -> None:
    assay("refresh")
    assert assay("feeds", "remove", outside.feeds.url("/feed")).code == 0
    assert "Ledger" not in assay("feeds", "list").out
    assert "No feed was due." in assay("refresh").lines


def test_the_state_of_a_feed_is_shown(outside, assay) -> None:
    outside.feeds.script("/feed", Reply(status=500))
    assay("refresh")
    [row] = [line for line in assay("feeds", "list").lines if "Ledger" in line]
    assert "HTTP 500" in row
    assert "never" in row


def test_what_is_no_address_or_no_feed_of_ours_is_bad_usage(assay) -> None:
    for arguments in (("add", "ftp://a.example/feed"), ("add", "nonsense"), ("remove", "https://nobody.example/feed")):
        done = assay("feeds", *arguments)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done


def test_check_tells_what_came_and_stores_nothing(outside, assay) -> None:
    outside.feeds.script("/own", Reply(b"<html>no feed</html>"))
    assay("feeds", "add", outside.feeds.url("/own"), "--title", "Own")
    done = assay("feeds", "check")
    assert done.code == 1
    assert any(line.startswith("ok   Ledger: 1 entry, the newest of ") for line in done.lines)
    assert any(line.startswith("BAD  Own: ") for line in done.lines)
    assert assay("feeds", "check", outside.feeds.url("/feed")).code == 0
    assert "Read 1 article: 1 event" in assay("refresh").out


def test_check_tries_an_address_that_is_not_on_the_list(outside, assay) -> None:
    outside.feeds.script("/new", feed(CANGO))
    done = assay("feeds", "check", "nosuch")
    assert (done.code, done.out) == (2, "")
    assert "there is no feed 'nosuch'" in done.err
    done = assay("feeds", "check", outside.feeds.url("/new"))
    assert (done.code, len(done.lines)) == (0, 1)


def test_a_feed_is_named_by_its_title_in_any_case_or_the_beginning_of_it(outside, assay) -> None:
    for name in ("Second Ledger", "Lode"):
        assay("feeds", "add", outside.feeds.url(f"/{name[:3]}"), "--title", name)
        outside.feeds.script(f"/{name[:3]}", feed(CANGO))
    for name in (("ledger",), ("Led",), ("LODE",), ("second", "ledger"), ("sec",)):
        done = assay("feeds", "check", *name)
        assert (done.code, len(done.lines)) == (0, 1), done
        assert done.lines[0].casefold().startswith(f"ok   {' '.join(name)}".casefold())
    done = assay("feeds", "check", "l")
    assert (done.code, done.out, done.err) == (2, "", "assay: 'l' may be any of: Ledger, Lode\n")
    assert assay("feeds", "remove", "lode").lines == [f"Removed Lode, {outside.feeds.url('/Lod')}."]
    assert "Lode" not in assay("feeds", "list").out


def test_feeds_go_out_as_opml_and_come_back(outside, assay) -> None:
    assay("feeds", "add", "https://b.example/rss?a=1&b=2", "--title", "B & <Sons>")
    exported = assay("feeds", "export").out
    file = outside.home / "out.opml"
    file.write_text(exported, encoding="utf-8")
    elsewhere = {"ASSAY_DATABASE_URL": f"sqlite:///{outside.home}/other.sqlite3", "ASSAY_FEEDS": str(file)}
    assert assay("feeds", "import", file, **elsewhere).lines == [f"Added 2 feeds of {file}."]
    again = assay("feeds", "export", **elsewhere).out
    assert read_feed_list(again.encode()) == read_feed_list(exported.encode())
    assert {source.title for source in read_feed_list(again.encode())} == {"Ledger", "B & <Sons>"}


def test_a_list_that_cannot_be_read_is_bad_usage_with_its_place(outside, assay) -> None:
    file = outside.home / "bad.toml"
    file.write_text('[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "nonsense"\n', encoding="utf-8")
    done = assay("feeds", "import", file)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "line 3" in done.err
    assert assay("feeds", "import", outside.home / "missing.opml").code == 2
