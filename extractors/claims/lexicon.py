"""The words that network and market claims are told with: metrics, other things that have figures, directions, forecasts.

One table a family, each a blank-separated list, joined into dictionaries when the module is read. Words of machine
translation ("mining complexity", "problem fee") stand beside those of the press.
"""

from __future__ import annotations

from extractors.model import Metric


def words(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


# --- what a figure can be about --------------------------------------------------------------------------------------

METRICS: dict[str, Metric] = {
    **dict.fromkeys(("difficulty", "difficulties", "complexity"), Metric.DIFFICULTY),
    **dict.fromkeys(("hashrate", "hashrates", "hashpower", "hashing"), Metric.HASHRATE),
    **dict.fromkeys(("hashprice", "hashprices"), Metric.HASHPRICE),
    **dict.fromkeys(("petahash", "petahashes"), Metric.HASHPRICE),  # "revenue per petahash", "a petahash earns"
    "puell": Metric.PUELL,
    **dict.fromkeys(("price", "prices", "quotes", "quotation", "quotations"), Metric.PRICE),
    **dict.fromkeys(("subsidy", "reward", "rewards"), Metric.BLOCK_REWARD),
}

PAIRS: dict[tuple[str, str], Metric] = {
    **dict.fromkeys(
        (
            ("hash", "rate"),
            ("hash", "rates"),
            ("hash", "charge"),
            ("hash", "ratio"),
            ("hash", "strength"),
            ("hash", "power"),
            ("hashing", "power"),
        ),
        Metric.HASHRATE,
    ),
    **dict.fromkeys((("computing", "power"), ("computational", "power"), ("processing", "power"), ("mining", "power")), Metric.HASHRATE),
    **dict.fromkeys((("hash", "price"), ("hash", "prices")), Metric.HASHPRICE),
    **dict.fromkeys(
        (
            ("mining", "problem"),
            ("problem", "fee"),
            ("problem", "rate"),
            ("problem", "level"),
            ("mining", "trouble"),
            ("mining", "issue"),
            ("trouble", "level"),
            ("mining", "hardness"),
        ),
        Metric.DIFFICULTY,
    ),
    **dict.fromkeys((("spot", "price"), ("spot", ":"), ("market", "price")), Metric.PRICE),
}

BITCOIN = words("bitcoin btc btcusd xbt xbtusd")
OTHER_COINS = words(
    "litecoin ltc dogecoin doge bch bsv sv ethereum eth ether monero xmr kaspa kas zcash zec dash ravencoin rvn ergo namecoin nmc peercoin"
    " ppc"
)
COIN = words("coin cryptocurrency token crypto cryptoasset asset")  # the price, if bitcoin's price was told of before

# An adjustment is the difficulty's when nothing else is named.
ADJUSTMENTS = words(
    "adjustment adjustments readjustment readjustments retarget retargets retargeting retargetings recalibration recalibrations epoch reset"
)

# Falls and rises that belong to the coin's price when it was told of before.
PRICE_MOVES = words("selloff rout rally slump crash bounce pullback correction bloodbath")

OTHERS = words(
    """
    share shares stock stocks equity revenue revenues income profit profits earnings ebitda margin margins cost costs expense
    expenses breakeven output production treasury holdings reserve reserves stake stakes debt loan loans notes interest coupon
    yield dividend capacity fleet efficiency uptime company companies firm firms pool pools machines rigs asics sites facility
    facilities eth ether ethereum sol solana xrp ripple doge dogecoin altcoin altcoins altcoins' bch ltc litecoin gold silver
    nasdaq s&p dow oil gas electricity energy volume volumes dominance supply demand nodes transactions fees fee wallets addresses
    etf etfs inflows outflows capitalization capitalisation cap interest odds probability chance chances share users customers
    clients tariff tariffs inflation gdp population consumption emissions premium discount liquidations derivatives futures options
    positions proceeds gauge estimate's hodler holders exchanges exchange balance balances valuation employees staff workforce
    percentile score index sentiment temperature
    """
)

# Hashrate of a miner, not of the network.
OWN_HASHRATE = words(
    """
    deployed installed operational operating energized energised fleet our company's company firm realized self-mining capacity
    proprietary hosted pool pools own realised
    """
)
NETWORK = words(
    "network network's networks global world worldwide total bitcoin bitcoin's btc average seven-day mean entire aggregate overall"
)

# --- directions ------------------------------------------------------------------------------------------------------

DOWN = words(
    """
    fall falls fell fallen falling drop drops dropped dropping slide slides slid sliding sink sinks sank sunk sinking slip slips
    slipped slipping tumble tumbles tumbled tumbling plunge plunges plunged plunging decline declines declined declining decrease
    decreases decreased decreasing reduce reduces reduced reducing reduction reductions cut cuts cutting lower lowers lowered
    lowering shed sheds shedding lose loses lost losing loss ease eases eased easing shrink shrinks shrank shrunk shrinking
    contract contracts contracted contracting contraction contractions dip dips dipped dipping dive dives dived dove diving crash
    crashes crashed crashing plummet plummets plummeted plummeting nosedive nosedived retreat retreats retreated retreating weaken
    weakened weakens soften softens softened softening slump slumps slumped slumping cool cooled cooling slash slashed slashes
    slashing shave shaves shaved shaving trim trims trimmed trimming knock knocks knocked down downs less fewer off minus negative
    downward downwards downside cheaper cheapen cheapened cheapens lighter lighten lightened easier simpler backed pullback
    pullbacks collapse collapses collapsed collapsing cave caved caves crater craters cratered descend descends descended descent
    diminish diminished diminishes evaporate evaporated left vanish vanished disappear disappeared gone wilt wilted wilts under
    setback drawdown drawdowns deflate deflated retracement retrace retraced retraces unfavorable unfavourable relief shaves relax
    relaxed relaxes moderated moderate moderates capitulation capitulated missing below worse short away beneath erase erased erases deduct
    deducted scaled withdrew evaporates wiped wipes depreciated depreciation
    dialled dialed dial dials pared pares pare reprieve respite breather loosened
    loosens recede recedes receded receding
    """
)
UP = words(
    """
    rise rises rose risen rising climb climbs climbed climbing jump jumps jumped jumping leap leaps leapt leaped leaping surge
    surges surged surging soar soars soared soaring spike spikes spiked spiking increase increases increased increasing gain gains
    gained gaining grow grows grew grown growing growth up upped higher more advance advances advanced advancing rally rallies
    rallied rallying rebound rebounds rebounded rebounding recover recovers recovered recovering recovery regain
    regains regained reclaim reclaims reclaimed retake retook bounce bounces bounced
    bouncing add adds added adding raise raises raised raising hike hikes hiked lift lifts lifted lifting expand expands expanded
    expanding expansion swell swells swelled swollen upward upwards upside positive plus harder dearer tougher accelerate
    accelerated boost boosts boosted ratchet ratcheted ratchets uptick upticks upswing upturn ramp ramped ramps above exceed
    exceeds exceeded climber extra appreciated appreciation upgrade ascent ascended ascends pricier stiffer steepened steepens
    mounts mounted toughened toughens tightened tightens widened inflated swelling thickened
    """
)
# Words that are a direction only beside a figure, or not the figure's own ("under way", "more than").
WEAK_DIRECTIONS = words(
    "beneath more less up off under above below left lower higher short gone down worse missing moderate contract extra cut add adds"
)

LEVEL_DOWN = words("low lows lowest bottom trough nadir minimum floor easiest")
LEVEL_UP = words("""
    high highs highest peak peaks record records maximum top ath hardest toughest heights zenith summit
    """)

# --- how sure --------------------------------------------------------------------------------------------------------

FORECAST = words(
    """
    will would could may might should expect expects expected expecting expectation expectations forecast forecasts forecasting
    forecasted projected projects projection projections predict predicts predicted prediction predictions anticipate anticipates
    anticipated estimates' likely upcoming next forward poised prognosis outlook reckons foresees foresee sees'll shall awaits pencilled
    looming imminent forthcoming barring absent eyed eyes penciled
    """
)
FORECAST_PAIRS = frozenset(
    {
        ("on", "course"), ("on", "track"), ("on", "pace"), ("is", "to"), ("are", "to"), ("set", "to"), ("set", "for"), ("due", "on"),
        ("looks", "set"), ("in", "store"), ("is", "due"), ("heading", "for"), ("headed", "for"), ("going", "to"), ("about", "to"),
        ("on", "the"), ("if", "nothing"), ("coming", "adjustment"), ("points", "to"), ("pointing", "to"), ("estimated", "to"),
        ("was", "to"), ("estimate", "that"), ("braced", "for"), ("bracing", "for"), ("due", "around"), ("due", "in"), ("slated", "to"),
        ("slated", "for"), ("scheduled", "to"), ("scheduled", "for"), ("expects", "the"),
        ("seen", "rising"), ("seen", "falling"), ("seen", "climbing"), ("seen", "dropping"), ("tipped", "to"), ("bound", "to"),
        ("bound", "for"), ("gearing", "up"), ("shaping", "up"), ("in", "sight"), ("if", "current"), ("if", "blocks"), ("headed", "to"),
        ("heading", "to"), ("tracking", "toward"), ("tracking", "towards"), ("tracking", "for"), ("tracking", "to"),
    }
) - {("on", "the")}  # fmt: skip

# --- what stands before a figure -------------------------------------------------------------------------------------

OVER = words("""
    over exceeding exceeds exceeded beyond past topping topped surpassing surpassed above north upwards least than
    """)
UNDER = words("under below beneath sub south most")
NEARLY = words("nearly almost virtually practically close approaching shy")
ABOUT = words("about around roughly approximately approx some circa ca estimated or ~ near ballpark nigh")
FILLERS = words(
    "a an the another just only still barely further full whole total well some its his their even now again back level mark record of"
)
