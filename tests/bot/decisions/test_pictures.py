from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.decisions.charts import can_draw
from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.pictures import MINERS_SHOWN, difficulty_chart, hashprice_chart, sales_chart
from bot.decisions.standing import standing
from bot.model import BlockHeader, Day, SeriesStyle
from bot.speech import speaking
from extractors.model import Status
from tests.support.tales import NOW, cango, days, stored


def test_difficulty_is_drawn_to_now_with_its_last_change_in_the_caption() -> None:
    chart = difficulty_chart(shipped_history(), standing(Known(shipped_history()), NOW))
    assert chart is not None
    [steps] = chart.series
    assert steps.points[-1][0] == NOW
    assert steps.points[-1][1] == steps.points[-2][1]
    assert NOW - steps.points[0][0] > timedelta(days=350)
    assert chart.caption == "Difficulty 125.86 T, -11.16 % on 7 Feb 2026"


def test_a_projection_is_dashed_up_to_its_time() -> None:
    last = next(retarget for retarget in shipped_history() if retarget.height == 935424)
    block = BlockHeader(935824, "00", last.time + timedelta(seconds=400 * 500), last.bits)
    now = standing(Known(shipped_history(), (block,)), NOW)
    chart = difficulty_chart(shipped_history(), now)
    assert chart is not None
    dashes = chart.series[1]
    assert dashes.style is SeriesStyle.DASH
    assert now.projection is not None
    assert dashes.points[-1][0] == now.projection.at
    assert dashes.points[-1][1] > 140


def test_nothing_is_drawn_without_a_history_or_sales() -> None:
    assert difficulty_chart(shipped_history()[:1], standing(Known(shipped_history()), NOW)) is None
    assert sales_chart([cango(1)], shipped_history(), NOW) is None


def test_sales_are_stacked_by_month_and_miner_beside_what_was_issued() -> None:
    sales = [
        cango(1),
        stored(2, btc="550", period=days("2026-01-01", "2026-01-31")),
        stored(3, company="Riot Platforms", ticker="RIOT", btc="383", period=days("2025-11-01", "2025-11-30")),
    ]
    plan = stored(4, btc="9999", status=Status.PLANNED)
    chart = sales_chart([*sales, plan], shipped_history(), NOW)
    assert chart is not None
    cango_bars, riot_bars, issued = chart.series
    assert [series.label for series in chart.series] == ["Cango", "Riot Platforms", "Issued"]
    assert cango_bars.points[-2:] == ((datetime(2026, 1, 1, tzinfo=UTC), 550.0), (datetime(2026, 2, 1, tzinfo=UTC), 4451.0))
    assert len(riot_bars.points) == 12
    assert issued.points[-1][0] == datetime(2026, 1, 1, tzinfo=UTC), "the running month is not over"
    assert issued.points[-1][1] == pytest.approx(450 * 31, rel=0.15)
    assert "5,384 BTC" in chart.caption
    assert "most by Cango" in chart.caption


def test_small_sellers_are_drawn_together() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(Decimal(n * 100))) for n in range(1, 10)]
    chart = sales_chart(sales, shipped_history(), NOW)
    assert chart is not None
    assert [series.label for series in chart.series][MINERS_SHOWN:] == ["Others", "Issued"]


def test_issuance_of_a_past_month_is_that_of_its_heights() -> None:
    sales = [stored(n, btc="100", period=days("2026-01-01", "2026-01-31")) for n in range(1, 5)]
    chart = sales_chart(sales, shipped_history(), NOW)
    assert chart is not None
    november = dict(chart.series[-1].points)[datetime(2025, 11, 1, tzinfo=UTC)]
    assert november % 3.125 == 0
    assert abs(november - 30 * 450) < 300


def test_hashprice_is_drawn_from_closes_and_the_difficulty_in_force() -> None:
    first = NOW.date() - timedelta(days=30)
    closes = {
        day: Day(day, price_close=Decimal(70_000), source="kraken, blocks counted")
        for n in range(31)
        for day in (first + timedelta(days=n),)
    }
    chart = hashprice_chart(closes, shipped_history(), NOW)
    assert chart is not None
    values = [value for _, value in chart.series[0].points]
    assert len(values) == 30, "the running day has no close"
    assert values[-1] == pytest.approx(float(values[0] * 146.4726 / 125.8646), rel=0.04)
    assert chart.footer == "closes of kraken, without fees"
    assert "$" in chart.caption
    assert hashprice_chart({}, shipped_history(), NOW) is None


def test_a_miner_is_drawn_under_the_name_of_its_time() -> None:
    sales = [
        stored(n, company="Bitfarms", ticker="BITF", btc=str(n * 100), period=days(f"2025-1{n}-01", f"2025-1{n}-28")) for n in (0, 1, 2)
    ]
    chart = sales_chart(sales, shipped_history(), NOW)
    assert chart is not None
    assert chart.series[0].label == "Bitfarms"
    assert chart.caption.endswith("most by Bitfarms")


@pytest.mark.parametrize(("spoken", "drawn"), [("en", "en"), ("ru", "ru"), ("zh", "zh" if can_draw("中文") else "en")])
def test_a_picture_speaks_the_language_of_the_chat_if_its_font_has_the_letters(spoken: str, drawn: str) -> None:
    with speaking(spoken):
        chart = difficulty_chart(shipped_history(), standing(Known(shipped_history()), NOW))
    assert chart is not None
    assert chart.language == drawn
    words = (chart.title, chart.unit, chart.footer, *(series.label for series in chart.series))
    with speaking(drawn):
        own = difficulty_chart(shipped_history(), standing(Known(shipped_history()), NOW))
    assert own is not None
    assert replace(own, caption="") == replace(chart, caption="")
    assert can_draw("".join(words))
