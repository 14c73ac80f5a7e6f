"""Mining news in, structured facts out: a library without network, clock, environment or database.

`extract(article)` is the door. Everything an extraction says can be traced to a span of the article's own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractors.model import (
    Article,
    Claim,
    Event,
    Extraction,
    Kind,
    Metric,
    Modality,
    Note,
    NoteKind,
    Period,
    Purpose,
    Span,
    Status,
)

if TYPE_CHECKING:
    from extractors.door import extract

VERSION = "4"
"""Of the rules: what another version has read is read anew by `assay reextract`."""

__all__ = [
    "VERSION",
    "Article",
    "Claim",
    "Event",
    "Extraction",
    "Kind",
    "Metric",
    "Modality",
    "Note",
    "NoteKind",
    "Period",
    "Purpose",
    "Span",
    "Status",
    "extract",
]


def __getattr__(name: str) -> Any:
    # The extractor brings spaCy, which takes most of a second to import: only who extracts pays for it.
    if name == "extract":
        from extractors.door import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
