"""How a note is told: what it is about, then who and what, or the article's own words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.decisions.claim_words import shortened
from bot.decisions.lines import enumerated, headed, joined
from bot.decisions.telling import source_piece
from bot.model import Line, StoredNote
from bot.speech import marked, say
from extractors.model import NoteKind

_NOTES: Mapping[NoteKind, str] = {
    NoteKind.APPOINTMENT: marked("Appointment"),
    NoteKind.APPROVAL: marked("Approval"),
    NoteKind.CURTAILMENT: marked("Curtailment"),
    NoteKind.AI_HPC: marked("AI and HPC"),
    NoteKind.FINANCING: marked("Financing"),
    NoteKind.FLOWS: marked("Flows"),
}
_NOTES_OF: Mapping[NoteKind, str] = {
    NoteKind.APPOINTMENT: marked("{miner}, appointment"),
    NoteKind.APPROVAL: marked("{miner}, approval"),
    NoteKind.CURTAILMENT: marked("{miner}, curtailment"),
    NoteKind.AI_HPC: marked("{miner}, AI and HPC"),
    NoteKind.FINANCING: marked("{miner}, financing"),
    NoteKind.FLOWS: marked("{miner}, flows"),
}


def note_line(stored: StoredNote) -> Line:
    """`Cango, appointment: Jack Jin, chief technology officer`, and where it was read."""
    told = headed(say("{label}:", label=note_label(stored)), note_words(stored))
    return joined((told, source_piece(stored.source)))


def note_label(stored: StoredNote) -> str:
    """`Cango, appointment`; the kind alone for the sector."""
    kind = stored.note.kind
    return say(_NOTES_OF[kind], miner=stored.note.company) if stored.note.company else say(_NOTES[kind])


def is_quoted(stored: StoredNote) -> bool:
    """Whether a note is told in the article's own words."""
    return not (stored.note.details.get("who") and stored.note.details.get("role"))


def note_words(stored: StoredNote) -> str:
    """Who and what of an appointment; otherwise the article's own words."""
    details = stored.note.details
    if not is_quoted(stored):
        return enumerated((details["who"], details["role"]))
    return shortened(stored.source.quote or stored.source.title, 140)
