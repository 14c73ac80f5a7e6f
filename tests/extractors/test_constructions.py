"""Constructions of business prose, blogs, tickers and tables, one small article each, with all that it tells."""

from datetime import UTC, datetime

import pytest

from extractors.door import find_events
from extractors.model import Article, Event

# Title, text, day of publication, and the events: kind, miner, bitcoin, dollars in millions, status where it is not completed.
TOLD: list[tuple[str, str, str, list[str]]] = [
    (
        "CleanSpark banks $60M from coins",
        "CleanSpark said it had monetised 588 BTC over the course of August, pulling in $60.7 million at an average of $103,200.",
        "2025-09-04",
        ["sale CleanSpark 588 $60.7M"],
    ),
    (
        "TeraWulf update",
        "During Q2 the company generated $21.3 million by liquidating 350 bitcoin.",
        "2024-08-01",
        ["sale TeraWulf 350 $21.3M"],
    ),
    (
        "Hut 8 July report",
        "The Company sold 218 Bitcoin at an average price of C$27,000 in July. As of July 31, Hut 8 held 7,736 "
        "Bitcoin in reserve. Mined 195 Bitcoin.",
        "2022-08-05",
        ["sale Hut 8 218", "holdings Hut 8 7736", "production Hut 8 195"],
    ),
    (
        "Argo cuts debt",
        "Argo Blockchain used the proceeds from the sale of 109 BTC to reduce debt to Galaxy.",
        "2023-05-09",
        ["sale Argo Blockchain 109"],
    ),
    (
        "Bitfarms offloads half of its stash",
        "Bitcoin miner Bitfarms has announced that it has dumped 1,500 BTC worth $34 million.",
        "2022-06-15",
        ["sale Bitfarms 1500 $34M"],
    ),
    (
        "Marathon's December",
        "Marathon Digital produced 475 bitcoin in December 2022 and did not sell any bitcoin. Total holdings: 12,232 BTC.",
        "2023-01-05",
        ["production Marathon Digital 475", "holdings Marathon Digital 12232"],
    ),
    (
        "Core Scientific sold 975 bitcoins for $22M last month",
        "The Austin miner exited the month with 1,000 bitcoins.",
        "2022-12-06",
        ["sale Core Scientific 975 $22M", "holdings Core Scientific 1000"],
    ),
    (
        "Riot to raise cash",
        "Riot Platforms plans to sell as many as 3,000 bitcoin this quarter to fund AI data centers.",
        "2026-02-03",
        ["sale Riot Platforms 3000 planned"],
    ),
    (
        "MARA said to have sold coins",
        "MARA reportedly sold 1,000 BTC, according to people familiar with the matter.",
        "2026-01-12",
        ["sale MARA 1000 rumoured"],
    ),
    (
        "Tesla sells 75% of bitcoin",
        "Tesla sold $936 million of bitcoin in the second quarter. Miner Riot Blockchain held 6,654 BTC.",
        "2022-07-21",
        ["holdings Riot Blockchain 6654"],
    ),
    (
        "Germany moves 1,300 BTC",
        "Germany's BKA sent 1,300 BTC to Coinbase and Kraken. Shares of CleanSpark fell 3%.",
        "2024-07-02",
        [],
    ),
    (
        "Bitdeer in March",
        "Bitdeer self-mined 114 BTC in March, sold 97 of them and ended the month with 1,156 BTC on its balance sheet.",
        "2025-04-07",
        ["production Bitdeer 114", "sale Bitdeer 97", "holdings Bitdeer 1156"],
    ),
    (
        "HIVE's strategy",
        "HIVE Digital sold its March production of 161 BTC and kept 2,201 BTC.",
        "2025-04-08",
        ["sale HIVE Digital 161", "production HIVE Digital 161", "holdings HIVE Digital 2201"],
    ),
    (
        "Cipher Q3",
        "In the third quarter, Cipher Mining sold approximately 923 bitcoin for proceeds of approximately $55 million.",
        "2024-11-01",
        ["sale Cipher Mining 923 $55M"],
    ),
    (
        "Greenidge",
        "Greenidge Generation exchanged 77 bitcoin for cash in May.",
        "2023-06-10",
        ["sale Greenidge 77"],
    ),
    (
        "Canaan adds to pile",
        "Canaan bought 50 BTC last week, taking its treasury to 1,484 BTC.",
        "2025-07-30",
        ["purchase Canaan 50", "holdings Canaan 1484"],
    ),
    (
        "BitFuFu",
        "BitFuFu's holdings dropped to 1,662 BTC from 1,709 BTC after it sold 105 BTC during the month.",
        "2025-08-05",
        ["holdings BitFuFu 1662", "sale BitFuFu 105"],
    ),
    (
        "LM Funding",
        "LM Funding America parted ways with 8 bitcoin in November, netting roughly $740,000.",
        "2025-12-09",
        ["sale LM Funding 8 $0.74M"],
    ),
    (
        "Miner capitulation?",
        "CryptoQuant data shows that miners sent 12,000 BTC to exchanges on Tuesday. Bitfarms and Hut 8 shares fell.",
        "2024-06-12",
        [],
    ),
    (
        "Hut 8's American Bitcoin",
        "American Bitcoin Corp. acquired 1,414 BTC since September, lifting its reserve to 3,865 BTC.",
        "2025-10-27",
        ["purchase American Bitcoin 1414", "holdings American Bitcoin 3865"],
    ),
    (
        "Bit Digital's May numbers",
        "The company produced 96.5 bitcoins in May and, to fund Ethereum purchases, sold 140 bitcoins for net proceeds of $14.6 million.",
        "2025-06-06",
        ["production Bit Digital 96.5", "sale Bit Digital 140 $14.6M"],
    ),
    (
        "Phoenix Group sells",
        "Abu Dhabi-listed Phoenix Group booked $28 million from selling 300 BTC.",
        "2025-05-14",
        ["sale Phoenix Group 300 $28M"],
    ),
    (
        "Genesis Digital Assets",
        "Genesis Digital Assets disposed of around 1,000 coins in H1, the Financial Times reports.",
        "2023-08-14",
        ["sale Genesis Digital Assets 1000"],
    ),
    (
        "Northern Data liquidates reserves",
        "Northern Data sold its entire bitcoin holdings of 1,800 BTC in May and June.",
        "2022-07-13",
        ["sale Northern Data 1800"],
    ),
    (
        "DMG",
        "DMG Blockchain: 23 BTC mined in July, 341 BTC held, 6.4 BTC sold",
        "2025-08-07",
        ["production DMG Blockchain 23", "holdings DMG Blockchain 341", "sale DMG Blockchain 6.4"],
    ),
    (
        "Soluna sells",
        "Soluna Holdings sold 18.7 bitcoin on April 3 at $66,200 a coin.",
        "2024-04-10",
        ["sale Soluna 18.7"],
    ),
    (
        "Digihost Q1",
        "Digihost liquidated 102 BTC for C$5.9 million during the three months ended March 31, 2024.",
        "2024-05-15",
        ["sale Digihost 102"],
    ),
    (
        "Cathedra",
        "Since January, Cathedra has sold 40 BTC for proceeds of about $2.6 million.",
        "2024-09-17",
        ["sale Cathedra 40 $2.6M"],
    ),
    (
        "Sphere 3D",
        "Sphere 3D's bitcoin sales totalled 33.2 BTC in May.",
        "2024-06-14",
        ["sale Sphere 3D 33.2"],
    ),
    (
        "Mawson",
        "Mawson sold all 133 bitcoin it produced in October, for $3.7 million.",
        "2022-11-08",
        ["sale Mawson 133 $3.7M", "production Mawson 133"],
    ),
    (
        "Core sale",
        "Core Scientific has sold over 7,000 BTC in June to pay down debt and fund operations, the company revealed Tuesday.",
        "2022-07-05",
        ["sale Core Scientific 7000"],
    ),
    (
        "CleanSpark tops 12,000",
        "CleanSpark's treasury passed 12,000 BTC in May. The miner produced 694 BTC and sold 293.5 BTC at $102,254 "
        "apiece, raising about $30 million.",
        "2025-06-03",
        ["holdings CleanSpark 12000", "production CleanSpark 694", "sale CleanSpark 293.5 $30M"],
    ),
    (
        "Cango weekly",
        "Cango mined 131.4 BTC last week. Total BTC held: 5,810. Cango does not intend to sell.",
        "2025-09-22",
        ["production Cango 131.4", "holdings Cango 5810"],
    ),
    (
        "IREN exits mining",
        "IREN said it no longer holds any bitcoin.",
        "2026-01-20",
        [],
    ),
    (
        "TeraWulf sells notes",
        "TeraWulf sold $850 million of convertible notes. It mined 485 bitcoin in Q2.",
        "2025-08-20",
        ["production TeraWulf 485"],
    ),
    (
        "Riot's quarter",
        "Riot mined 1,426 bitcoin in the second quarter of 2025 versus 844 a year earlier and sold 1,390.",
        "2025-08-01",
        ["production Riot Platforms 1426", "sale Riot Platforms 1390"],
    ),
    (
        "MARA transfers",
        "Arkham says MARA deposited 1,500 BTC with Two Prime and FalconX on Friday.",
        "2026-02-07",
        ["transfer MARA 1500"],
    ),
    (
        "Bitfarms HPC",
        "Bitfarms sold 1,052 BTC at an average price of $95,500 in Q1 2025, generating $100 million; a further 428 "
        "BTC was sold between April 1 and May 13 for $37 million.",
        "2025-05-14",
        ["sale Bitfarms 1052 $100M", "sale Bitfarms 428 $37M"],
    ),
    (
        "Miner Terra Hash sells",
        "Bitcoin miner Terra Hash has sold 210 BTC for $14 million to buy a rival.",
        "2024-09-03",
        ["sale Terra Hash 210 $14M"],
    ),
    (
        "Argo May",
        "Argo Blockchain mined 45 Bitcoin in May (April: 74). It held 11 Bitcoin at month end.",
        "2024-06-06",
        ["production Argo Blockchain 45", "holdings Argo Blockchain 11"],
    ),
    (
        "Marathon sells 63%",
        "Marathon Digital sold 390 BTC in May, 63% of the 616 BTC it mined.",
        "2024-06-04",
        ["sale Marathon Digital 390", "production Marathon Digital 616"],
    ),
    (
        "Selling spree",
        "Cipher cashed in 600 bitcoin, Riot 450 and CleanSpark 320 in February, according to their monthly updates.",
        "2025-03-06",
        ["sale Cipher Mining 600", "sale Riot Platforms 450", "sale CleanSpark 320"],
    ),
    (
        "Out of the vault",
        "Some 900 bitcoin were taken out of Hut 8's vault and sold through Coinbase, bringing in $85 million.",
        "2025-03-06",
        ["sale Hut 8 900 $85M"],
    ),
    (
        "Bitfarms weekly",
        "The miner let 70 BTC go at $61k on Monday. Bitfarms needs the $4.3 million for its Paraguay site.",
        "2024-05-15",
        ["sale Bitfarms 70 $4.3M"],
    ),
    (
        "Company buys miner",
        "CleanSpark bought GRIID for $155 million. CleanSpark held 6,819 BTC at the end of July.",
        "2024-08-08",
        ["holdings CleanSpark 6819"],
    ),
    (
        "Gov sale",
        "The U.S. Marshals Service sold 9,861 BTC for $216 million.",
        "2023-04-01",
        [],
    ),
    (
        "Bitdeer sells power",
        "Bitdeer sold 100 MW of power and 1.2 EH/s of rigs. No bitcoin was sold.",
        "2025-11-02",
        [],
    ),
    (
        "Verkauf",
        "Der Bitcoin-Miner Bitfarms verkaufte im Mai 392 BTC für 10,4 Millionen US-Dollar und hielt Ende Mai 450 BTC.",
        "2023-06-02",
        ["sale Bitfarms 392 $10.4M", "holdings Bitfarms 450"],
    ),
    (
        "Venta",
        "La minera Marathon Digital vendió 600 BTC en abril por 40 millones de dólares.",
        "2024-05-03",
        ["sale Marathon Digital 600 $40M"],
    ),
    (
        "Продажа",
        "Майнер Riot Platforms продал 475 BTC в апреле за $38,8 млн.",
        "2025-05-06",
        ["sale Riot Platforms 475 $38.8M"],
    ),
    (
        "Vente",
        "Le mineur Cipher Mining a vendu 350 BTC en avril pour 30 millions de dollars.",
        "2025-05-05",
        ["sale Cipher Mining 350 $30M"],
    ),
    (
        "Venda",
        "A mineradora CleanSpark vendeu 401 BTC em abril por US$ 33 milhões.",
        "2025-05-05",
        ["sale CleanSpark 401 $33M"],
    ),
    (
        "Goodbye, hodl: Riot dips into the cookie jar",
        "Riot Platforms waved farewell to 212 coins in January. The bounty: $9 million. Its hoard still tips the scales at 7,648 BTC.",
        "2024-02-06",
        ["sale Riot Platforms 212 $9M", "holdings Riot Platforms 7648"],
    ),
    (
        "Cipher takes chips off the table",
        "Cipher Mining offered up 267 bitcoin to the market last month and walked away with $27.4 million.",
        "2025-07-03",
        ["sale Cipher Mining 267 $27.4M"],
    ),
    (
        "Bitfarms thins its stack by 1,052 coins",
        "The Canadians raked in $100M. Left in the drawer: 1,140 BTC.",
        "2025-04-02",
        ["sale Bitfarms 1052 $100M", "holdings Bitfarms 1140"],
    ),
    (
        "MARA's piggy bank loses 704 bitcoin",
        "Marathon Digital's December sales of 704 bitcoin, 38% of output, went to pay for operations.",
        "2024-01-04",
        ["sale Marathon Digital 704"],
    ),
    (
        "A thousand coins fewer",
        "Core Scientific's wallet is 1,000 BTC lighter after a sale last week that brought $70 million.",
        "2026-02-17",
        ["sale Core Scientific 1000 $70M"],
    ),
    (
        "Bitdeer update (machine translation)",
        "In the month of November the company Bitdeer has sold out 420 pieces of bitcoin, obtaining funds for 38 million dollars.",
        "2025-12-10",
        ["sale Bitdeer 420 $38M"],
    ),
    (
        "Hut 8 sheds weight",
        "Gone: 188 BTC. Kept: 9,242 BTC. Mined in February: 205 BTC, says Hut 8.",
        "2023-03-07",
        ["sale Hut 8 188", "holdings Hut 8 9242", "production Hut 8 205"],
    ),
    (
        "Flash: CANG sells 1,000 BTC",
        "Cango (CANG) - 1,000 BTC sold on Feb. 20 for $67.5 million, board cites debt.",
        "2026-02-23",
        ["sale Cango 1000 $67.5M"],
    ),
    (
        "Argo's April",
        "Argo Blockchain: production 138 BTC; sales 150 BTC; treasury 17 BTC",
        "2024-05-08",
        ["production Argo Blockchain 138", "sale Argo Blockchain 150", "holdings Argo Blockchain 17"],
    ),
    (
        "Miner's diary",
        "HIVE Digital cashed out 97 of the 243 coins it dug up in May.",
        "2025-06-09",
        ["sale HIVE Digital 97", "production HIVE Digital 243"],
    ),
    (
        "Marathon pledges more",
        "Marathon Digital pledged 3,064 BTC as collateral for a loan from Silvergate.",
        "2022-11-10",
        [],
    ),
    (
        "Ether out",
        "Bit Digital sold 3,000 ETH for $9 million and 60 bitcoin for $6.1 million in July.",
        "2025-08-04",
        ["sale Bit Digital 60 $6.1M"],
    ),
    (
        "Bought back",
        "Greenidge bought 30 BTC for $2.7 million and repurchased $1 million of notes.",
        "2025-11-20",
        ["purchase Greenidge 30 $2.7M"],
    ),
    (
        "June: the numbers",
        "BTC produced: 213\nBTC sold: 158\nBTC held: 1,063\nSource: Cipher Mining Inc.",
        "2025-07-02",
        ["production Cipher Mining 213", "sale Cipher Mining 158", "holdings Cipher Mining 1063"],
    ),
    (
        "Bitfarms Provides July Update",
        "Metric | July 2024 | June 2024\nBTC earned | 253 | 189\nBTC sold | 177 | 134\nTreasury BTC | 1,015 | 905",
        "2024-08-01",
        ["production Bitfarms 253", "sale Bitfarms 177", "holdings Bitfarms 1015"],
    ),
    (
        "Sphere 3D November",
        "Bitcoin Mined\t28.1\t27.5\nBitcoin Sold\t25.0\t31.2\nBitcoin Held\t21.6\t18.5",
        "2024-12-04",
        ["production Sphere 3D 28.1", "sale Sphere 3D 25", "holdings Sphere 3D 21.6"],
    ),
    (
        "Rivals",
        "Unlike MARA, which has sold nothing, Riot got rid of 463 BTC in May.",
        "2025-06-05",
        ["sale Riot Platforms 463"],
    ),
    (
        "Strategy buys again",
        "Strategy bought 1,142 BTC for $90 million. MARA, a miner, holds 53,250 BTC.",
        "2026-02-10",
        ["holdings MARA 53250"],
    ),
    (
        "Analysts expect sales",
        "Analysts at Jefferies expect Core Scientific to sell 1,000 BTC by June.",
        "2026-03-10",
        ["sale Core Scientific 1000 planned"],
    ),
    (
        "Correction",
        "Cango did not sell 3,000 BTC, as earlier reported; it sold 1,000 BTC.",
        "2026-02-25",
        ["sale Cango 1000"],
    ),
    (
        "Bitcoin slides",
        "Bitcoin slid to $62,000 after miners offloaded 5,000 BTC. TeraWulf lost 8%.",
        "2026-02-05",
        [],
    ),
    (
        "Northern Data out of coins",
        "Northern Data emptied its treasury of 1,300 BTC, for about EUR 28 million, to be free of bitcoin.",
        "2022-07-14",
        ["sale Northern Data 1300"],
    ),
    (
        "LMFA",
        "LM Funding America sold 17.5 Bitcoin in August for approximately $1.0 million, and as of August 31 held "
        "160.4 Bitcoin valued at $9.5 million.",
        "2024-09-17",
        ["sale LM Funding 17.5 $1M", "holdings LM Funding 160.4 $9.5M"],
    ),
    (
        "Bitdeer cuts",
        "BTDR: 1,155 BTC sold vs 668 mined in Jan; 1,530 left",
        "2026-02-05",
        ["sale Bitdeer 1155", "production Bitdeer 668", "holdings Bitdeer 1530"],
    ),
    (
        "Q4 at Riot",
        "Riot closed out 2025 by selling 2,201 bitcoin across November and December, for $198.6 million in net proceeds.",
        "2026-01-08",
        ["sale Riot Platforms 2201 $198.6M"],
    ),
    (
        "USDT",
        "Cango accepted 68 million USDT for 1,000 BTC on Tuesday.",
        "2026-02-20",
        ["sale Cango 1000 $68M"],
    ),
    (
        "Canaan's Q3",
        "Canaan mined 267 bitcoins in the third quarter, sold 110 bitcoins during the quarter and owned 1,610 bitcoins on Sept. 30.",
        "2025-11-18",
        ["production Canaan 267", "sale Canaan 110", "holdings Canaan 1610"],
    ),
    (
        "Margin call",
        "A lender liquidated 500 BTC belonging to Argo after a margin call.",
        "2022-12-20",
        ["sale Argo Blockchain 500"],
    ),
    (
        "BitFuFu sells",
        "To meet payroll, BitFuFu brought 45 BTC to market in December.",
        "2025-01-07",
        ["sale BitFuFu 45"],
    ),
    (
        "Mixed",
        "Mined 518, sold 476, held 19,287: that was Riot's September 2025 in bitcoin.",
        "2025-10-03",
        ["production Riot Platforms 518", "sale Riot Platforms 476", "holdings Riot Platforms 19287"],
    ),
    (
        "Rhodium must sell",
        "Judge approves Rhodium Enterprises' plan to sell 60 BTC to repay creditors.",
        "2024-12-02",
        ["sale Rhodium 60 planned"],
    ),
    (
        "Two halves",
        "Half of the 400 BTC sold by Bitfarms in March went for $67,000 each.",
        "2024-04-02",
        ["sale Bitfarms 400"],
    ),
    (
        "Wallet watch",
        "Wallets of Marathon Digital show that 1,300 BTC moved to Coinbase Prime on Feb. 5, worth $86 million.",
        "2026-02-06",
        ["transfer MARA 1300 $86M"],
    ),
    (
        "Hodl streak over",
        "After holding for two years, HIVE Digital began selling: 300 bitcoin left the treasury in March at roughly $84,000 each.",
        "2025-04-03",
        ["sale HIVE Digital 300"],
    ),
    (
        "Insiders",
        "Insiders at Cipher sold 1.2 million shares; the miner itself sold 64 BTC.",
        "2025-09-09",
        ["sale Cipher Mining 64"],
    ),
    (
        "In the red",
        "DMG Blockchain sold 66 bitcoin for $7.1 million CAD in June.",
        "2025-07-08",
        ["sale DMG Blockchain 66"],
    ),
]


def in_words(event: Event) -> str:
    amount = f" {event.btc.normalize():f}" if event.btc is not None else ""
    dollars = f" ${float(event.usd) / 1e6:g}M" if event.usd is not None else ""
    return f"{event.kind} {event.company}{amount}{dollars}" + ("" if event.status == "completed" else f" {event.status}")


@pytest.mark.parametrize(("title", "text", "day", "told"), TOLD, ids=[row[0] for row in TOLD])
def test_an_article_tells_these_events_and_no_others(title: str, text: str, day: str, told: list[str]) -> None:
    article = Article("x", title, text, datetime.fromisoformat(day).replace(tzinfo=UTC))
    assert sorted(map(in_words, find_events(article))) == sorted(told)
