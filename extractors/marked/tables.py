"""The same items as tables: each filled field with its value and the words that say it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from extractors.marked.marks import Item

_LONGEST = 120  # characters of the words shown; all of them are marked in the text


def tables_of(items: Iterable[Item], body: str) -> str:
    """A table for each item, in their order; a line that says so where there are none."""
    return "".join(_table(item, body) for item in items) or '<p class="none">Nothing found.</p>'


def _table(item: Item, body: str) -> str:
    caption = f'<caption><span style="background:var(--{item.family})">{escape(item.name)}</span></caption>'
    rows = (_row(name, words, item, body) for name, words in item.fields.items())
    return f"<table>{caption}{''.join(rows)}</table>\n"


def _row(name: str, value: str, item: Item, body: str) -> str:
    span = item.spans.get(name)
    head = f'<tr><th scope="row">{escape(name.replace("_", " "))}</th>'
    if span is None:
        return f'{head}<td colspan="2"{_class(name, value)}>{escape(value)}</td></tr>'
    return f"{head}<td>{escape(value)}</td><td><q>{escape(_short(body[span[0] : span[1]]))}</q></td></tr>"


def _class(name: str, value: str) -> str:
    """A verdict is its own class, so that an accusation catches the eye."""
    return f' class="{escape(value)}"' if name == "verdict" else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
