"""Where the shipped data lies: inside the installed package, or in the checkout's `data/` for an editable install."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE / "data", _HERE.parent / "data")


def data_path(*parts: str) -> Path:
    """Path of a shipped data file or folder, `data_path("miners.csv")`; FileNotFoundError if it is not shipped."""
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is not among the shipped data")
