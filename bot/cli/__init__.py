"""The command line: arguments in, lines out. Every command only parses, calls `bot.app` or the library, and prints.

Heavy libraries are imported inside the commands that need them, so that `assay --help` answers at once. Bad usage is one
line on standard error and exit code 2, a failure one line and exit code 1, also where the output cannot be written; nobody
sees a traceback who did not ask for it with ASSAY_LOG_LEVEL=DEBUG. Who reads our output may stop (`| head`): that is no failure.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from traceback import print_exception

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
    context_settings={"help_option_names": ["-h", "--help"]},
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
        code = app(arguments, prog_name="assay", standalone_mode=False)
        sys.stdout.flush()
    except _TyperUsageError as error:
        # What Typer took from Pydantic says so in front of its words.
        told = getattr(error, "format_message", error.__str__)().replace("Value error, ", "").rstrip(".")
        return _complain(f"{told}; `{_asked(error)} --help` tells how it is used", 2)
    except (AssayError, ExtractorError) as error:
        return _complain(str(error), 2 if isinstance(error, (UsageError, InputError)) else 1)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader of our output went away. Typer makes its own exit of that, and of nothing else when it does not stand alone.
        _drop_output()
        return 0
    except Exception as error:  # noqa: BLE001  # the last line of defence
        return _failed(error)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    """Says what nobody foresaw: most likely output that cannot be written, else a fault of ours."""
    if isinstance(error, OSError):
        _drop_output()
        return _complain(f"{error.filename or 'the output cannot be written'}: {error.strerror or error}", 1)
    if os.environ.get("ASSAY_LOG_LEVEL", "").strip().upper() == "DEBUG":
        print_exception(error)
    told = f"failed with {type(error).__name__}: {error}".rstrip(" :.")
    return _complain(f"{told}. The fault is ours; ASSAY_LOG_LEVEL=DEBUG shows where it happened", 1)


def _asked(error: Exception) -> str:
    """The command that was used wrongly, `assay feeds add`."""
    return getattr(getattr(error, "ctx", None), "command_path", "assay")


def _drop_output() -> None:
    """What is left in the buffer can go nowhere; without this the interpreter would try once more at its end, and say so."""
    with suppress(OSError):  # what stands in for standard output may have no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def _complain(message: str, code: int) -> int:
    line = " ".join(message.split())
    print(f"assay: {line}", file=sys.stderr)  # noqa: T201  # the command line's own voice
    return code


def main() -> None:
    """Entry point of the `assay` command. Python leaves None in the place of what its caller closed (`>&-`): that is an empty file here."""
    nothing = Path(os.devnull)
    sys.stdin, sys.stdout, sys.stderr = sys.stdin or nothing.open(), sys.stdout or nothing.open("w"), sys.stderr or nothing.open("w")
    sys.exit(run(sys.argv[1:]))
