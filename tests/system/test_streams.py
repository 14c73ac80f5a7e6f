"""The command line among other programs: who reads stops, a disk is full, a stream is closed, a file is no text. A line, no traceback."""

import subprocess
from pathlib import Path

import pytest

from tests.support.application import ASSAY, ROOT, assay, environment

FULL = Path("/dev/full")
GROUPS = {"feeds": "export", "events": "export", "db": "backup"}


def shell(home: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in which "$@" is the command."""
    call = ["bash", "-c", f"set -o pipefail; {line}", "bash", *ASSAY]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=False, cwd=home, env=environment(home))


@pytest.mark.parametrize("arguments", ["feeds list", "extract --help", "feeds export"])
def test_who_reads_may_stop_at_any_line(tmp_path: Path, arguments: str) -> None:
    done = shell(tmp_path, f'"$@" {arguments} | true')
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", ["--help", "feeds list", "feeds export"])
def test_a_full_disk_is_said_in_a_line(tmp_path: Path, arguments: str) -> None:
    done = shell(tmp_path, f'"$@" {arguments} > {FULL}')
    assert (done.returncode, done.stderr) == (1, "assay: the output cannot be written: No space left on device\n")


def test_closed_streams_are_empty_files(tmp_path: Path) -> None:
    assert shell(tmp_path, '"$@" feeds export >&-').stderr == ""
    done = shell(tmp_path, '"$@" extract --to jsonl <&-')
    assert (done.returncode, done.stderr) == (2, "")
    assert "the text is empty" in done.stdout


def test_a_settings_file_that_is_no_text_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00")
    done = assay(tmp_path, "feeds", "list")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert ".env cannot be read" in done.stderr


@pytest.mark.parametrize(("group", "command"), GROUPS.items())
def test_a_group_alone_shows_its_commands_line_by_line(tmp_path: Path, group: str, command: str) -> None:
    done = assay(tmp_path, group)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"\n  {command} " in done.stdout
    assert done.stdout == assay(tmp_path, group, "-h").stdout


@pytest.mark.parametrize(
    "arguments", [("feeds", "add"), ("feeds", "nosuch"), ("db", "backup"), ("ask",), ("digest", "--weak"), ("run", "x")]
)
def test_what_is_used_wrongly_says_where_its_use_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = assay(tmp_path, *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    told = done.stderr.partition("`")[2].partition("`")[0].split()
    assert told[0] == "assay"
    assert assay(tmp_path, *told[1:]).stdout.startswith(f"Usage: {' '.join(told[:-1])}")


def test_no_help_is_cut_short_at_eighty_columns() -> None:
    for group in ((), *((name,) for name in GROUPS)):
        done = subprocess.run(
            [*ASSAY, *group, "--help"], capture_output=True, text=True, check=True, env=environment(ROOT, {"COLUMNS": "80"})
        )
        assert "..." not in done.stdout.partition("Commands:")[2], done.stdout
