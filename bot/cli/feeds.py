"""`assay feeds`: the sources of news, with OPML in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import group, print_table, say

feeds = group("List, add, remove, check, import and export feeds.")
_NAMED = "Its name as `assay feeds list` shows it, or the beginning of that; or its address."


@feeds.command("list")
def list_feeds() -> None:
    """Show the feeds and their health."""
    from bot.app.feeds import listed
    from bot.settings import load_settings

    print_table(("Feed", "Kind", "Address", "Last good poll", "State"), listed(load_settings()))


@feeds.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the feed.")],
    title: Annotated[str, typer.Option(metavar="NAME", help="A name for it; its host without one.")] = "",
) -> None:
    """Add a feed."""
    from bot.app.feeds import add as run
    from bot.settings import load_settings

    say(run(load_settings(), url, title))


@feeds.command()
def remove(feed: Annotated[list[str], typer.Argument(metavar="FEED", help=_NAMED)]) -> None:
    """Remove a feed; its articles stay."""
    from bot.app.feeds import remove as run
    from bot.settings import load_settings

    say(run(load_settings(), " ".join(feed)))


@feeds.command()
def check(
    feed: Annotated[list[str] | None, typer.Argument(metavar="FEED", help=f"{_NAMED} Every feed without it.")] = None,
) -> None:
    """Fetch every feed, or one, and say what came.

    Nothing is stored. An address is fetched whether or not it is on the list.
    """
    import asyncio

    from bot.app.feeds import check as run
    from bot.settings import load_settings

    results = asyncio.run(run(load_settings(), " ".join(feed) if feed is not None else None))
    for result in results:
        say(f"{'ok  ' if result.ok else 'BAD '} {result.what}: {result.state}")
    if not all(result.ok for result in results):
        raise typer.Exit(1)


@feeds.command("import")
def import_file(file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; - for standard input.")]) -> None:
    """Add the feeds of an OPML or TOML file."""
    from bot.app.feeds import import_bytes
    from bot.cli.console import read_inputs
    from bot.settings import load_settings

    for name, data in read_inputs([file]):
        say(import_bytes(load_settings(), data, name))


@feeds.command()
def export() -> None:
    """Print the feeds as OPML."""
    from bot.app.feeds import export as run
    from bot.settings import load_settings

    say(run(load_settings()))


def register(app: typer.Typer) -> None:
    """Add this file's commands to the command line."""
    app.add_typer(feeds, name="feeds")
