"""Small words for building lines: a piece in a style, a line of pieces, parts joined by dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from bot.model import Answer, Button, Chart, Line, Piece, Style
from bot.speech import say, say_line

BLANK: Line = ()
DOT = " · "
LONGEST_DATA = 64  # bytes that a button may carry back


def bold(text: str) -> Piece:
    """A piece in bold."""
    return Piece(text, Style.BOLD)


def italic(text: str) -> Piece:
    """A piece in italics."""
    return Piece(text, Style.ITALIC)


def italics(whole: Line) -> Line:
    """A line in italics, whatever it consists of."""
    return tuple(replace(piece, style=Style.ITALIC) for piece in whole)


def struck(whole: Line) -> Line:
    """A line struck out, whatever it consists of."""
    return tuple(replace(piece, style=Style.STRUCK) for piece in whole)


def code(text: str) -> Piece:
    """A piece to type or copy."""
    return Piece(text, Style.CODE)


def line(*parts: Piece | str | Line) -> Line:
    """One line of pieces, plain words and shorter lines."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(part))
        elif isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces.extend(part)
    return tuple(pieces)


def joined(parts: Iterable[Piece | str | Line | None], between: str = DOT) -> Line:
    """The parts that are there, in one line with `between` between them."""
    pieces: list[Piece] = []
    for part in parts:
        if part:
            pieces.extend((Piece(between),) if pieces else ())
            pieces.extend(line(part))
    return tuple(pieces)


def enumerated(parts: Iterable[str | None]) -> str:
    """The parts that are there, told one after another with the comma of the spoken language; empty without any."""
    kept = [part for part in parts if part]
    if not kept:
        return ""
    # Translators: how the parts of a list stand one after another.
    return reduce(lambda told, part: say("{told}, {next}", told=told, next=part), kept)


def in_turn(parts: Iterable[str | None]) -> str:
    """The same of parts that hold commas themselves: with the semicolon of the spoken language."""
    kept = [part for part in parts if part]
    return reduce(lambda told, part: say("{told}; {next}", told=told, next=part), kept) if kept else ""


def listed(parts: Sequence[Piece | Line]) -> Line:
    """Pieces and short lines enumerated: names with links; at least one."""
    first = line(parts[0])
    return reduce(lambda told, part: say_line("{told}, {next}", told=told, next=part), parts[1:], first)


def headed(label: str, *rest: Piece | str | Line) -> Line:
    """A line that begins with a label in bold, "Stale: ..."; a full-width colon brings its own space."""
    return line(bold(label if label.endswith("\N{FULLWIDTH COLON}") else f"{label} "), *rest)


def answer(*lines: Line | str, buttons: tuple[tuple[Button, ...], ...] = (), chart: Chart | None = None) -> Answer:
    """An answer of lines; a string is a plain line."""
    return Answer(tuple(line(each) if isinstance(each, str) else each for each in lines), buttons, chart)


def press(label: str, command: str) -> Button | None:
    """A button that types `command`; None if that is too long for a button to carry."""
    return Button(label, data=command) if len(command.encode()) <= LONGEST_DATA else None


def clipped(text: str, most: int = 60) -> str:
    """What somebody typed or wrote, cut where it is too long to be told back."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def ticked(label: str, *, on: bool) -> str:
    """The label of a button for what is chosen, or may be."""
    return f"✓ {label}" if on else label


def rows(*buttons: Iterable[Button | None]) -> tuple[tuple[Button, ...], ...]:
    """Rows of the buttons that are there; empty rows go."""
    kept = (tuple(button for button in row if button is not None) for row in buttons)
    return tuple(row for row in kept if row)
