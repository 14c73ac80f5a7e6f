"""A secret that was hidden appears in no log record, whoever writes it and however it is formatted."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.edges import secrets

TOKEN = "123456789:AAsecret-part_of_the_token"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root, level, make = logging.getLogger(), logging.getLogger().level, logging.getLogRecordFactory()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    secrets.hide(TOKEN)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(make)


class Shy:
    def __repr__(self) -> str:
        return f"Bot[token={TOKEN}]"


@pytest.mark.parametrize(
    "arguments",
    [
        (f"called https://api.example.org/bot{TOKEN}/getMe",),
        ("called %s", f"https://api.example.org/bot{TOKEN.replace(':', '%3A')}/getMe"),
        ("bot %r failed with %d", Shy(), 5),
        ("only the part after the colon: %s", TOKEN.partition(":")[2]),
        ({"url": f"https://example.org/bot{TOKEN}/"},),
        ("arguments that do not fit %s %s", TOKEN),
    ],
)
def test_messages_and_arguments_are_cleaned(log: io.StringIO, arguments: tuple, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("some.library").debug(*arguments)
    assert secrets.HIDDEN in log.getvalue() + capsys.readouterr().err
    assert "AAsecret" not in log.getvalue() + capsys.readouterr().err


def test_tracebacks_are_cleaned_with_their_causes(log: io.StringIO) -> None:
    try:
        try:
            raise ValueError(f"no such address /bot{TOKEN}/")
        except ValueError as cause:
            raise RuntimeError("call failed") from cause
    except RuntimeError:
        logging.getLogger("some.library").exception("it failed")
    assert "RuntimeError: call failed" in log.getvalue()
    assert "AAsecret" not in log.getvalue()


def test_what_holds_no_secret_is_left_as_it_is(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("%s of %d", "one", 2)
    assert log.getvalue() == "WARNING some.library one of 2\n"
