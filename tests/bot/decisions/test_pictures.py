from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.pictures import MINERS_SHOWN, difficulty_chart, sales_chart
from bot.decisions.standing import standing
from bot.model import BlockHeader, SeriesStyle
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


def test_a_projection_is_a_mark_at_its_time() -> None:
    last = next(retarget for retarget in shipped_history() if retarget.height == 935424)
    block = BlockHeader(935824, "00", last.time + timedelta(seconds=400 * 500), last.bits)
    now = standing(Known(shipped_history(), (block,)), NOW)
    chart = difficulty_chart(shipped_history(), now)
    assert chart is not None
    mark = chart.series[1]
    assert mark.style is SeriesStyle.MARK
    assert now.projection is not None
    assert mark.points[0][0] == now.projection.at
    assert mark.points[0][1] > 140


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
    assert issued.points[-1][1] == 450.0 * 28
    assert "5,384 BTC" in chart.caption
    assert "most by Cango" in chart.caption


def test_small_sellers_are_drawn_together() -> None:
    sales = [stored(n, company=f"Miner {n}", ticker=None, btc=str(Decimal(n * 100))) for n in range(1, 10)]
    chart = sales_chart(sales, shipped_history(), NOW)
    assert chart is not None
    assert [series.label for series in chart.series][MINERS_SHOWN:] == ["Others", "Issued"]
