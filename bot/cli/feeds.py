"""`assay feeds`: the sources of news, with OPML in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import print_table, say

feeds = typer.Typer(help="List, add, remove, check, import and export feeds.", no_args_is_help=True)
_Url = Annotated[str, typer.Argument(metavar="URL")]


@feeds.command("list")
def list_feeds() -> None:
    """Show the feeds and their health."""
    from bot.app.feeds import listed
    from bot.settings import load_settings

    print_table(("Feed", "Kind", "Address", "Last good poll", "State"), listed(load_settings()))


@feeds.command()
def add(url: _Url, title: Annotated[str, typer.Option(help="A name for it; its address without one.")] = "") -> None:
    """Add a feed."""
    from bot.app.feeds import add as run
    from bot.settings import load_settings

    say(run(load_settings(), url, title))


@feeds.command()
def remove(url: _Url) -> None:
    """Remove a feed; its articles stay."""
    from bot.app.feeds import remove as run
    from bot.settings import load_settings

    say(run(load_settings(), url))


@feeds.command()
def check(url: Annotated[str | None, typer.Argument(metavar="[URL]")] = None) -> None:
    """Fetch every feed, or one, and say what came; nothing is stored."""
    import asyncio

    from bot.app.feeds import check as run
    from bot.settings import load_settings

    results = asyncio.run(run(load_settings(), url))
    for result in results:
        say(f"{'ok  ' if result.ok else 'BAD '} {result.what}: {result.state}")
    if not all(result.ok for result in results):
        raise typer.Exit(1)


@feeds.command("import")
def import_file(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
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
