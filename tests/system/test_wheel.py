"""The wheel holds all that is needed: installed apart from the checkout, it answers from another folder."""

import subprocess
import sys
from pathlib import Path

from tests.support.application import ROOT, environment


def test_the_wheel_answers_from_an_empty_folder(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built, site, elsewhere = tmp_path / "built", tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", built, ROOT], check=True, capture_output=True)
    (wheel,) = built.glob("assay_bot-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True, capture_output=True)
    code = "import bot, extractors, sys; from bot.cli import main; print(bot.__file__, extractors.__file__); main()"
    arguments = [sys.executable, "-c", code, "ask", "/difficulty", "--at", "2026-02-09T12:00Z"]
    installed = environment(tmp_path) | {"PYTHONPATH": str(site)}
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=elsewhere, env=installed)
    first, *answer = done.stdout.splitlines()
    assert first.count(str(site)) == 2, "it was the installed package that answered"
    assert "125.86 T" in "\n".join(answer)
    sample = subprocess.run(
        [*arguments[:3], "run"], input="/sales\n", capture_output=True, text=True, check=True, cwd=elsewhere, env=installed
    )
    assert "4,451 BTC" in sample.stdout
