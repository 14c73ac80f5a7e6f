"""Every command with the sample's news, and every button under its answer, over the wire: nothing that Telegram would refuse."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.app.sample import SAMPLE_NOW, load_sample, read_sample, sample_store
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import COMMANDS, changes_settings, reply
from bot.edges.store.store import Store
from bot.model import Answer
from bot.telegram.parts import Words
from bot.telegram.service import Account
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import running_with
from tests.support.telegram_pictures import tiny_png
from tests.support.telegram_world import Posted

pytestmark = pytest.mark.anyio
LINES = [
    *(f"/{name}" for name in COMMANDS),
    "/sales CANG",
    "/sales 365d by miner",
    "/sales >500",
    "/miner CANG",
    "/why 1",
    "/why_2",
    "/digest 08:00 Europe/Berlin",
    "/subscribe sales >100 CANG RIOT",
    "/sales <b>&amp;\u202e\u200b🟧" + "x" * 3000,
    "/nonsense",
    "just words",
]


@pytest.fixture(scope="module")
def sample() -> Iterator[Store]:
    with sample_store() as store:
        asyncio.run(load_sample(store, read_sample(), lambda count: None))
        yield store


def words(store: Store, now: datetime) -> Words:
    def answer(ask: Ask) -> Answer:
        return reply(Desk(store, now), ask)

    return Words(answer, changes_settings, COMMANDS, lambda chart: tiny_png())


def buttons(message: Posted) -> list[str]:
    return [one["callback_data"] for row in message.rows for one in row if "callback_data" in one]


async def test_every_command_and_every_button_is_taken_by_telegram(telegram: FakeTelegram, sample: Store, caplog) -> None:
    async with running_with(telegram, sample, words(sample, SAMPLE_NOW), Account(telegram.token, telegram.root)):
        people = {line: telegram.person(line) for line in LINES}
        for line, user in people.items():
            telegram.say(user, line)
        await telegram.until(lambda: all(telegram.shown(user) for user in people.values()), within=30)
        pressed = []
        for user in people.values():
            shown = telegram.shown(user)[-1]
            for data in buttons(shown)[:1] + buttons(shown)[-1:]:
                pressed.append(data)
                telegram.press(shown, data, by=user)
        await telegram.until(lambda: not telegram.open_callbacks, within=30)
    assert len(pressed) > 10
    assert "failed" not in caplog.text
    for line, user in people.items():
        assert "failed" not in " ".join(telegram.texts(user)), line
