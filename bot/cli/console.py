"""What the commands share at the terminal: reading files and times, tables and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_YEAR, _LAST_YEAR = 2010, 2100  # of what can be asked for: with a year of blocks behind it, and within what is computed with
_WIDEST = 10_000  # columns: wider than any table, for output that is no terminal
_FOLDABLE = 1.3  # a table that is this much wider than the terminal is still read well with its cells folded


def group(told: str) -> typer.Typer:
    """A command of commands, which shows them if it is called without one."""
    made = typer.Typer(help=told, invoke_without_command=True)

    @made.callback()
    def _alone(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    return made


def parse_time(text: str | None) -> datetime:
    """An ISO time as aware UTC (no zone means UTC), now without one; UsageError if it is none, or not of Bitcoin's time."""
    if text is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--at wants an ISO time such as 2026-02-09T12:00Z, not {text!r}") from None
    if not _FIRST_YEAR <= time.year < _LAST_YEAR:
        raise UsageError(f"--at wants a time from {_FIRST_YEAR} to {_LAST_YEAR - 1}, not {text!r}")
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def read_language(text: str) -> str:
    """The code of the language of that name or code; UsageError if it is not spoken here."""
    from bot.speech import LANGUAGES, language_names

    code = language_names().get(text.strip().casefold())
    if code is None:
        raise UsageError(f"--language wants one of {', '.join(LANGUAGES)}, not {text!r}")
    return code


def read_inputs(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, standard input without any or for `-`; UsageError if one cannot be read."""
    for file in files or (Path("-"),):
        if str(file) == "-":
            yield "standard input", sys.stdin.buffer.read()
            continue
        try:
            yield str(file), file.read_bytes()
        except OSError as error:
            raise UsageError(f"{file}: {error.strerror or error}") from None


def say(text: str = "") -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


def write(text: str) -> None:
    """Text on standard output as it stands."""
    sys.stdout.write(text)


def write_picture(file: Path, picture: bytes | None) -> None:
    """Writes a picture, or says that there is none; UsageError if the file cannot be written."""
    if picture is None:
        sys.stderr.write("assay: there is nothing to draw yet\n")
        return
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from None


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: frozenset[str] = frozenset()) -> None:
    """A table as wide as its content; on a terminal too narrow for it, each row as a paragraph of its cells by name."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    kept = [tuple(row) for row in rows]
    for row in kept:
        table.add_row(*row)
    console = Console(markup=False, highlight=False)
    width, console.width = console.width, _WIDEST
    if console.is_terminal:
        if console.measure(table).maximum > width * _FOLDABLE:
            for row in kept:
                say(_paragraph(columns, row))
            return
        console.width = width
    console.print(table)


def _paragraph(columns: Sequence[str], row: Sequence[str]) -> str:
    """The first cell, and under it the others that hold something, each in a line that begins with its column's name."""
    return "\n".join((row[0], *(f"  {column}: {cell}" for column, cell in zip(columns[1:], row[1:], strict=True) if cell)))


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yields a function that says how much more is done; drawn on standard error, so that output stays clean."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done: progress.advance(task, done)
