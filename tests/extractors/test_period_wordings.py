"""When a sale happened, in the many wordings of English; published on Wednesday, 5 June 2024, unless said otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from extractors.model import Article, Kind

WORDINGS: list[tuple[str, tuple[str, ...]]] = [
    (
        "2024-05-01 2024-05-31",
        (
            "Bitfarms sold 120 BTC in May.",
            "Bitfarms sold 120 BTC last month.",
            "Bitfarms's May sales came to 120 BTC.",
            "In the month of May Bitfarms sold 120 BTC.",
            "During the month ended May 31, 2024, Bitfarms sold 120 BTC.",
            "Bitfarms sold 120 BTC over the course of May.",
            "Bitfarms sold 120 BTC throughout May.",
            "Bitfarms sold 120 BTC, the company reported for May.",
            "Bitfarms sold 120 of the 156 BTC it produced in May.",
            "Bitfarms mined 156 BTC in May and sold 120 of them.",
            "Bitfarms, which mined 156 BTC in May, up from 134 in April, sold 120 BTC.",
            "Bitfarms mined 156 BTC in May. It sold 120 BTC.",
            "Bitfarms sold 120 BTC between May 1 and May 31.",
            "Bitfarms (05/2024): 156 BTC mined, 120 BTC sold.",
            "Bitfarms sold 120 BTC for $8 million, at an average of $66,667. The sale took place in May.",
            "May was a good month for Bitfarms: 156 coins mined. Of those 120 BTC were sold.",
            "After the April halving Bitfarms sold 120 BTC in May.",
            "Bitfarms sold 120 BTC in May, compared with 90 in April and 80 in March.",
        ),
    ),
    (
        "2023-05-01 2023-05-31",
        ("Bitfarms sold 120 BTC in May 2023.",),
    ),
    (
        "2023-12-01 2023-12-31",
        ("Bitfarms sold 120 BTC in December.",),
    ),
    (
        "2024-06-01 2024-06-05",
        (
            "Bitfarms has sold 120 BTC so far this month.",
            "Bitfarms has sold 120 BTC since the beginning of the month.",
            "Bitfarms has sold 120 BTC so far in June.",
            "Bitfarms has sold 120 BTC month-to-date.",
        ),
    ),
    (
        "2024-04-01 2024-06-05",
        (
            "Bitfarms has sold 120 BTC since the start of the quarter.",
            "Bitfarms has sold 120 BTC so far this quarter.",
            "Bitfarms has sold 120 BTC quarter to date.",
            "Bitfarms has sold 120 BTC since April.",
            "Bitfarms has sold 120 BTC since the beginning of April.",
        ),
    ),
    (
        "2024-01-01 2024-06-05",
        (
            "Bitfarms has sold 120 BTC this year.",
            "Bitfarms has sold 120 BTC year to date.",
            "Bitfarms has sold 120 BTC since January.",
            "Bitfarms has sold 120 BTC since the start of the year.",
        ),
    ),
    (
        "2024-05-20 2024-06-05",
        ("Bitfarms has sold 120 BTC since May 20.",),
    ),
    (
        "2024-01-01 2024-03-31",
        (
            "Bitfarms sold 120 BTC in the first quarter.",
            "Bitfarms sold 120 BTC in Q1.",
            "Bitfarms sold 120 BTC in 1Q24.",
            "Bitfarms sold 120 BTC last quarter.",
            "Bitfarms sold 120 BTC in the quarter ended March 31.",
            "Bitfarms sold 120 BTC in the March quarter.",
            "Bitfarms sold 120 BTC during the three months ended March 31, 2024.",
            "Bitfarms sold 120 BTC in the three months to the end of March.",
            "Bitfarms sold 120 BTC in the first three months of the year.",
            "Bitfarms sold 120 BTC from January to March.",
            "Bitfarms sold 120 BTC between January and March 2024.",
            "Bitfarms sold 120 BTC over January, February and March.",
            "Bitfarms sold 120 BTC in January-March 2024.",
            "Bitfarms sold 120 BTC in the opening quarter of 2024.",
            "CleanSpark sold 120 BTC in its fiscal second quarter ended March 31.",
        ),
    ),
    (
        "2023-10-01 2023-12-31",
        (
            "Bitfarms sold 120 BTC in the last quarter of 2023.",
            "Bitfarms sold 120 BTC in the final three months of 2023.",
            "Bitfarms sold 120 BTC in the fourth quarter.",
            "Bitfarms sold 120 BTC in the closing quarter of last year.",
            "Bitfarms sold 120 BTC in the last three months of last year.",
            "Bitfarms sold 120 BTC in the fourth quarter of last year.",
            "CleanSpark sold 120 BTC in the first quarter of fiscal 2024.",
        ),
    ),
    (
        "2023-07-01 2023-12-31",
        (
            "Bitfarms sold 120 BTC in the second half of 2023.",
            "Bitfarms sold 120 BTC in the six months to December.",
            "Bitfarms sold 120 BTC in H2 2023.",
        ),
    ),
    (
        "2024-04-01 2024-05-31",
        (
            "Bitfarms sold 120 BTC in April and May.",
            "Bitfarms sold 120 BTC over the last two months.",
            "Bitfarms sold 120 BTC in April and May combined.",
            "In the two months April and May, Bitfarms sold 120 BTC.",
        ),
    ),
    (
        "2024-03-01 2024-05-31",
        ("Bitfarms sold 120 BTC in the past three months.",),
    ),
    (
        "2023-01-01 2023-12-31",
        (
            "Bitfarms sold 120 BTC in 2023.",
            "Bitfarms sold 120 BTC over the whole of 2023.",
            "Bitfarms sold 120 BTC in fiscal 2023.",
            "Bitfarms sold 120 BTC in the year ended December 31, 2023.",
            "Bitfarms sold 120 BTC in the twelve months to December 2023.",
            "Bitfarms sold 120 BTC in the course of last year.",
        ),
    ),
    (
        "2022-10-01 2023-09-30",
        ("CleanSpark sold 120 BTC in fiscal 2023.",),
    ),
    (
        "2024-06-04 2024-06-04",
        (
            "Bitfarms sold 120 BTC on Tuesday.",
            "Bitfarms sold 120 BTC yesterday.",
        ),
    ),
    (
        "2024-06-05 2024-06-05",
        (
            "Bitfarms sold 120 BTC today.",
            "Bitfarms sold 120 BTC this morning.",
        ),
    ),
    (
        "2024-05-31 2024-05-31",
        (
            "Bitfarms sold 120 BTC on Friday.",
            "Bitfarms sold 120 BTC last Friday.",
            "Bitfarms sold 120 BTC on May 31.",
            "Bitfarms sold 120 BTC on the last day of May.",
            "Bitfarms sold 120 BTC on 31.05.2024.",
            "Bitfarms sold 120 BTC on 5/31/2024.",
            "2024-05-31: Bitfarms sold 120 BTC.",
        ),
    ),
    (
        "2024-06-01 2024-06-02",
        (
            "Bitfarms sold 120 BTC over the weekend.",
            "Bitfarms sold 120 BTC at the weekend.",
            "Bitfarms sold 120 BTC on Saturday and Sunday.",
            "Bitfarms sold 120 BTC on the weekend of June 1-2.",
        ),
    ),
    (
        "2024-06-03 2024-06-04",
        ("Bitfarms sold 120 BTC on Monday and Tuesday.",),
    ),
    (
        "2024-06-03 2024-06-05",
        ("Bitfarms sold 120 BTC from Monday to Wednesday.",),
    ),
    (
        "2024-05-27 2024-06-02",
        (
            "Bitfarms sold 120 BTC last week.",
            "Bitfarms sold 120 BTC in the week to June 2.",
            "Bitfarms sold 120 BTC in the seven days to June 2.",
            "Bitfarms sold 120 BTC in the week ended Sunday.",
            "Bitfarms sold 120 BTC in the week of May 27.",
            "Bitfarms sold 120 BTC from May 27 through June 2.",
        ),
    ),
    (
        "2024-05-27 2024-05-31",
        (
            "Bitfarms sold 120 BTC between May 27 and 31.",
            "Bitfarms sold 120 BTC from 27 to 31 May.",
            "Bitfarms sold 120 BTC (May 27-31).",
            "Bitfarms sold 120 BTC from the 27th to the 31st of May.",
        ),
    ),
    (
        "2024-05-01 2024-05-15",
        ("Bitfarms sold 120 BTC in the first half of May.",),
    ),
    (
        "2024-05-16 2024-05-31",
        ("Bitfarms sold 120 BTC in the second half of May.",),
    ),
    (
        "2024-05-01 2024-05-07",
        ("Bitfarms sold 120 BTC in the first week of May.",),
    ),
    (
        "2024-05-01 2024-05-20",
        (
            "Bitfarms sold 120 BTC in May (to May 20).",
            "Bitfarms sold 120 BTC in the first 20 days of May.",
        ),
    ),
    (
        "None",
        (
            "Bitfarms sold 120 BTC in early May.",
            "Bitfarms sold 120 BTC this spring.",
            "Bitfarms sold 120 BTC recently.",
            "Bitfarms said on Monday that it had sold 120 BTC.",
            "Bitfarms said in a filing dated June 3 that it had sold 120 BTC.",
            "Bitfarms disclosed the sale of 120 BTC on Tuesday in a press release.",
            "According to a release of June 3, Bitfarms sold 120 BTC.",
            "On Monday, Bitfarms announced it had sold 120 BTC to repay notes due 2026.",
            "Bitfarms sold 120 BTC to repay its 2026 notes.",
            "Bitfarms sold 120 BTC before the halving in April.",
            "Bitfarms plans to sell 120 BTC over the coming months.",
        ),
    ),
    (
        "2024-06-05 2024-06-30",
        (
            "Bitfarms will sell 120 BTC by the end of June.",
            "Bitfarms will sell 120 BTC before the end of the month.",
            "Bitfarms intends to sell 120 BTC by June 30.",
            "Bitfarms plans to sell 120 BTC by month-end.",
        ),
    ),
    (
        "2024-07-01 2024-07-31",
        (
            "Bitfarms will sell 120 BTC in July.",
            "Bitfarms plans to sell 120 BTC next month.",
        ),
    ),
    (
        "2024-07-01 2024-09-30",
        (
            "Bitfarms plans to sell 120 BTC next quarter.",
            "Bitfarms plans to sell 120 BTC in the third quarter.",
            "Bitfarms plans to sell 120 BTC in the coming quarter.",
        ),
    ),
    (
        "2024-07-01 2024-12-31",
        ("Bitfarms plans to sell 120 BTC in the second half of the year.",),
    ),
    (
        "2024-01-01 2024-12-31",
        ("Bitfarms plans to sell 120 BTC this year.",),
    ),
    (
        "2024-06-01 2024-06-30",
        ("Bitfarms plans to sell 120 BTC this month.",),
    ),
    (
        "2024-04-01 2024-06-30",
        ("Bitfarms plans to sell 120 BTC this quarter.",),
    ),
    (
        "2025-01-01 2025-12-31",
        ("Bitfarms plans to sell 120 BTC next year.",),
    ),
    (
        "2025-01-01 2025-03-31",
        ("Bitfarms plans to sell 120 BTC in the first quarter of 2025.",),
    ),
    (
        "2024-06-10 2024-06-16",
        ("Bitfarms plans to sell 120 BTC next week.",),
    ),
    (
        "2024-06-05 2024-06-15",
        ("Bitfarms plans to sell 120 BTC within ten days.",),
    ),
    (
        "2024-06-05 2024-12-31",
        (
            "Bitfarms plans to sell 120 BTC by the end of the year.",
            "Bitfarms plans to sell 120 BTC by year-end.",
        ),
    ),
    (
        "2024-06-05 2024-09-30",
        ("Bitfarms plans to sell 120 BTC by the end of the third quarter.",),
    ),
    (
        "2024-05-28 2024-05-28",
        ("Bitfarms sold 120 BTC for $8 million. The trade was executed on May 28.",),
    ),
    (
        "2024-04-01 2024-04-30",
        ("Bitfarms mined 156 BTC in May. In April it had sold 120 BTC.",),
    ),
    (
        "2023-12-01 2024-02-29",
        ("Bitfarms sold 120 BTC from December to February.",),
    ),
    (
        "2023-11-01 2024-01-31",
        ("Bitfarms sold 120 BTC between November 2023 and January 2024.",),
    ),
]
OTHERS: list[tuple[str, str, str, str]] = [
    (
        "2024-05-01 2024-05-31",
        "2024-06-05",
        "Bitfarms May 2024 Production Update",
        "The miner mined 156 BTC. It sold 120 BTC and kept the rest.",
    ),
    ("2024-05-01 2024-05-31", "2024-06-05", "Bitfarms: monthly update for May 2024", "Bitfarms sold 120 BTC."),
    ("2024-05-01 2024-05-31", "2024-06-05", "Bitfarms reports May results", "Toronto, June 3, 2024 - Bitfarms sold 120 BTC in the month."),
    (
        "2024-05-01 2024-05-31",
        "2024-06-05",
        "Bitfarms output",
        "| Bitfarms | May | April |\n| BTC mined | 156 | 134 |\n| BTC sold | 120 | 99 |",
    ),
    (
        "2024-01-01 2024-03-31",
        "2024-05-15",
        "Bitfarms First Quarter 2024 Results",
        "Bitfarms mined 943 BTC in the period, of which 120 BTC were sold.",
    ),
    ("2024-01-01 2024-03-31", "2024-05-15", "Bitfarms Q1 loss widens", "Bitfarms reported a loss for the quarter. It sold 120 BTC."),
    ("2023-10-01 2023-12-31", "2024-03-07", "Mining news", "During Q4 2023, Bitfarms sold 120 BTC, versus 90 BTC in Q3 2023."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC, bringing its holdings to 1,016 BTC as of July 31."),
    ("None", "2024-08-06", "News", "Bitfarms, which had 1,136 BTC on June 30, has sold 120 BTC."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC to buy machines for delivery in October."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC to repay a loan that matures in December."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC. The company, founded in 2017, has eleven sites."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC. Its shares are up 12% since January."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC, a spokesman confirmed on Friday."),
    ("None", "2024-08-06", "News", "Bitfarms told investors on a call on Thursday that 120 BTC had been sold."),
    ("None", "2024-08-06", "News", "In a post on X on Sunday, the chief executive said Bitfarms had sold 120 BTC."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC to fund its 2025 expansion plan."),
    ("None", "2024-08-06", "News", "Bitfarms sold 120 BTC shortly after the halving."),
    ("None", "2025-11-12", "News", "Bitfarms will sell 120 BTC in the coming weeks."),
    ("None", "2025-11-12", "News", "Bitfarms sold 120 BTC in mid-October."),
    ("None", "2025-11-12", "News", "Bitfarms sold 120 BTC late last month."),
    ("None", "2025-11-12", "News", "Bitfarms sold 120 BTC in recent weeks."),
    ("None", "2025-11-12", "News", "Bitfarms sold 120 BTC and held 1,827 at October 31."),
    ("None", "2025-11-12", "News", "Bitfarms has sold 120 BTC, it said on November 10."),
    ("None", "2025-11-12", "News", "According to a filing on Monday, Bitfarms sold 120 BTC."),
    ("None", "2025-11-12", "News", "Bitfarms has sold 120 BTC. In 2024 it sold 90."),
    ("2024-07-01 2024-07-31", "2024-08-06", "Bitfarms, July 2024", "Mined: 253\nSold: 120\nHeld: 1,016"),
    ("2024-07-01 2024-07-31", "2024-08-06", "Bitfarms' July in one line", "253 mined, 120 sold, 1,016 kept."),
    ("2024-07-01 2024-07-31", "2024-08-06", "Bitfarms update", "July\n253 BTC mined\n120 BTC sold\n1,016 BTC held at month-end"),
    ("2024-07-01 2024-07-31", "2024-08-06", "Who sold what in July", "Bitfarms: 253 BTC mined, 120 BTC sold. Cipher: 150 mined, 90 sold."),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Miners' scoreboard",
        "July numbers are in.\n\nBitfarms mined 253 BTC and sold 120 BTC.\n\nCleanSpark mined 494 and sold 2.5.",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Scoreboard",
        "Here is what the miners did last month.\n- Bitfarms: 120 BTC sold\n- Cipher: 90 BTC sold",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Bitfarms Releases Monthly Figures",
        "TORONTO, Aug. 1, 2024 /PRNewswire/ -- Bitfarms Ltd. (NASDAQ: BITF) today released its unaudited production "
        "figures for July. The Company earned 253 BTC. It sold 120 BTC for total proceeds of $7.8 million.",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Bitfarms Provides July 2024 Production and Operations Update",
        "TORONTO, Aug. 1, 2024 (GLOBE NEWSWIRE) - Bitfarms Ltd. sold 120 BTC during the month.",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Bitfarms output climbs by a third",
        "Bitfarms earned 253 BTC in July, against 189 in June and 378 in July of 2023.\n\nThe company sold 120 BTC at "
        "an average of $65,000.",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Bitfarms output climbs",
        "Bitfarms (BITF) said Thursday that it earned 253 bitcoin in July. It sold 120 BTC in the period.",
    ),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "Bitfarms output",
        "Metric | Jul 2024 | Jun 2024 | Jul 2023\nBTC mined | 253 | 189 | 378\nBTC sold | 120 | 134 | 300",
    ),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms July '24 production: 253 BTC; sales: 120 BTC."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms sold 120 BTC in the month just ended."),
    ("2024-07-01 2024-07-31", "2024-08-06", "Bitfarms: report for July", "In the month under review Bitfarms sold 120 BTC."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms produced 189 BTC in June. The following month it sold 120 BTC."),
    (
        "2024-07-01 2024-07-31",
        "2024-08-06",
        "News",
        "Bitfarms sold 120 BTC last month, a month in which bitcoin gained 3%; in June it had sold 134.",
    ),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "With July behind it, Bitfarms has told how it did: 253 BTC mined, 120 BTC sold."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms's July: 253 BTC in, 120 BTC out."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "In its July update Bitfarms says that it sold 120 BTC."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "July's sales of Bitfarms came to 120 BTC."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms's monthly report for July, published on August 1, shows sales of 120 BTC."),
    ("2024-07-01 2024-07-31", "2024-08-06", "Bitfarms update", "It sold 120 BTC, or 47% of July's output."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms sold 120 BTC of its July production."),
    ("2024-07-01 2024-07-31", "2024-08-06", "News", "Bitfarms sold 120 BTC, 47% of what it produced in July."),
    ("2024-01-01 2024-12-31", "2025-11-12", "News", "Throughout 2024 Bitfarms sold 120 BTC."),
    ("2024-01-01 2024-12-31", "2025-11-12", "News", "In the full year 2024 Bitfarms sold 120 BTC."),
    ("2024-06-01 2024-06-30", "2024-08-06", "News", "Bitfarms produced 253 BTC in July. The month before, it had sold 120 BTC."),
    (
        "2024-04-01 2024-06-30",
        "2024-08-06",
        "Bitfarms loss",
        "Bitfarms reported a loss of $27 million for the second quarter. It mined 614 BTC and sold 120 BTC.",
    ),
    (
        "2024-04-01 2024-06-30",
        "2024-08-06",
        "Bitfarms results",
        "Bitfarms's revenue was $42 million in Q2 2024, down from $50 million in Q1 2024. 120 BTC were sold.",
    ),
    (
        "2024-04-01 2024-06-30",
        "2024-08-06",
        "Bitfarms 10-Q",
        "For the three months ended June 30, 2024, the Company generated revenue of $42 million. The Company sold 120 BTC.",
    ),
    ("2024-04-01 2024-06-30", "2024-08-06", "News", "Bitfarms mined 614 BTC from April through June and sold 120 BTC in the same period."),
    ("2024-04-01 2024-06-30", "2024-08-06", "News", "Between April and June, while the halving cut rewards, Bitfarms sold 120 BTC."),
    ("2024-04-01 2024-06-30", "2024-08-06", "News", "Q2 figures: Bitfarms sold 120 BTC; Cipher 900."),
    (
        "2024-04-01 2024-06-30",
        "2024-08-06",
        "News",
        "Bitfarms sold 120 BTC in the second quarter, more than the 90 BTC of the first quarter.",
    ),
    (
        "2024-04-01 2024-06-30",
        "2024-08-06",
        "Bitfarms second-quarter results",
        "Bitfarms sold 120 BTC in the quarter, 30 more than in the first quarter.",
    ),
    ("2024-07-16 2024-07-16", "2024-08-06", "News", "On July 15 Bitfarms closed a loan. A day later it sold 120 BTC."),
    ("2024-07-16 2024-07-16", "2024-08-06", "News", "Bitfarms closed a loan on July 15 and sold 120 BTC the next day."),
    ("2024-07-15 2024-07-15", "2024-08-06", "News", "Bitfarms sold 120 BTC on the 15th of July."),
    ("2024-07-15 2024-07-15", "2024-08-06", "News", "Bitfarms sold 120 BTC, worth $7.8 million, on Monday, July 15."),
    ("2024-07-15 2024-07-15", "2024-08-06", "News", "Bitfarms sold 120 BTC on Monday, 15 July 2024, a filing shows."),
    (
        "2024-08-05 2024-08-05",
        "2024-08-06",
        "News",
        "Bitfarms sold 120 BTC on Monday as bitcoin plunged below $50,000, it said on Tuesday.",
    ),
    ("2024-08-05 2024-08-05", "2024-08-06", "News", "It was on Monday morning that Bitfarms sold 120 BTC."),
    ("2024-08-03 2024-08-04", "2024-08-06", "News", "Bitfarms sold 120 BTC on Saturday and Sunday, it said Monday."),
    ("2024-07-29 2024-08-04", "2024-08-06", "News", "The 120 BTC that Bitfarms sold last week are its first since May."),
    ("2024-07-30 2024-08-06", "2024-08-06", "News", "Bitfarms has sold 120 BTC in the past week."),
    ("2024-07-30 2024-08-06", "2024-08-06", "News", "Bitfarms has sold 120 BTC over the past week, on-chain data show."),
    ("2024-01-01 2024-06-30", "2024-08-06", "News", "Bitfarms sold 120 BTC in the first six months, it said on Tuesday."),
    ("2024-01-01 2024-06-30", "2024-08-06", "News", "Half-year report: Bitfarms mined 1,557 BTC from January to June and sold 120 BTC."),
    ("2023-07-01 2024-06-30", "2024-08-06", "News", "Bitfarms sold 120 BTC in the twelve months to the end of June."),
    ("2024-07-31 2024-07-31", "2024-08-06", "News", "On 31 July Bitfarms sold 120 BTC."),
    ("2024-07-22 2024-07-28", "2024-08-06", "News", "Bitfarms sold 120 BTC in the week from July 22 to July 28."),
    ("2024-07-22 2024-07-28", "2024-08-06", "News", "For the week of July 22-28 Bitfarms reports 120 BTC sold."),
    ("2024-07-22 2024-07-28", "2024-08-06", "News", "Bitfarms sold 120 BTC (22–28 July)."),
    ("2024-07-22 2024-07-26", "2024-08-06", "News", "Bitfarms sold 120 BTC over five days, from July 22 to 26."),
    ("2024-07-28 2024-08-03", "2024-08-06", "News", "Bitfarms sold 120 BTC in the week ending August 3."),
    ("2024-07-28 2024-08-03", "2024-08-06", "News", "Bitfarms weekly update, week ended Aug. 3: 40 BTC mined, 120 BTC sold."),
    ("2024-07-18 2024-07-18", "2024-08-06", "News", "On July 18, 2024, Bitfarms entered into a sale of 120 BTC for $7.8 million."),
    ("2024-07-18 2024-07-18", "2024-08-06", "8-K: Bitfarms Ltd.", "Item 8.01. On July 18, 2024, the Company sold 120 BTC."),
    ("2024-01-01 2024-07-31", "2024-08-06", "News", "Bitfarms sold 120 BTC in the first seven months of the year."),
    ("2024-01-01 2024-07-31", "2024-08-06", "News", "From January through July Bitfarms sold 120 BTC."),
    ("2024-01-01 2024-07-31", "2024-08-06", "News", "In the seven months to July, Bitfarms sold 120 BTC."),
    ("2024-08-01 2024-08-06", "2024-08-06", "News", "Bitfarms has sold 120 BTC in August so far."),
    ("2024-08-01 2024-08-05", "2024-08-06", "News", "Bitfarms sold 120 BTC from August 1 to August 5."),
    ("2024-09-01 2024-09-30", "2024-08-06", "News", "Bitfarms will sell 120 BTC in September."),
    ("2024-10-01 2024-12-31", "2024-08-06", "News", "Bitfarms expects to sell 120 BTC in the fourth quarter."),
    ("2024-10-01 2024-12-31", "2024-08-06", "News", "Bitfarms plans to sell 120 BTC between October and December."),
    ("2025-01-01 2025-06-30", "2024-08-06", "News", "Bitfarms plans to sell 120 BTC in the first half of 2025."),
    ("2025-01-01 2025-06-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the first half of the year."),
    ("2024-08-15 2024-08-15", "2024-08-06", "News", "Bitfarms plans to sell 120 BTC on August 15."),
    (
        "2025-10-01 2025-10-31",
        "2025-11-12",
        "Bitfarms: another month",
        "Bitfarms produced 520 bitcoin, sold 120 and ended October with 1,827.",
    ),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms ended October with 1,827 bitcoin after it had sold 120 BTC in the month."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "October brought Bitfarms 520 bitcoin. 120 BTC were sold."),
    (
        "2025-10-01 2025-10-31",
        "2025-11-12",
        "News",
        "In October, as difficulty hit a record, Bitfarms mined 520 bitcoin. Its treasury fell. It sold 120 BTC.",
    ),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Sold in October: 120 BTC (Bitfarms)."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms (Oct.): mined 520, sold 120 BTC"),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms's October sales of 120 BTC exceeded September's 90."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Compared with September, when it sold 90 BTC, Bitfarms sold 120 BTC in October."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms sold 120 BTC in October, its biggest month since May 2023."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms sold 120 BTC in October, the first sale since March."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "For the first time since March, Bitfarms sold bitcoin in October: 120 BTC."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms on Nov. 5 released its October numbers: 520 BTC mined, 120 BTC sold."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "NEW YORK (Nov. 5, 2025) — Bitfarms sold 120 BTC in October."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "During all of October Bitfarms sold 120 BTC."),
    ("2025-10-01 2025-10-31", "2025-11-12", "Bitfarms", "Month: October 2025\nBTC produced: 520\nBTC sold: 120"),
    ("2025-10-01 2025-10-31", "2025-11-12", "Bitfarms", "| | October 2025 | September 2025 |\n|---|---|---|\n| BTC sold | 120 | 90 |"),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms' weekly? No, monthly: 120 BTC sold in Oct 2025."),
    ("2025-10-01 2025-10-31", "2025-11-12", "News", "Bitfarms sold 120 BTC in Oct'25."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the three months to September."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms Q3: revenue $69 million, 520 BTC mined, 120 BTC sold"),
    (
        "2025-07-01 2025-09-30",
        "2025-11-12",
        "News",
        "Bitfarms reported third-quarter revenue of $69 million on Wednesday. In the quarter 120 BTC were sold.",
    ),
    (
        "2025-07-01 2025-09-30",
        "2025-11-12",
        "News",
        "Bitfarms reported third-quarter revenue of $69 million. It sold 120 BTC for $13 million.",
    ),
    (
        "2025-07-01 2025-09-30",
        "2025-11-12",
        "News",
        "Third-quarter revenue was $69 million at Bitfarms, up 156% year over year; 120 BTC were sold.",
    ),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the July-September period."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the July–September quarter."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the quarter ended Sept. 30."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the quarter that ended on September 30, 2025."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in its third fiscal quarter."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC last quarter, its report shows."),
    ("2025-07-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the third quarter of this year."),
    ("2025-07-01 2025-09-30", "2025-11-12", "Bitfarms Q3 2025 earnings: key points", "Bitfarms sold 120 BTC in the quarter."),
    ("2025-07-01 2025-09-30", "2025-11-12", "Bitfarms Reports Third Quarter 2025 Results", "Bitfarms sold 120 BTC."),
    ("2025-10-01 2025-11-12", "2025-11-12", "News", "Bitfarms has sold 120 BTC since October 1."),
    ("2025-10-01 2025-11-10", "2025-11-12", "News", "Bitfarms sold 120 BTC between October 1 and November 10."),
    ("2025-10-01 2025-11-10", "2025-11-12", "News", "From 1 October to 10 November 2025 Bitfarms sold 120 BTC."),
    ("2025-11-01 2025-11-10", "2025-11-12", "News", "Bitfarms sold 120 BTC in the first ten days of November."),
    ("2025-11-01 2025-11-12", "2025-11-12", "News", "So far in November Bitfarms has sold 120 BTC."),
    ("2025-11-01 2025-11-12", "2025-11-12", "News", "Bitfarms has sold 120 BTC in the month to date."),
    ("2025-11-10 2025-11-11", "2025-11-12", "News", "Bitfarms sold 120 BTC on Monday and Tuesday."),
    ("2025-11-10 2025-11-10", "2025-11-12", "News", "Bitfarms sold 120 BTC on Monday, according to Arkham."),
    ("2025-11-10 2025-11-10", "2025-11-12", "News", "On Monday Bitfarms sold 120 BTC."),
    ("2025-11-10 2025-11-10", "2025-11-12", "News", "Monday's sale of 120 BTC by Bitfarms came as a surprise."),
    ("2025-11-11 2025-11-11", "2025-11-12", "News", "Bitfarms sold 120 BTC Tuesday night."),
    ("2025-11-11 2025-11-11", "2025-11-12", "News", "Bitfarms sold 120 BTC late on Tuesday."),
    ("2025-11-08 2025-11-09", "2025-11-12", "News", "Bitfarms sold 120 BTC over the past weekend."),
    ("2025-11-08 2025-11-09", "2025-11-12", "News", "Bitfarms sold 120 BTC at the weekend, it announced on Monday."),
    ("2025-11-08 2025-11-09", "2025-11-12", "News", "Last weekend Bitfarms sold 120 BTC."),
    ("2025-11-03 2025-11-09", "2025-11-12", "News", "Bitfarms sold 120 BTC the previous week."),
    ("2025-11-03 2025-11-07", "2025-11-12", "News", "Bitfarms sold 120 BTC in the week of November 3 to 7."),
    ("2025-11-01 2025-11-07", "2025-11-12", "News", "Bitfarms sold 120 BTC in the week through November 7."),
    ("2025-11-01 2025-11-07", "2025-11-12", "News", "Bitfarms weekly: for Nov 1 – Nov 7, 120 BTC sold."),
    ("2025-01-01 2025-11-12", "2025-11-12", "News", "Bitfarms has sold 120 BTC so far this year."),
    ("2025-01-01 2025-09-30", "2025-11-12", "News", "Bitfarms sold 120 BTC in the nine months to September 30, 2025."),
    ("2025-01-01 2025-09-30", "2025-11-12", "News", "In the first three quarters Bitfarms sold 120 BTC."),
    ("2025-11-12 2025-12-31", "2025-11-12", "News", "Bitfarms will sell 120 BTC before the end of the year."),
    ("2025-11-12 2025-12-31", "2025-11-12", "News", "Bitfarms intends to sell 120 BTC by December 31."),
    ("2025-12-01 2025-12-31", "2025-11-12", "News", "Bitfarms will sell 120 BTC in December."),
    ("2025-10-01 2025-12-31", "2025-11-12", "News", "Bitfarms expects to sell 120 BTC in the current quarter."),
    ("2026-01-01 2026-12-31", "2025-11-12", "News", "Bitfarms plans to sell 120 BTC in 2026."),
    ("2026-01-01 2026-06-30", "2025-11-12", "News", "Bitfarms plans to sell 120 BTC over the first half of next year."),
    ("2026-01-01 2026-03-31", "2025-11-12", "News", "Bitfarms plans to sell 120 BTC in Q1."),
]


def period(published: str, title: str, text: str) -> str:
    article = Article(id="x", title=title, text=text, published=datetime.fromisoformat(published).replace(tzinfo=UTC))
    sales = [event for event in extract(article).events if event.kind is Kind.SALE and event.btc == 120]
    assert sales, text
    when = sales[0].period
    return f"{when.start} {when.end}" if when else "None"


@pytest.mark.parametrize(("want", "text"), [(want, text) for want, texts in WORDINGS for text in texts])
def test_a_reader_dates_the_sale_so(want: str, text: str) -> None:
    assert period("2024-06-05", "Mining news", text) == want


@pytest.mark.parametrize(("want", "published", "title", "text"), OTHERS)
def test_headline_and_day_of_publication_count(want: str, published: str, title: str, text: str) -> None:
    assert period(published, title, text) == want
