"""A chat at the terminal on the sample data, for who has no token yet: the same commands, the same answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC

from bot.app.answers import answer_text
from bot.app.sample import SAMPLE_NOW, load_sample, read_sample, sample_store
from bot.cli.console import progress_bar
from bot.cli.console import say as show
from bot.decisions import money
from bot.jobs.read import Read
from bot.speech import say, speaking

_PROMPT = "> "


def chat_on_sample(language: str) -> None:
    """Loads the sample, says what that did, and answers line by line, in the language of that code, until the end of input."""
    samples = read_sample()
    total = sum(len(sample.articles) for sample in samples)
    with speaking(language):
        label = say("Reading the sample")
    with sample_store() as store:
        with progress_bar(label, total) as advance:
            done = asyncio.run(load_sample(store, samples, advance))
        with speaking(language):
            for told in _greeting(done, len(samples)):
                show(told)
        for line in _lines():
            if not sys.stdin.isatty():
                show(f"\n{_PROMPT}{line}")
            show("")
            show(answer_text(store, line, SAMPLE_NOW, language=language))
            show("")


def _greeting(done: Read, feeds: int) -> Iterator[str]:
    """What was read, what this is, and how to go on."""
    yield say(
        "Read {articles} articles of {feeds} sample feeds: {events} events in {stories} stories.",
        articles=money.whole(done.articles),
        feeds=money.whole(feeds),
        events=money.whole(done.events),
        stories=money.whole(done.new),
    )
    yield say(
        "No {setting} is set, so this is a chat on the sample; its clock stands at {time}.",
        setting="ASSAY_TELEGRAM_TOKEN",
        time=money.moment(SAMPLE_NOW, UTC),
    )
    yield say("Try /sales, /difficulty, /digest or /help. An empty line or Ctrl-D ends.")


def _lines() -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    with suppress(ImportError):  # not every system has it
        import readline  # noqa: F401  # gives input() its history and editing
    while True:
        try:
            line = input(_PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            show("")
            return
        if not line:
            return
        yield line
