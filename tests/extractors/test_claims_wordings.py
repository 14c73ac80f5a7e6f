"""Further wordings of the network and the market, a class of language a table: each with the claims that a reader finds, and their days."""

from datetime import date
from decimal import Decimal

import pytest

from extractors.claims.find import find_claims
from extractors.model import Claim
from tests.support.claims import in_short

# Records told as a way back, as none above, as second only to another; streaks told by the verb.
SUPERLATIVES = [
    ("2025-09-08", "Difficulty rose 3.2% to 140.1 trillion, higher than it has ever stood.", ["difficulty 1.401e14 by 3.2% high:all"]),
    ("2025-09-08", "Difficulty now reads 140.1 trillion, higher than ever in its history.", ["difficulty 1.401e14 high:all on 2025-09-08"]),
    ("2025-09-08", "Difficulty fell 4% to 80 T. One must go back to May for a lower figure.", ["difficulty 8e13 by -4% low:2025-05"]),
    (
        "2025-09-08",
        "Difficulty fell 7% to 80 T. You would have to return to July 2021 to find a bigger drop.",
        ["difficulty 8e13 by -7% drop:2021-07"],
    ),
    (
        "2025-09-08",
        "Difficulty fell 7% on Sunday, and one would have to look back to July 2021 for a harsher cut.",
        ["difficulty by -7% drop:2021-07 on 2025-09-07"],
    ),
    ("2025-09-08", "June took 7.48% off difficulty: no cut in 2025 was deeper.", ["difficulty by -7.48% drop_rank:1:2025"]),
    ("2025-09-08", "Difficulty leapt 7.96% in July. No increase this year has been steeper.", ["difficulty by 7.96% rise_rank:1:2025"]),
    (
        "2026-06-15",
        "Difficulty lost 10.09% to 124.93 trillion, second this year only to February's 11.16% and the "
        "eleventh-largest cut the network has seen.",
        ["difficulty 1.2493e14 by -10.09% drop_rank:11", "difficulty by -11.16%", "difficulty drop_rank:2:2026"],
    ),
    ("2025-09-08", "Difficulty rose for the eighth time in a row on Sunday, by 0.6%.", ["difficulty by 0.6% rises:8 on 2025-09-07"]),
    ("2025-09-08", "Difficulty went up for the sixth time on end, by 0.6%.", ["difficulty by 0.6% rises:6"]),
    (
        "2025-09-08",
        "For the fourth retarget running it went up, by 2.1% this time. Difficulty is 130 T.",
        ["difficulty 1.3e14 by 2.1% rises:4"],
    ),
    ("2025-09-08", "The hashrate touched 833 EH/s, the most ever according to Glassnode.", ["hashrate 8.33e20 high:all"]),
    (
        "2025-09-08",
        "Difficulty receded to 127 trillion on Thursday. The 5.01% are the most since July 2021.",
        ["difficulty 1.27e14 by -5.01% drop:2021-07 on 2025-09-04"],
    ),
    (
        "2025-09-08",
        "On Sunday difficulty went down once more. The 2.7 percent is the largest reduction since January.",
        ["difficulty by -2.7% drop:2025-01"],
    ),
    ("2025-09-08", "So far the year was mostly in 2022's shadow. Difficulty: 136 T.", ["difficulty 1.36e14"]),
    (
        "2026-05-04",
        "The network took stock on May 2. Difficulty fell by 2.43% to 135.59 trillion, the second cut in succession.",
        ["difficulty 1.3559e14 by -2.43% falls:2 on 2026-05-02"],
    ),
    (
        "2025-01-02",
        "109.78 trillion. That is where difficulty ended.\n\n52%. That much difficulty gained in 2024.\n\n10.5%. The "
        "steepest increase of 2024 came on July 31.\n\n5.63%. No reduction was bigger than this one of May "
        "9.\n\n3.125. The block subsidy since the halving; 6.25 before.",
        [
            "difficulty 1.0978e14",
            "difficulty by 52%",
            "difficulty by 10.5% rise_rank:1:2024 on 2024-07-31",
            "difficulty by -5.63%",
            "block_reward 3.125 from 6.25",
        ],
    ),
    (
        "2025-06-30",
        "Difficulty went from 126.41 trillion to 116.96 trillion, and one has to return to July 2021, when farms were "
        "unplugged, for a steeper fall.",
        ["difficulty 1.1696e14 from 1.2641e14 drop:2021-07"],
    ),
    (
        "2026-06-15",
        "Difficulty slipped 4.1% this week, and for a worse one miners must look up last July.",
        ["difficulty by -4.1% drop:2025-07"],
    ),
    ("2025-09-08", "Mining difficulty climbed to 134 T, tougher than it ever was.", ["difficulty 1.34e14 high:all"]),
    ("2025-09-08", "The reset took 6.2% off; no decline this year has been as deep.", ["difficulty by -6.2% drop_rank:1:2025"]),
    ("2025-09-08", "For the fifth time on the trot difficulty went up, by 4.9%.", ["difficulty by 4.9% rises:5"]),
]

# The level before told afterwards, without its unit or in the past perfect; what a coin stands at beside what coins come to.
LEVELS = [
    (
        "2026-02-12",
        "The winner takes 3.125 BTC, worth around $207,000 with bitcoin at some $66,300.",
        ["block_reward 3.125", "price 66300"],
    ),
    (
        "2026-02-12",
        "A block pays its finder 3.125 BTC, or $207,000 at a price of $66,300 for one coin.",
        ["block_reward 3.125", "price 66300"],
    ),
    ("2022-12-07", "The correction came at 766,080 and lopped 7.32% off the difficulty.", ["block_height 766080", "difficulty by -7.32%"]),
    ("2022-12-07", "S19j Pros go for $14 a terahash. Used rigs cost $9 per TH these days. Hashprice is $58.", ["hashprice 58"]),
    ("2026-02-08", "Hashprice stood at $28.9 per petahash on Thursday and has since climbed to $34.6.", ["hashprice 34.6 from 28.9"]),
    ("2026-02-08", "Hashprice had been at $31 on Monday and fell to $28.4.", ["hashprice 28.4 from 31"]),
    ("2026-02-08", "Hash rate had been at 850 EH/s on Monday and recovered to 930 EH/s.", ["hashrate 9.3e20 from 8.5e20"]),
    ("2026-02-08", "Bitcoin, after a dip to $60,000 earlier this week, trades near $70,300.", ["price 60000", "price 70300"]),
    ("2026-02-08", "Prices on the Texan grid touched $2,400 for an hour. Bitcoin is at $70,300.", ["price 70300"]),
    ("2026-02-08", "Wholesale prices for power hit $3,100 in Texas. Bitcoin is at $70,300.", ["price 70300"]),
    (
        "2025-08-20",
        "Difficulty is 129.44 T. Riot got 8% cheaper in the sell-off, Applied Digital 6%. CleanSpark is 3% dearer.",
        ["difficulty 1.2944e14"],
    ),
    ("2025-09-08", "Hashrate slumped to roughly 700 EH/s from nearly 950.", ["hashrate 7e20 from 9.5e20"]),
    ("2025-09-08", "Network hashrate dropped from 950 to about 700 EH/s.", ["hashrate 7e20 from 9.5e20"]),
    ("2025-09-08", "Hashrate climbed to 1,040 EH/s, from 980 a week earlier.", ["hashrate 1.04e21 from 9.8e20"]),
    ("2025-09-08", "Difficulty is down to 126.4 T from 129.8.", ["difficulty 1.264e14 from 1.298e14"]),
    ("2025-09-08", "Hashprice: $47.1 (was $49.0).", ["hashprice 47.1 from 49"]),
    (
        "2025-09-08",
        "Difficulty 126.4 T (it was 126.98 T), hashrate 900 EH/s (was 940 EH/s).",
        ["difficulty 1.264e14 from 1.2698e14", "hashrate 9e20 from 9.4e20"],
    ),
    ("2025-09-08", "Average Net Price per Bitcoin Sold | $103,591 | $81,731\nBitcoin price | $110,000", ["price 110000"]),
    ("2025-09-08", "Average Realized Price: $104,200. Bitcoin is $111,000.", ["price 111000"]),
    (
        "2025-09-08",
        "Whoever finds a block, the lucky winner, pockets 3.125 BTC, worth $345,000 with the coin at $110,500.",
        ["block_reward 3.125", "price 110500"],
    ),
    ("2025-09-08", "Hashprice was at $56 in August and has since slipped to $53.", ["hashprice 53 from 56"]),
    ("2025-09-08", "Hash rate eased to 940 EH/s, down from more than 1,000 on Monday.", ["hashrate 9.4e20 from 1e21"]),
    (
        "2025-09-08",
        "Hashprice 53.1 dollars (was 54.0 dollars), difficulty 136.04 T (was 129.7 T).",
        ["hashprice 53.1 from 54", "difficulty 1.3604e14 from 1.297e14"],
    ),
]

# The day told in the sentence before, by the month at the head of the line, or as that since which a level holds.
DAYS = [
    ("2026-05-04", "A new epoch began on May 2. Mining difficulty dropped 2.43%.", ["difficulty by -2.43% on 2026-05-02"]),
    ("2025-12-15", "Difficulty: 149.30 trillion since Thursday's retarget.", ["difficulty 1.493e14 on 2025-12-11"]),
    ("2025-12-15", "Up to 149.3 trillion, since Thursday, and that is a record for difficulty.", ["difficulty 1.493e14 on 2025-12-11"]),
    (
        "2024-11-22",
        "$99,000! So much is one bitcoin worth. Difficulty rose by 0.63% on Monday.",
        ["price 99000", "difficulty by 0.63% on 2024-11-18"],
    ),
    (
        "2024-11-22",
        "$99,000. That is bitcoin's price this morning. Difficulty rose by 0.63% on Monday.",
        ["price 99000 on 2024-11-22", "difficulty by 0.63% on 2024-11-18"],
    ),
    (
        "2022-12-07",
        "Tuesday's change, at 766,080, took 7.32% away.",
        ["block_height 766080 on 2022-12-06", "difficulty by -7.32% on 2022-12-06"],
    ),
    ("2026-02-08", "The coin fell to $60,000 earlier in the week and was $70,300 on Sunday.", ["price 60000", "price 70300 on 2026-02-08"]),
    ("2024-04-22", "Hashprice soared to $182 per PH/s. As of now it is $71.", ["hashprice 182", "hashprice 71 on 2024-04-22"]),
    (
        "2024-04-22",
        "Hashprice soared to $182 per PH/s. By Monday it was back at $71. Fees fell to $9.",
        ["hashprice 182", "hashprice 71 on 2024-04-22"],
    ),
    ("2025-09-24", "The hashprice. Anything under $50 is thin; at present it is $52.", ["hashprice 52 on 2025-09-24"]),
    ("2025-09-08", "Difficulty now 126.4 T, was 126.98 T.", ["difficulty 1.264e14 from 1.2698e14 on 2025-09-08"]),
    (
        "2020-11-04",
        "As rigs are trucked out of Sichuan, the network has made a step down of 16.05% on Tuesday, to 16.79 trillion.",
        ["difficulty 1.679e13 by -16.05% on 2020-11-03"],
    ),
    ("2020-11-04", "The network has taken a step up of 6.5% on Tuesday.", ["difficulty by 6.5% on 2020-11-03"]),
    (
        "2025-09-08",
        "The adjustment happened on September 5. Difficulty gained 4.89% and is at 136.04 trillion.",
        ["difficulty 1.3604e14 by 4.89% on 2025-09-05"],
    ),
    ("2025-09-08", "Difficulty has been 136.04 trillion ever since Friday.", ["difficulty 1.3604e14 on 2025-09-05"]),
    (
        "2025-12-31",
        "March. Difficulty gets to 112.15 trillion on the 9th.\nMay. Bitcoin makes $111,000 on the 22nd and difficulty "
        "119 trillion on the 4th.\nSeptember. A rise of 4.89% on the 5th.",
        [
            "difficulty 1.1215e14 on 2025-03-09",
            "price 111000 on 2025-05-22",
            "difficulty 1.19e14 on 2025-05-04",
            "difficulty by 4.89% on 2025-09-05",
        ],
    ),
    (
        "2025-09-08",
        "\n136.04 trillion. That is how high difficulty stands.\n\n$110,700. So much was one bitcoin worth on "
        "Monday.\n\n4.89%. The rise of last Friday.",
        ["difficulty 1.3604e14", "price 110700 on 2025-09-08", "difficulty by 4.89% on 2025-09-05"],
    ),
]

# What trackers reckon.
FORECASTS = [
    ("2026-02-12", "At the next halving, in 2028, it will be cut to 1.5625 BTC.", ["block_reward 1.5625 forecast"]),
    (
        "2025-08-20",
        "CoinWarz has 1.2% down. Clark Moody shows 0.1% up. The next retarget at block 911,232 on August 22 will be small.",
        ["difficulty by -1.2% forecast", "difficulty by 0.1% forecast", "block_height 911232 forecast on 2025-08-22"],
    ),
    (
        "2025-08-20",
        "CoinWarz sees a rise of 2.1% on Friday, mempool.space one of 1.4%.",
        ["difficulty by 2.1% forecast on 2025-08-22", "difficulty by 1.4% forecast"],
    ),
    (
        "2025-08-20",
        "Difficulty is 129.44 T. According to mempool.space the next retarget brings 0.8% more, CoinWarz has 1.5% more.",
        ["difficulty 1.2944e14", "difficulty by 0.8% forecast", "difficulty by 1.5% forecast"],
    ),
    (
        "2025-09-08",
        "Cloverpool, at 1.9% up, and Bitbo, which reads 2.4% up, disagree over the next one.",
        ["difficulty by 1.9% forecast", "difficulty by 2.4% forecast"],
    ),
]

# A miner's own price, a machine's, that of power.
NONE = [
    ("2025-09-08", "Bitcoin sold in the month: 578.51 (avg. ~$105,000).", []),
    ("2025-09-08", "The miner sold 500 BTC at $103.6k.", []),
    ("2025-09-08", "The company disposed of 533.5 bitcoin at approximately $114,800 apiece.", []),
    ("2025-09-08", "Used S19 XPs fetch $6 per terahash; a new machine is $17/TH. A terahash earns $0.053 a day.", []),
    ("2025-09-08", "The price of electricity hit $5,000 in Texas. Gas prices of $3,000 were paid.", []),
]

# The level until a day, what beats everything, a streak told as so many times, a mark passed and the level reached.
FURTHER = [
    ("2025-09-08", "The network gave back 2.1% of its difficulty on Friday.", ["difficulty by -2.1% on 2025-09-05"]),
    ("2025-09-08", "Difficulty could give back 2 percent at the next change.", ["difficulty by -2% forecast"]),
    (
        "2025-09-08",
        "The difficulty, 129.70 trillion until Friday, is now 136.04 trillion.",
        ["difficulty 1.3604e14 from 1.297e14 on 2025-09-05"],
    ),
    ("2026-06-15", "The drop, 7.48%, beats everything since the summer of 2021.", ["difficulty by -7.48% drop:2021"]),
    ("2025-09-08", "Five times running difficulty has gone up.", ["difficulty rises:5"]),
    ("2025-09-08", "Hashprice, at $56 until Thursday, is $53 now.", ["hashprice 53 from 56 on 2025-09-04"]),
    ("2025-09-08", "A fall of 5.6% tops all since January 2025.", ["difficulty by -5.6% drop:2025-01"]),
    ("2025-09-08", "Three times in a row the network's difficulty went down.", ["difficulty falls:3"]),
    ("2025-09-08", "The seven-day average of the hashrate broke one zettahash for the first time, at 1.02 ZH/s.", ["hashrate 1.02e21"]),
]


def told(claim: Claim) -> str:
    return f"{in_short(claim)} on {claim.at}" if claim.at else in_short(claim)


@pytest.mark.parametrize(("seen", "text", "expected"), [*SUPERLATIVES, *LEVELS, *DAYS, *FORECASTS, *NONE, *FURTHER])
def test_a_wording_is_read_as_a_reader_reads_it(seen: str, text: str, expected: list[str]) -> None:
    claims = find_claims(f"Bitcoin mining difficulty\n{text}", date.fromisoformat(seen))
    assert sorted(map(told, claims)) == sorted(expected)


@pytest.mark.parametrize(
    "table",
    [
        "Comparison\nMay 2025\nApril 2025\nBTC sold\n624\n218\nAverage Net Price per Bitcoin Sold\n$100,539\n$96,372",
        "Metric\nMay 2025\nApril 2025\nChange\nBTC mined\n107\n833\n-1%\nEfficiency (J/TH)\n24.8\n25.9\n13%\nHash rate\n34.8\n30.1\n6%",
        "Metrics | May 2025 | Change\nHash Rate (EH/s) | 30.9 | -4%\nBitcoin produced | 32 | -10%\nBitcoin held | 3,622 | -2%",
    ],
)
def test_a_miners_own_table_tells_nothing_of_the_market(table: str) -> None:
    assert find_claims(f"TeraWulf update\nTeraWulf published its production update for May 2025.\n{table}", date(2025, 6, 4)) == ()


def test_more_coins_are_no_higher_price() -> None:
    told = find_claims(
        "News\nDifficulty rose 4.89% to 136.04 trillion. The miner produced 15% more bitcoin than in April.", date(2025, 9, 6)
    )
    assert [claim.change_pct for claim in told] == [Decimal("4.89")]
