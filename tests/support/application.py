"""The real application in a process of its own, with an empty home and an environment that the test gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
ASSAY = (sys.executable, "-c", "from bot.cli import main; main()")


def environment(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """No setting of the machine gets in; everything the application writes lands under `home`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "XDG_"))}
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | dict(settings or {})


def assay(
    home: Path, *arguments: str, given: str | bytes = "", settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One call of the command line, run in `home`."""
    data = given.decode() if isinstance(given, bytes) else given
    return subprocess.run(
        [*ASSAY, *arguments],
        input=data,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=home,
        env=environment(home, settings),
    )


class Service:
    """`assay run` while the `with` block lasts; `output` holds everything it ever said."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        self._home = home
        self._settings = settings
        self._log = home / "output.log"

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*ASSAY, "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._home,
                env=environment(self._home, self._settings),
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end(signal.SIGTERM if kind is None else signal.SIGKILL)

    def end(self, how: signal.Signals) -> int:
        """Sends the signal and waits; the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        return self._process.wait(30)

    def wait(self, seconds: float) -> int:
        """The exit code, once it ends by itself."""
        return self._process.wait(seconds)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")
