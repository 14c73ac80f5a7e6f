"""What the money was for, in the many wordings of reporters; one sentence or two each, with the purposes that a reader finds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from extractors.model import Article, Kind, Purpose

DEBT, COSTS, GROWTH, AI = Purpose.DEBT_REPAYMENT, Purpose.OPERATING_COSTS, Purpose.CAPEX_GROWTH, Purpose.AI_HPC
CASH, DEAL, TIMING, FORCED = Purpose.BALANCE_SHEET, Purpose.ACQUISITION, Purpose.MARKET_TIMING, Purpose.FORCED
OWNERS = Purpose.SHAREHOLDER_RETURNS

WORDINGS: list[tuple[set[Purpose], tuple[str, ...]]] = [
    (
        {COSTS},
        (
            "Bitfarms sold 120 BTC in May for $8 million to fund operations.",
            "To make payroll, Bitfarms sold 120 BTC in May.",
            "Bitfarms sold 120 BTC in May. Proceeds went toward hosting fees and salaries.",
            "Bitfarms sold 120 BTC in May in order to cover its operating expenditures.",
            "Bitfarms sold 120 BTC in May to buy natural gas.",
            "Bitfarms sold 120 BTC in May, with receipts earmarked for staff costs and rent.",
            "Bitfarms sold 120 BTC in May, a step it described as funding for its day-to-day business.",
            "Bitfarms sold 120 BTC in May because its power costs had doubled.",
            'Bitfarms sold 120 BTC in May. "We sell what we need to pay the bills," said the chief financial officer.',
            "Power bills came first: Bitfarms sold 120 BTC in May.",
            "Cipher Mining offloaded 88 BTC in March to foot its electricity bill.",
            "Cipher Mining parted with 88 BTC in March, raising $5 million that will see it through the next months of wages and rent.",
            "The 88 BTC that Cipher Mining sold in March went on power.",
            "Cipher Mining sold 88 BTC in March to support its day-to-day operations.",
            "Cipher Mining sold 88 BTC in March; the proceeds pay for electricity at Odessa.",
            "Cipher Mining sold 88 BTC in March to offset rising energy costs.",
            "Cipher Mining sold 88 bitcoin in March. Management says the sales fund the company's overheads.",
            "Cipher Mining sold 88 bitcoin in March for $5 million. That covers about two months of costs, the CFO said.",
            "Cipher Mining covered its operating expenses in March with the sale of 88 bitcoin.",
            "With 88 bitcoin sold in March, Cipher Mining paid its suppliers.",
            "Cipher Mining, which needs cash for its payroll, sold 88 bitcoin in March.",
            "Cipher Mining sold 88 bitcoin in March, saying it had to meet monthly obligations to its hosts.",
            "Electricity first: Cipher Mining sells 88 BTC to pay the utility",
            "Cipher Mining sold 88 bitcoin in March. The company uses such sales to finance its running expenses.",
            "Cipher Mining sold 88 bitcoin in March to satisfy a tax bill.",
            "Cipher Mining: 88 BTC sold in March (power, payroll).",
            'Cipher Mining sold 88 BTC in March. Chief executive Tyler Page: "Somebody has to pay the electrician." He '
            'meant the monthly power bill, which the sales cover.',
            "Q: Why did you sell 88 BTC in March?
A: Cipher Mining has bills like everyone else.",
            "Selling coins to live: Cipher Mining parted with 88 BTC in March so that it could pay its way.",
            "Cipher Mining sold 88 BTC in March (opex).",
            '88 BTC sold in March, Cipher Mining says; it calls them "operating fuel", for wages and watts.',
            "Cipher Mining sold 88 BTC in March, enough for a month of power.",
            "Cipher Mining, unlike its rivals, sells to meet expenses; in March it sold 88 BTC.",
        ),
    ),
    (
        {DEBT},
        (
            "Bitfarms sold 120 BTC in May to pay down its BlockFi loan.",
            "Bitfarms sold 120 BTC in May. With the proceeds it redeemed convertible notes due 2026.",
            "Bitfarms sold 120 BTC in May, trimming its leverage.",
            "Bitfarms sold 120 BTC in May for the purpose of buying back some of its convertible bonds.",
            "Bitfarms sold 120 BTC in May to get out from under its lender.",
            "Bitfarms sold 120 BTC in May to keep its bank happy.",
            "Debt paydown: Bitfarms sold 120 BTC in May for $8 million.",
            "Bitfarms sold 120 BTC in May as a note came due.",
            "A loan from Galaxy fell due in May. Bitfarms sold 120 BTC to repay it.",
            "Facing a looming debt maturity, Bitfarms sold 120 BTC in May.",
            "Cipher Mining unloaded 88 BTC in March to lower its debt.",
            "Cipher Mining sold 88 BTC in March and wiped out a loan with the money.",
            "Cipher Mining sold 88 BTC in March; the whole sum went to its creditors.",
            "Cipher Mining sold 88 BTC in March. It thereby paid back what it had borrowed from Macquarie.",
            "Cipher Mining sold 88 BTC in March to reduce the amount drawn on its credit line.",
            "Cipher Mining becomes debt-free after selling 88 BTC",
            "Cipher Mining sold 88 BTC in March in a bid to cut its debt load.",
            "Cipher Mining sold 88 BTC in March to make an instalment on its equipment loan.",
            "By selling 88 BTC in March Cipher Mining was able to redeem its senior notes early.",
            "Proceeds of the 88 BTC that Cipher Mining sold in March were used to repay its lender in full.",
            "Cipher Mining sold 88 BTC in March as part of a plan to deleverage.",
            "Cipher Mining sold 88 BTC in March to service its debt.",
            "Cipher Mining sold 88 BTC in March to fund a tender offer for its 2030 convertible notes.",
            "Deleveraging was the aim when Cipher Mining sold 88 BTC in March.",
            "Cipher Mining: 88 BTC sold in March -> Coinbase loan repaid",
            "Cipher Mining had sold 88 BTC by March 31 in order to bring its Coinbase facility down to zero.",
            "Cipher Mining sold 88 BTC in March to get rid of expensive debt.",
            "Cipher Mining sold 88 BTC in March to buy back part of its 2030 notes at 92 cents on the dollar.",
            "Cipher Mining sold 88 BTC in March, honouring a promise to its lender to bring down the loan-to-value.",
        ),
    ),
    (
        {GROWTH},
        (
            "Bitfarms sold 120 BTC in May to purchase hydro-cooled miners.",
            "Bitfarms sold 120 BTC in May, cash that will go into a second substation at Rio Cuarto.",
            "Bitfarms sold 120 BTC in May in order to grow.",
            "Bitfarms sold 120 BTC in May to finance the move from S19j Pros to T21s.",
            "Bitfarms sold 120 BTC in May to raise its hashrate to 21 EH/s.",
            "Bitfarms sold 120 BTC in May; the sum was put down on 10,000 new machines.",
            "Bitfarms sold 120 BTC in May to help pay for an upgrade of its fleet.",
            "The funds raised through the sale of 120 BTC in May will allow Bitfarms to complete its Garlock facility.",
            "Cipher Mining sold 88 BTC in March to pay for 3,000 Antminers.",
            "Cipher Mining sold 88 BTC in March. The money is going into its Black Pearl site.",
            "Cipher Mining sold 88 BTC in March to put toward machine deposits.",
            "Cipher Mining sold 88 BTC in March to fund capital expenditure.",
            "Cipher Mining sold 88 BTC in March to buy a 40 MW wind farm.",
            "Cipher Mining sold 88 BTC in March. It needs the cash to finish Black Pearl.",
            "Cipher Mining sold 88 BTC in March to secure more megawatts.",
            "Cipher Mining sold 88 BTC in March; Bitmain got most of the money.",
            "Cipher Mining sold 88 BTC in March to speed up the rollout of its S21 fleet.",
            "Cipher Mining sold 88 BTC in March, to be invested in new capacity.",
            "Cipher Mining sold 88 BTC in March, part of how it is paying for an extra 150 MW in Texas.",
            "Cipher Mining turned 88 BTC into cash in March for a substation upgrade.",
            "Rigs for coins: Cipher Mining sold 88 BTC in March to order 2,000 WhatsMiners.",
            "Cipher Mining sold 88 BTC in March to finance growth.",
            "Asked why it sold 88 BTC in March, Cipher Mining pointed to the machines it has on order.",
            "Cipher Mining sold 88 BTC in March for $6 million. The company is doubling Black Pearl to 300 MW, and the "
            "cash from the coins goes there.",
            "Cipher Mining sold 88 BTC in March and put the proceeds into Canaan A15 machines.",
            "Cipher Mining sold 88 BTC in March; the money has already been spent on 40 acres in Texas.",
            "Cipher Mining sold 88 BTC in March, enough for 1,500 rigs of the latest make, which it ordered the same week.",
            "Cipher Mining sold 88 BTC in March as capital for its next 100 MW.",
        ),
    ),
    (
        {COSTS, GROWTH},
        (
            "Bitfarms sold 120 BTC in May to fund operations and growth.",
            "Bitfarms sold 120 BTC in May, $8 million that is used to run and expand its Quebec farms.",
            "Bitfarms sold 120 BTC in May, and the money covers both running the sites and enlarging them.",
            "Cipher Mining sold 88 BTC in March to cover running costs and expansion.",
            "Cipher Mining sold 88 BTC in March, funding both its electricity and new rigs without borrowing a cent.",
        ),
    ),
    (
        {AI},
        (
            "Bitfarms sold 120 BTC in May. The cash goes into GPUs.",
            "Bitfarms sold 120 BTC in May to pay for Nvidia servers.",
            "Bitfarms sold 120 BTC in May to convert its Sharon site for AI tenants.",
            "Bitfarms is becoming an AI company, and coins pay for it: 120 BTC were sold in May.",
            "Cipher Mining sold 88 BTC in March as it shifts capital to AI hosting.",
            "Cipher Mining sold 88 BTC in March to fund the conversion of Barber Lake into an AI data center.",
            "Cipher Mining sold 88 BTC in March. The proceeds will help build its HPC campus.",
            "Cipher Mining sold 88 BTC in March to buy GPUs.",
            "Cipher Mining sold 88 BTC in March, money earmarked for its artificial intelligence business.",
            "Cipher Mining sells 88 BTC to bankroll AI push",
            "Cipher Mining sold 88 BTC in March and will spend the money on servers for AI customers.",
            "88 BTC of Cipher Mining's were sold in March. Destination of the dollars: GPUs.",
            "In March, Cipher Mining sold 88 BTC.

Where does the money go? Into halls for Amazon Web Services, which rents them for AI.",
            "Cipher Mining sold 88 BTC in March to help cover the equity share of its AI data center at Barber Lake.",
            "Cipher Mining swapped 88 BTC for GPU servers in March, selling the coins on the market first.",
        ),
    ),
    (
        {CASH},
        (
            "Bitfarms sold 120 BTC in May. The sales were part of its regular treasury management.",
            "Bitfarms sold 120 BTC in May to build up its cash.",
            "Bitfarms sold 120 BTC in May to increase liquidity.",
            "Bitfarms sold 120 BTC in May to maintain ample liquidity.",
            "Bitfarms sold 120 BTC in May as it wants more dollars in the bank.",
            "Bitfarms sold 120 BTC in May to have a cash buffer ahead of the halving.",
            "Cipher Mining sold 88 BTC in March to strengthen its liquidity position.",
            "Cipher Mining sold 88 BTC in March as a matter of prudent treasury management.",
            "Cipher Mining sold 88 BTC in March to fortify its balance sheet ahead of the halving.",
            "Cipher Mining sold 88 BTC in March. The cash stays in the bank.",
            "Cipher Mining sold 88 BTC in March to keep enough cash on hand.",
            "Cipher Mining sold 88 BTC in March and parked the dollars in Treasury bills.",
            "Cipher Mining sold 88 BTC in March to diversify its treasury.",
            "Cipher Mining sold 88 BTC in March to give itself more financial flexibility.",
            'Cipher Mining sold 88 BTC in March. "We wanted a stronger balance sheet," the CFO said.',
            "Cipher Mining sold 88 BTC in March. The aim is to have at least a year's cash in hand.",
        ),
    ),
    (
        {DEAL},
        (
            "Bitfarms sold 120 BTC in May to help fund its acquisition of Stronghold.",
            "Bitfarms sold 120 BTC in May to buy a stake in a chip designer.",
            "Cipher Mining sold 88 BTC in March to pay for the acquisition of a Norwegian hosting company.",
            "Cipher Mining sold 88 BTC in March to buy out its joint venture partner.",
            "Cipher Mining sold 88 BTC in March, cash it will use to acquire Griid.",
            "Cipher Mining sold 88 BTC in March to close the purchase of Luxor, a mining pool.",
        ),
    ),
    (
        {OWNERS},
        (
            "Bitfarms sold 120 BTC in May to buy back shares.",
            "Bitfarms sold 120 BTC in May to fund its share buyback programme.",
            "Cipher Mining sold 88 BTC in March, to be handed to shareholders as a special dividend.",
            "Cipher Mining sold 88 BTC in March to repurchase its own stock.",
            "Cipher Mining sold 88 BTC in March and bought back 2 million shares with the proceeds.",
            "Cipher Mining sold 88 BTC in March. It is returning the cash to its owners by way of a tender for its shares.",
        ),
    ),
    (
        {TIMING},
        (
            "Bitfarms sold 120 BTC in May to take profits.",
            "Bitfarms sold 120 BTC in May to profit from prices near a record.",
            "Bitfarms sold 120 BTC in May as the price suited it.",
            "Bitfarms sold 120 BTC in May because nobody ever went broke taking profits, the chairman said.",
            "Bitfarms sold 120 BTC in May, cashing in on the rally.",
            "Bitfarms cashes in on bitcoin's rally, sells 120 BTC",
            "Bitfarms sold 120 BTC in May before the halving because it expected prices to drop.",
            "Bitfarms sold 120 BTC in May to make the most of bitcoin above $100,000.",
            "Bitfarms sold 120 BTC in May, taking advantage of the price surge after the ETF approval.",
            'Bitfarms sold 120 BTC in May. "Taking money off the table was a simple decision," the CEO added.',
            "Bitfarms sold 120 BTC in May to lock in margins while prices were high.",
            "Bitfarms sold 120 BTC in May as a hedge against a further decline.",
            "Bitfarms sold 120 BTC in May; it saw the price as too high to resist.",
            "Encouraged by the rally, Bitfarms sold 120 BTC in May.",
            "Cipher Mining sold 88 BTC in March to lock in profits.",
            "Cipher Mining sold 88 BTC in March, seizing on prices above $70,000.",
            "Cipher Mining sold 88 BTC in March because the price was right.",
            "Cipher Mining sold 88 BTC in March into strength, its CEO said.",
            "Cipher Mining sold 88 BTC in March to capitalise on the post-ETF rally.",
            "Cipher Mining sold 88 BTC in March to reduce its exposure to swings in bitcoin's price.",
            'Cipher Mining sold 88 BTC in March. "We saw an attractive price and took it," the CEO said.',
            "Cipher Mining sold 88 BTC in March. The CFO said prices were attractive.",
            "Cipher Mining sold 88 BTC in March on fears of a drop after the halving.",
            "Cipher Mining sold 88 BTC in March at what it called attractive levels.",
            'Cipher Mining sold 88 BTC in March. "Bitcoin at six figures was too good to pass up," said the treasurer.',
            "Cipher Mining's treasury team sold 88 BTC opportunistically in March.",
            "Cipher Mining sold 88 BTC in March, worried that bitcoin would slide.",
            "Cipher Mining sold 88 BTC in March. The desk took advantage of a spike to $73,000.",
        ),
    ),
    (
        {FORCED},
        (
            "Bitfarms was forced to sell 120 BTC in May when its collateral fell below the threshold.",
            "Bitfarms's lender liquidated 120 BTC of its collateral in May.",
            "A court ordered Cipher Mining to sell 88 BTC in March.",
            "Cipher Mining had to sell 88 BTC in March to meet a margin call.",
            "Galaxy liquidated 88 BTC that Cipher Mining had pledged, in March.",
            "Cipher Mining sold 88 BTC in March after its lender issued a margin call on a bitcoin-backed loan.",
        ),
    ),
    (
        set(),
        (
            "Bitfarms sold 120 BTC in May for general corporate purposes.",
            "Bitfarms sold 120 BTC in May. It may sell more to fund operations.",
            "Bitfarms sold 120 BTC in May. It has no debt.",
            "Bitfarms sold 120 BTC in May, not to pay debts but because it could. Its sites run at 5 EH/s.",
            "Bitfarms sold 120 BTC in May. Its loan with NYDIG stands at $20 million.",
            "Bitfarms sold 120 BTC in May. It ordered 5,000 machines, financed with a new share offering.",
            "Bitfarms sold 120 BTC in May. The company held 1,016 BTC and $40 million in cash at month-end.",
            "Bitfarms sold 120 BTC in May as it waits for overdue rigs.",
            "Bitfarms, which builds AI data centers, sold 120 BTC in May for $8 million.",
            "Bitfarms sold 120 BTC in May and gave 26,000 rigs back to its lender.",
            "Bitfarms sold 120 BTC in May. The company is building a data center for AI in Washington.",
            "Bitfarms sold 120 BTC in May. It gave no reason.",
            "Bitfarms sold 120 BTC in May. It repaid a loan in April from a share sale.",
            "Bitfarms sold 120 BTC in May. Its cost of power was 4 cents per kilowatt-hour.",
            "Bitfarms sold 120 BTC in May. Capital expenditures for the year are expected to be $50 million.",
            "Bitfarms sold 120 BTC in May. The chief executive wants to grow the fleet to 20 EH/s by the end of the year.",
            "Bitfarms sold 120 BTC in May. The board approved a $50 million buyback.",
            "Bitfarms sold 120 BTC in May. It refused to say what the money was for.",
            "Cipher Mining sold 88 BTC in March. Its shares fell 4%.",
            "Cipher Mining sold 88 BTC in March. It paid 2.7 cents per kilowatt-hour for power.",
            "Cipher Mining sold 88 BTC in March. It finished the quarter with $30 million in cash and no debt.",
            "Cipher Mining sold 88 BTC in March. The company took delivery of 3,000 machines.",
            "Cipher Mining sold 88 BTC in March. Construction at Black Pearl is on schedule, with the first 150 MW due in 2025.",
            "Cipher Mining sold 88 BTC in March. Separately, it raised $50 million in new shares to fund an AI campus.",
            "Cipher Mining sold 88 BTC in March. Rival Riot sold 300 BTC in the month to pay its power bill.",
            "Cipher Mining sold 88 BTC in March, its first sale since it paid off a loan last year.",
            "Cipher Mining sold 88 BTC in March. Its AI business brought in $3 million.",
            "Cipher Mining sold 88 BTC in March. Operating costs rose 12%.",
            "Cipher Mining sold 88 BTC in March without giving a reason. Analysts note that the company is building two sites.",
            "Cipher Mining sold 88 BTC in March. Bitcoin's price rose 16% in the month to a record of $73,000.",
            "Cipher Mining sold 88 BTC in March. The board authorised a share repurchase programme in May.",
            "Cipher Mining sold 88 BTC in March. It also agreed to buy a 10% stake in a chip maker.",
            "Cipher Mining sold 88 BTC in March. A convertible note of $200 million was placed in May, for the purchase of machines.",
            "Cipher Mining sold 88 BTC in March and received 1,000 new rigs.",
            "Cipher Mining sold 88 BTC in March. The hosting segment pays its own bills.",
            "Cipher Mining sold 88 BTC in March. Chief executive Tyler Page said the company would keep investing in its "
            "sites and in AI hosting over the year.",
            "Cipher Mining mined 267 BTC in March and sold 88. Revenue from hosting pays for electricity at Alborz.",
            "Cipher Mining sold 88 BTC in March. Fluidstack, an AI cloud provider, has signed a 10-year lease at Barber "
            "Lake. Google backs $1.4 billion of the obligations.",
            "Cipher Mining sold 88 BTC in March without borrowing a cent.",
            "Cipher Mining sold 88 BTC in March, while its lender Coinbase extended the loan to 2027.",
            "Cipher Mining sold 88 BTC in March even though it has no debts to pay.",
            "Cipher Mining sold 88 BTC in March; power costs were 3 cents, rigs number 70,000 and the expansion of Odessa is done.",
            "Cipher Mining sold 88 BTC in March. The average electricity price was $28 per MWh.",
            "Cipher Mining sold 88 BTC in March. About the company: Cipher builds and operates data centers for bitcoin mining and HPC.",
            "Cipher Mining sold 88 BTC in March. The company expects capital expenditures of $20 million in the second "
            "quarter, to be funded with cash on hand.",
            "Cipher Mining sold 88 BTC in March. Stock-based compensation and interest expense rose.",
            "Cipher Mining sold 88 BTC in March. In April it signed a term sheet with a lender for $30 million to buy machines.",
            "Cipher Mining sold 88 BTC in March, CleanSpark none; CleanSpark paid for its rigs with a share sale.",
        ),
    ),
    (
        {DEBT, COSTS},
        (
            "Bitfarms sold 120 BTC in May to reduce debt and fund day-to-day costs.",
            "Cipher Mining sold 88 BTC in March; the money was split between lenders and suppliers.",
        ),
    ),
    (
        {DEBT, GROWTH},
        (
            "Bitfarms sold 120 BTC in May. Half of the money repaid a loan, half is for the Rio Cuarto site.",
        ),
    ),
    (
        {COSTS, DEBT, GROWTH},
        (
            "Bitfarms sold 120 BTC in May. Use of proceeds: opex, debt service, capex.",
        ),
    ),
    (
        {CASH, COSTS},
        (
            "Bitfarms sold 120 BTC in May to meet its liquidity needs and operating expenses.",
        ),
    ),
    (
        {GROWTH, AI},
        (
            "Bitfarms sold 120 BTC in May to fund both new miners and an AI cluster.",
        ),
    ),
    (
        {AI, DEBT},
        (
            "Cipher Mining sold 88 BTC in March to retire debt and finance its AI build-out.",
        ),
    ),
    (
        {CASH, GROWTH},
        (
            "Cipher Mining sold 88 BTC in March to fund growth and strengthen the balance sheet.",
        ),
    ),
    (
        {COSTS, CASH},
        (
            "Cipher Mining sold 88 BTC in March for operations and liquidity.",
        ),
    ),
    (
        {DEBT, CASH},
        (
            "Cipher Mining sold 88 BTC in March. That reduced debt and bolstered the balance sheet, it said.",
        ),
    ),
    (
        {FORCED, COSTS},
        (
            "A judge allowed bankrupt Cipher Mining to sell 88 BTC in March to pay its lawyers.",
        ),
    ),
    (
        {AI, CASH},
        (
            "Cipher Mining sold 88 BTC in March to fund its AI ambitions and keep the balance sheet clean.",
        ),
    ),
]


@pytest.mark.parametrize(("want", "text"), [(want, text) for want, texts in WORDINGS for text in texts])
def test_a_reader_finds_these_purposes(want: set[Purpose], text: str) -> None:
    article = Article(id="x", title="News", text=text, published=datetime(2024, 6, 5, tzinfo=UTC))
    (sale,) = (event for event in extract(article).events if event.kind is Kind.SALE and event.company in {"Bitfarms", "Cipher Mining"})
    assert set(sale.purposes) == want
    assert not want or sale.evidence["purposes"]
