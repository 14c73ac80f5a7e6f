"""One question, one answer: what the terminal and `assay ask` say is what the chat would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.app.base import open_store
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.markup import to_plain
from bot.edges.store.store import Store
from bot.settings import Settings
from bot.speech import speaking


def answer_text(store: Store, question: str, now: datetime, *, language: str = "en") -> str:
    """The answer to one command as plain text, in the language of that code."""
    with speaking(language):
        return to_plain(reply(Desk(store, now), Ask(question)))


def ask_once(settings: Settings, question: str, now: datetime, *, language: str) -> str:
    """The answer from the user's own database, in the language of that code; UsageError for a question that was not understood."""
    with open_store(settings) as store, speaking(language):
        return to_plain(reply(Desk(store, now), Ask(question), strict=True))


def digest_text(settings: Settings, question: str, now: datetime, *, language: str, draw_chart: bool) -> tuple[str, bytes | None]:
    """The digest that `question` (/digest, /digest week) asks for, as plain text in the language of that code, and its chart as PNG.

    No chart if none is wanted, or there is none.
    """
    with open_store(settings) as store, speaking(language):
        answer = replace(reply(Desk(store, now), Ask(question)), buttons=())  # one that is posted has none
        text = to_plain(answer)
    if not draw_chart or answer.chart is None:
        return text, None
    from bot.decisions.charts import draw  # matplotlib takes its time

    return text, draw(answer.chart)
