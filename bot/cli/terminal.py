"""A chat at the terminal on the sample data, for who has no token yet: the same commands, the same answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress

from bot.app.answers import answer_text
from bot.app.sample import SAMPLE_NOW, load_sample, read_sample, sample_store
from bot.cli.console import progress_bar, say

_PROMPT = "> "


def chat_on_sample(language: str) -> None:
    """Loads the sample, says what that did, and answers line by line, in the language of that code, until the end of input."""
    samples = read_sample()
    total = sum(len(sample.articles) for sample in samples)
    with sample_store() as store:
        with progress_bar("Reading the sample", total) as advance:
            done = asyncio.run(load_sample(store, samples, advance))
        say(f"Read {done.articles} articles of {len(samples)} sample feeds: {done.events} events in {done.new} stories.")
        say(f"No ASSAY_TELEGRAM_TOKEN is set, so this is a chat on the sample; its clock stands at {SAMPLE_NOW:%d %b %Y %H:%M} UTC.")
        say("Try /sales, /difficulty, /digest or /help. An empty line or Ctrl-D ends.")
        for line in _lines():
            if not sys.stdin.isatty():
                say(f"\n{_PROMPT}{line}")
            say("")
            say(answer_text(store, line, SAMPLE_NOW, language=language))
            say("")


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
            say("")
            return
        if not line:
            return
        yield line
