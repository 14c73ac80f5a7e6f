"""Sentences as the press writes them, a class of language a table: each with the claims that a reader finds in it, and no others."""

from datetime import date

import pytest

from extractors.claims.find import find_claims
from tests.support.claims import in_short

# Levels of the first years: millions and billions, all digits, small prices, hashrates in tera and peta.
OLD = [
    ("2014-03-10", "Bitcoin difficulty climbed to 3.82 billion from 3.13 billion.", ["difficulty 3820000000 from 3130000000"]),
    ("2013-10-20", "Difficulty is now 267,731,249, up 41% from 189,281,250.", ["difficulty 267731249 from 189281250 by 41%"]),
    ("2016-02-03", "Mining difficulty rose 20.06 percent to 144.1 billion on Tuesday.", ["difficulty 144100000000 by 20.06%"]),
    (
        "2017-12-20",
        "Difficulty stands at 1.873 trillion, against 317.7 billion when the year began.",
        ["difficulty 1.873e12 from 317700000000"],
    ),
    ("2012-05-10", "At 1.73 million, difficulty is 9% higher than a fortnight ago.", ["difficulty 1730000 by 9%"]),
    ("2015-06-01", "The difficulty reached 48,807,487,244.75.", ["difficulty 48807487244.8"]),
    ("2014-01-05", "The network now computes about 12 PH/s.", ["hashrate 1.2e16"]),
    ("2013-06-05", "Total hash power passed 120 TH/s this week.", ["hashrate 1.2e14"]),
    ("2016-01-10", "Hashrate is at 800 petahashes per second.", ["hashrate 8e17"]),
    ("2018-08-30", "The network hashed at 52 EH/s on Wednesday.", ["hashrate 5.2e19"]),
    ("2013-04-12", "Bitcoin trades at $98 on Mt. Gox, after $266 on Wednesday.", ["price 98", "price 266"]),
    ("2015-01-20", "Bitcoin changed hands at $210.", ["price 210"]),
    ("2012-08-16", "One bitcoin fetches $13.50.", ["price 13.5"]),
    ("2011-06-09", "A bitcoin was worth $29 on Wednesday.", ["price 29"]),
    ("2016-07-11", "Miners now get 12.5 coins per block instead of 25.", ["block_reward 12.5 from 25"]),
]

# The difficulty and its changes.
DIFFICULTY = [
    ("2024-11-05", "Mining got 6.24% tougher on Monday.", ["difficulty by 6.24%"]),
    (
        "2024-11-05",
        "It is 6.24% harder to find a block since Monday, as difficulty moved up to 101.65 trillion.",
        ["difficulty 1.0165e14 by 6.24%"],
    ),
    ("2024-11-05", "A 6.24% upward adjustment has lifted difficulty past 100 trillion for the first time.", ["difficulty 1e14 by 6.24%"]),
    ("2024-11-05", "Difficulty went from 95.67T to 101.65T, a gain of 6.24%.", ["difficulty 1.0165e14 from 9.567e13 by 6.24%"]),
    ("2024-11-05", "Difficulty went to 101.65T, a gain of 6.24% on the previous 95.67T.", ["difficulty 1.0165e14 from 9.567e13 by 6.24%"]),
    ("2024-11-05", "Difficulty stood at 1.0165e14.", ["difficulty 1.0165e14"]),
    ("2024-11-05", "Difficulty is at 1.0165 x 10^14 now.", ["difficulty 1.0165e14"]),
    ("2024-07-05", "Difficulty fell to 79.5 trillion, its lowest in four months.", ["difficulty 7.95e13"]),
    (
        "2025-07-20",
        "The network is 7.96% harder to mine on since Saturday: difficulty went to 126.27 trillion.",
        ["difficulty 1.2627e14 by 7.96%"],
    ),
    ("2025-07-20", "Bitcoin difficulty inches up 0.4% and stays near 126 trillion.", ["difficulty 1.26e14 by 0.4%"]),
    ("2025-07-20", "Difficulty edged lower by 0.4% to 116.96T.", ["difficulty 1.1696e14 by -0.4%"]),
    ("2025-07-20", "Difficulty notched a 7.96% gain.", ["difficulty by 7.96%"]),
    ("2025-07-20", "The difficulty ticked down to 116.96T (-7.48%).", ["difficulty 1.1696e14 by -7.48%"]),
    ("2025-07-20", "Difficulty: 126.27T, +7.96%.", ["difficulty 1.2627e14 by 7.96%"]),
    ("2025-07-20", "Mining difficulty has swollen 7.96% since the last retarget.", ["difficulty by 7.96%"]),
    ("2025-07-20", "Difficulty reset lower by 7.48% at block height 903168.", ["difficulty by -7.48%", "block_height 903168"]),
    (
        "2025-07-20",
        "The protocol dialled difficulty back 7.48%, to 116.96 trillion from 126.41 trillion.",
        ["difficulty 1.1696e14 from 1.2641e14 by -7.48%"],
    ),
    ("2025-07-20", "A 7.48% cut brought difficulty to 116.96 trillion.", ["difficulty 1.1696e14 by -7.48%"]),
    ("2025-07-20", "Difficulty now sits 7.48% below where it was two weeks ago.", ["difficulty by -7.48%"]),
    ("2025-07-20", "Relief for miners: difficulty slashed by 7.48%.", ["difficulty by -7.48%"]),
    ("2025-07-20", "Riot's production fell 4% while difficulty rose 1%.", ["difficulty by 1%"]),
    ("2025-07-20", "Power prices doubled and difficulty, at 126.27 trillion, is near its peak.", ["difficulty 1.2627e14"]),
    ("2025-07-20", "Block 903,168 brought a 7.48% cut in difficulty.", ["block_height 903168", "difficulty by -7.48%"]),
]

# The network's hashrate.
HASHRATE = [
    ("2026-06-28", "The hashrate sank to 889 EH/s from 958 EH/s.", ["hashrate 8.89e20 from 9.58e20"]),
    ("2026-06-28", "From 958 EH/s the seven-day average dropped to 889 EH/s.", ["hashrate 8.89e20 from 9.58e20"]),
    ("2026-06-28", "Hashrate, at 889 EH/s, is 7% lower than in May.", ["hashrate 8.89e20", "hashrate by -7%"]),
    ("2026-06-28", "Computing power on the network topped one zettahash per second for the first time.", ["hashrate 1e21"]),
    ("2026-06-28", "The network lost 70 EH/s, and the average hash rate is 889 EH/s.", ["hashrate 8.89e20"]),
    ("2025-07-20", "Hashrate slid from 943 EH/s to 880 EH/s in a week, a drop of 6.7%.", ["hashrate 8.8e20 from 9.43e20 by -6.7%"]),
    ("2025-07-20", "The 30-day average hashrate is 902 EH/s, down 2% from June.", ["hashrate 9.02e20 by -2%"]),
    ("2025-07-20", "Global hashrate climbed above 900 EH/s.", ["hashrate 9e20"]),
]

# What a coin is said to cost.
PRICES = [
    ("2025-11-30", "Difficulty is flat. Bitcoin changed hands at $91K.", ["price 91000"]),
    ("2025-11-30", "Bitcoin traded around $91,200 in early New York trading.", ["price 91200"]),
    ("2025-11-30", "With bitcoin at $91,000, few miners make money.", ["price 91000"]),
    ("2025-11-30", "At $91,000 per bitcoin most rigs still pay.", ["price 91000"]),
    ("2025-11-30", "The price of one bitcoin stood at $91,000 on Sunday.", ["price 91000"]),
    ("2025-11-30", "BTC last went for $91,100.", ["price 91100"]),
    ("2025-11-30", "Bitcoin slid 3% to $88,400 on Friday.", ["price 88400 by -3%"]),
    ("2025-11-30", "Bitcoin had been as high as $126,000 in October.", ["price 126000"]),
    ("2025-11-30", "Bitcoin is hovering near $91,000, up from $84,000 a week ago.", ["price 91000 from 84000"]),
    ("2025-11-30", "Bitcoin rose from $84,000 to $91,000 within a week.", ["price 91000 from 84000"]),
    ("2025-11-30", "Bitcoin sank to $84,000 from $91,000.", ["price 84000 from 91000"]),
    ("2025-07-20", "Bitcoin was down 2% at $117,300.", ["price 117300 by -2%"]),
    ("2025-07-20", "The largest cryptocurrency was trading at $117,300.", ["price 117300"]),
    ("2025-07-20", "BTC: $117,300 (+1.2%)", ["price 117300 by 1.2%"]),
    ("2025-07-20", "Bitcoin's price dipped below $117,000 on Friday.", ["price 117000"]),
    ("2025-07-20", "Bitcoin opened the week at $117,300.", ["price 117300"]),
    ("2025-07-20", "Bitcoin closed at $117,300 on Saturday.", ["price 117300"]),
    ("2025-07-20", "Since bitcoin broke $120,000, miners have been selling.", ["price 120000"]),
    ("2025-07-20", "The token was quoted at 117,300 dollars.", ["price 117300"]),
]

# Hashprice, Puell multiple, reward.
OTHERS = [
    ("2025-01-28", "Hashprice slipped to $57.40.", ["hashprice 57.4"]),
    ("2025-01-28", "A petahash earned $57.40 a day.", ["hashprice 57.4"]),
    ("2025-01-28", "Miners earn $57.40 per petahash per day, down 4% on the week.", ["hashprice 57.4 by -4%"]),
    ("2025-07-20", "Hashprice hovers at $58.9 per PH/s per day, up from $52 in June.", ["hashprice 58.9 from 52"]),
    ("2025-07-20", "Hashprice fell 4% to $58.9/PH/s/day.", ["hashprice 58.9 by -4%"]),
    ("2025-07-20", "Miners make some $59 per petahash a day.", ["hashprice 59"]),
    ("2024-04-22", "The block subsidy was halved to 3.125 bitcoin at block 840,000.", ["block_reward 3.125", "block_height 840000"]),
    ("2024-04-22", "The halving cut the reward from 6.25 BTC to 3.125 BTC.", ["block_reward 3.125 from 6.25"]),
    (
        "2025-07-20",
        "Since last year's halving miners earn 3.125 BTC per block, half the former 6.25 BTC.",
        ["block_reward 3.125 from 6.25"],
    ),
    ("2025-07-20", "The Puell multiple is at 1.2.", ["puell 1.2"]),
]

# What is expected.
FORECASTS = [
    ("2025-11-30", "Analysts see bitcoin at $150,000 by the end of next year.", ["price 150000 forecast"]),
    (
        "2024-11-05",
        "The next adjustment is expected to lift difficulty by 2.3% to 104 trillion on Nov. 18.",
        ["difficulty 1.04e14 by 2.3% forecast"],
    ),
    ("2024-11-05", "Difficulty is on course for a 2.3% rise.", ["difficulty by 2.3% forecast"]),
    ("2024-11-05", "A 2.3% increase is pencilled in for November 18.", ["difficulty by 2.3% forecast"]),
    ("2024-11-05", "CoinWarz projects that difficulty rises 2.3%.", ["difficulty by 2.3% forecast"]),
    (
        "2024-11-05",
        "Barring a surprise, difficulty goes up 2.3% at block 870,912.",
        ["difficulty by 2.3% forecast", "block_height 870912 forecast"],
    ),
    ("2025-07-20", "Difficulty is forecast to climb 3.2% in four days.", ["difficulty by 3.2% forecast"]),
    ("2025-07-20", "The next retarget, on July 25, looks like being a 3.2% rise.", ["difficulty by 3.2% forecast"]),
    ("2025-07-20", "Estimates for the next change of the difficulty point to plus 3.2%.", ["difficulty by 3.2% forecast"]),
    ("2025-07-20", "Projections put the next difficulty move at around +3.2%.", ["difficulty by 3.2% forecast"]),
    ("2025-07-20", "Difficulty may slip 3.2% at the end of the week.", ["difficulty by -3.2% forecast"]),
    ("2025-07-20", "Difficulty is tracking toward a 3.2% rise.", ["difficulty by 3.2% forecast"]),
    ("2025-07-20", "Hashrate Index expects a hashprice of $55 in August.", ["hashprice 55 forecast"]),
    ("2025-07-20", "JPMorgan sees bitcoin at $165,000.", ["price 165000 forecast"]),
]

# Records, ranks, streaks.
SUPERLATIVES = [
    ("2026-06-28", "Hashrate hit a record 1.15 ZH/s in October.", ["hashrate 1.15e21 high:all"]),
    (
        "2026-02-08",
        "Saturday's adjustment took difficulty down by 11.16% to 125.86 trillion, the biggest drop since China's ban.",
        ["difficulty 1.2586e14 by -11.16% drop:2021"],
    ),
    (
        "2026-06-15",
        "The retarget at block 953,568 shaved 10.09% off the difficulty, the second-steepest cut of the year.",
        ["difficulty by -10.09% drop_rank:2:2026", "block_height 953568"],
    ),
    ("2024-11-05", "Difficulty added 6.24% to reach 101.65T, a fresh peak.", ["difficulty 1.0165e14 by 6.24% high:all"]),
    (
        "2024-11-05",
        "Difficulty set another record on Monday, 101.65 trillion, after its third rise in a row.",
        ["difficulty 1.0165e14 high:all", "difficulty rises:3"],
    ),
    ("2026-06-28", "Difficulty fell 7.8%. Only February brought a deeper cut this year.", ["difficulty by -7.8% drop_rank:2:2026"]),
    ("2022-12-06", "Difficulty dropped 7.32%, its steepest one-off fall since July 2021.", ["difficulty by -7.32% drop:2021-07"]),
    ("2022-12-06", "Not since July 2021 had a single adjustment cut as deep as 7.32%.", ["difficulty by -7.32% drop:2021-07"]),
    (
        "2022-12-06",
        "You have to go back to July 2021 to find a bigger cut in difficulty than 7.32%.",
        ["difficulty by -7.32% drop:2021-07"],
    ),
    ("2024-07-05", "Difficulty fell 5% to 79.5 trillion, the lowest reading since March.", ["difficulty 7.95e13 by -5% low:2024-03"]),
    ("2026-06-15", "The cut of 10.09% ranks second among those of 2026.", ["difficulty by -10.09% drop_rank:2:2026"]),
    ("2026-06-15", "Among the cuts of this year the 10.09% is number two.", ["difficulty by -10.09% drop_rank:2:2026"]),
    (
        "2021-07-04",
        "Difficulty fell 27.94%, the largest negative adjustment in the history of Bitcoin.",
        ["difficulty by -27.94% drop:all"],
    ),
    ("2021-07-04", "Never before has a retarget taken so much: 27.94% off the difficulty.", ["difficulty by -27.94% drop:all"]),
    ("2021-07-04", "Difficulty fell 27.94%, more than ever before.", ["difficulty by -27.94% drop:all"]),
    ("2024-07-05", "For the third time running difficulty fell: by 5% to 79.5 trillion.", ["difficulty 7.95e13 by -5% falls:3"]),
    ("2024-07-05", "Difficulty fell by 5%, extending its losing streak to three.", ["difficulty by -5% falls:3"]),
    ("2024-11-05", "Difficulty climbed 6.24%, a third successive increase.", ["difficulty by 6.24% rises:3"]),
    ("2025-07-20", "Difficulty jumps almost 8%, biggest increase since April.", ["difficulty by 8% rise:2025-04"]),
    (
        "2025-07-20",
        "It is the largest downward move since China banned mining in 2021: 7.48% off the difficulty.",
        ["difficulty by -7.48% drop:2021"],
    ),
    ("2025-07-20", "No bigger drop in difficulty has been seen since 2021 than this 7.48%.", ["difficulty by -7.48% drop:2021"]),
    ("2025-07-20", "Difficulty fell 7.48%, its fourth-steepest drop of all time.", ["difficulty by -7.48% drop_rank:4"]),
    ("2025-07-20", "Difficulty fell 7.48%, the ninth biggest decline ever recorded.", ["difficulty by -7.48% drop_rank:9"]),
    ("2025-07-20", "Difficulty fell 7.48% in what was its biggest cut of 2025.", ["difficulty by -7.48% drop_rank:1:2025"]),
    ("2025-07-20", "Difficulty fell 7.48%, this year's deepest cut so far.", ["difficulty by -7.48% drop_rank:1:2025"]),
    (
        "2025-07-20",
        "Difficulty climbed to 126.27T, a whisker from its record of 126.98T.",
        ["difficulty 1.2627e14", "difficulty 1.2698e14 high:all"],
    ),
    ("2025-07-20", "Difficulty hit a new high at 126.98 trillion.", ["difficulty 1.2698e14 high:all"]),
    ("2025-07-20", "At 126.98 trillion, mining difficulty has never been higher.", ["difficulty 1.2698e14 high:all"]),
    ("2025-07-20", "Difficulty notched yet another record of 126.98 trillion.", ["difficulty 1.2698e14 high:all"]),
    ("2025-07-20", "It was the fourth increase on the trot for the difficulty.", ["difficulty rises:4"]),
    ("2025-07-20", "Difficulty has now fallen three times in a row.", ["difficulty falls:3"]),
    ("2025-07-20", "The difficulty fell, for a third time straight.", ["difficulty falls:3"]),
    (
        "2025-07-20",
        "Difficulty snapped a run of four straight increases with a 7.48% drop.",
        ["difficulty by -7.48%", "difficulty rises:4"],
    ),
]

# What is another coin's, a company's, a target or a cost.
NONE = [
    ("2014-04-01", "KnCMiner sells a 3 TH/s box for $9,995.", []),
    ("2025-11-30", "Riot bought 300 coins for $91,000 apiece.", []),
    ("2025-11-30", "Support lies at $80,000, say traders.", []),
    ("2025-11-30", "It cost $60,200 to mine a bitcoin in the quarter.", []),
    ("2026-06-28", "CleanSpark runs 50 EH/s, or 5% of the network.", []),
    ("2026-06-28", "Its hashrate rose to 50 EH/s, 5% more than in May.", []),
    ("2026-06-28", "Difficulty is unchanged. MARA fell 8% and Riot 6%.", []),
    ("2024-11-05", "Difficulty is up by nearly a third since April.", []),
    ("2024-11-05", "Litecoin mining difficulty rose 5% to a record.", []),
    ("2024-11-05", "The difficulty of Bitcoin Cash fell 12%.", []),
    ("2018-05-18", "On May 17, 2018 Bitcoin Cash difficulty fell 9%.", []),
    ("2018-05-18", "On May 17, 2018 Bitcoin SV difficulty fell 9%.", []),
    ("2024-11-05", "Difficulty has doubled since 2022.", []),
    ("2025-07-20", "The 126.98 trillion mark is uncharted territory for mining difficulty.", []),
    ("2025-07-20", "MicroStrategy bought at an average of $117,300 per bitcoin.", []),
    ("2025-07-20", "The company values its coins at $117,300 each.", []),
    ("2025-07-20", "Its cost to mine one bitcoin was $52,300.", []),
    ("2025-07-20", "A call option at $130,000 drew bids.", []),
    ("2025-07-20", "Marathon's energized hashrate reached 57.4 EH/s.", []),
    ("2025-07-20", "The combined hashrate of listed miners is 310 EH/s.", []),
    ("2025-07-20", "Transaction fees made up 1.1% of block rewards.", []),
    ("2025-07-20", "Bitcoin mining stocks gained 8% as difficulty fell.", []),
    ("2025-07-20", "The stock has lost 12% since the difficulty adjustment.", []),
]


@pytest.mark.parametrize(("seen", "text", "expected"), [*OLD, *DIFFICULTY, *HASHRATE, *PRICES, *OTHERS, *FORECASTS, *SUPERLATIVES, *NONE])
def test_a_sentence_is_read_as_a_reader_reads_it(seen: str, text: str, expected: list[str]) -> None:
    claims = find_claims(f"Bitcoin mining difficulty\n{text}", date.fromisoformat(seen))
    assert sorted(map(in_short, claims)) == sorted(expected)
