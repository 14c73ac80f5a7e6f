import pytest

from extractors.html_text import html_to_text, inline_text, looks_like_html


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<p>one\n two&nbsp; three</p>", "one two three"),
        ("a<br/>b<br>c", "a\nb\nc"),
        ("<h2>Head</h2>tail", "Head\ntail"),
        ("so<b>ld</b> 4<i>75</i>", "sold 475"),
        ("<ol><li>x</li><li><p>y</p></li></ol>", "- x\n- y"),
        ("<script>1</script><style>2</style><noscript>3</noscript><iframe>4</iframe>text", "text"),
        ("<form>a<input></form><button>b</button><select><option>c</option></select>d", "d"),
        ("<p hidden>x</p>y", "y"),
        ("<p style='display: none'>x</p>y", "y"),
        ("<div class='price-ticker'>BTC $65,816</div><p>story</p>", "story"),
        ("<p>(<span class='ticker'>NASDAQ: MARA</span>)</p>", "(NASDAQ: MARA)"),
        ("19,211<sup>3</sup> BTC", "19,211 BTC"),
        ("10<sup>18</sup> hashes", "10^18 hashes"),
        ("the 16<sup>th</sup>", "the 16th"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("zero\u200bwidth &shy;", "zerowidth"),
        ("bit\u200dcoin \U0001f468\u200d\U0001f469\u200d\U0001f466", "bitcoin \U0001f468\u200d\U0001f469\u200d\U0001f466"),
        ("plain &amp; simple", "plain & simple"),
        ("<img src=x>", ""),
        ("", ""),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>unclosed <b>bold", "unclosed bold"),
    ],
)
def test_html_reads_as_a_reader_sees_it(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (table("a|b", "c|d"), "a | b\nc | d"),
        (table("|April", "BTC sold|475"), "| April\nBTC sold | 475"),
        (
            table("Metric||April||March", "sold|$|38.8|$|1.2", "loss|$|(5.0|)|-"),
            "Metric | April | March\nsold | $38.8 | $1.2\nloss | $(5.0) | -",
        ),
        (table("a||b", "c||d"), "a | b\nc | d"),
        (table("April|March", "475|-", "-|533"), "April | March\n475 | -\n- | 533"),
        (table("only one", "column"), "only one\ncolumn"),
        (table(f"outer|{table('x|y')}"), "outer\nx | y"),
        (table("a|", "b|"), "a\nb"),
        (table("a|b").replace("<td>", f'<td colspan="{"9" * 5_000}">'), "a | b"),
        (table("a|b", "c|d").replace("<td>", '<td colspan="0">'), "a | b\nc | d"),
        ("<table><tr><td><div>a<tr><td>b<td>c", "a\nb\nc"),
    ],
)
def test_a_table_row_is_a_line_and_split_columns_are_joined(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("a <em>b</em>c", "a bc"),
        ("a<br>b", "a b"),
        ("&amp;amp;amp; x", "& x"),
        ("&lt;script&gt;", "<script>"),
        ("  a\n b ", "a b"),
    ],
)
def test_a_title_is_one_line_without_markup(raw: str, title: str) -> None:
    assert inline_text(raw) == title


def test_a_stray_angle_bracket_is_no_html() -> None:
    assert not looks_like_html("a<b and 3 < 4")
    assert looks_like_html("a <strong>b</strong>")
    assert looks_like_html("a &amp; b")


def test_a_tag_with_thousands_of_attributes_is_not_read() -> None:
    flood = " ".join(f'a{number}=">"' for number in range(50_000))
    assert html_to_text(f"<p {flood}>text</p>") == ""
    assert html_to_text(f'<p><img src="data:{"x" * 100_000}">text</p>') == "text"
