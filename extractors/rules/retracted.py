"""Deeds that are told only to be taken back: a report, a story or a claim that turned out to be wrong, or was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind
from extractors.rules.draft import Draft

_DEEDS = frozenset([Kind.SALE, Kind.PURCHASE, Kind.TRANSFER])
_TALE = (
    r"(?:reports?|stor(?:y|ies)|articles?|posts?|tweets?|claims?|rumou?rs?|news|headlines?|allegations?|accounts?|messages?|assertions?"
    r"|suggestions?|statements?|dispatch(?:es)?)"
)
_SAID = (
    r"(?:(?:(?:that|which) )?(?:had |has |have )?(?:said|says?|claim(?:s|ed)|stated|states|alleged|suggested)|that|saying|claiming"
    r"|stating|alleging|suggesting|asserting|of|about|according to which)"
)
# "a post on X that", "the story, published on Friday, saying"
_FROM = r"(?:,? (?:on|in|by|from|at|published|posted|carried|dated) [\w.'&-]+(?: [\w.'&-]+){0,4}?,?)?"
_ON = r"(?:[^;:.,]|[.,](?! (?:but|while|though|although|whereas|yet|and|which|who)\b))"  # no other subject comes in
_TELLS = rf"{_TALE}{_FROM},? {_SAID}\b"
_TOLD = re.compile(
    rf"\b{_TELLS}{_ON}{{0,160}}$"
    rf"|(?:^|\b(?:said|says|that|earlier|media|press|news|previous|recent) )reports? {_ON}{{0,120}}$"  # "said reports it sold"
)
# "said in its report that", "those who took the news of"
_IN_IT = re.compile(
    r"\b(?:(?:in|from|by|per|with|under|on|via|according to)(?: [\w'-]+){0,4}|(?:read|saw|see|took|take|viewed)(?: [\w'-]+){0,2}) $"
)
_CALLING = re.compile(r"\b(?:call|label|brand|describ|dismiss|rubbish|condemn|declar)\w*(?: [\w'-]+){0,4} $")
_DENYING_THAT = Cue(rf"\b(?:den(?:y|ies|ied|ying)|disput(?:es|ed|ing)) that (?:[\w'-]+ ){{0,4}}?{_TELLS}{_ON}{{0,160}}$")
_FALSE = (
    r"(?:(?:wrong|incorrect|false|untrue|inaccurate|mistaken|erroneous|unfounded|baseless|groundless|fabricated|fake|bogus|nonsense"
    r"|(?:an? )?(?:error|mistake|hoax|fabrication)|in error|made up|invented)(?! (?:about|on (?:the|its)|as to|regarding|only|to)\b)"
    r"(?![\w-]))"
)
_BACK = r"(?:retracted|withdrawn|debunked|refuted|disproved|disproven|denied|recanted|rescinded|taken (?:back|down)|corrected)\b"
_TRUE = r"(?:true|correct|accurate|right|so|the case)\b"
_SURELY = r"(?: (?:\w+ly|also|later|now|since|then|simply|just|both|all|quite))*"
_IS = r"(?:was|were|is|are|(?:has|have|had)(?: \w+ly| since| now| later)* been)"
_NEVER_WAS = r"(?:did not|didn't|never) (?:take place|took place|happen|happened|occur|occurred)\b"
_VERDICT = (
    rf"(?:{_IS}{_SURELY} (?:{_FALSE}|{_BACK})|(?:was|were|is|are)(?:n't| not){_SURELY} {_TRUE}"
    rf"|(?:(?:turn(?:ed|s)?|turning) out|prove[dns]?){_SURELY}(?: to (?:be|have been))?{_SURELY} (?:{_FALSE}|not (?:to be )?{_TRUE})"
    rf"|(?:lacks?|lacked|had|has|have) no (?:basis|truth|foundation)|{_NEVER_WAS})"
)
_BEHIND = re.compile(rf"{_ON}{{0,160}}?[ ,]{_VERDICT}")
_BARE_BEHIND = re.compile(rf"{_ON}{{0,160}}? (?:as )?(?:{_FALSE}|{_BACK})")
_NEVER_BEHIND = re.compile(rf"{_ON}{{0,120}}? {_NEVER_WAS}")
# "has retracted an article that said it sold", "the erroneous report that it sold"
_BEFORE = Cue(
    r"\b(?:retract(?:ed|s|ing)?|withdr[ae]wn?|withdraws|recant(?:ed|s)|deleted?|took (?:back|down)|(?<!not )(?<!no )(?:false|untrue"
    rf"|erroneous|incorrect|inaccurate|mistaken|fake|bogus|unfounded|baseless))(?: [\w'-]+){{0,4}}? {_TELLS}{_ON}{{0,120}}$"
)
_HEADED = re.compile(
    r"\W*(?:retraction|retracted|withdrawn|false(?: (?:report|claim|story))?|fake(?: news)?|debunked|hoax|untrue) ?[:–—-] "
)
_SPEAKS_OF_TALE = Cue(rf"\b(?:{_TALE}|{_NEVER_WAS}|reported|wrote|retract(?:ion|ed)|withdrawn|false|fake|debunked|hoax|untrue)\b")
_WAS_TOLD = re.compile(rf"\b(?:{_TELLS}|(?:it was|we|we had|media) (?:reported|wrote|said|stated)\b)")
# The sentence behind: "That was wrong.", "The article has been retracted."
_THAT = re.compile(
    rf"\W*(?:that|this|it|we|they|these|those|both|(?:the|that|this|these|those|both) (?:[\w'-]+ ){{0,2}}{_TALE})(?: [\w'-]+){{0,3}}?"
    rf" {_VERDICT}"
)
_CLAIMED = Cue(
    r"\b(?:claim(?:ed|s|ing)?|alleg\w+|rumou?r\w*|reportedly|asserted|speculat\w+|accus\w+|whisper\w*|gossip|channel"
    r"|tweet\w*|post(?:ed)? on|we (?:wrote|reported|stated))\b"
)
_DENIED = Cue(
    r"\b(?:den(?:y|ies|ied|ying)|denial|refut\w+|rebut\w+|debunk\w+|(?<!not )(?:fake(?: news)?|hoax|false|untrue|nonsense|baseless"
    r"|unfounded)|not true|no truth"
    r"|(?:that|this|the figure|the number|the report|the claim) (?:was|is) (?:wrong|incorrect|mistaken|in error|not so)"
    r"|regret(?:s|ted)? the (?:error|mistake)|apologi[sz]e)\b"
)


def is_upheld(view: View, start: int, end: int) -> bool:
    """ "It denied that the report that it sold 160 BTC was wrong": whether the deed at `[start, end)` is so affirmed."""
    if not view.cues & _DENYING_THAT.bit:
        return False
    denied = _DENYING_THAT.search(view.cues, view.lower, view.sentence.start, start)
    return denied is not None and _BEHIND.match(view.lower, end, view.sentence.end) is not None


def without_retracted(drafts: Sequence[Draft], is_retracted: Callable[[Draft], bool]) -> list[Draft]:
    """The drafts but for those that are taken back, and those of the same figure that were told before, as in the headline."""
    back = [draft for draft in drafts if is_retracted(draft)]
    if not back:
        return list(drafts)
    return [draft for draft in drafts if draft not in back and not any(_tells_before(draft, gone) for gone in back)]


def _tells_before(draft: Draft, gone: Draft) -> bool:
    if draft.kind is not gone.kind or draft.place > gone.place or draft.btc is None or gone.btc is None:
        return False
    same = draft.company and gone.company and draft.company.name == gone.company.name
    return bool(same) and draft.btc.value == gone.btc.value


def is_retracted(stream: Stream, draft: Draft) -> bool:
    """Whether the sentence that tells a draft, or one right behind it, says that it is not so."""
    if draft.place < 0 or draft.place >= len(stream.views):
        return False
    view = stream.views[draft.place]
    if _is_denied_rumour(stream, view, draft):
        return True
    if not view.cues & _SPEAKS_OF_TALE.bit or is_upheld(view, *draft.anchor):
        return False
    return _is_taken_back(view, draft) or _is_taken_back_behind(stream, view, draft)


def _is_taken_back(view: View, draft: Draft) -> bool:
    first, last, titled = view.sentence.start, view.sentence.end, view.sentence.line == 0
    behind = max(draft.anchor.end, draft.btc.end if draft.btc else 0)
    if titled and _HEADED.match(view.lower, first):
        return True
    if _BEFORE.search(view.cues, view.lower, first, draft.anchor.start):
        return True
    if draft.trigger and draft.trigger.sort == "noun" and _NEVER_BEHIND.match(view.lower, behind, last):
        return True
    told = _TOLD.search(view.lower[first : draft.anchor.start])
    if not told or _IN_IT.search(view.lower, first, first + told.start()):
        return False
    called = titled or _CALLING.search(view.lower, first, first + told.start())
    return (_BARE_BEHIND if called else _BEHIND).match(view.lower, behind, last) is not None


def _is_taken_back_behind(stream: Stream, view: View, draft: Draft) -> bool:
    if not _WAS_TOLD.search(view.lower, view.sentence.start, draft.anchor.start):
        return False
    near = stream.views[draft.place + 1 : draft.place + 3] if view.sentence.line else []
    verdicts = (_THAT.match(other.lower, other.sentence.start, other.sentence.end) for other in near)
    return any(verdict and not verdict.group().endswith("corrected") for verdict in verdicts)  # "It was corrected for a rounding error"


def _is_denied_rumour(stream: Stream, view: View, draft: Draft) -> bool:
    """ "A channel claimed that it had unloaded 900 BTC. Fake news, says the chief": a claim that the headline or the answer denies."""
    if draft.kind not in _DEEDS or is_upheld(view, *draft.anchor):
        return False
    if draft.place and not _CLAIMED.search(view.cues, view.lower, view.sentence.start, draft.anchor.start):
        return False
    near = [stream.views[0], *stream.views[draft.place : draft.place + 3]] if draft.place else [stream.views[0]]
    return any(_DENIED.search(other.cues, other.lower, other.sentence.start, other.sentence.end) for other in near)
