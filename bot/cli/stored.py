"""`assay events` and `assay db`: what is stored, out of the database and into safety."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import group, say

events = group("The stories and their events.")
database = group("The database's schema and a safe copy of it.")


class ExportTo(StrEnum):
    """Output forms of `events export`."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


@events.command()
def export(to: Annotated[ExportTo, typer.Option("--to", help="How to print them.")] = ExportTo.CSV) -> None:
    """Print every story with its events."""
    from bot.app.export import export_stories
    from bot.settings import load_settings

    for line in export_stories(load_settings(), to.value):
        say(line)


@database.command()
def upgrade() -> None:
    """Bring the schema up to date, as every start of the service does."""
    from bot.app.upkeep import upgrade as run
    from bot.settings import load_settings

    say(run(load_settings()))


@database.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    replace: Annotated[bool, typer.Option("--replace", help="Write over FILE if it exists.")] = False,
) -> None:
    """Copy the database to FILE, safely while the service runs."""
    from bot.app.upkeep import backup as run
    from bot.settings import load_settings

    say(run(load_settings(), file, replace=replace))


def register(app: typer.Typer) -> None:
    """Add this file's commands to the command line."""
    app.add_typer(events, name="events")
    app.add_typer(database, name="db")
