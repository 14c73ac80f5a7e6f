"""What the commands share at the terminal: reading files and times, tables and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def parse_time(text: str | None) -> datetime:
    """An ISO time as aware UTC (no zone means UTC), now without one; UsageError if it is none."""
    if text is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--at wants an ISO time such as 2026-02-09T12:00Z, not {text!r}") from None
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
    """A table as wide as the terminal, or as its content where there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = 200
    console.print(table)


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yields a function that says how much more is done; drawn on standard error, so that output stays clean."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total)
        yield lambda done: progress.advance(task, done)
