"""The command line: arguments in, lines out. Every command only parses, calls `bot.app` or the library, and prints.

Heavy libraries are imported inside the commands that need them, so that `assay --help` answers at once. Bad usage is one
line on standard error and exit code 2, a failure one line and exit code 1; nobody sees a traceback.
"""

from __future__ import annotations

import os
import sys

import typer

from bot.cli import feeds, service, stored, texts
from bot.errors import AssayError, UsageError
from extractors.errors import ExtractorError, InputError

# Typer shows only this subclass of its usage error by a public name; unknown options and missing arguments are its siblings.
_TyperUsageError: type[Exception] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="assay",
    help="Reads bitcoin-mining news, weighs every figure against the chain and the market, and tells a Telegram chat.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
service.register(app)
texts.register(app)
feeds.register(app)
stored.register(app)


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"assay {installed('assay-bot')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: list[str]) -> int:
    """The exit code of one call; all errors of ours end here as one line on standard error."""
    try:
        code = app(arguments, standalone_mode=False)
    except _TyperUsageError as error:
        # What Typer took from Pydantic says so in front of its words.
        return _complain(getattr(error, "format_message", error.__str__)().replace("Value error, ", ""), 2)
    except (UsageError, InputError) as error:
        return _complain(str(error), 2)
    except (AssayError, ExtractorError) as error:
        return _complain(str(error), 1)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not our error, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    line = " ".join(message.split())
    print(f"assay: {line}", file=sys.stderr)  # noqa: T201  # the command line's own voice
    return code


def main() -> None:
    """Entry point of the `assay` command."""
    sys.exit(run(sys.argv[1:]))
