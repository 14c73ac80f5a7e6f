"""Passages whose sentences need one another: whose the superlative, the day, the level before and the forecast are."""

from datetime import date

import pytest

from extractors.claims.find import find_claims
from tests.support.claims import in_short

PASSAGES = [
    (
        "2021-05-14",
        "Difficulty shot up 21.5% on Thursday. The jump makes up for the blackout, after which 12.6% had been taken off. Not since 2014"
        " had one retarget been as large.",
        ["difficulty by 21.5% rise:2014", "difficulty by -12.6%"],
    ),
    (
        "2024-12-18",
        "October 9 had seen a cut of 4.6%; the year's steepest cut came on May 9 with 5.6%.",
        ["difficulty by -4.6%", "difficulty by -5.6% drop_rank:1:2024"],
    ),
    ("2022-07-25", "It was the third cut running. Difficulty fell 5%.", ["difficulty by -5% falls:3"]),
    ("2020-11-04", "Difficulty went down by 16%, more than with any retarget since 2011.", ["difficulty by -16% drop:2011"]),
    ("2025-08-09", "Difficulty saw a rise of 1.4%, the third one in a row.", ["difficulty by 1.4% rises:3"]),
    (
        "2014-06-07",
        "Difficulty went to 11.76 billion, 12.4% above the previous reading of 10.46 billion.",
        ["difficulty 11760000000 from 10460000000 by 12.4%"],
    ),
    ("2026-02-20", "Difficulty: 144.40T (prev. 125.86T), up 14.73%.", ["difficulty 1.444e14 from 1.2586e14 by 14.73%"]),
    (
        "2026-06-08",
        "The Puell multiple was 0.61 on Saturday, and its weekly mean went from 0.72 to 0.66.",
        ["puell 0.61", "puell 0.66 from 0.72"],
    ),
    (
        "2024-12-18",
        "A year ago, on December 18, 2023, difficulty was 67.31 trillion. Since Monday it is at 108.52 trillion. The week's step was 4.4%.",
        ["difficulty 6.731e13", "difficulty 1.0852e14 by 4.4%"],
    ),
    (
        "2024-12-18",
        "A year ago, on December 18, 2023, difficulty was 67.31 trillion. Since Monday it has been 108.52 trillion, 61% more.",
        ["difficulty 6.731e13", "difficulty 1.0852e14", "difficulty by 61%"],
    ),
    (
        "2026-09-20",
        "The next change of difficulty falls on October 3. Hashrate Index has it at +0.3%.",
        ["difficulty by 0.3% forecast"],
    ),
    (
        "2021-06-30",
        "Bitcoin is about to cut its difficulty. BTC.com calculates -25.2%, and one analyst is at -27.1%.",
        ["difficulty by -25.2% forecast", "difficulty by -27.1% forecast"],
    ),
    ("2025-11-30", "Riot sold 300 coins for $27.4 million. That is roughly $91,300 a coin.", []),
    ("2023-12-25", "Difficulty stands at 72,01 trillion, as high as never before.", ["difficulty 7.201e13 high:all"]),
    ("2023-12-25", "Bitcoin costs 43.100 dollars.", ["price 43100"]),
    ("2023-12-25", "The hashprice went from 102 US-dollars per petahash and day to 88 US-dollars.", ["hashprice 88 from 102"]),
    ("2026-06-08", "Spot: $63,000.", ["price 63000"]),
    ("2024-03-28", "At block 840,000, due around April 20, the halving takes place.", ["block_height 840000 forecast"]),
    ("2025-06-15", "Galaxy put the network hashrate for May at 885 EH/s.", ["hashrate 8.85e20"]),
    ("2017-05-02", "The blockchain processes 4 exahashes per second.", ["hashrate 4e18"]),
    ("2026-02-12", "Difficulty is unchanged, and so are shares. They had fallen by 9%.", []),
    ("2026-02-12", "The breakeven hashprice for an old machine is $37.", []),
    ("2026-02-12", "Difficulty is unchanged. A shop gives 5% off all machines.", []),
    ("2026-02-12", "Difficulty is unchanged. Power for miners got 14% dearer.", []),
]


@pytest.mark.parametrize(("seen", "text", "expected"), PASSAGES)
def test_a_passage_is_read_as_a_reader_reads_it(seen: str, text: str, expected: list[str]) -> None:
    claims = find_claims(f"Bitcoin mining difficulty\n{text}", date.fromisoformat(seen))
    assert sorted(map(in_short, claims)) == sorted(expected)
