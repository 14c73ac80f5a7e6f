"""What a sum told behind a sale is: what the coins brought, or money from elsewhere.

Three things are asked of the clause: what brought the money or who got it (its subject), by which verb, and out of what (the words behind
the sum). "The sale raised", "it received ... for the coins" and "the buyer paid" speak of the coins; a lender, an offering, a site, a
cost, a loss do not. Where the words say neither, the answer is left open.
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import View
from extractors.rules import sale

NEARLY = (
    r"(?: (?:about|some|roughly|approximately|around|nearly|almost|close to|an estimated|over|more than|just over|just under|net|a total"
    r" of|a combined|a cool|another|exactly|only|~))* ?"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_SALE = (
    r"(?:sales?|transactions?|trades?|deals?|disposals?|dispositions?|liquidations?|conversions?|divestments?|selling|sell-off"
    r"|offloading)"
)
_COINS = r"(?:coins?|bitcoins?|btc|tokens|lots?|blocks?|batch(?:es)?|parcels?|tranches?|stash|stack|pile|haul)"
# "the sale", "its May sales", "these 1,200 coins", "the sales of bitcoin"
_A_SALE = (
    rf"(?:(?:the|its|this|these|those|that|both|all|their|our|each|such|a|[\w.&]+'s?) )?(?:(?!old\b|new\b|share\b"
    rf"|stock\b)[\w,'-]+ ){{0,2}}?"
    rf"{_SALE}(?: (?:of|in|on|from|over|during) (?:(?:the|its|these|those|this|that|all|last) )?(?:bitcoins?|btc|coins|them|it|month"
    rf"|quarter|week"
    rf"|weekend|{_MONTHS})(?: \d+)?)?"
)
_THE_COINS = (
    rf"(?:the|these|those|all|its|their|both) (?:(?:sold|said|\d[\d,.]*|whole|entire|{_MONTHS}) )*{_COINS}(?: (?:it )?(?:had )?sold)?"
)
_IT_ALL = r"(?:they|this|that|these|those|which|all of (?:it|them)|selling (?:them|it|these|those|the coins))"
_FETCHED = (
    r"(?:brought(?: in| back)?|fetched|raised|netted|yielded|generated|earned|produced|grossed|returned|gave|(?:was |were )?(?:went"
    r"|sold) for"
    r"|changed hands (?:for|at)|amounted to|came to|totall?ed|meant|translated (?:in)?to|work(?:ed|s) out (?:at|to)|secured|reali[sz]ed"
    r"|reached|(?:had|has) (?:a|an) (?:\w+ )?value of|was good for|(?:was|were) (?:worth|valued at)|(?:swelled|lifted|boosted|increased)"
    r" its [a-z ]{4,24} by|added)"
)
_TO_WHOM = (
    r"(?: (?:it|them|us|the (?:company|miner|firm|group)|(?:net |gross |cash |total )*(?:proceeds|receipts|cash|takings) of|cash of))*"
)
_SALE_BROUGHT = re.compile(
    rf"\b(?:{_A_SALE}|{_THE_COINS}|{_IT_ALL})(?:, [^;]{{2,40}}?,)?(?: (?:together|also|then|alone|thus|had|have|has|altogether))*"
    rf" {_FETCHED}{_TO_WHOM}{NEARLY}$"
)
_NOT_SOLD = re.compile(r"\b(?:remaining|unsold|other|rest|left|kept|held|still|now|are|is)\b")
_RECEIPTS_WERE = re.compile(
    rf"\b(?:its|the|that|this) (?:[\w-]+ )?{_SALE} \({NEARLY}$|\b(?:(?:net |gross |sales? |cash )*proceeds(?: (?:before|after"
    rf"|net of) (?:fees|costs|tax(?:es)?|commissions?))?|(?<!\w )(?:the |total |cash )?consideration|takings|receipts|(?:sale"
    rf"|selling) price|(?:income|revenue|cash(?: generated| received| raised)?|value"
    rf"|total|sum|amount)(?: \w+)? (?:of|from|for) {_A_SALE}|value of (?:the|these|those) {_COINS} sold)(?:,? (?:of|from|for|at|in)"
    rf" [\w' -]{{2,30}}?)?(?:(?: (?:was|were|of|at|came to|came in at|amounted to|totall?ed|stood at|reached|hit|equal(?:l?ed|s)"
    rf"|being|added"
    rf" up to|(?:was|were) (?:put|reported|given) (?:at|as)))+|:|,){NEARLY}$"
)
_BUYER = (
    r"(?:buyers?|purchasers?|counterpart(?:y|ies)|takers?|bidders?|acquirers?|market makers?|(?:otc |trading )?desks?|exchanges?|coinbase"
    r"|galaxy(?: digital)?|kraken|binance|nydig|cumberland|falconx)"
)
_BUYER_PAID = re.compile(
    rf"\b{_BUYER}(?:,[^,;$]{{2,50}},)?(?: (?!for\b)[\w']+){{0,3}}? (?:paid|pays|handed over|handed|wired|transferred|credited|put)"
    rf"(?: [\w.&'-]+){{0,4}}?{NEARLY}$"
    rf"|\b(?:bought|took|purchased|acquired) (?:them|these|those|the (?:coins|lot|block|batch|bitcoins?|parcel"
    rf"|btc))(?: all)? for{NEARLY}$"
    rf"|\b(?:they|these|those|the {_COINS}) (?:went|passed|(?:was|were) (?:sold|handed|transferred)) to [^.;$]{{2,40}}? for{NEARLY}$"
    rf"|\b(?:they|these|those|the {_COINS}) (?:was|were|had been) (?:bought|purchased|taken|acquired)(?: up)?(?: by [^.;,$]{{2,40}}?)?"
    rf" for{NEARLY}$"
)
_LABEL = re.compile(
    r"\W*(?:\d+[/.)] )?(?:(?:the|its|net|gross|total|sale|sales|cash|approx\.?) )*(?:proceeds|receipts|takings|take|total|sum|haul"
    r"|value of the"
    r" (?:sale|coins)|in dollars|dollars|what it got|result|consideration):?"
    rf"{NEARLY}$|\W*in dollars?(?: terms)?,? (?:that|this|it) (?:is|was|came to|makes|made|meant){NEARLY}$"
)
# A label of another sum, as of a debt.
_OTHER_LABEL = re.compile(
    r"\W*(?:[\w'-]+ ){0,4}?(?:debts?|loans?|cash|revenues?|costs?|expenses?|capex|ebitda|income|profit|loss|cap|capitali[sz]ation"
    r"|value of (?:the )?"
    r"(?:remaining )?holdings|holdings|treasury|liquidity|equity|notes|valuation|budget|guidance|target|liabilities"
    r"|assets)(?: \w+){0,3}?:"
    rf"{NEARLY}$"
)
_GOT = re.compile(
    r"\b(?:received|receives|got|gets|collected|pocketed|took in|takes in|cashed in|(?:walked|came) away with|ended up with|obtained"
    r"|banked"
    r"|(?:was|were|been) (?:paid|credited with)|credited (?:it|the company|the miner) with"
    rf"|turned (?:them|it|these|those|the coins) into|raked in|pulled in|netted|grossed|reali[sz]ed|raised){NEARLY}$"
)
# What the sum was got out of, or in what form: the sale itself.
_OWN = (
    rf"(?:(?:the|its|their|this|these|those|that|all|both|such|a|an|his|our|bitcoin|btc|coin|crypto|digital|asset|otc"
    rf"|over-the-counter|monthly|"
    rf"weekly|whole|entire|sold|spot|open|\d[\d,.]*|{_MONTHS}|[\w.&]+'s?) )*(?:{_SALE}|{_COINS}|them|it|these|those|this|that|buyers?"
    r"|purchasers?|counterpart(?:y|ies)|desks?|market|exchange|return|cash|treasury sales|total|all|proceeds)\b"
)
_OF_THE_SALE = re.compile(
    rf"(?: net| gross| altogether| in total| in all)*(?: (?:from|for|on|out of|in(?: exchange| return)? for|through|via|by) {_OWN}"
    r"| in (?:cash|return|exchange|total|all|the process|the deal|proceeds)\b(?! from operations| and equivalents| at)| of (?:net "
    r"|gross )?proceeds\b"
    r"| this way| that way| after (?:fees|costs)\b)"
)
_NOTHING_BEHIND = re.compile(r"(?: net| gross| altogether| in total| in all)?(?:[.;!)]| ?$|, (?:the|its|a|it|which|or|at|on average)\b)")
_CAME_IN = re.compile(
    r" (?:(?:was|were|has been|had been) )?(?:received|raised|reali[sz]ed|credited|wired|paid out|flowed|came|landed|taken in"
    r"|collected)\b"
    r"(?! (?:from|in|for|through|by) (?!cash|its|the (?:same|sale|coins|company)|return|exchange|buyers|full|may|june))"
)
_RICHER = re.compile(
    r"\b(?:cash|coffers|bank|account|liquidity)[a-z ]{0,20} (?:rose|grew|increased|swelled|climbed|gained|went up)(?: by)?" + NEARLY + "$"
)
_BY_IT = re.compile(r" (?:as a result|in return|thanks to (?:it|the sales?)|from (?:it|the sales?)|by it|richer)\b")

_GIVERS = (
    r"(?:lenders?|banks?|creditors?|investors?|operations?|operating|hosting|customers?|clients?|tenants?|offerings?|notes?"
    r"|convertibles?|equity"
    r"|shares?"
    r"|stock|at-the-market|atm|loans?|facility|credit|revenues?|mining|insur\w+|government|state|grid|utility|ercot|interest|services?|ai"
    r"|hpc|microsoft|google|coreweave|fluidstack|amazon|anthropic|nvidia|machines|rigs|hardware|site|power|electricity|curtail\w+|demand"
    r"|grants?|placement|financing|financings|shareholders|contracts?|leases?|colocation|capital)\b"
)
_ELSEWHERE = re.compile(
    r" (?:by|through|from) (?:selling|issuing|offering|placing|renting|hosting|curtailing)"
    r" (?!(?:(?:the|its|these|those|some|new|\d[\d,.]*) )*(?:bitcoins?|btc|coins|them|it)\b)\w|"
    rf"(?: net| gross| in cash| usdt| usdc| in total| in all)* (?:from|out of|via|through|in) (?:(?:the|its|their|a|an|new|old|used"
    rf"|some|convertible"
    rf"|senior|private|public|our|other|cloud|late|early|this|that|\w+'s) )*{_GIVERS}"
    r"|(?: (?:in|of|as)(?: [\w-]+){0,3}?| (?!(?:in|of|from|for|at|and|to|after|before|less|net|with)\b)[\w-]+) (?:interest|credits?|fees?"
    r"|tax(?:es)?|grants?|equity|penalt(?:y|ies)|fines?|damages|rent|dividends?|subsid(?:y|ies)|rebates?|compensation|machines|hardware"
    r"|collateral|debt|borrowings|revenues?)\b(?! (?:from|of) (?:the |its )?(?:(?:bitcoin|btc|coin) )?(?:sales?|selling|disposal))"
)
_PROCEEDS_OF_ELSE = re.compile(
    rf"\b(?:proceeds|receipts|takings) (?:of|from) (?:(?:the|its|their|a|an|this) )?(?:[\w-]+ ){{0,2}}?{_GIVERS}"
    r"|\bits (?:bitcoins?|coins|btc|stash|stack|pile|holdings?) (?:was|were|is|are) (?:now |then |still )?(?:worth|valued)"
)
_PAID_FOR_OTHERS = re.compile(
    r"\b(?:received|receives|got|gets|(?:was|were|been) paid|paid it|paid the (?:company|miner)|collected|earned)" + NEARLY + "$"
)
_FOR_ELSE = re.compile(
    rf"(?: in cash| in total)? (?:in (?:exchange|return) )?for (?!{_OWN}|(?:the )?(?:month|quarter|week|period|year|{_MONTHS})\b"
    rf"|an? (?:average|total)|each)\w"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:investments?|outlay|purchase|construction|revenues?|costs?|expenses?|bills?|capex|ebitda|income|profits?|loss(?:es)?"
    r"|offerings?|notes?|placement|equity|loans?"
    r"|facility|line"
    r"|business|segment|division|arm|services?|hosting|machines|rigs|site|plant|shares?|stock|debt|liabilities|interest|fees?"
    r"|credits?|grant"
    r"|settlement|merger|acquisition|contracts?|lease|customers?|clients|programme?|cash (?:position|pile|balance|reserves?)"
    r"|equivalents|liquidity|salar(?:y|ies)|budget|order"
    r"|capitali[sz]ation|cap|valuation|miners|producers|atm|financing)(?: (?:of|for|in|at|from|with|on|to) [\w' -]{2,40}?)?"
    r"(?: (?:also|then|alone|had|has|have|still|itself|again|together))* (?:was|were|is|are|came to|came in at|stood at|stands at|reached"
    r"|totall?ed|amounted to|rose to|fell to|grew to|brought|raised|generated|produced|earned|yielded|netted|contributed|made|took in"
    r"|returned"
    rf"|fetched|gave|received)(?: [\w.&'-]+){{0,4}}?{NEARLY}$"
)
_OF_SELLING = re.compile(rf"\b(?:{_SALE}|sold|proceeds)\b")
_SPENT = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!got )(?<!is )\b(?:paid|pays|paying|put|puts|lost|loses|spent|spends|invested"
    r"|invests|owes?|owed"
    r"|borrowed|lent|repaid|drew|committed|cut its debt by|reduced its debt by)"
    rf"(?: [\w.&'-]+){{0,3}}?{NEARLY}$"
)
_NO_RECEIPT = re.compile(
    r"\b(?<!after )(?<!before )(?<!of )(?:gains?|loss(?:es)?|profits?|charge|impairment|write-?downs?|write-?offs?|tax(?:es)?"
    r"|tax bill|fees?)"
    rf"(?: (?:on|from) (?:[\w'-]+ ?){{1,4}})? (?:was|were|is|of|at|came to|amounted to|totall?ed){NEARLY}$"
)
_COMPARED = re.compile(rf"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)){NEARLY}$")
_CLAUSE = re.compile(r"[;:] |, (?:and|while|but|whereas|which|after|with) | (?:while|whereas|but) ")
_REACH, _BEHIND = 120, 70  # characters


def came_of_sale(view: View, dollars: Amount) -> bool | None:
    """Whether the sum is what coins brought that were sold in a sentence before; None where its words do not tell."""
    start = clause_start(view, dollars.start)
    before, behind = view.lower[start : dollars.start], view.lower[dollars.end : min(view.sentence.end, dollars.end + _BEHIND)]
    if (
        _COMPARED.search(before)
        or _OTHER_LABEL.match(view.lower, view.sentence.start, dollars.start)
        or _NO_RECEIPT.search(before)
        or _sells_goods(view, start, dollars.start)
        or _ELSEWHERE.match(behind)
        or _PROCEEDS_OF_ELSE.search(before)
    ):
        return False
    if _LABEL.fullmatch(view.lower, max(view.sentence.start, dollars.start - 40), dollars.start):
        return True
    if _SALE_BROUGHT.search(before):
        return None if _NOT_SOLD.search(before) else True
    told = _RECEIPTS_WERE.search(before) or _BUYER_PAID.search(before) or (_RICHER.search(before) and _BY_IT.match(behind))
    return True if told else _by_subject(before, behind)


def _by_subject(before: str, behind: str) -> bool | None:
    """The same where neither a sale nor a buyer stands before the sum: by who got or spent it, and what for."""
    if (_PAID_FOR_OTHERS.search(before) and _FOR_ELSE.match(behind)) or _SPENT.search(before):
        return False
    elsewhere = _OTHER_SUBJECT.search(before)
    if elsewhere and not _OF_SELLING.search(before):
        return False
    got = _GOT.search(before) and (_OF_THE_SALE.match(behind) or _NOTHING_BEHIND.match(behind))
    return True if got or (_CAME_IN.match(behind) and not elsewhere) else None


def clause_start(view: View, place: int) -> int:
    """Where the clause of a place of the sentence begins."""
    start = max(view.sentence.start, place - _REACH)
    for found in _CLAUSE.finditer(view.lower, start, place):
        start = found.end()
    return start


def _sells_goods(view: View, start: int, end: int) -> bool:
    """ "The sale of its old machines brought in ..."."""
    return any(
        trigger.kind == "sale" and start <= trigger.start < end and sale.sells_other_goods(view, trigger, end) for trigger in view.triggers
    )
