"""What stands in the sentences behind a sale, put together at random: its money and other money, other sellers, what was held and when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

import pytest

from extractors import Article, Event, Kind, extract

PUBLISHED = datetime(2025, 6, 11, 12, tzinfo=UTC)
MAY, APRIL = (date(2025, 5, 1), date(2025, 5, 31)), (date(2025, 4, 1), date(2025, 4, 30))
END_OF_MAY = (date(2025, 5, 31), date(2025, 5, 31))
MINERS = {
    "Riot Platforms": "Riot Platforms",
    "MARA Holdings": "MARA",
    "CleanSpark": "CleanSpark",
    "Bitfarms": "Bitfarms",
    "Hut 8": "Hut 8",
    "Cipher Mining": "Cipher Mining",
    "Core Scientific": "Core Scientific",
    "TeraWulf": "TeraWulf",
    "Cango": "Cango",
    "DMG Blockchain": "DMG Blockchain",
}
SALES = (
    "{m} sold {c} BTC in May.",
    "{m} said it disposed of {c} bitcoin in May.",
    "{c} BTC were sold by {m} in May.",
    "In May, {m} liquidated {c} bitcoin, according to its update.",
)
# What the coins brought, told by the sale, by the miner, by the buyer, or with no verb.
BROUGHT = (
    "The sales brought in {d}.",
    "The proceeds, before fees, came to {d}.",
    "The coins were worth {d} at the time.",
    "The lot went for {d}.",
    "That meant {d} in cash.",
    "It walked away with {d}.",
    "It received {d} for the coins.",
    "The company cashed in {d}.",
    "The company was paid {d}.",
    "The company said it received {d} in cash.",
    "The buyer, an unnamed fund, paid {d}.",
    "They were bought by Galaxy for {d}.",
    "The block went to a desk in New York for {d}.",
    "The sum of {d} was wired on the same day.",
    "Its cash position rose by {d} as a result.",
    "In dollars that was {d}.",
    "Total proceeds: {d}.",
    "The consideration was {d}.",
)
# Money that is not what the coins brought.
OTHER_MONEY = (
    "Mining revenue came to {d}.",
    "Its hosting business brought in {d}.",
    "It received {d} from its lender.",
    "It received {d} from Microsoft.",
    "It received {d} in power credits.",
    "It also received {d} for its old machines.",
    "The sale of its old machines brought in {d}.",
    "Its equity offering brought in {d}.",
    "The company was paid {d} for curtailing its power use.",
    "Texas paid it {d} for switching off.",
    "It paid {d} in interest.",
    "It paid {d} for the machines.",
    "It put {d} into machines.",
    "The gain on the sale was {d}.",
    "It took a charge of {d}.",
    "Power costs came to {d}.",
    "Network miners earned {d} that day.",
    "Its remaining coins are worth {d}.",
    "Total debt: {d}.",
    "Revenue was up from {d} a year earlier.",
    "{m} raised {d} by selling shares.",
    "{m} raised {d} from investors.",
    "{m} took in {d} from its AI business.",
    "Net proceeds of the offering were {d}.",
    "Proceeds from the sale of its Ohio site were {d}.",
    "The contract brought {m} {d}.",
    "An insurer paid {m} {d}.",
    "Its bitcoin was worth {d} at the end of the month.",
    "The total investment was {d}.",
)
# What two miners got, or one for two months.
OF_EACH = (
    "{a} received {d} and {b} {e}.",
    "{a} took in {d}, {b} {e}.",
    "{a}'s sale was worth {d}, {b}'s {e}.",
    "Proceeds were {d} at {a} and {e} at {b}.",
    "{a} put its proceeds at {d}, {b} at {e}.",
    "The proceeds were {d} and {e}, respectively.",
)
OF_EACH_MONTH = (
    "The May sales brought in {d}, those of April {e}.",
    "The sale in May brought in {d}, the one in April {e}.",
    "In April it received {e} for the coins, in May {d}.",
    "The first sale brought in {d}, the second {e}.",
)
FIRST_SELLERS = (
    "{a} was the biggest seller in May with {c} BTC.",
    "{a} led the sellers last month with {c} BTC.",
    "{a} sold {c} BTC in May.",
)
NEXT_SELLERS = (
    "{b} was another seller, with {n} BTC.",
    "Other sellers included {b}, with {n} BTC.",
    "{b} was second with {n} BTC.",
    "{b} followed with {n} BTC.",
    "{b} did the same with {n} BTC.",
    "Next came {b} with {n} BTC.",
    "Behind it came {b} with {n} BTC.",
)
HELD = (
    "{m} ended the month with {h} BTC.",
    "{m} finished the month with {h} bitcoin.",
    "At month-end {m} held {h} BTC.",
    "Month-end holdings: {h} BTC.",
    "It entered June with {h} BTC.",
    "Its stack was {h} BTC at the end of the month.",
    "{h} BTC were left at the end of the month.",
    "It held {h} BTC.",
)
HELD_NOW = ("{m} now holds {h} BTC.", "It currently has {h} BTC in its treasury.", "It still holds {h} BTC.")


@dataclass(frozen=True)
class Sold:
    """A sale at a likely price, with the words for it."""

    name: str
    coins: int
    millions: float

    @property
    def dollars(self) -> str:
        return f"${self.millions} million"


def some_sales(draw: Random, count: int) -> list[Sold]:
    names, coins = draw.sample(list(MINERS), count), draw.sample(range(60, 2900), count)
    return [Sold(name, amount, round(amount * draw.uniform(0.097, 0.109), 1)) for name, amount in zip(names, coins, strict=True)]


def read(text: str, kind: Kind) -> list[Event]:
    return [event for event in extract(Article("wire", "Miner news", text, PUBLISHED)).events if event.kind is kind]


def told(events: list[Event]) -> list[tuple[str, int, int | None, object]]:
    """Company, BTC, dollars and period of each, in no order."""
    return sorted(
        [
            (
                event.company,
                int(event.btc or 0),
                round(event.usd) if event.usd else None,
                event.period and (event.period.start, event.period.end),
            )
            for event in events
        ],
        key=repr,
    )


def expected(*sales: tuple[Sold, bool, object]) -> list[tuple[str, int, int | None, object]]:
    """Of each sale: whether its dollars are told, and its period."""
    return sorted(
        [(MINERS[sold.name], sold.coins, round(sold.millions * 1e6) if paid else None, when) for sold, paid, when in sales], key=repr
    )


@pytest.mark.parametrize("wording", BROUGHT)
def test_what_the_coins_brought_is_told_behind_the_sale(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        [sold] = some_sales(draw, 1)
        other = draw.choice(OTHER_MONEY).format(m=sold.name, d=f"${round(sold.millions * 1.1, 2)} million")
        text = f"{draw.choice(SALES).format(m=sold.name, c=f'{sold.coins:,}')} {wording.format(d=sold.dollars)} {draw.choice(['', other])}"
        assert told(read(text, Kind.SALE)) == expected((sold, True, MAY)), text


@pytest.mark.parametrize("wording", OTHER_MONEY)
def test_other_money_behind_a_sale_is_not_what_it_brought(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        [sold] = some_sales(draw, 1)
        text = f"{draw.choice(SALES).format(m=sold.name, c=f'{sold.coins:,}')} {wording.format(m=sold.name, d=sold.dollars)}"
        assert told(read(text, Kind.SALE)) == expected((sold, False, MAY)), text


@pytest.mark.parametrize("wording", OF_EACH)
def test_each_miner_gets_the_sum_that_is_named_with_it(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        one, other = some_sales(draw, 2)
        both = draw.choice(
            ["{} sold {:,} BTC and {} sold {:,} BTC in May.", "{} sold {:,} BTC in May. {} sold {:,} BTC in the same month."]
        )
        text = both.format(one.name, one.coins, other.name, other.coins) + " "
        text += wording.format(a=one.name, b=other.name, d=one.dollars, e=other.dollars)
        assert told(read(text, Kind.SALE)) == expected((one, True, MAY), (other, True, MAY)), text


@pytest.mark.parametrize("wording", OF_EACH_MONTH)
def test_each_month_gets_the_sum_that_is_named_with_it(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        one, other = some_sales(draw, 2)
        other = Sold(one.name, other.coins, other.millions)
        text = (
            f"{one.name} sold {one.coins:,} BTC in May and {other.coins:,} BTC in April. {wording.format(d=one.dollars, e=other.dollars)}"
        )
        assert told(read(text, Kind.SALE)) == expected((one, True, MAY), (other, True, APRIL)), text


@pytest.mark.parametrize("wording", NEXT_SELLERS)
def test_those_who_follow_a_seller_sold_too(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        one, other = some_sales(draw, 2)
        first = draw.choice(FIRST_SELLERS).format(a=one.name, c=f"{one.coins:,}")
        text = f"{first} {wording.format(b=other.name, n=f'{other.coins:,}')}"
        assert told(read(text, Kind.SALE)) == expected((one, False, MAY), (other, False, MAY)), text


@pytest.mark.parametrize("first", ["{} mined {:,} BTC in May.", "{} held {:,} BTC at the end of May."])
def test_those_who_follow_a_miner_or_a_holder_sold_nothing(first: str) -> None:
    draw = Random(first)
    for wording in NEXT_SELLERS[2:]:
        one, other = some_sales(draw, 2)
        text = f"{first.format(one.name, one.coins)} {wording.format(b=other.name, n=f'{other.coins:,}')}"
        assert not read(text, Kind.SALE), text


def test_the_time_behind_the_last_of_several_sales_is_that_of_all() -> None:
    draw = Random(7)
    for _ in range(40):
        one, other, last = some_sales(draw, 3)
        way = draw.choice(
            ["{} sold {:,} BTC, {} {:,} BTC and {} {:,} BTC in May.", "{} sold {:,} BTC, {} sold {:,} BTC and {} sold {:,} BTC in May."]
        )
        text = f"Cathedra sold 3 BTC in April. {way.format(one.name, one.coins, other.name, other.coins, last.name, last.coins)}"
        found = told([event for event in read(text, Kind.SALE) if event.company in MINERS.values()])
        assert found == expected((one, False, MAY), (other, False, MAY), (last, False, MAY)), text


@pytest.mark.parametrize("wording", HELD + HELD_NOW)
def test_what_is_held_has_the_end_of_the_month_that_is_told_unless_it_is_held_now(wording: str) -> None:
    draw = Random(wording)
    for _ in range(12):
        [sold] = some_sales(draw, 1)
        held = sold.coins + 3000
        text = f"{sold.name} mined {sold.coins:,} BTC in May. {wording.format(m=sold.name, h=f'{held:,}')}"
        when = (PUBLISHED.date(), PUBLISHED.date()) if wording in HELD_NOW else END_OF_MAY
        assert told(read(text, Kind.HOLDINGS)) == [(MINERS[sold.name], held, None, when)], text


PURPOSES = {
    "The aim was to repay a loan.": ["debt_repayment"],
    "It did so to fund its expansion in Texas.": ["capex_growth"],
    "Working capital was the reason for the sale.": ["operating_costs"],
    "Proceeds will help fund a new data center in Ohio.": ["capex_growth"],
    "It received $51 million, to be spent on new mining machines.": ["capex_growth"],
    "The money was raised in support of its AI data centers.": ["ai_hpc"],
    "A court-appointed receiver sold the coins.": ["forced"],
    "Neither this sum nor its cash will be enough, analysts say, to repay the notes.": [],
    "It also paid $12 million for transformers.": [],
    "The company will pay a dividend in July.": [],
}


@pytest.mark.parametrize("wording", PURPOSES)
def test_what_the_money_was_for_is_told_in_the_sentence_behind(wording: str) -> None:
    [sale] = read(f"CleanSpark sold 500 BTC in May. {wording}", Kind.SALE)
    assert [purpose.value for purpose in sale.purposes] == PURPOSES[wording]


def test_cash_that_is_raised_for_a_use_is_not_kept() -> None:
    [sale] = read("CleanSpark sold 500 BTC in May to raise cash for new mining machines.", Kind.SALE)
    assert [purpose.value for purpose in sale.purposes] == ["capex_growth"]


def test_a_plan_and_what_is_done_of_it_keep_their_own_money() -> None:
    text = "TeraWulf's board approved the sale of up to 500 BTC; 320 of them were sold in May, which produced $33 million."
    assert {int(event.btc or 0): event.usd for event in read(text, Kind.SALE)} == {500: None, 320: 33_000_000}


def test_a_sentence_that_names_a_miner_speaks_of_its_sale_however_far() -> None:
    rows = "The month of May:\nRiot Platforms: 514 mined | 500 sold\nBitfarms: 230 mined | 225 sold\nCleanSpark: 694 mined | 293 sold\n\n"
    text = f"{rows}Hashprice rose. Weather was mild. Power was cheap. Bitfarms got $23.2 million for its coins."
    assert {event.company: event.usd for event in read(text, Kind.SALE)}.get("Bitfarms") == 23_200_000
