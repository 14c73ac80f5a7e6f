"""Charts are drawn whatever they hold, as PNGs of the size that was chosen for phones."""

import io
import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from matplotlib.image import imread

from bot.decisions.charts import HEIGHT, WIDTH, draw
from bot.model import Chart, Series, SeriesStyle

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


def test_threads_may_draw_at_once() -> None:
    chart = Chart("Title", "", "T", (series(SeriesStyle.STEP, [1, 3, 2]), series(SeriesStyle.DASH, [2, 3], "Projected")))
    with ThreadPoolExecutor(2) as pool:
        assert len({pool.submit(draw, chart).result() for _ in range(4)}) == 1
