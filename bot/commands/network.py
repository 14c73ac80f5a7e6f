"""`/difficulty`, `/metrics`, `/puell`, `/hashprice` and `/price`: views of one standing, each figure with source and age."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import chain_words, moments, money
from bot.decisions.figures import Figure, Standing
from bot.decisions.lines import BLANK, answer, bold, line, press, rows
from bot.decisions.pictures import difficulty_chart, hashprice_chart
from bot.decisions.schedule import zone_of
from bot.model import Answer, Line
from bot.speech import say, say_line, say_many

_YEAR = timedelta(days=365)


def difficulty(desk: Desk, ask: Ask) -> Answer:
    """Difficulty, its last change and rank, the epoch, the projection, the hashrate, and where and when that was read."""
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    rank = chain_words.rank_words(now)
    windows = chain_words.windows_line(now)
    lines: list[Line | None] = [
        chain_words.difficulty_line(now, zone),
        chain_words.change_line(now, zone),
        line(say("That was {rank}", rank=rank)) if rank else None,
        BLANK,
        chain_words.epoch_line(now),
        chain_words.next_line(now, zone),
        BLANK,
        chain_words.hashrate_line(now, zone),
        windows or None,
        BLANK,
        chain_words.as_of_line(now, zone),
        *chain_words.problem_lines(now),
    ]
    buttons = rows([press(say("All figures"), "/metrics"), press(say("Sales"), "/sales 30d")])
    return answer(*(each for each in lines if each is not None), buttons=buttons, chart=difficulty_chart(desk.history, now))


def metrics(desk: Desk, ask: Ask) -> Answer:
    """Every figure of network and market."""
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    lines: list[Line | None] = [
        line(bold(say("Network and market"))),
        chain_words.difficulty_line(now, zone),
        chain_words.change_line(now, zone),
        chain_words.next_line(now, zone),
        chain_words.hashrate_line(now, zone),
        line(_subsidy(now)),
        _fees(now.fees, now.now, zone) if now.fees else None,
        BLANK,
        chain_words.price_line(now, zone),
        chain_words.hashprice_line(now, zone),
        chain_words.puell_line(now, zone),
        BLANK,
        chain_words.as_of_line(now, zone),
        chain_words.price_source_line(now, zone),
        *chain_words.problem_lines(now),
    ]
    return answer(*(each for each in lines if each is not None), buttons=rows([press(say("Difficulty"), "/difficulty")]))


def _subsidy(now: Standing) -> str:
    return say(
        "Subsidy {coins} a block, halving at block {height}, about {month}",
        coins=money.btc(now.subsidy),
        height=money.whole(now.halving_height),
        month=money.month(now.halving_at),
    )


def _fees(fees: Figure, now: datetime, zone: tzinfo) -> Line:
    return say_line("Fees {fees} BTC a block, {time}", fees=money.number(fees.value, 3), time=moments.at(fees.at, now, zone))


def puell(desk: Desk, ask: Ask) -> Answer:
    """The Puell multiple, with the days that its mean rests on."""
    now = desk.standing
    said = [
        chain_words.puell_line(now, zone_of(ask.chat.timezone)),
        line(say("New coins of a day in dollars over their mean of 365 days; fees are left out")),
        line(_stored(now.puell_days)) if now.puell_days else None,
        line(_midnight(now.puell)) if now.puell else None,
    ]
    return answer(*(each for each in said if each is not None))


def _stored(days: int) -> str:
    return say_many("{n} day of price and issuance stored", "{n} days of price and issuance stored", days, n=money.whole(days))


def _midnight(figure: Figure) -> str:
    return say("As of {day} 00:00 UTC · {source}", day=money.day(figure.at.date()), source=chain_words.named(figure.source))


def hashprice(desk: Desk, ask: Ask) -> Answer:
    """What a unit of hashrate earns."""
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    explained = line(say("What 1 PH/s earns a day: subsidy and fees of 144 blocks at the present price and difficulty"))
    said = _market(chain_words.hashprice_line(now, zone), explained, desk, ask)
    return replace(
        said,
        lines=(*said.lines, chain_words.as_of_line(now, zone)),
        chart=hashprice_chart(desk.days_since(desk.now.date() - _YEAR), desk.history, desk.now),
    )


def price(desk: Desk, ask: Ask) -> Answer:
    """The price of a coin."""
    return _market(chain_words.price_line(desk.standing, zone_of(ask.chat.timezone)), None, desk, ask)


def _market(figure: Line, explained: Line | None, desk: Desk, ask: Ask) -> Answer:
    now, zone = desk.standing, zone_of(ask.chat.timezone)
    as_of = chain_words.price_source_line(now, zone) or _silent(now.now, zone)
    return answer(*(each for each in (figure, explained, as_of) if each is not None))


def _silent(now: datetime, zone: tzinfo) -> Line:
    return say_line("As of {moment}: no price source has answered yet", moment=moments.time(now, zone))
