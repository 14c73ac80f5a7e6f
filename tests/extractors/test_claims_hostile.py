"""No text makes the reader of claims and notes slow, or makes it fail."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.claims.find import find_claims
from extractors.notes.find import find_notes
from tests.support.effort import assert_in_proportion

SIZE = 300_000
SEEN = date(2026, 2, 8)
HOSTILE = {
    "digits": "difficulty " + "1" * SIZE,
    "percents": "difficulty " + "5% " * (SIZE // 3),
    "levels": "difficulty from 1.1T to 1.2T, " * (SIZE // 31),
    "superlatives": "difficulty largest drop since 2021 " * (SIZE // 35),
    "brackets": "difficulty " + "([{" * (SIZE // 3),
    "dollars": "$60,000 bitcoin " * (SIZE // 16),
    "ordinals": "difficulty third third third " * (SIZE // 29),
    "deeds": "the board approved raised $1 loan AI pivot " * (SIZE // 43),
}
WORDS = (
    "difficulty hashrate 14% 125.86T from to record largest since 2021 third in a row Puell 0.61 $60,000 block 935,429 will peak of - ( )"
    " ' s between and % $ only nine were bigger year ago Might 13 T. EH/s . , : ; ? \u200b \uff11\uff11% \u0661% 1e309 0 board AI CEO"
)
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_more_than_its_length(name: str) -> None:
    assert_in_proportion(_read, lambda size: HOSTILE[name][:size], SIZE)


def _read(body: str) -> None:
    find_claims(body, SEEN)
    find_notes(body, SEEN)


@given(st.lists(PIECES, max_size=60), st.sampled_from([None, SEEN, date(2012, 2, 29)]))
@settings(max_examples=150)
def test_any_words_are_read_and_every_span_lies_in_the_body(pieces: list[str], seen: date | None) -> None:
    body = " ".join(pieces)
    spans = [span for claim in find_claims(body, seen) for span in claim.evidence.values()]
    spans += [note.span for note in find_notes(body, seen)]
    assert all(0 <= span.start < span.end <= len(body) for span in spans)
