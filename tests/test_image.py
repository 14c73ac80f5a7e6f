"""The image: what it is built of reaches the builder, and no secret does; it stops when it is told to."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_what_is_copied_into_the_image_is_all_that_is_sent_to_the_builder() -> None:
    copied = set()
    for names in re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE):
        copied |= set(names.split())
    shut, *rules = (rule for rule in (ROOT / ".dockerignore").read_text().splitlines() if not rule.startswith("#"))
    assert shut == "*", "what is not named stays here: the .env with the token, the history, environments"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == copied
    assert copied
    assert all((ROOT / name).exists() for name in copied)


def test_it_is_stopped_by_the_signal_that_works_from_the_first_moment() -> None:
    """A SIGTERM while the program is still loading would be lost: nobody had a handler for it."""
    assert re.search(r"^STOPSIGNAL SIGINT$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
