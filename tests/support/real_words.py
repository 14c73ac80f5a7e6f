"""The real commands as the bot gets them, with a clock that stands and pictures that cost nothing."""

from datetime import datetime

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.inline import Offer, offers
from bot.commands.registry import COMMANDS, OPERATORS, changes_settings, reply
from bot.edges.store.store import Store
from bot.model import Answer
from bot.telegram.parts import Words
from tests.support.telegram_pictures import tiny_png


def real_words(store: Store, now: datetime) -> Words:
    def answer(ask: Ask) -> Answer:
        return reply(Desk(store, now), ask)

    def offered(query: str) -> list[Offer]:
        return offers(Desk(store, now), query)

    return Words(answer, changes_settings, COMMANDS, lambda chart: tiny_png(), OPERATORS, offered)
