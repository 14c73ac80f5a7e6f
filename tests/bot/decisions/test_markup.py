from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions import moments
from bot.decisions.lines import line
from bot.decisions.markup import CAPTION_LIMIT, MOST_ENTITIES, TEXT_LIMIT, clean, length, safe_link, to_html, to_messages, to_plain
from bot.model import Answer, Button, Chart, Line, Moment, Piece, Style
from tests.support.tales import utc
from tests.support.telegram_html import parse_html
from tests.support.telegram_markup import read_html, units

NOON = utc("2026-02-10T12:00")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]), max_size=60)
NASTY = st.sampled_from(
    [
        "<b>",
        "&amp;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "a\nb",
        "\u202eevil\u202c",
        "\u200b",
        "👩‍👩‍👧‍👦",
        "🇩🇪",
        "e\u0301" * 5,
        "\ud800",
        "x" * 90,
        " ",
        "",
    ]
)
LINKS = st.one_of(
    st.none(),
    st.just("https://example.com/a?b=1&c='2'"),
    st.just('https://example.com/"><b>'),
    ANY_TEXT,
    ANY_TEXT.map(lambda text: f"https://{text}"),
)
PIECES = st.builds(Piece, st.one_of(ANY_TEXT, NASTY), st.sampled_from(Style), LINKS, st.sampled_from([None, Moment(NOON)]))
ANSWERS = st.builds(Answer, st.lists(st.lists(PIECES, max_size=6).map(tuple), max_size=12).map(tuple))


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(answer: Answer) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in answer.lines)


def answer(*lines: str, **more: object) -> Answer:
    return Answer(tuple((Piece(line),) for line in lines), **more)


@given(ANSWERS, st.sampled_from([40, 200, TEXT_LIMIT]))
def test_any_text_becomes_html_that_telegram_takes_within_its_limits(said: Answer, limit: int) -> None:
    for html in to_html(said, limit):
        text, entities = read_html(html)
        assert text.strip()
        assert units(text) <= limit
        assert len(entities) <= MOST_ENTITIES


@given(ANSWERS, st.sampled_from([40, TEXT_LIMIT]))
def test_no_word_is_lost_by_escaping_or_splitting(said: Answer, limit: int) -> None:
    shown = "".join(read_html(html)[0] for html in to_html(said, limit))
    assert squeezed(shown) == squeezed(clean(text_of(said)))


@given(ANSWERS)
def test_plain_text_holds_the_same_words_and_no_control_character(said: Answer) -> None:
    plain = to_plain(Answer(tuple(tuple(Piece(piece.text) for piece in line) for line in said.lines)))
    assert squeezed(plain) == squeezed(clean(text_of(said)))
    assert all(char == "\n" or clean(char) == char for char in to_plain(said))


@given(ANY_TEXT)
def test_length_is_counted_in_utf16_units(text: str) -> None:
    assert length(clean(text)) == units(clean(text))


def test_the_five_signs_are_escaped_in_text_and_in_links() -> None:
    said = Answer(((Piece("<Tom & Jerry> \"'", link="https://example.com/?a=1&b=\"'"),),))
    assert to_html(said) == ['<a href="https://example.com/?a=1&amp;b=&quot;&#x27;">&lt;Tom &amp; Jerry&gt; "\'</a>']


def test_styles_become_their_tags() -> None:
    said = Answer(
        ((Piece("a", Style.BOLD), Piece(" "), Piece("b", Style.ITALIC), Piece("c", Style.CODE), Piece("d", Style.BOLD, "https://e.org")),)
    )
    assert to_html(said) == ['<b>a</b> <i>b</i><code>c</code><b><a href="https://e.org">d</a></b>']


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://",
        "http://a b",
        "//example.com",
        "https://x.org/\n",
        "https://[::1",
        "mailto:nobody",
        "tg:x",
        "x" * 3000,
        "",
    ],
)
def test_an_address_that_telegram_would_not_open_is_shown_as_text_only(link: str) -> None:
    assert safe_link(link) is None
    assert to_html(Answer(((Piece("words", link=link),),))) == ["words"]


def test_overrides_and_controls_are_dropped_and_emoji_stay_whole() -> None:
    assert clean("a\u202eb\u202cc\x1b[31m\u200bd\te\nf") == "abc[31md e f"
    assert clean("👩‍👩‍👧‍👦 שלום") == "👩‍👩‍👧‍👦 שלום"


def test_lines_are_never_broken_while_they_fit() -> None:
    lines = [f"line {number} " + "x" * 300 for number in range(40)]
    parts = to_html(answer(*lines))
    assert len(parts) > 1
    assert [line for part in parts for line in part.split("\n")] == lines


def test_paragraphs_stay_together_where_they_fit() -> None:
    blocks = [f"{name} " + "x" * 1500 for name in "abc"]
    parts = to_html(answer(blocks[0], "", blocks[1], "its second line", "", blocks[2], "its second line"))
    assert [part.split("\n")[0][0] for part in parts] == ["a", "c"]


def test_a_line_longer_than_a_message_is_cut_at_spaces_and_keeps_its_link() -> None:
    words = " ".join(f"word{number}" for number in range(1200))
    parts = to_html(Answer(((Piece(words, Style.BOLD, "https://example.com"),),)))
    texts = [read_html(part) for part in parts]
    assert " ".join(text for text, _ in texts) == words
    assert all({name for name, _ in entities} == {"text_link", "bold"} for _, entities in texts)


@pytest.mark.parametrize("character", ["👩‍👩‍👧‍👦", "🇩🇪", "e\u0301", "👍🏽"])
def test_a_line_without_spaces_is_cut_between_visible_characters(character: str) -> None:
    parts = to_html(answer(character * 40), limit=50)
    assert len(parts) > 1
    assert all(not part.replace(character, "") for part in parts)


def test_more_entities_than_telegram_keeps_go_into_another_part() -> None:
    said = Answer((tuple(Piece(f"{number} ", Style.BOLD) for number in range(250)),))
    assert [len(read_html(part)[1]) for part in to_html(said)] == [100, 100, 50]


def test_an_answer_of_nothing_is_no_message() -> None:
    assert to_html(answer("", " ", "\u200b")) == []
    assert to_messages(answer("")) == []


def test_buttons_go_under_the_last_message() -> None:
    rows = ((Button("More", data="/sales p2"),),)
    messages = to_messages(answer("x" * 4000, "", "y" * 4000, buttons=rows), silent=True)
    assert [message.buttons for message in messages] == [(), rows]
    assert all(message.silent for message in messages)


def test_a_short_text_is_the_caption_of_its_photo() -> None:
    [message] = to_messages(answer("short"), photo=b"png")
    assert (message.html, message.photo) == ("short", b"png")


def test_a_long_text_follows_a_photo_that_says_its_main_point() -> None:
    said = answer("x" * (CAPTION_LIMIT + 1), chart=Chart("Difficulty", "Down <11 %", "T", ()))
    first, second = to_messages(said, photo=b"png")
    assert (first.html, first.photo, second.photo) == ("Down &lt;11 %", b"png", None)


def test_plain_text_shows_links_as_footnotes_and_buttons_as_commands() -> None:
    said = Answer(
        (
            (
                Piece("Cango", Style.BOLD),
                Piece(" sold. "),
                Piece("TheMinerMag", link="https://a.org/1"),
                Piece(", "),
                Piece("again", link="https://a.org/1"),
            ),
        ),
        buttons=((Button("Older »", data="/sales p2"), Button("By miner", data="/sales by miner")),),
    )
    assert (
        to_plain(said)
        == "Cango sold. TheMinerMag [1], again [1]\n\n[1] https://a.org/1\n\nMore: /sales p2 (Older), /sales by miner (By miner)"
    )


# --- moments ---------------------------------------------------------------------------------------------------------


def said(*lines: Line) -> Answer:
    return Answer(lines)


@pytest.mark.parametrize(
    ("piece", "words", "format"),
    [
        (moments.time(NOON, UTC), "Tue 10 Feb 2026, 12:00 UTC", "wDt"),
        (moments.time(NOON, ZoneInfo("Asia/Tokyo")), "Tue 10 Feb 2026, 21:00 JST", "wDt"),
        (moments.day(NOON, ZoneInfo("Pacific/Auckland")), "Wed 11 Feb 2026", "wD"),
        (moments.at(NOON, NOON + timedelta(hours=3), UTC), "12:00 UTC", "r"),
        (moments.at(NOON, NOON + timedelta(hours=3), ZoneInfo("Asia/Tokyo")), "Tue 10 Feb 2026, 21:00 JST", "r"),
    ],
)
def test_a_moment_is_a_date_entity_around_its_words_in_the_chats_zone(piece: Piece, words: str, format: str) -> None:
    [html] = to_html(said(line("Due ", piece)))
    parsed = parse_html(html)
    assert (parsed.text, parsed.smells) == (f"Due {words}", [])
    [entity] = parsed.entities
    assert (entity["offset"], entity["length"]) == (4, len(words))
    assert (entity["unix_time"], entity["date_time_format"]) == (int(NOON.timestamp()), format)
    assert to_plain(said(line(piece))) == words


def test_a_moment_may_be_bold_but_within_a_link_or_code_it_is_words() -> None:
    moment = Moment(NOON)
    styled = [
        Piece("noon", Style.BOLD, moment=moment),
        Piece("noon", Style.CODE, moment=moment),
        Piece("noon", link="https://a.org", moment=moment),
    ]
    kinds = [[kind for kind, _ in read_html(to_html(said(line(piece)))[0])[1]] for piece in styled]
    assert kinds == [["date_time", "bold"], ["code"], ["text_link"]]


def test_the_tag_of_a_moment_takes_no_room_but_counts_as_an_entity() -> None:
    noon = moments.time(NOON, UTC)
    room = TEXT_LIMIT - len(noon.text)
    assert len(to_html(said(line("x" * room, noon)))) == 1
    assert len(to_html(said(line("x" * (room + 1), noon)))) == 2
    many = to_html(said(line(*[noon] * 101)))
    assert [html.count("<tg-time") for html in many] == [100, 1]


def test_a_moment_that_is_cut_is_told_by_neither_half() -> None:
    first, second = to_html(said(line(Piece("x" * 4090 + " of February", moment=Moment(NOON)))))
    assert (first, second) == ("x" * 4090 + " of", "February")
