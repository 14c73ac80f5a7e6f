"""What a sale was for, as business prose tells it: in the sentence of the sale, in those behind it, in fragments, by payee."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from extractors.model import Article, Kind

PUBLISHED = datetime(2025, 6, 5, tzinfo=UTC)


def purposes(text: str, title: str = "Monthly note", company: str | None = None) -> set[str]:
    events = extract(Article(id="x", title=title, text=text, published=PUBLISHED)).events
    sales = [event for event in events if event.kind is Kind.SALE and company in {None, event.company}]
    assert sales, text
    return {purpose.value for sale in sales for purpose in sale.purposes}


@pytest.mark.parametrize(
    "text",
    [
        "Bitfarms sold 300 BTC in May for $20 million. Galaxy got all of it.",
        "Bitfarms sold 300 BTC in May and squared what it owed NYDIG.",
        "Bitfarms sold 300 BTC in May. With that the Macquarie loan is history.",
        "Bitfarms sold 300 BTC in May. Use of proceeds: retirement of the 2026 notes.",
        "Bitfarms sold 300 BTC in May. The cash was swept by the bank under the terms of the facility.",
        "Argo sold 300 BTC in May, and the money bought its way out of debt.",
        "Argo sold 300 BTC in May. Not a cent was spent on machines: the whole sum retired equipment loans.",
        "Northern Data verkaufte im Mai 150 Bitcoin, um Schulden zu tilgen.",
        "Northern Data hat im Mai 12 Bitcoin verkauft; der Erlös dient der Rückzahlung eines Darlehens.",
    ],
)
def test_money_that_goes_to_a_lender_repays_debt(text: str) -> None:
    assert purposes(text) == {"debt_repayment"}


def test_what_is_left_after_the_lender_has_a_purpose_of_its_own() -> None:
    assert purposes(
        "Riot Platforms sold 300 BTC in May. The lender had the first call on the money, the rest stays in the bank as a reserve."
    ) == {"balance_sheet", "debt_repayment"}


def test_payees_in_turn_are_purposes_in_turn() -> None:
    assert purposes("Digihost let 12 BTC go in May. The bank takes the first slice, the landlord the next.") == {
        "debt_repayment",
        "operating_costs",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Hut 8 sold 210 BTC in May. Somebody has to pay the power company.",
        "Hut 8 sold 210 BTC in May. The money is for wages, insurance and the accountants.",
        "Hut 8 sold 210 BTC in May. Purpose: electricity invoices, legal fees.",
        "Hut 8 sold 210 BTC in May so that it can cover its overheads.",
        "Hut 8 sold 210 BTC in May. Running a mine costs money, said its chief financial officer, and bills are paid in dollars.",
        "Hut 8 sold 210 BTC in May. Most of it was eaten by hosting fees.",
        "Hut 8 sold 210 BTC in May. The utility wanted its money.",
        "Hut 8 sold 210 BTC in May. That keeps the fans spinning through the summer.",
        "Hut 8 sold 210 BTC in May; the proceeds went on salaries.",
        "Hut 8 sold 210 BTC in May, its entire output, which under its policy pays for electricity.",
        "Northern Data verkaufte im Mai 150 Bitcoin für 9 Millionen Dollar. Das Geld ist für die Stromrechnung.",
        "Digihost sold 12 BTC in May. Where did the money go? To the hosting invoices of April.",
        "Digihost let 12 BTC go in May; bills, as ever.",
        "Digihost let 12 BTC go in May (hosting invoices).",
        "Digihost cashed in 12 BTC in May. So: lawyers.",
        "Digihost cashed in 12 BTC in May, applied to working capital.",
        "Northern Data hat im Mai 12 Bitcoin verkauft. Die Mittel fließen in den laufenden Betrieb.",
    ],
)
def test_money_that_keeps_the_business_running_is_for_operating_costs(text: str) -> None:
    assert purposes(text) == {"operating_costs"}


@pytest.mark.parametrize(
    "text",
    [
        "CleanSpark sold 180 BTC in May for $12 million. The sum was wired to Bitmain as the second installment.",
        "CleanSpark sold 180 BTC in May. What for? A hydro site in Quebec.",
        "CleanSpark sold 180 BTC in May. The dollars were turned into transformers.",
        "CleanSpark sold 180 BTC in May. It put the cash down as a deposit for 5,000 rigs.",
        "CleanSpark sold 180 BTC in May. Proceeds directed to the land under its Georgia campus.",
        "CleanSpark sold 180 BTC in May to pay the freight on 3,000 machines.",
        "CleanSpark sold 180 BTC in May, proceeds of which will be ploughed back into the fleet.",
        "CleanSpark sold 180 BTC in May. The money bought 40 acres next to its substation.",
        "CleanSpark sold 180 BTC in May: the contractor at Sandersville needed paying.",
        "CleanSpark sold 180 BTC in May. The funds are earmarked for a power deposit with the utility in Wyoming.",
        "Bitdeer sold 180 BTC in May to start mass production of its SEAL04 chips.",
        "Bitdeer sold 180 BTC in May, raising $12 million for wafers at its foundry.",
        "CleanSpark sold 180 BTC in May. Coins become megawatts, as the chief executive puts it.",
        "Northern Data verkaufte im Mai 150 Bitcoin. Mit dem Erlös werden neue Maschinen bezahlt.",
        "Digihost let 12 BTC go in May: deposit on rigs.",
        'Digihost cashed in 12 BTC in May. The CEO: "Every coin we sell becomes a rig."',
        "Northern Data hat im Mai 12 Bitcoin verkauft, um den Ausbau des Rechenzentrums in Schweden zu finanzieren.",
    ],
)
def test_money_for_machines_sites_and_power_is_for_growth(text: str) -> None:
    assert purposes(text) == {"capex_growth"}


@pytest.mark.parametrize(
    "text",
    [
        "TeraWulf sold 90 BTC in May. The money goes to Nvidia.",
        "TeraWulf sold 90 BTC in May. It ordered GPU servers with the proceeds.",
        "TeraWulf sold 90 BTC in May, with the funds set aside for its high-performance computing tenants.",
    ],
)
def test_money_for_gpus_and_their_tenants_is_for_ai(text: str) -> None:
    assert purposes(text) == {"ai_hpc"}


@pytest.mark.parametrize(
    "text",
    [
        "Cipher sold 400 BTC in May. The dollars sit in Treasury bills.",
        "Cipher sold 400 BTC in May. The proceeds were left in the bank.",
        "Cipher sold 400 BTC in May to have more cash on hand.",
        "Cipher sold 400 BTC in May. That gives it eighteen months of runway.",
        "Cipher sold 400 BTC in May under its treasury policy.",
        "Cipher sold 400 BTC in May, adding to its cash reserves.",
        'Digihost cashed in 12 BTC in May. "We like to have a year of costs in the bank," its treasurer says.',
        "Northern Data hat im Mai 12 Bitcoin verkauft, um die Liquidität zu stärken.",
    ],
)
def test_money_that_stays_strengthens_the_balance_sheet(text: str) -> None:
    assert purposes(text) == {"balance_sheet"}


@pytest.mark.parametrize(
    "text",
    [
        "Cipher sold 400 BTC in May when prices were good.",
        "Cipher sold 400 BTC in May, as bitcoin stood near its record.",
        'Cipher sold 400 BTC in May. "We sold into the spike," said the chief executive.',
        "Cipher sold 400 BTC in May because it expects lower prices in summer.",
        "Cipher sold 400 BTC in May at what it called an attractive price.",
        "Cipher sold 400 BTC in May to reduce its exposure to the price of bitcoin.",
        "Cipher sold 400 BTC in May, taking profits after the rally.",
        "Cipher sold 400 BTC in May whenever the market permitted.",
        "Digihost cashed in 12 BTC in May. Its treasurer liked the price.",
        "Digihost cashed in 12 BTC in May, while the going was good.",
        "Digihost cashed in 12 BTC in May, since prices above $100,000 looked too good to refuse.",
        "Northern Data hat im Mai 12 Bitcoin verkauft und nutzte dabei die hohen Kurse.",
    ],
)
def test_a_sale_at_a_good_moment_is_market_timing(text: str) -> None:
    assert purposes(text) == {"market_timing"}


@pytest.mark.parametrize(
    "text",
    [
        "Argo sold 70 BTC in May after its lender issued a margin call.",
        "Argo sold 70 BTC in May by order of the High Court.",
        "Argo sold 70 BTC in May. It had no choice: the loan-to-value covenant was breached.",
        "Argo was forced to sell 70 BTC in May.",
        "Argo sold 70 BTC in May under an order of the bankruptcy court.",
        "A judge in Calgary on Monday ordered Digihost to sell 12 BTC.",
        "With the approval of the bankruptcy court, Digihost sold 12 BTC in May.",
        "Digihost's lender sold 12 BTC of its collateral in May.",
    ],
)
def test_a_sale_that_others_command_is_forced(text: str) -> None:
    assert purposes(text) == {"forced"}


@pytest.mark.parametrize(
    "text",
    [
        "Phoenix Group sold 70 BTC in May. Shareholders get the money as a special dividend.",
        "Phoenix Group sold 70 BTC in May and used the cash for buying back its own shares.",
        "Phoenix Group sold 70 BTC in May. The cash goes to the owners as a distribution.",
    ],
)
def test_money_for_owners_is_returned(text: str) -> None:
    assert purposes(text) == {"shareholder_returns"}


@pytest.mark.parametrize(
    "text",
    [
        "Hut 8 sold 210 BTC in May to pay the cash part of the merger with Validus.",
        "Hut 8 sold 210 BTC in May. The proceeds were used to buy a 20% stake in a rival.",
        "Hut 8 sold 210 BTC in May. The money paid for the takeover of a smaller competitor.",
    ],
)
def test_money_for_a_company_is_an_acquisition(text: str) -> None:
    assert purposes(text) == {"acquisition"}


@pytest.mark.parametrize(
    "text",
    [
        "Riot Platforms sold 300 BTC in May. It also issued notes to repay its credit facility.",
        "Riot Platforms sold 300 BTC in May. The company received prepayments from customers for hosting.",
        "Riot Platforms sold 300 BTC in May. Its creditors include Bitmain and a Texas utility.",
        "Riot Platforms sold 300 BTC in May. Revenue from hosting pays for its overheads.",
        "Riot Platforms sold 300 BTC in May. It operates 12 sites and 80,000 machines.",
        "Riot Platforms sold 300 BTC in May. A rival repaid its loan last week.",
        "Riot Platforms sold 300 BTC in May. Power costs rose to 3.9 cents and the fleet grew to 30 EH/s.",
        "Riot Platforms sold 300 BTC in May, none of it to pay debt.",
        "Riot Platforms sold 300 BTC in May. It raised $50 million through its at-the-market program for new machines.",
        "Riot Platforms sold 300 BTC in May and mined 460. The company plans to build a second site in Texas next year.",
        "Riot Platforms sold 300 BTC in May. It is moving into AI and has signed a lease with a cloud provider.",
        "Riot Platforms sold 300 BTC in May. It bought 5,000 machines from Bitmain in April and has no debt.",
        "Bitdeer sold 300 BTC in May. It has customer prepayments of $40 million on its books and owes $200 million to its creditors.",
        "Core Scientific, which is in Chapter 11, sold 300 BTC in May. Creditors vote on its plan in July.",
        "Argo sold 70 BTC in May. Interest on its notes is 8.75% and falls due in July.",
        "Bitfarms sold 70 BTC in May and made prepayments to Bitmain of $12 million last year.",
        "Hut 8 sold 70 BTC in May for $6 million. Its AI business signed two customers, and the new GPU cluster is online.",
        "Hut 8 sold 70 BTC in May for $6 million. Bitcoin later rose to a record.",
        "Hut 8 sold 70 BTC in May for $6 million. It held 9,000 BTC on its balance sheet at the end of the month.",
        "Hut 8 sold 70 BTC in May. Liquidity stood at $120 million.",
        "Hut 8 sold 70 BTC in May. The company agreed to acquire a power plant in Ontario, paid in shares.",
        "Hut 8 sold 70 BTC in May. It closed a $50 million loan for new machines.",
        'Hut 8 sold 70 BTC in May. "Our growth in AI is just starting," said the chief executive.',
        "Hut 8 sold 70 BTC in May. Its power costs fell thanks to credits for curtailment.",
        "Hut 8 sold 70 BTC in May. Shareholders approved a buyback in principle.",
        "Hut 8, which hosts machines for customers, sold 70 BTC in May.",
        "Hut 8 sold 70 BTC in May. Expansion of the Salt Creek site is on time and the first machines have been installed.",
    ],
)
def test_words_on_other_money_give_the_sale_no_purpose(text: str) -> None:
    assert purposes(text) == set()


@pytest.mark.parametrize(
    ("company", "text", "want"),
    [
        (
            "Cango",
            "Cango disposed of 500 BTC in May for its new site in Ethiopia. TeraWulf sold 90 BTC, as it needs money for its AI campus.",
            {"capex_growth"},
        ),
        (
            "TeraWulf",
            "Cango disposed of 500 BTC in May for its new site in Ethiopia. TeraWulf sold 90 BTC, as it needs money for its AI campus.",
            {"ai_hpc"},
        ),
        (
            "Riot Platforms",
            "In May, Riot Platforms sold 300 BTC. CleanSpark sold 100 BTC and used the proceeds to repay its Coinbase loan.",
            set(),
        ),
        ("Riot Platforms", "In May, Riot Platforms sold 300 BTC, whereas CleanSpark sold 100 BTC to repay its Coinbase loan.", set()),
        (
            "CleanSpark",
            "In May, Riot Platforms sold 300 BTC, whereas CleanSpark sold 100 BTC to repay its Coinbase loan.",
            {"debt_repayment"},
        ),
    ],
)
def test_each_miner_has_its_own_purpose(company: str, text: str, want: set[str]) -> None:
    assert purposes(text, company=company) == want


def test_the_words_of_a_purpose_are_its_evidence() -> None:
    article = Article(
        id="x", title="Note", text="Hut 8 sold 210 BTC in May. Purpose: electricity invoices, legal fees.", published=PUBLISHED
    )
    (sale,) = (event for event in extract(article).events if event.kind is Kind.SALE)
    span = sale.evidence["purposes"]
    assert article.body[span.start : span.end] == "electricity invoices, legal fees"


@pytest.mark.parametrize(("period", "want"), [((2024, 5), {"operating_costs"}), ((2024, 2), set())])
def test_the_money_of_a_time_goes_to_the_sale_of_that_time(period: tuple[int, int], want: set[str]) -> None:
    text = "Hut 8 sold 210 BTC in May. In February it had sold 90 BTC. May's money is for wages."
    article = Article(id="x", title="Note", text=text, published=datetime(2024, 6, 5, tzinfo=UTC))
    sales = [event for event in extract(article).events if event.kind is Kind.SALE and event.period]
    (told,) = (sale.purposes for sale in sales if sale.period and (sale.period.start.year, sale.period.start.month) == period)
    assert set(told) == want
