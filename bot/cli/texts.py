"""`extract`, `stories` and `reextract`: articles in, events and stories out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import print_table, progress_bar, read_inputs, say, write

if TYPE_CHECKING:
    from bot.decisions.verdicts import Facts
    from extractors.intake import BadLine
    from extractors.model import Article


class From(StrEnum):
    """Input forms."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    JSONL = "jsonl"


class ExtractTo(StrEnum):
    """Output forms of `extract`."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


class StoriesTo(StrEnum):
    """Output forms of `stories`."""

    TABLE = "table"
    JSONL = "jsonl"


_Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Files to read; standard input without any.")]
_From = Annotated[From, typer.Option("--from", help="What the input is.")]


def extract(
    files: _Files = None,
    form: _From = From.AUTO,
    to: Annotated[ExtractTo, typer.Option("--to", help="How to print what was found.")] = ExtractTo.TABLE,
) -> None:
    """Print the events, claims and notes in articles.

    Each figure comes with the span of the text that it was read from.
    """
    from bot.app.offline import known_facts
    from bot.settings import load_settings

    articles, facts = _articles(files, form), known_facts(load_settings())
    failed = _print_page(articles, facts) if to is ExtractTo.HTML else _print_lines(articles, facts, to)
    if failed:
        raise typer.Exit(2)


def stories(
    files: _Files = None,
    form: _From = From.AUTO,
    to: Annotated[StoriesTo, typer.Option("--to", help="How to print the stories.")] = StoriesTo.TABLE,
) -> None:
    """Print the stories that articles tell together.

    One disposal is one story, with every article that tells it and where they differ.
    """
    from bot.app.offline import story_lines
    from extractors.jsonl import dumps

    lines, errors = story_lines(_articles(files, form))
    for error in errors:
        typer.echo(f"assay: {error}", err=True)
    if to is StoriesTo.JSONL:
        for line in lines:
            say(dumps(line))
    else:
        print_table(
            ("Story", "Kind", "Miner", "BTC", "USD", "Status", "Period", "Articles", "Differ"),
            [
                (
                    line["story"],
                    line["kind"],
                    line["company"],
                    _figure(line["btc"]),
                    _figure(line["usd"]),
                    line["status"],
                    _period(line["period"]),
                    str(len(line["articles"])),
                    ", ".join(difference["field"] for difference in line["differ"]),
                )
                for line in lines
            ],
            right=frozenset({"BTC", "USD", "Articles"}),
        )
    if errors:
        raise typer.Exit(2)


def reextract(
    apply: Annotated[bool, typer.Option("--apply", help="Store the new extractions; without it they are only shown.")] = False,
) -> None:
    """Read the stored articles anew, and show what changes.

    The current extractor is run over each; --apply stores what it found.
    """
    from bot.app.upkeep import reextract as run
    from bot.settings import load_settings

    settings = load_settings()
    with progress_bar("Reading anew", None) as advance:
        changes = run(settings, apply=apply, advance=advance)
    for change in changes:
        say(change)
    found = "1 change" if len(changes) == 1 else f"{len(changes):,} changes"
    say(f"{found}{' stored' if apply else '; --apply stores what is new'}." if changes else "Nothing would change.")


def register(app: typer.Typer) -> None:
    """Add this file's commands to the command line."""
    app.command()(extract)
    app.command()(stories)
    app.command()(reextract)


def _articles(files: list[Path] | None, form: From) -> Iterator[Article | BadLine]:
    from extractors.errors import InputError
    from extractors.intake import BadLine, Form, read_articles

    for name, data in read_inputs(files or []):
        try:
            yield from read_articles(data, Form(form.value), name=name)
        except InputError as error:  # one document that cannot be read does not sink the others
            yield BadLine(name, str(error), 0)


def _print_page(articles: Iterable[Article | BadLine], facts: Facts) -> bool:
    """Write the page as it is made; True if an article could not be read."""
    from bot.app.offline import marked_page

    failed = False
    for piece, is_error in marked_page(articles, facts):
        failed |= is_error
        write(piece)
    return failed


def _print_lines(articles: Iterable[Article | BadLine], facts: Facts, to: ExtractTo) -> bool:
    """Print what was found; True if an article could not be read."""
    from bot.app.offline import extract_lines
    from extractors.jsonl import dumps

    failed = False
    lines = []
    for line in extract_lines(articles, facts):
        failed |= "error" in line
        if to is ExtractTo.JSONL:
            say(dumps(line))
        else:
            lines.append(line)
    if to is ExtractTo.JSON:
        say("[" + ",\n".join(map(dumps, lines)) + "]")
    elif to is ExtractTo.TABLE:
        _print_events(lines)
    return failed


def _print_events(lines: list[dict]) -> None:  # type: ignore[type-arg]  # decoded JSON of our own making
    rows = []
    for line in lines:
        if "error" in line:
            rows.append((line["id"] or "?", "error", line["error"], *[""] * 6))
        rows += [
            (
                line["id"],
                event["kind"],
                event["company"] + (f" ({event['ticker']})" if event["ticker"] else ""),
                _figure(event["btc"]),
                _figure(event["usd"]),
                _figure(event["price_usd"]),
                event["status"],
                _period(event["period"]),
                ", ".join(event["purposes"]),
            )
            for event in line.get("events", ())
        ]
    columns = ("Article", "Kind", "Miner", "BTC", "USD", "Price", "Status", "Period", "Purposes")
    print_table(columns, rows, right=frozenset({"BTC", "USD", "Price"}))


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:,}"


def _period(value: list[str] | None) -> str:
    if value is None:
        return ""
    start, end = value
    return start if start == end else f"{start} to {end}"
