"""`run`, `ask`, `refresh`, `digest` and `doctor`: the service and what it would say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import parse_time, progress_bar, read_language, say, write_picture

_At = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Answer as of this time (ISO, UTC without a zone).")]
_Language = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Answer at the terminal in this language: en, de, es, ru or zh.")
]


def run(language: _Language = "en") -> None:
    """Start the service, or without a token a chat here.

    Without ASSAY_TELEGRAM_TOKEN it opens a chat at the terminal on the sample data; input that is no terminal is answered line by line.
    """
    from bot.settings import load_settings

    settings = load_settings()
    if settings.telegram_token is None:
        from bot.cli.terminal import chat_on_sample

        chat_on_sample(read_language(language))
        return
    import asyncio

    from bot.app.service import serve

    raise typer.Exit(asyncio.run(serve(settings)))


def ask(
    question: Annotated[str, typer.Argument(metavar='"/COMMAND ..."', help="A command as it is typed in a chat, in quotation marks.")],
    at: _At = None,
    language: _Language = "en",
) -> None:
    """Print the answer to one command of the chat.

    Such as: assay ask "/sales CANG 30d" --at 2026-02-09T12:00Z
    """
    from bot.app.answers import ask_once
    from bot.settings import load_settings

    say(ask_once(load_settings(), question, parse_time(at), language=read_language(language)))


def refresh() -> None:
    """Make one pass over the feeds and the chain and price sources."""
    import asyncio

    from bot.app.refresh import refresh_once
    from bot.settings import load_settings

    settings = load_settings()
    with progress_bar("Refreshing", None) as advance:
        report = asyncio.run(refresh_once(settings, advance))
    for line in report:
        say(line)


def digest(
    at: _At = None,
    week: Annotated[bool, typer.Option("--week", help="The edition of the week, as /digest week.")] = False,
    language: _Language = "en",
    chart: Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Write the digest's chart to this PNG file.")] = None,
) -> None:
    """Print the digest that would be posted."""
    from bot.app.answers import digest_text
    from bot.settings import load_settings

    question = "/digest week" if week else "/digest"
    spoken = read_language(language)
    text, picture = digest_text(load_settings(), question, parse_time(at), language=spoken, draw_chart=chart is not None)
    say(text)
    if chart is not None:
        write_picture(chart, picture)


def doctor() -> None:
    """Say what is wrong with the setup and how to mend it.

    Looks at the token, the database, the feeds and the chain and price sources; exit code 1 if something is wrong.
    """
    import asyncio

    from bot.app.doctor import examine
    from bot.settings import load_settings

    healthy = True
    for finding in asyncio.run(examine(load_settings())):
        healthy &= finding.ok
        say(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}: {finding.state}")
        if finding.remedy:
            say(f"     {finding.remedy}")
    if not healthy:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add this file's commands to the command line."""
    for command in (run, ask, refresh, digest, doctor):
        app.command()(command)
