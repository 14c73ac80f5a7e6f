"""Which block is named for what a sentence tells of the difficulty, and which only stands near."""

from datetime import date

import pytest

from extractors.claims.find import find_claims
from extractors.model import Metric

SEEN = date(2026, 2, 20)


def named(text: str) -> list[tuple[str, str, str]]:
    """Of each claim on the difficulty its change, the block that it came with and the block that it counts from."""
    body = f"Bitcoin mining difficulty\n{text}"
    claims = [claim for claim in find_claims(body, SEEN) if claim.metric is Metric.DIFFICULTY]

    def words(claim, field: str) -> str:
        return body[slice(*claim.evidence[field])] if field in claim.evidence else ""

    return [(str(claim.change_pct or claim.value or claim.superlative), words(claim, "block"), words(claim, "since")) for claim in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At block 937,440 difficulty rose 14.73%.", [("14.73", "937,440", "")]),
        ("Difficulty jumped 14.73% on February 19 (block 937,440).", [("14.73", "937,440", "")]),
        ("Block 937,440 lifted difficulty by 14.73%, the largest rise since 2021.", [("14.73", "937,440", "")]),
        (
            "Difficulty fell by 11.16% at block 935,424 and rose by 14.73% at block 937,440.",
            [("-11.16", "935,424", ""), ("14.73", "937,440", "")],
        ),
        (
            "Difficulty rose 14.73% at block 937,440, after a fall of 11.16% at block 935,424.",
            [("14.73", "937,440", ""), ("-11.16", "935,424", "")],
        ),
        ("At block 937,440 difficulty rose 14.73%. Two weeks earlier it fell 11.16%.", [("14.73", "937,440", ""), ("-11.16", "", "")]),
        ("The network mined block 937,440; difficulty rose 14.73%.", [("14.73", "", "")]),
        ("Before block 937,440 difficulty was 125.86 trillion.", [("1.2586E+14", "", "")]),
        ("Block 937,440 brought the largest rise in difficulty since 2021.", [("rise:2021", "937,440", "")]),
        ("Difficulty is up 35% since block 860,832.", [("35", "", "860,832")]),
        ("From block 860,832 to block 937,440 difficulty rose 56.1%.", [("56.1", "937,440", "860,832")]),
    ],
)
def test_the_block_of_a_clause_is_that_of_its_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


def test_the_time_behind_a_level_is_that_of_the_change_beside_it() -> None:
    (claim,) = find_claims("Difficulty rose 33% to 144.40 trillion in six months.", SEEN)
    assert claim.since is not None
    assert (SEEN - claim.since).days > 150


def test_how_fast_blocks_come_is_no_change_of_the_difficulty() -> None:
    found = find_claims("Since difficulty fell at block 935,424, blocks have come 6.4% faster.", SEEN)
    assert [claim.metric for claim in found] == [Metric.BLOCK_HEIGHT]
