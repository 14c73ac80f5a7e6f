"""Charts are drawn whatever they hold, as PNGs of the size that was chosen for phones."""

import io
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager
from matplotlib.image import imread

from bot.decisions.charts import HEIGHT, WIDTH, can_draw, draw, mark
from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.pictures import difficulty_chart
from bot.decisions.standing import standing
from bot.model import Chart, Series, SeriesStyle
from bot.speech import LANGUAGES, speaking
from tests.support.tales import NOW

START = datetime(2026, 1, 1, tzinfo=UTC)


def series(style: SeriesStyle, values: list[float], label: str = "One", notes: tuple[str, ...] = ()) -> Series:
    step = timedelta(days=31 if style is SeriesStyle.BAR else 14)
    points = tuple(((START + step * number).replace(day=1), value) for number, value in enumerate(values))
    return Series(label, points, style, notes)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("style", SeriesStyle)
@pytest.mark.parametrize("values", [[1.0], [0.0, 0.0], [5.0, 5.0, 5.0], [1e21, 2e21], [-3.0, 4.0, 1e-9]])
def test_any_points_of_any_style_are_drawn(style: SeriesStyle, values: list[float]) -> None:
    assert size(draw(Chart("Title", "Caption", "T", (series(style, values),)))) == (WIDTH, HEIGHT)


def test_a_chart_without_points_is_drawn() -> None:
    assert size(draw(Chart("Nothing", "", "BTC", ()))) == (WIDTH, HEIGHT)
    assert size(draw(Chart("Nothing", "", "BTC", (Series("Empty", ()),)))) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("words", ["$5 and $6_{x}", r"\frac{1}{2}$", "矿工 🚀 <b>&", "a\nb\tc", "\u202eright to left", "x" * 400])
def test_outside_words_are_drawn_as_words(words: str) -> None:
    chart = Chart(words, words, words, (series(SeriesStyle.BAR, [1, 2], words), series(SeriesStyle.LINE, [3], words, (words,))), words)
    assert size(draw(chart)) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("label", ["i" * 9, "Others", "Ш" * 9, "W" * 30])
def test_a_row_of_labels_ends_before_the_edge(label: str) -> None:
    chart = Chart("Title", "", "BTC", tuple(series(SeriesStyle.BAR, [1, 2], f"{label}{number}") for number in range(7)))
    picture = imread(io.BytesIO(draw(chart)))
    assert (picture[: HEIGHT // 5, -10:] == picture[0, 0]).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marks_of_the_axis_are_whole_in_every_language(language: str) -> None:
    bars = series(SeriesStyle.BAR, [15_000.0 + number for number in range(12)])
    for dollars in (False, True):
        picture = imread(io.BytesIO(draw(Chart("Title", "", "BTC", (bars,), dollars=dollars, language=language))))
        assert (picture[:, :10] == picture[0, 0]).all()
        assert (picture[HEIGHT // 5 : -HEIGHT // 5, 10:80] != picture[0, 0]).any()


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", ["0", "850", "2.5k", "15k", "$34.5", "$2.5k"]),
        ("de", ["0", "850", "2,5 Tsd.", "15 Tsd.", "34,5 $", "2,5 Tsd. $"]),
        ("es", ["0", "850", "2,5 mil", "15 mil", "34,5 $", "2,5 mil $"]),
        ("ru", ["0", "850", "2,5 тыс.", "15 тыс.", "34,5 $", "2,5 тыс. $"]),
        ("zh", ["0", "850", "2,500", "1.5万", "34.5美元", "2,500美元"]),
    ],
)
def test_marks_of_the_axis_are_short_in_each_languages_way(language: str, marks: list[str]) -> None:
    with speaking(language):
        shown = [mark(value, dollars=False) for value in (0, 850, 2500, 15_000)] + [mark(value, dollars=True) for value in (34.5, 2500)]
    assert [" ".join(each.split()) for each in shown] == marks


@pytest.fixture
def chinese_font(tmp_path: Path) -> Iterator[None]:
    """A font as a desktop may have one: every Chinese letter is a box."""
    signs = sorted({*map(chr, range(0x4E00, 0x9FFF)), *"，。（）：、"})
    builder, pen = FontBuilder(1000), TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(map(ord, signs), "box"))
    builder.setupGlyf({".notdef": pen.glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "box"), (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "WenQuanYi Zen Hei", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(tmp_path / "boxes.ttf")
    before = list(fontManager.ttflist)
    fontManager.addfont(tmp_path / "boxes.ttf")
    yield
    fontManager.ttflist[:] = before


@pytest.mark.skipif(can_draw("中文"), reason="this machine has Chinese letters anyway")
def test_a_font_with_chinese_letters_is_used_where_there_is_one(chinese_font: None) -> None:
    assert can_draw("中文, Русский, English")
    now = standing(Known(shipped_history()), NOW)
    with speaking("zh"):
        chart = difficulty_chart(shipped_history(), now)
    assert chart is not None
    assert chart.language == "zh"
    assert "难度" in chart.title
    asked = replace(chart, title="?" * len(chart.title))
    assert draw(chart) != draw(asked)


def test_threads_may_draw_at_once() -> None:
    chart = Chart("Title", "", "T", (series(SeriesStyle.STEP, [1, 3, 2]), series(SeriesStyle.DASH, [2, 3], "Projected")))
    with ThreadPoolExecutor(2) as pool:
        assert len({pool.submit(draw, chart).result() for _ in range(4)}) == 1
