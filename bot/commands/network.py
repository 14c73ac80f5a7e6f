"""`/difficulty`, `/metrics`, `/puell`, `/hashprice` and `/price`: views of one standing, each figure with source and age."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import chain_words, money
from bot.decisions.lines import BLANK, answer, bold, line, press, rows
from bot.decisions.pictures import difficulty_chart, hashprice_chart
from bot.decisions.schedule import zone_of
from bot.model import Answer, Line

_YEAR = timedelta(days=365)


def difficulty(desk: Desk, ask: Ask) -> Answer:
    """Difficulty, its last change and rank, the epoch, the projection, the hashrate, and where and when that was read."""
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    rank = chain_words.rank_words(now)
    windows = chain_words.windows_line(now)
    lines: list[Line | None] = [
        chain_words.difficulty_line(now),
        chain_words.change_line(now, zone),
        line(f"That was {rank}") if rank else None,
        BLANK,
        chain_words.epoch_line(now),
        chain_words.next_line(now, zone),
        BLANK,
        chain_words.hashrate_line(now),
        windows or None,
        BLANK,
        chain_words.as_of_line(now, zone),
        *chain_words.problem_lines(now),
    ]
    buttons = rows([press("All figures", "/metrics"), press("Sales", "/sales 30d")])
    return answer(*(each for each in lines if each is not None), buttons=buttons, chart=difficulty_chart(desk.history, now))


def metrics(desk: Desk, ask: Ask) -> Answer:
    """Every figure of network and market."""
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    halving = f"Subsidy {money.btc(now.subsidy)} a block, halving at block {now.halving_height:,}, about {now.halving_at:%B %Y}"
    lines: list[Line | None] = [
        line(bold("Network and market")),
        chain_words.difficulty_line(now),
        chain_words.change_line(now, zone),
        chain_words.next_line(now, zone),
        chain_words.hashrate_line(now),
        line(halving),
        line(f"Fees {money.number(now.fees.value, 3)} BTC a block, {money.age(now.fees.at, now.now)}") if now.fees else None,
        BLANK,
        chain_words.price_line(now),
        chain_words.hashprice_line(now),
        chain_words.puell_line(now),
        BLANK,
        chain_words.as_of_line(now, zone),
        chain_words.price_source_line(now),
        *chain_words.problem_lines(now),
    ]
    return answer(*(each for each in lines if each is not None), buttons=rows([press("Difficulty", "/difficulty")]))


def puell(desk: Desk, _: Ask) -> Answer:
    """The Puell multiple, with the days that its mean rests on."""
    now = desk.standing
    said = [
        chain_words.puell_line(now),
        line("New coins of a day in dollars over their mean of 365 days; fees are left out"),
        line(f"{money.count(now.puell_days, 'day')} of price and issuance stored") if now.puell_days else None,
        line(f"As of {money.day(now.puell.at.date())} 00:00 UTC · {now.puell.source}") if now.puell else None,
    ]
    return answer(*(each for each in said if each is not None))


def hashprice(desk: Desk, ask: Ask) -> Answer:
    """What a unit of hashrate earns."""
    now = desk.standing
    explained = line("What 1 PH/s earns a day: subsidy and fees of 144 blocks at the present price and difficulty")
    said = _market(chain_words.hashprice_line(now), explained, desk, ask)
    return replace(said, chart=hashprice_chart(desk.days_since(desk.now.date() - _YEAR), desk.history, desk.now))


def price(desk: Desk, ask: Ask) -> Answer:
    """The price of a coin."""
    return _market(chain_words.price_line(desk.standing), None, desk, ask)


def _market(figure: Line, explained: Line | None, desk: Desk, ask: Ask) -> Answer:
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    as_of = chain_words.price_source_line(now) or line(f"As of {money.moment(now.now, zone)}: no price source has answered yet")
    return answer(*(each for each in (figure, explained, as_of) if each is not None))
