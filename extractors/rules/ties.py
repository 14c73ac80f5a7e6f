"""Whether words of use belong to a sale: which sentences speak of its proceeds, and whose clause the words stand in."""

from __future__ import annotations

import re

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Status
from extractors.rules.draft import Draft
from extractors.rules.owners import KIN, is_of_kin
from extractors.rules.uses import Use

_SALE = (
    r"proceeds|receipts|takings|every (?:dollar|cent)|conversions?|(?:both|the|these) amounts?|money|cash|funds|fiat|dollars|sums?"
    r"|sales?|selling|sell|sells"
    r"|sold|liquidat\w+|disposal|disposed|disposing|coins|monetis\w+"
    r"|monetiz\w+|offload\w*|unload\w*|transaction|divest\w+|raised|cashing|cashes|it (?:goes|pays|went|buys|covers|funds)"
    r"|it (?:has |was )?(?:become|became|turned into|gone into)|everything goes|none of it|all of (?:it|them)|half of it|most of it"
    r"|reason|purpose|why|use of|uses?:"
    r"|the rest(?! of the (?:statement|update|report|story|release|letter|article|sector|industry|board|team)| is (?:familiar|known"
    r"|history))"
    r"|the (?:move|step|decision|dollars|lot|whole|first|haul|take|exercise|trade|capital)|haul|harvest|bought by us|that same|let go"
    r"|part of the|picked the moment|timing|in this (?:manner|way)|that way|with (?:that|it|this|them)"
    r"|(?:this|that|which|these) (?:pays?|paid|covers?|covered|funds|funded|buys|bought|goes|went|lets?|helps|helped|kept|keeps"
    r"|leaves|left"
    r"|is|was|allow\w*|gave|gives|reduc\w+|cut|cuts|lower\w*|bolster\w*|strengthen\w*|improv\w+|brings?|brought|enabl\w+|trim\w*"
    r"|repa\w+|retir\w+|financ\w+|boost\w*)"
    r"|geld|erlös\w*|mittel|verkauf\w*|damit|dinero|fondos|ingresos|ventas?|argent|produit|fonds|ventes?|dinheiro|recursos|receitas?"
    r"|vendas?"
    r"|деньг\w*|средств\w*|выручк\w*|продаж\w*|сумм\w*"
)
_HAN = r"资金|所得|收益|出售|款项"
_SPEAKS_OF_SALE = Cue(rf"\b(?:{_SALE}|capital|board)\b|\$\d|\b(?:we|our)\b|{_HAN}")
_SPEAKS_OF_MONEY = Cue(rf"\b(?:{_SALE})\b|{_HAN}")
_MONEY = Cue(r"\b(?:proceeds|money|cash|funds|dollars|sums?|sales?|selling|sold|coins|sell)\b")
_SPEAKS_STRICTLY = Cue(
    r"\b(?:proceeds|the (?:money|cash|funds|sales?|dollars|capital)|sell|sells|selling|sold|liquidat\w+|disposals?|bought by us"
    r"|offload\w*"
    r"|cash funds|out of the (?:coins|bitcoin))\b|\b(?:use of funds|purpose|reason|use of proceeds)\b ?[:?]"
)
_EXPLAINS = re.compile(
    r"\b(?:did so|doing so|(?:aim|goal|intention|objective|rationale|idea|purpose|target) (?:was|is|being)|needs?|needed|pays?|paid"
    r"|paying|because|so that|wish|wants?|wanted|happy|hence|reason|moment|picked|timing|cited|gets|takes|took"
    r"|collects?|pockets?|slice|goes|went|covers?|covered|helps?|helped|swallow\w*|absorb\w*|owed|settled|somebody|someone"
    r"|no choice|had to|forced|ordered|demanded|margin|liked?|too good|tempting|attractive|prices?)\b|^\W*so\b"
)
# "The loan is gone": what has come of a sale, told right behind it.
_COMES_OF_IT = Cue(
    r"\b(?:is|are|was|were|has been|have been|stands?|stood|owes?|shrank|fell|dropped|declined)(?: now| then| since| thus| fully| all"
    r"| also)*"
    r" (?:gone|history|off the books|no more|cleared|extinguished|at zero|at nil|zero|nil|retired|wiped out|paid|repaid|prepaid|settled"
    r"|redeemed|closed|met|covered|owed|debt-free|free of debt|out of debt|nothing|nobody|by (?:the same|that|as much|an equal)"
    r"|a thing of the past|made whole|taken care of)\b"
)
_OTHER_SOURCE = Cue(
    r"\b(?:notes? offering|private placement|note money|new notes|shares (?:of|sold)|stock (?:offering|programme?|program)|of notes"
    r"|notes issue|note issue|credit line was|new loan|convertibles?|at-the-market|financing of|equity|at cost|revenue|contracts?|lease"
    r"|energy credits|the atm\b|operating cash(?: flow)?|cash flows?(?: from operations)?|free cash"
    r"|fresh capital|new capital|capital raise|rights issue|share sale|grant|insurance payout|borrowed|bond sale|pledged"
    r"|posted as collateral"
    r"|machines sold|sale of (?:machines|rigs|shares|the site|land|notes))\b"
)
_OTHER_SOURCE_BEHIND = re.compile(
    r"^[^.;:]{0,40}\b(?:with|from|out of|through|via|by|using) (?:(?:the|its|a|an|new|recent|\$[\d.]+|million|billion|in|of|proceeds"
    r"|convertible|senior"
    r"|private|public|equity|stock|share|this|fresh|its own) )*(?:notes?|equity|atm|shares|stock|loan|offering|placement|revenue|grant"
    r"|issue|(?:share|stock|equity|note|bond|machine|site|land|asset) (?:sale|offering|issue|placement)s?|cash flow)\b"
)
_RAISED = Cue(
    r"\b(?:closed|signed|secured|raised|drew|drawn|took out|takes? out|obtained|arranged|borrowed|received|got|issued)\b[^.;]{0,40}"
    r"\b(?:loan|facility|credit|line|financing|funding|notes?|bonds?|equity|shares|prepayments?|term sheet|mandate|lender)\b"
)
# "for the repayment of its convertible note and for working capital": a debt that is paid is no source of money
_REPAID = Cue(
    r"\b(?:repay\w*|repaid|prepay\w*|redeem\w*|redemption|retir\w+|settl\w+|pay(?:ing)? (?:off|down"
    r"|back))(?: [\w$.,'-]+){0,6} $"
)
# "is renting out a part of its capacity to artificial intelligence customers"
_LETS = Cue(
    r"\b(?:rent(?:s|ed|ing)?|leas(?:es|ed|ing)|lets|letting)(?: out)? [^.;,]{0,60}\bto (?:[\w-]+ ){0,2}$|\b(?:rents"
    r"|leases) out for $"
)
# "Microsoft agreed to pay IREN $9.7 billion for ..."
_PAYS = Cue(r"\b(?:pay|pays|paid|paying) (?=(?P<payee>[\w.& ]{2,30}?) (?:us)?[$]\d)")
_PLANS = Cue(r"\b(?:agreed|plans?|planned|intends?|intended|expects?|hopes?|aims?|going|set|wants?) to [^.;]{0,30}$")
_BESIDES = Cue(r"\b(?:together with|along with|besides|in addition to|as well as|apart from|beyond) [^.;]{0,30}$")
_CLAUSE = re.compile(r"[;:.] |, (?:and|while|but|whereas|which|though|so) | (?:while|whereas|but|although) |\u2014| - ")
_STRANGERS = re.compile(
    r"\W*(?:(?:a|an|the|its|other|many|some|most|several|rival|two|three|few|smaller|larger|all)\s+)*"
    r"(?:rivals?|competitors?|peers?|customers?|clients?|others|companies|investors|traders|hedge funds|funds that|treasury companies"
    r"|governments?|exchanges|the (?:[a-z]+ )?(?:segment|division|arm|subsidiary)|(?:half|much|most|part|all) of the (?:sector|industry)"
    r"|the (?:rest of the |whole )?(?:sector|industry)|everyone|everybody)\b"
    r"|(?:celsius|blockfi|voyager|ftx|alameda|genesis)\b[^.;]{0,60}\b(?:stopped|failed|owes|filed|collapsed|went under)\b"
)
_MORE_TO_COME = Cue(
    r"\b(?:more (?:coins |bitcoin |btc )?(?:will|would|may|might|could|is to|are to)\b|further sales|more sales|next sales?|later sales"
    r"|(?:may|might|could|will|would|plans? to|intends? to|expects? to|wants? to|is to|hopes? to|means to|aims? to)(?: [a-z]+){0,2}"
    r" (?:sell|monetis|monetiz|liquidat|offload|dispose|part with)[a-z]* (?:of )?(?:[a-z]+ )?(?:more|further|additional|another|others"
    r"|part|all|some|the rest|the remaining|half)\b)"
)
# "Its first sale since it paid off a loan": something else, done before.
_SINCE = Cue(r"\b(?:first|since)\b[^.;]{0,60}\bsince (?!it (?:need|want|ha[sd] to|lack))[^.;,]{0,50}$")
_RATE = Cue(r"\b(?:cents?|c|usd|dollars) (?:per|a|an) (?:kilowatt|kwh|megawatt|mwh)|\bper (?:kilowatt|kwh|mwh|megawatt)|\ba kilowatt")
_KEPT = Cue(r"\b(?:kept|retained|held back|retains|keeps|withheld|spared)\b[^.;,]{0,24}\bto [^.;]{0,30}$")


_OF_OTHER_MONEY = _OTHER_SOURCE.bit | _RAISED.bit
FAR = 5  # sentences behind a sale: from there on only plain words of it count


def speaks(view: View, *, distance: int) -> int:
    """How clearly a sentence speaks of the sale `distance` sentences before: 0 not at all, 1 by loose words, 2 by words of money."""
    text = view.lower[view.sentence.start : view.sentence.end]
    if distance >= FAR:
        return 2 if _SPEAKS_STRICTLY.search(view.cues, text) else 0
    if _SPEAKS_OF_MONEY.search(view.cues, text):
        return 2
    if distance == 1 and (_EXPLAINS.search(text) or _COMES_OF_IT.search(view.cues, text)):
        return 2
    return 1 if _SPEAKS_OF_SALE.search(view.cues, text) else 0


_BESIDES_THIS = re.compile(
    r"\W*(?:(?:it|they|we|the (?:company|miner|firm)) (?:has |had )?also|also|separately|in addition|meanwhile|elsewhere)\b"
    r"|\W*(?:it|they|the (?:company|miner|firm)) (?:will|plans to|expects to|intends to|is to) (?!do so"
    r"|sell)[^.;]{0,60}\bin (?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december|20\d\d|the (?:first|second|third|fourth|next))\b"
)


def is_apart(view: View) -> bool:
    """ "It also paid $12 million for transformers", "will pay a dividend in July": a deed of its own, of no money that a sale brought."""
    start, end = view.sentence.start, view.sentence.end
    if _SPEAKS_OF_MONEY.search(view.cues, view.lower, start, end):
        return False
    seen = view.published
    return bool(_BESIDES_THIS.match(view.lower, start, end)) or any(seen and mention.period.start > seen for mention in view.dates)


# Where a digest goes on to something else.
_WORDS_OF_NEWS = Cue(r"\b(?:other|elsewhere|news|brief|around)\b")
_OTHER_NEWS = re.compile(
    r"\W*(?:other (?:flashes|news|headlines|items|stories|topics)|elsewhere\b|in other news|also in the news|in brief\b|news in brief"
    r"|around the (?:web|sector|industry)\b|more news\b)"
)


def leads_elsewhere(view: View) -> bool:
    """Whether a sentence opens other news."""
    return bool(view.cues & _WORDS_OF_NEWS.bit and _OTHER_NEWS.match(view.lower, view.sentence.start, view.sentence.end))


def is_of_sale(view: View, draft: Draft, use: Use) -> bool:
    """Whether a use in a sentence on the proceeds is one of this sale: not of a loan, of shares, of another miner, of coins kept."""
    start = _clause_start(view, use.span.start)
    before = view.lower[start : use.span.start]
    cues = view.cues
    source = (_OTHER_SOURCE.search(cues, before) or _RAISED.search(cues, before)) if cues & _OF_OTHER_MONEY else None
    if source and _REPAID.search(view.cues, before[: source.start()]):
        source = None
    if source and not _BESIDES.search(view.cues, before[: source.start()]):
        return False
    others = (cues & _LETS.bit and _LETS.search(cues, before)) or (cues & _PAYS.bit and _is_payee(view, draft, start, use))
    if (
        others
        or _STRANGERS.match(before)
        or _OTHER_SOURCE_BEHIND.match(view.lower[use.span.end : min(view.sentence.end, use.span.end + 90)])
    ):
        return False
    if (
        cues & _PLANS.bit
        and _PLANS.search(cues, view.lower[start : use.span.end])
        and not _MONEY.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    ):
        return False
    if (
        cues & _MORE_TO_COME.bit
        and draft.status is not Status.PLANNED
        and _MORE_TO_COME.search(view.cues, view.lower, view.sentence.start, use.span.start)
    ):
        return False
    if use.goods and cues & _RATE.bit and _RATE.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return False
    return not (cues & _KEPT.bit and _KEPT.search(cues, before)) and not _of_another(view, draft, start, use)


def _is_payee(view: View, draft: Draft, start: int, use: Use) -> bool:
    """Whether the miner itself is paid by another in the clause before the use."""
    found = _PAYS.search(view.cues, view.lower, start, use.span.start)
    if found is None or draft.company is None:
        return False
    named = [mention.name for mention in view.miners if mention.span.start == found.end()]
    return draft.company.name in named or found.group("payee") in {"the company", "the miner", "the firm"}


def _clause_start(view: View, place: int) -> int:
    start = view.sentence.start
    for found in _CLAUSE.finditer(view.lower, start, place):
        start = found.end()
    return start


def _of_another(view: View, draft: Draft, start: int, use: Use) -> bool:
    names = [mention for mention in view.miners if start <= mention.span.start < use.span.start and mention.miner and mention.miner.mines]
    names = [mention for mention in names if not (view.cues & KIN.bit and is_of_kin(view, mention))]
    return bool(names) and draft.company is not None and names[-1].name != draft.company.name


_PAID_BEFORE = re.compile(r"\b(?:the|of|to|into|toward|towards|from|with|by|pay|paying|prepay|paid|repay|owed|owes|at|for) $")


def _is_paid(view: View, place: int) -> bool:
    """Whether a miner named there is whom the money goes to, or whose site or loan it is ("the BitNile hosting", "prepay Hut 8")."""
    return bool(_PAID_BEFORE.search(view.lower, max(view.sentence.start, place - 12), place))


def is_own(view: View, draft: Draft, use: Use, sales: list[Draft]) -> bool:
    """Whether a use in the sale's own sentence is this sale's, not that of another miner or of another sale told there."""
    place = draft.btc.start if draft.btc else draft.anchor.start
    first, last = sorted((place, use.span.start))
    own = draft.company.name if draft.company else ""
    mines = [mention for mention in view.miners if mention.miner and mention.miner.mines and not _is_paid(view, mention.span.start)]
    if any(first < mention.span.start < last and mention.name != own for mention in mines):
        return False
    behind_another = use.span.start < place and any(mention.name != own for mention in mines if mention.span.start < use.span.start)
    if behind_another and any(use.span.start < mention.span.start < place for mention in mines if mention.name == own):
        return False
    if any(
        (other.company != draft.company or _CLAUSE.search(view.lower, place, other.btc.start))
        for other in sales
        if other.place == draft.place and other is not draft and other.btc and place < other.btc.start < use.span.start
    ):
        return False
    anchor = max(place, draft.anchor.end)
    if (
        view.cues & _MORE_TO_COME.bit
        and draft.status is Status.COMPLETED
        and _MORE_TO_COME.search(view.cues, view.lower, min(anchor, use.span.start), use.span.start)
    ):
        return False
    before = view.lower[_clause_start(view, use.span.start) : use.span.start]
    if _describes(view, use, place) or _SINCE.search(view.cues, view.lower, view.sentence.start, use.span.start):
        return False
    return not _KEPT.search(view.cues, before) and not (use.goods and _OTHER_SOURCE.search(view.cues, before))


_WHO_DOES = re.compile(
    r"\)?(?:,? (?:inc|corp|ltd|plc|llc|holdings|technologies)\b\.?)?(?: \([^)]{1,30}\))?, (?:which|who|that|whose|a|an|the|once|now) "
)
_NEEDS = re.compile(r"\b(?:needs?|needed|needing|must|has to|had to|owes|owed|short of|wants|wanted|lacks?|lacked)\b")


def _describes(view: View, use: Use, place: int) -> bool:
    """ "Canaan, which builds rigs and mines on the side, sold ...": what the miner is, not what it sold for."""
    if use.span.start > place:
        return False
    names = [mention.span.end for mention in view.miners if mention.span.end < use.span.start]
    found = _WHO_DOES.match(view.lower, names[-1]) if names else None
    if not found or found.end() > use.span.start:
        return False
    clause = view.lower[found.end() : use.span.end]
    return ", " not in clause.replace(", and", "") and not _NEEDS.search(clause) and "," in view.lower[use.span.end : place]
