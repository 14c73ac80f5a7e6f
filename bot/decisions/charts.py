"""Draws a `Chart` as a PNG that can be read on a phone, in a light and in a dark chat.

The picture brings its own dark ground, so the chat's colour does not matter. It is 1200 x 700 points and shown at a third of
that on a phone: few large words, thick lines, no more than six ticks. Series with bars are drawn by month in equal steps, all
others over time. `Figure` is used without pyplot, which keeps no state and may be called from any thread.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from matplotlib import dates
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.legend import Legend
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.model import Chart, Series, SeriesStyle
from bot.speech import LANGUAGES, say, speaking
from bot.speech import dates as speech_dates
from bot.speech.figures import figures

_DATES: Any = dates  # carries no types

WIDTH, HEIGHT, DPI = 1200, 700, 100
GROUND, INK, FAINT, GRID = "#151c24", "#f4f6f8", "#9fb0c0", "#2b3743"
ACCENT, GUESS, LINE = "#f7931a", "#ffd08a", "#f4f6f8"
BARS = ("#f7931a", "#4aa8ff", "#35c28d", "#b18cff", "#ff7aa8", "#7d8b99")
_TITLE, _WORDS, _SMALL = 29, 21, 15
_TITLE_SIGNS = 40  # that fit beside the unit
_ROW, _SMALLER = 0.955, 0.95  # of the width, what a row of labels may take; small letters are wider for their size
_SHORT_DAYS = 75
_FILLED = 0.8  # of the width below the axis, what its labels may take
_EDGE = 14  # points that the marks of the upright axis keep from the left edge
# Fonts with Chinese letters, which stand in where the default font has none; none is shipped, most desktops have one.
_CHINESE = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK JP", "WenQuanYi Zen Hei"),
    *("WenQuanYi Micro Hei", "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "Droid Sans Fallback"),
)
_TICKS = 6


def draw(chart: Chart) -> bytes:
    """The chart as PNG, in its own language, or in English where no font here has its letters.

    A chart without points shows its title and that there is nothing to show.
    """
    with speaking(chart.language if can_draw(LANGUAGES[chart.language].name) else None):
        return _drawn(chart)


def can_draw(text: str) -> bool:
    """Whether the fonts of this machine have all its letters."""
    return all(ord(sign) in _letters() for sign in text)


def _drawn(chart: Chart) -> bytes:
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.085, 0.18, 0.885, 0.575 if len(chart.series) > 1 else 0.655), facecolor=GROUND)
    title = _TITLE * min(1.0, _TITLE_SIGNS / max(1, len(chart.title)))
    face: dict[str, Any] = {"family": _families(), "va": "center"}
    figure.text(0.03, 0.925, _text(chart.title), color=INK, fontsize=title, weight="bold", **face)
    figure.text(0.97, 0.925, _text(chart.unit), color=FAINT, fontsize=_WORDS, ha="right", **face)
    figure.text(0.97, 0.032, _text(chart.footer), color=FAINT, fontsize=_SMALL, ha="right", **face)
    series = [each for each in chart.series if each.points]
    if not series:
        axes.set_axis_off()
        nothing = _text(say("nothing to show yet"))
        axes.text(0.5, 0.5, nothing, color=FAINT, fontsize=_WORDS, ha="center", transform=axes.transAxes, **face)
    elif any(each.style is SeriesStyle.BAR for each in series):
        _draw_months(axes, series)
    else:
        _draw_times(axes, series)
    _frame(axes, dollars=chart.dollars)
    _make_room(figure, axes)
    _legend(figure, axes)
    page = io.BytesIO()
    figure.savefig(page, format="png", facecolor=GROUND)
    return page.getvalue()


# --- over time -------------------------------------------------------------------------------------------------------


def _draw_times(axes: Axes, series: Sequence[Series]) -> None:
    """Lines, steps, dashes and marks over a time axis that ends a little after the last point."""
    for each in series:
        _draw_line(axes, each)
    times = [_day(time) for each in series for time, _ in each.points]
    values = [value for each in series for _, value in each.points]
    first, last = min(times), max(times)
    noted = any(any(each.notes) for each in series)
    room = max((last - first) * (0.16 if noted else 0.04), 0.5)
    axes.set_xlim(first, last + room)
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1) * 0.14
    axes.set_ylim(low - margin, high + margin * 1.3)
    _date_ticks(axes, first, last)


def _draw_line(axes: Axes, series: Series) -> None:
    times, values = [_day(time) for time, _ in series.points], [value for _, value in series.points]
    if series.style is SeriesStyle.MARK:
        axes.plot(times, values, "o", color=GUESS, markersize=15, label=_text(series.label), clip_on=False)
    elif series.style is SeriesStyle.DASH:
        axes.plot(times, values, color=GUESS, linewidth=4, linestyle=(0, (2.2, 1.4)), label=_text(series.label))
        axes.plot(times[-1:], values[-1:], "o", color=GUESS, markersize=13)
    else:
        steps = "steps-post" if series.style is SeriesStyle.STEP else "default"
        axes.plot(times, values, color=ACCENT, linewidth=5, drawstyle=steps, solid_joinstyle="round", label=_text(series.label))
    color = GUESS if series.style in {SeriesStyle.DASH, SeriesStyle.MARK} else INK
    for number, note in enumerate(series.notes[: len(times)]):
        if note:
            _note(axes, (times[number], values[number]), note, color, after=number == len(times) - 1)


def _note(axes: Axes, place: tuple[float, float], note: str, color: str, *, after: bool) -> None:
    """Words beside a point: behind the last one of a series, where there is room, else before it."""
    side, shift = ("left", 15) if after else ("right", -12)
    font: dict[str, Any] = {"color": color, "fontsize": _WORDS, "weight": "bold", "ha": side, "va": "center", "family": _families()}
    axes.annotate(_text(note), place, xytext=(shift, 0), textcoords="offset points", **font)


def _date_ticks(axes: Axes, first: float, last: float) -> None:
    """Days for a short span, months for a long one, none after the last point; the year stands under its first tick."""
    locator = _DATES.AutoDateLocator(minticks=3, maxticks=_TICKS)
    axes.xaxis.set_major_locator(locator)
    ticks = [_DATES.num2date(tick) for tick in axes.get_xticks() if first <= tick <= last]
    short = last - first < _SHORT_DAYS
    labels = [_tick(tick, ticks[number - 1] if number else None, days=short) for number, tick in enumerate(ticks)]
    axes.set_xticks([_DATES.date2num(tick) for tick in ticks], labels)


def _tick(time: datetime, before: datetime | None, *, days: bool) -> str:
    year = f"{time:%Y}" if before is None or before.year != time.year else " "  # a second line for all keeps them level
    return f"{speech_dates.tick(time.date(), days=days)}\n{year}"


def _day(time: datetime) -> float:
    return float(_DATES.date2num(time.astimezone(UTC)))


# --- by month --------------------------------------------------------------------------------------------------------


def _draw_months(axes: Axes, series: Sequence[Series]) -> None:
    """Bars stacked in the order of the series, one place for each point's month; other series as a line over them."""
    months = sorted({time for each in series for time, _ in each.points})
    heights = dict.fromkeys(months, 0.0)
    bars = [each for each in series if each.style is SeriesStyle.BAR]
    for number, each in enumerate(bars):
        values = dict(each.points)
        stacked = [values.get(month, 0.0) for month in months]
        color = BARS[min(number, len(BARS) - 1)]
        axes.bar(range(len(months)), stacked, 0.72, [heights[month] for month in months], color=color, label=_text(each.label))
        for month, value in zip(months, stacked, strict=True):
            heights[month] += value
    for each in series:
        if each.style is not SeriesStyle.BAR:
            places = [months.index(time) for time, _ in each.points]
            values_of = [value for _, value in each.points]
            axes.plot(places, values_of, color=LINE, linewidth=3.5, linestyle=(0, (3, 1.6)), label=_text(each.label))
    axes.set_xlim(-0.6, len(months) - 0.4)
    axes.set_ylim(0, 1.12 * max([*heights.values(), *(value for each in series for _, value in each.points)]) or 1)
    labels = [_tick(month, months[number - 1] if number else None, days=False) for number, month in enumerate(months)]
    axes.set_xticks(range(len(months)), labels)


# --- what frames it --------------------------------------------------------------------------------------------------


def _frame(axes: Axes, *, dollars: bool) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GRID)
    axes.grid(axis="y", color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)
    axes.tick_params(colors=FAINT, labelsize=_WORDS, labelfontfamily=_families(), length=0, pad=8)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _text(mark(value, dollars=dollars))))


def _make_room(figure: Figure, axes: Axes) -> None:
    """Moves the left end of the axes until its marks fit, then narrows the row below: words are longer in one language than in another."""
    marks = axes.yaxis.get_tightbbox()
    if marks is not None and marks.x0 < _EDGE:
        place = axes.get_position()
        left = place.x0 + (_EDGE - marks.x0) / figure.bbox.width
        axes.set_position((left, place.y0, place.x1 - left, place.height))
    below = sum(label.get_window_extent().width for label in axes.get_xticklabels())
    room = _FILLED * axes.get_window_extent().width
    if below > room:
        axes.tick_params(axis="x", labelsize=_WORDS * room / below)


def mark(value: float, *, dollars: bool) -> str:
    """A mark on the upright axis in the spoken language, as short as it can be: `15k`, `$34`."""
    units, plain = (figures().prices, figures().dollars) if dollars else (figures().marks, "{}")
    power, form = next((unit for unit in units if abs(value) >= 10 ** unit[0]), (0, plain))
    return form.format(figures().number(f"{value / 10**power:,.6g}"))


def _legend(figure: Figure, axes: Axes) -> None:
    """One row under the title, if there is more than one thing to tell apart."""
    handles, labels = axes.get_legend_handles_labels()
    if len(labels) < 2:
        return
    bars = sum(isinstance(handle, BarContainer) for handle in handles)
    handles, labels = handles[-bars:] + handles[:-bars], labels[-bars:] + labels[:-bars]  # bars come first, matplotlib puts them last
    length = sum(len(label) + 5 for label in labels)
    size = _WORDS if length < 72 else min(_SMALL + 1, 1500 / length)
    legend = _row(figure, handles, labels, size)
    room = _ROW * WIDTH / legend.get_window_extent().width
    if room < 1:  # letters are not all of one width
        legend.remove()
        _row(figure, handles, labels, size * room * _SMALLER)


def _row(figure: Figure, handles: Sequence[Any], labels: Sequence[str], size: float) -> Legend:
    return figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.018, 0.895),
        ncols=len(labels),
        frameon=False,
        labelcolor=INK,
        prop=FontProperties(family=_families(), size=size),
        handlelength=1.3,
        handletextpad=0.45,
        columnspacing=1.2,
    )


def _families() -> list[str]:
    """The default font, and behind it the first that has Chinese letters, if there is one."""
    there = set(fontManager.get_font_names())
    return [FontProperties().get_name(), *[name for name in _CHINESE if name in there][:1]]


def _letters() -> frozenset[int]:
    return frozenset().union(*map(_letters_of, _families()))


@cache
def _letters_of(family: str) -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=family))).get_charmap())


def _text(text: str) -> str:
    """Text as the font can show it, on one line, with dollar signs that start no formula."""
    letters = _letters()
    shown = "".join(sign if ord(sign) in letters else "?" for sign in " ".join(text.split()))
    return shown.replace("$", r"\$")
