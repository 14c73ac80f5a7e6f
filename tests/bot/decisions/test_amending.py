"""How a digest reads once a story in it turned out wrong: what no longer holds is struck out where it stands, the rest is as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.decisions.amending import Present, amended
from bot.decisions.digest import DigestFacts, Window, digest
from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.join import Facts
from bot.decisions.listings import Made, listings
from bot.decisions.markup import to_messages
from bot.decisions.standing import standing
from bot.edges.sender import timeless
from bot.model import Answer, Correction, Listing, Mark, Part, StoredNote, StoredStory
from bot.speech import speaking
from extractors.model import Kind, Note, NoteKind, Span, Status
from tests.support.tales import NOW, cango, days, source, stored, utc
from tests.support.telegram_markup import read_html, units
from tests.support.telegram_pictures import tiny_png

DAY = Window(NOW - timedelta(days=1), NOW)
WEEK = Window(NOW - timedelta(days=7), NOW, weekly=True)
AFTER = NOW + timedelta(hours=5)
JANUARY = days("2026-01-01", "2026-01-31")
WITHDRAWN = "<b>Withdrawn: </b>an operator marked it as wrong"


def made(
    *stories: StoredStory, window: Window = DAY, photo: bool = False, language: str = "en", notes: Sequence[StoredNote] = ()
) -> list[Listing | None]:
    """The listings of the messages of a digest that tells these stories."""
    sources = {number: [source(), source("StockTitan", 2)] for number in range(1, 60)}
    history = shipped_history()
    facts = DigestFacts(Facts(list(stories), history), sources, notes=notes, standing=standing(Known(history), window.until))
    with speaking(language):
        said = digest(facts, window)
        messages = to_messages(said, photo=tiny_png() if photo else None)
        return listings(messages, said, Made(window.until, window.since, window.until, language, "UTC", window.weekly))


def listing(*stories: StoredStory, **more: Any) -> Listing:
    """That of a digest of one message."""
    [one] = made(*stories, **more)
    assert one is not None
    return one


def now(*stories: StoredStory, **more: Any) -> dict[int, Present]:
    return {story.id: Present(story, [source()], **more) for story in stories}


def wrong(*stories: StoredStory) -> dict[int, Present]:
    return now(*(replace(story, wrong=True, revision=story.revision + 1, changed_at=AFTER) for story in stories))


def read(told: Listing, present: dict[int, Present]) -> str:
    """The message as it reads now, after a check that Telegram would take it."""
    html = amended(told, present)
    assert units(read_html(html)[0]) <= (1024 if told.caption else 4096)
    return timeless(html)


def changes(told: Listing, present: dict[int, Present]) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    before, after = timeless(told.html).split("\n"), read(told, present).split("\n")
    return [line for line in before if line not in after], [line for line in after if line not in before]


def riot(number: int = 2, btc: str = "1080", **fields: Any) -> StoredStory:
    return stored(number, company="Riot Platforms", ticker="RIOT", btc=btc, **fields)


def test_what_was_right_stays_as_it_was_told_also_if_it_grew() -> None:
    told = listing(cango(1), riot())
    grown = replace(riot(usd="96000000"), revision=2, changed_at=AFTER)
    assert amended(told, now(cango(1), grown)) == told.html
    assert amended(told, {}) == told.html


def test_a_withdrawn_sale_is_struck_out_with_the_reason_and_the_sums_are_told_anew() -> None:
    went, came = changes(listing(cango(1), riot()), wrong(cango(1)))
    assert came == [
        "<b>Corrected</b> Tue 10 Feb 2026, 14:00 UTC: what is struck out no longer holds; other sales' shares are from before",
        "<s><b>Sales reported</b>: 2 completed sales, 5,531 BTC and $305M stated</s>",
        "<b>Corrected: </b>1 completed sale, 1,080 BTC",
        "<s><b>Cango (CANG)</b> sold <b>4,451 BTC</b> for <b>$305M</b> in USDT</s>",
        WITHDRAWN,
    ]
    assert [line for line in went if line.startswith("7-8 Feb 2026")]
    assert not [line for line in went if "/why_" in line], "its sources stay"


def test_it_is_corrected_in_the_language_in_which_it_was_told() -> None:
    _, came = changes(listing(cango(1), language="de"), wrong(cango(1)))
    assert came[0].startswith("<b>Berichtigt</b> Di., 10. Feb. 2026, 14:00 UTC: Durchgestrichenes gilt nicht mehr")
    assert "<b>Berichtigt: </b>kein abgeschlossener Verkauf" in came
    assert "<b>Zurückgezogen: </b>ein Betreiber hat die Meldung als falsch markiert" in came


def test_what_no_article_tells_any_more_says_that() -> None:
    gone = replace(cango(1), gone=True, revision=2, changed_at=AFTER)
    assert "<b>Withdrawn: </b>no article tells it any more" in read(listing(cango(1)), now(gone))


def test_it_says_of_no_shares_where_none_are_told() -> None:
    assert "shares" not in read(listing(cango(1), riot(), window=WEEK), wrong(cango(1)))
    assert "shares" not in read(listing(cango(1), stored(2, btc="50", status=Status.PLANNED)), wrong(cango(1)))


def corrected(story: StoredStory, at: Any = AFTER, **before: str) -> StoredStory:
    told = tuple(Correction(field, figure, at) for field, figure in before.items())
    return replace(story, corrected=told, revision=story.revision + 1, changed_at=at)


def test_a_corrected_figure_stands_under_the_struck_sentence() -> None:
    told = listing(cango(1), riot())
    _, came = changes(told, now(corrected(riot(btc="1008"), btc="1080")))
    assert "<s><b>Riot Platforms (RIOT)</b> sold <b>1,080 BTC</b></s>" in came
    assert "<b>Corrected: </b><b>Riot Platforms (RIOT)</b> sold <b>1,008 BTC</b>" in came
    assert "<b>Corrected: </b>2 completed sales, 5,459 BTC and $305M stated" in came
    assert "Withdrawn" not in "".join(came)


def test_a_figure_that_was_corrected_before_it_was_told_or_back_since_is_none() -> None:
    told = listing(riot())
    assert amended(told, now(corrected(riot(), utc("2026-02-10T08:00"), btc="1008"))) == told.html
    assert amended(told, now(corrected(riot(), btc="1008"))) == told.html


def test_a_figure_that_nobody_told_was_not_wrong() -> None:
    told = listing(riot())
    assert amended(told, now(corrected(riot(usd="96000000"), usd="69000000"))) == told.html


def test_a_sale_that_is_only_counted_is_named_as_withdrawn_beside_the_count() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(n * 10)) for n in range(1, 12)]
    went, came = changes(listing(*sales), wrong(sales[0]))
    assert went == ["<b>Sales reported</b>: 11 completed sales, 660 BTC", "and 3 smaller completed sales; all by day of sale: /sales 1d"]
    assert came[-3:] == [
        "<s>and 3 smaller completed sales; all by day of sale: /sales 1d</s>",
        "and 2 smaller completed sales; all by day of sale: /sales 1d",
        "<b>Withdrawn: </b><s>Miner 1</s><s> sold </s><s>10 BTC</s> · /why_1",
    ]


def test_what_stands_in_one_line_is_struck_out_with_its_reason_under_it() -> None:
    moved = stored(3, company="MARA", ticker="MARA", kind=Kind.TRANSFER, btc="288")
    plan = stored(4, company="Core Scientific", ticker="CORZ", btc="2500", status=Status.PLANNED, period=days("2026-01-01", "2026-03-31"))
    late = stored(5, company="Bitdeer", ticker="BTDR", btc="77", reported=utc("2026-02-09T05:00"), found_at=utc("2026-02-10T05:00"))
    told = listing(moved, plan, late)
    for story, words in ((moved, "moved"), (late, "sold"), (plan, "planned sale")):
        lines = read(told, wrong(story)).split("\n")
        [at] = [number for number, line in enumerate(lines) if line.startswith("<s>") and words in line]
        assert lines[at + 1] == f"{WITHDRAWN} · /why_{story.id}"
    _, came = changes(told, now(corrected(replace(moved, story=replace(moved.story, btc=Decimal(228))), btc="288")))
    assert came[-1] == "<b>Corrected: </b><b>MARA</b> moved <b>228 BTC</b> · /why_3"


def test_the_week_tells_anew_how_much_of_its_output_a_miner_sold() -> None:
    mined = stored(1, kind=Kind.PRODUCTION, btc="500", period=JANUARY, reported=utc("2026-02-04T11:00"))
    other = stored(2, company="MARA", ticker="MARA", kind=Kind.PRODUCTION, btc="900", period=JANUARY, reported=utc("2026-02-04T11:00"))
    sale = stored(3, btc="100", period=JANUARY, reported=utc("2026-02-04T12:00"))
    big = stored(4, company="MARA", ticker="MARA", btc="450", period=JANUARY, reported=utc("2026-02-04T12:00"))
    told = listing(mined, other, sale, big, window=WEEK)
    went, came = changes(told, wrong(sale))
    assert "<b>Sold against mined</b>: 39 % of 1,400 BTC by the 2 that tell both" in went
    assert "<b>Sold against mined</b>" in came
    assert "<b>Corrected: </b><b>Cango (CANG)</b>, Jan 2026: mined 500 BTC · no sale in Jan 2026 is known" in came
    assert not [line for line in came if "MARA" in line]
    assert f"{WITHDRAWN} · /why_1" in read(told, wrong(mined))


def test_what_has_not_left_goes_without_it_as_if_it_had_never_been_told() -> None:
    sales = [cango(1), riot(), stored(3, company="MARA", ticker="MARA", kind=Kind.TRANSFER, btc="288")]
    told = listing(*sales)
    alone = read(replace(told, without=frozenset({1, 3})), wrong(sales[0], sales[2]))
    assert "Cango" not in alone
    assert "MARA" not in alone
    assert "Purchases and transfers" not in alone
    assert "<b>Sales reported</b>: 1 completed sale, 1,080 BTC\n<b>Riot Platforms" in alone
    assert "<s>" not in alone
    assert "Corrected" not in alone
    assert "\n\n\n" not in alone
    none = read(replace(told, without=frozenset({1, 2})), wrong(*sales[:2]))
    assert "<b>Sales reported</b>: no completed sale\n\n<b>Purchases" in none


def test_of_what_was_taken_out_before_nobody_is_told_later() -> None:
    told = replace(listing(cango(1), riot()), without=frozenset({1}))
    later = read(told, wrong(cango(1), riot()))
    assert "Cango" not in later
    assert "<s><b>Sales reported</b>: 1 completed sale, 1,080 BTC</s>" in later
    assert read(told, wrong(riot())).count("Cango (CANG)") == 1, "it is right after all, and told"


def test_a_picture_ahead_of_the_words_says_that_it_counts_it() -> None:
    older = [riot(9 + n, str(900 + n), reported=utc("2025-12-01T00:00"), period=days(f"2025-11-0{n}")) for n in (1, 2, 3)]
    # A caption holds a short digest; a picture goes ahead of a long one.
    many = [stored(20 + n, company=f"Miner {n}", ticker=None, btc=str(10 + n)) for n in range(8)]
    picture, words = made(*older, *many, photo=True)
    assert picture is not None
    assert words is not None
    assert read(picture, wrong(many[0])).split("\n") == [
        picture.html,
        "<b>Corrected</b> Tue 10 Feb 2026, 14:00 UTC: the picture and its sum still count a sale that no longer holds",
    ]
    unsent = replace(picture, without=frozenset({20}))
    assert read(unsent, wrong(many[0])).split("\n")[1] == "The picture still counts a sale that was withdrawn."
    assert "picture" not in read(words, wrong(many[0]))


def lengthened(told: Listing, most: int, part: Part = Part.RATIO) -> Listing:
    """With words on another story below, up to that length."""
    more = "x" * (most - 2 - units(read_html(told.html)[0]))
    return replace(told, html=f"{told.html}\n\n{more}", marks=(*told.marks, Mark(part, (99,), (told.html.count("\n") + 2,))))


def test_a_caption_stays_one_also_where_there_is_no_room_for_more() -> None:
    told = listing(riot(), photo=True)
    assert told.caption
    assert WITHDRAWN in read(told, wrong(riot()))
    assert WITHDRAWN in read(lengthened(told, 1024), wrong(riot())), "what stands on no story makes room"
    told = replace(told, html="\n".join(html for index, html in enumerate(told.html.split("\n")) if not index or index in _marked(told)))
    told = replace(told, marks=_moved_up(told.marks))
    full = lengthened(told, 1024)
    assert "Corrected" not in read(full, wrong(riot()))
    assert "<s><b>Riot Platforms (RIOT)</b> sold <b>1,080 BTC</b></s>" in read(full, wrong(riot()))


def _marked(told: Listing) -> set[int]:
    return {index for mark in told.marks for index in mark.lines}


def _moved_up(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """For a message of its title and these lines alone."""
    places = {index: number for number, index in enumerate(sorted({index for mark in marks for index in mark.lines}), 1)}
    return tuple(mark._replace(lines=tuple(places[index] for index in mark.lines)) for mark in marks)


def hpc(number: int, words: str, company: str = "MARA") -> StoredNote:
    told = source(f"Outlet {number}", quote=words)
    return StoredNote(number, Note(NoteKind.AI_HPC, Span(0, 9), company), told)


def test_notes_make_room_for_a_correction_before_anything_else() -> None:
    notes = [hpc(number, f"note {number}", f"Miner {number}") for number in range(1, 6)]
    told = listing(cango(1), riot(), notes=notes)
    html = read(lengthened(told, 4096), wrong(cango(1)))
    assert "note 1" in html
    assert "note 5" not in html
    assert "/why_1" in html
    for words in (
        "<b>Corrected</b> Tue",
        WITHDRAWN,
        "<b>Corrected: </b>1 completed sale, 1,080 BTC",
        "<s><b>Cango (CANG)</b> sold",
        "From ",
    ):
        assert words in html


def test_whatever_room_there_is_the_reason_and_the_new_sum_are_told() -> None:
    notes = [hpc(number, f"note {number}", f"Miner {number}") for number in range(1, 6)]
    for photo, most in ((False, 4096), (True, 1024)):
        told = listing(riot(), photo=photo, notes=() if photo else notes)
        assert told.caption == photo
        length = units(read_html(told.html)[0])
        for more in {3, most - length - 400, *range(most - length - 200, most - length, 7), most - length}:
            html = read(lengthened(told, length + more), wrong(riot()))
            assert html.split("\n")[1].startswith("<b>Corrected</b> Tue")
            for words in (WITHDRAWN, "<b>Corrected: </b>no completed sale", "<s><b>Riot Platforms (RIOT)</b> sold <b>1,080 BTC</b></s>"):
                assert words in html


def test_a_message_with_as_many_entities_as_telegram_takes_keeps_to_that() -> None:
    told = listing(riot(), notes=[hpc(number, f"note {number}", f"Miner {number}") for number in range(1, 6)])
    more = " ".join(["<b>x</b>"] * (100 - told.html.count("</")))
    full = replace(told, html=f"{told.html}\n\n{more}", marks=(*told.marks, Mark(Part.RATIO, (99,), (told.html.count("\n") + 2,))))
    html = amended(full, wrong(riot()))
    assert full.html.count("</") == 100
    assert html.count("</") <= 100
    assert WITHDRAWN in html
    assert "<b>Corrected: </b>no completed sale" in html
    assert "<b>Corrected</b> " in html
    assert "note 5" not in html


def test_a_note_falls_with_the_last_story_of_its_company_in_its_article() -> None:
    older = riot(1, reported=utc("2026-02-01T12:00"))
    [article] = older.story.articles
    told_by = replace(source(quote="Riot dumps coins for AI"), article_id=article)
    note = StoredNote(1, Note(NoteKind.AI_HPC, Span(0, 9), "Riot Platforms"), told_by)
    told = listing(older, cango(2), notes=[note])
    assert "Riot dumps" in told.html
    lines = read(told, wrong(older)).split("\n")
    [at] = [number for number, line in enumerate(lines) if "Riot dumps" in line]
    assert lines[at].startswith("<s>")
    assert lines[at + 1] == f"{WITHDRAWN} · /why_1"
    assert lines[1].startswith("<b>Corrected</b>")
    unsent = read(replace(told, without=frozenset({1})), wrong(older))
    assert "Riot dumps" not in unsent
    assert "Also reported" not in unsent
    both = listing(older, replace(older, id=3), cango(2), notes=[note])
    assert amended(both, wrong(older)) == both.html, "another of its stories stands"


@pytest.mark.parametrize("number", range(1, 7))
def test_of_a_digest_in_several_messages_the_one_that_tells_it_is_corrected(number: int) -> None:
    moved = [stored(n, company=f"{n} {'x' * 900}", ticker=None, btc="288", kind=Kind.TRANSFER) for n in range(1, 7)]
    parts = made(*moved)
    assert len(parts) > 1
    read_now = [part and amended(part, wrong(moved[number - 1])) for part in parts]
    shown = [bool(part and f"<b>{number} x" in part.html) for part in parts]
    assert shown.count(True) == 1
    head = "<b>Corrected</b> Tue 10 Feb 2026, 14:00 UTC: what is struck out no longer holds"
    corrected_now = timeless(read_now[shown.index(True)] or "").split("\n")
    assert corrected_now.index(head) == (0 if shown.index(True) else 1), "under the title, where there is one"
    assert [bool(html and f"<s><b>{number} x" in html) for html in read_now] == shown
    assert [bool(part and part.html != html) for part, html in zip(parts, read_now, strict=True)] == shown


def test_a_message_that_tells_of_no_story_has_no_listing() -> None:
    quiet = Window(utc("2026-02-11T09:00"), utc("2026-02-12T09:00"))
    assert made(window=quiet) == [None]
    assert listings(to_messages(Answer(())), Answer(()), Made(NOW, NOW, NOW, "en", "UTC")) == []
