"""Whether a sale, purchase or transfer is done, planned or rumoured, or is denied."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Sense, Trigger, View
from extractors.model import Span, Status
from extractors.rules.retracted import is_upheld


class Standing(NamedTuple):
    """What is said of the deed; `denied` if it did not happen."""

    status: Status
    span: Span | None
    denied: bool = False


_BREAK = re.compile(r"[;:]| [–—-] |\b(?:but|while|whereas|after|and then|before|because|since)\b")
_TO = re.compile(r"\bto(?: \w+ly)? $")
_REACH = 70
# "the reported sale"; "it reported sales" is its own word
_REPORTED = Cue(
    r"\b((?:(?<=the )|(?<=\ba )|(?<=its )|(?<='s )|(?<=this )|(?<=that )|(?<=their )|(?<=of ))reported|alleged|supposed|rumou?red|apparent"
    r"|suspected)(?: [\w,.-]+){0,4} $"
)
_SOURCES = Cue(
    r"\b(?:according to|said|say|says|told by|claim|claimed|cited|citing) (?:[\w-]+ ){0,2}(?:people|persons|sources|insiders"
    r"|person|source|traders) (?:who (?:are|is|were|was) )?(?:familiar|close to|briefed|acquainted"
    r"|with (?:direct |first-hand )?(?:knowledge|insight)|in the know|who (?:asked|declined|did not want|spoke|dealt|worked|traded"
    r"|knew|know|saw|were told|took part|have seen))"
)
_OFF = r"(?:dropped|cancell?ed|scrapped|shelved|abandoned|called off|postponed|denied|ruled out|put on hold|halted|suspended)\b"
_CALLING_OFF = Cue(rf"\b{_OFF}")
_CALLED_OFF = re.compile(rf"[^.;]{{0,50}}\b(?:has|have|had|was|were|is|been)(?: been)? {_OFF}")


def standing(view: View, trigger: Trigger) -> Standing:
    """Read the words before (and for nouns right behind) the trigger."""
    near = [sense for sense in view.senses if sense.end <= trigger.start and _joined(view, sense, trigger)]
    if _denied(view, trigger, near):
        return Standing(Status.COMPLETED, None, denied=True)
    rumour = [sense for sense in view.senses if sense.sort == "rumour" and (sense in near or 0 <= sense.start - trigger.end <= 50)]
    if rumour:
        return Standing(Status.RUMOURED, Span(rumour[0].start, rumour[0].end))
    if view.cues & _SOURCES.bit:
        heard = _SOURCES.search(view.cues, view.lower, trigger.end, min(view.sentence.end, trigger.end + 160))
        if heard:
            return Standing(Status.RUMOURED, Span(*heard.span()))
    if view.cues & _REPORTED.bit and trigger.sort == "noun":
        reported = _REPORTED.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 40), trigger.start)
        if reported:
            return Standing(Status.RUMOURED, Span(*reported.span(1)))
    if view.lower.startswith(_INTENT, trigger.start):
        heard = _REPORT.match(view.lower, view.sentence.start) if view.sentence.line == 0 else None
        return Standing(Status.RUMOURED if heard else Status.PLANNED, Span(trigger.start, trigger.end))
    return _planned(view, trigger, near) or _DONE


_DONE = Standing(Status.COMPLETED, None)
_REPORT = re.compile(r"\W{0,8}(?:report|reports|sources?|rumou?r|exclusive|scoop)\b: ")


def _joined(view: View, sense: Sense, trigger: Trigger) -> bool:
    between = view.lower[sense.end : trigger.start]
    return len(between) <= _REACH and not _BREAK.search(between)


def _denied(view: View, trigger: Trigger, near: list[Sense]) -> bool:
    if is_upheld(view, trigger.start, _last(trigger)):
        return False
    for sense in near:
        if sense.sort == "negation":
            between = view.lower[sense.end : trigger.start]
            if _NO_DENIAL.match(between) or _is_of_another_verb(view, sense, between) or _is_spent(view, sense, trigger):
                continue
            if len(between) <= 46 and ", " not in between and not re.search(r"\bonly\b", between):
                return True
    if view.cues & _TAKEN_BACK and (
        _RETRACTED.search(view.cues, view.lower, view.sentence.start, trigger.start)
        or _CONTRARY.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 120), trigger.start)
    ):
        return True
    if _hypothetical(view, trigger, near) or (view.sentence.line == 0 and _ASKED.match(view.lower, _last(trigger), view.sentence.end)):
        return True
    if view.cues & _CALLING_OFF.bit and _CALLED_OFF.match(view.lower, trigger.end, min(view.sentence.end, trigger.end + 80)):
        return True
    return trigger.sort in {"verb", "noun", "weak"} and bool(_NOTHING.match(view.lower, trigger.end, trigger.end + 14))


_NOTHING = re.compile(r" (?:no(?! (?:more|less|fewer)\b)|none|zero|nothing|neither|not a|any)\b")


_NO_DENIAL = re.compile(
    r" (?:ask|worry|mind|forget|panic|bother|wonder|know why|let the|just|just yet|merely|surprisingly|least|(?:more|less|fewer) than)\b"
)
_ASKED = re.compile(r"[^.!;:?–—]{0,60}\?")
_RETRACTED = Cue(
    r"\b(?:previous|earlier|initial|original) version\b|\b(?:incorrectly|erroneously|mistakenly|wrongly|misstated|falsely)\b"
    r"|\bguid(?:ed|es|ance|ing)\b"
)


_CONTRARY = Cue(
    r"\bcontrary to (?:[^,;:]|,\d)*$|\b(?:dismiss\w*|denie[sd]|denying|reject\w*|rebut\w*|refut\w*)\b[^.;]{0,60}"
    r"\b(?:reports?|rumou?rs?|claims?|allegations?|stor(?:y|ies)|speculation|talk)\b[^.;]{0,30}\bthat [^.;]*$"
)
_TAKEN_BACK = _RETRACTED.bit | _CONTRARY.bit
_NEED = Cue(
    r"\b(?:would|might|could)(?: still| probably| likely| also| then)* (?:need|have|be (?:able|forced|required|obliged"
    r"|made)) to(?: \w+ly)? $|\b(?:must|ought to) $"
)
_INTENT = ("sound", "seek", "look", "shop", "court", "solicit", "invit")
_AND_NOW = re.compile(r" [a-z]+(?: [a-z]+){0,4},? and (?:now |still |so |it )?")
_ALTERNATIVE = re.compile(r"\b(?:or|nor|and)\b")


def _is_spent(view: View, sense: Sense, trigger: Trigger) -> bool:
    """ "did not sell any of the 150 bitcoin it mined", "was not touched and stands at 1,745": what is denied is the verb before."""
    if trigger.form not in {"past", "third"}:
        return False
    if trigger.form == "third" and _AND_NOW.fullmatch(view.lower, sense.end, trigger.start):
        return True
    for other in view.triggers:
        if other.kind != "money" and other.form and sense.end <= other.start and other.end < trigger.start:
            return not _ALTERNATIVE.search(view.lower, other.end, trigger.start)
    return False


_AUXILIARY = re.compile(r"\b(?:have|be|been|being|get|got|could|might)(?: \w+ly| also| then| all)? $")
_IF = Cue(
    r"\b(?<!as )(?<!even )(?:if|unless|suppos(?:e|ing)|assuming|imagin(?:e|ing)|were (?:[\w.'-]+ ){1,4}to|should (?:it|they))\b[^,;.:]*$"
    r"|(?<!\w )\b(?:had|should) (?:[\w.'-]+ ){1,4}$"
)
_WOULD = Cue(r"\b(?:would|could|might)\b|\b(?:it|they|there|that)'d\b")


def _is_of_another_verb(view: View, sense: Sense, between: str) -> bool:
    """ "sold no coins in May and mined 120": what is denied is the verb before."""
    return (
        view.lower[sense.start : sense.end] in {"no", "none", "nothing"}
        and bool(re.search(r"\b(?:and|but|while)\b", between))
        and any(other.end + 1 == sense.start for other in view.triggers)
    )


def _last(trigger: Trigger) -> int:
    return trigger.close.end if trigger.close else trigger.end


def is_supposed(view: View, trigger: Trigger) -> bool:
    """ "If Riot sold its coins, it could ...", "Had it sold them, it would ...": the deed is only thought of."""
    first, last = view.sentence.start, view.sentence.end
    supposed = _IF.search(view.cues, view.lower, first, trigger.start)
    return supposed is not None and _WOULD.search(view.cues, view.lower, first, last) is not None


# "What if Riot sold all of it?", "In our model Hut 8 sells 1,000 BTC", "The consensus is for 1,300 BTC sold": sums of somebody's.
_FIGURED = Cue(
    r"\bwhat if\b[^.;:]*$|\b(?:(?<=our )models?|(?<=their )models?|scenarios?|(?:base|bull|bear) case|simulation"
    r"|thought experiment)\b[^.;]*$"
    r"|\bconsensus (?:is|was|stands|expects|sees|calls|estimate)\b[^.;]*$|\bmodels $|\bseen $"
    r"|\b(?:analysts?|brokers|wall street)\b[^.;]{0,60}\b(?:expects?|sees?|forecasts?|predicts?|projects?)\b[^.;]{0,60}\bwill have\b[^.;]*$"
    r"|\b(?:lenders?|creditors?|trustee|noteholders)(?: \w+){0,2} (?:may|can|could|might) (?:then |also )?$"
    r"|\b(?:we|i) (?:could|would|should|might) have (?:\w+ )?$"
)
# "At $115,000 a sale of 100 BTC brings $11.5 million"
_BRINGS = re.compile(
    r" of (?:about |some |roughly )?[\d,.]+ ?(?:btc|bitcoins?|coins)?,? (?:brings|yields|raises|gives|makes|buys|pays|covers|would"
    r"|means|takes|adds|fetches)\b"
)
_WHETHER = re.compile(r"(?:^|[\s\"'(:])(?:did|does|has|have|is|was|will|are|do) (?:[\w.'&]+ ){1,4}$")
_WHY = re.compile(r"\b(?:why|when|where|what|who|whom|which)\b")
_HOW_MANY = re.compile(r"\bhow (?:much|many)\b[^.?]*$")


def _is_asked(view: View, trigger: Trigger) -> bool:
    """ "Did Canaan sell 100 BTC in June?", "How many has Riot sold: 300 or 400?"; why it sold them is asked of a sale that was."""
    if view.read.text[view.sentence.end - 1] != "?":
        return False
    before = view.lower[view.sentence.start : trigger.start]
    return bool(_HOW_MANY.search(before) or (_WHETHER.search(before) and not _WHY.search(before)))


def _is_figured(view: View, trigger: Trigger) -> bool:
    if view.cues & _FIGURED.bit and _FIGURED.search(view.cues, view.lower, view.sentence.start, trigger.start):
        return True
    return view.lower.startswith("a ", max(0, trigger.start - 2)) and _BRINGS.match(view.lower, trigger.end, view.sentence.end) is not None


def _hypothetical(view: View, trigger: Trigger, near: list[Sense]) -> bool:
    """ "could in theory sell", "would fetch", "Could Cipher sell ...?": nobody has said that it will."""
    if _is_figured(view, trigger) or _is_asked(view, trigger):
        return True
    if view.cues & _IF.bit and is_supposed(view, trigger):
        return True
    if view.cues & _NEED.bit and _NEED.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 50), trigger.start):
        return True
    modal = [view.lower[sense.start : sense.end] for sense in near if sense.sort == "plan"]
    if trigger.sort in {"leave", "gap"} and trigger.kind == "sale" and "would" in modal and "up to" not in modal:
        return not re.search(r"\b(?:said|says|announced|told)\b", view.lower[view.sentence.start : trigger.start])
    if "could" in modal or "might" in modal:
        done = trigger.form == "past" and not _AUXILIARY.search(view.lower, max(view.sentence.start, trigger.start - 30), trigger.start)
        return "up to" not in modal and not done  # "could not meet the call, so Galaxy sold"
    return bool(modal) and view.read.text[view.sentence.end - 1] == "?"


def _planned(view: View, trigger: Trigger, near: list[Sense]) -> Standing | None:
    before = view.lower[max(view.sentence.start, trigger.start - 24) : trigger.start]
    plans = [sense for sense in near if sense.sort == "plan"]
    done = [sense for sense in near if sense.sort == "done"]
    carried_out = bool(done) and (not plans or done[-1].end >= plans[-1].end)
    form = "base" if view.lower[trigger.start : trigger.end] in _ONE_FORM and _INFINITE.search(before) else trigger.form
    if not carried_out and view.cues & _DONE_SO.bit:
        carried_out = _DONE_SO.search(view.cues, view.lower, trigger.end, view.sentence.end) is not None
    if carried_out or form == "third" or (form == "past" and not (_BE if trigger.sort == "leave" else _TO_BE).search(before)):
        return None
    plans = [sense for sense in plans if _governs(view, sense, trigger)]
    if plans:
        return Standing(Status.PLANNED, Span(plans[-1].start, plans[-1].end))
    raising = _TO_RAISE_BY.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 90), trigger.start)
    if raising and _MEANT.search(view.lower, max(view.sentence.start, raising.start() - 70), raising.start()):
        return Standing(Status.PLANNED, Span(raising.start(), trigger.end))
    behind = _PLANNED_BEHIND.match(view.lower, trigger.end, view.sentence.end) if trigger.sort == "noun" else None
    if behind:
        return Standing(Status.PLANNED, Span(trigger.end, behind.end()))
    if trigger.form == "base" and _TO.search(before) and _name_before_to(view, trigger):
        return Standing(Status.PLANNED, Span(trigger.start - len(before) + before.rindex("to"), trigger.end))
    return None


# "has authorised management to raise $40 million by selling bitcoin"
_TO_RAISE_BY = Cue(
    r"\bto (?:raise|free up|generate|obtain|realise|realize|collect) [^.;]{0,50}?(?:by|through|via|from|with)(?: the| a| an)? $"
)
_MEANT = re.compile(
    r"\b(?:authori[sz]\w+|allow\w*|permit\w*|empower\w*|mandate\w*|clear(?:s|ed)|approv\w+|agree[sd]?|plan\w*|intend\w*|wants?"
    r"|hop(?:es|ing)"
    r"|aim\w*|seek\w*|expect\w*|propos\w+|instruct\w*|told|asked|going|set|ready|prepar\w+)(?: [\w',.-]+){0,4} $"
)
_ONE_FORM = frozenset(["put", "cut", "let", "shed", "rid"])  # whose past is as the infinitive
_INFINITE = re.compile(r"\b(?:to|will|would|may|might|could|can|should|shall)(?: \w+ly)? $")
_BE = re.compile(r"\b(?:be|get)(?: \w+ly| all)? $")
_DONE_SO = Cue(r"\b(?:has|have|had)(?: now| since| already| duly)* done (?:so|just that|that|it)\b|\b(?:then|since|duly) did so\b")
_TO_BE = re.compile(r"\b(?:be|get|been planned|are|is to be|(?:will|shall) (?:then |by then )?have)(?: \w+ly| all)? $")
_PLANNED_BEHIND = re.compile(r"[^.;]{0,40}\b(?:is|was|are|were|has been) (?:planned|authori[sz]ed|approved|expected|scheduled)\b")
_NEXT_WORD = 12  # characters
_PLANS_DOING = re.compile(r"\b(?:consider|weigh|eye|mull|plan|propos|authori|approv|be$)")
_NOT_OF_NOUNS = frozenset(["can", "may", "might", "could", "will", "up to", "future", "expected", "is to", "are to", "target", "targets"])


def _governs(view: View, sense: Sense, trigger: Trigger) -> bool:
    """Whether a word of planning can go with this form: "considering selling", "the planned sale"."""
    word = view.lower[sense.start : sense.end]
    if trigger.form == "ing" and (not _PLANS_DOING.search(word) or (word == "to be" and trigger.start - sense.end > _NEXT_WORD)):
        return False
    return trigger.sort != "noun" or (trigger.start - sense.end <= 30 and word not in _NOT_OF_NOUNS)


def _name_before_to(view: View, trigger: Trigger) -> bool:
    """ "Cango to sell 500 BTC"."""
    before = view.lower[view.sentence.start : trigger.start].rstrip()
    place = view.sentence.start + len(before) - 2
    named = [mention.span for mention in view.miners if 0 <= place - mention.span.end <= 3]
    return bool(named) and not _MADE_IT.search(view.lower, max(view.sentence.start, named[0].start - 30), named[0].start)


# "forced Core Scientific to liquidate all of it"
_MADE_IT = re.compile(
    r"\b(?:forc|compell|oblig|push|driv|drove|driven|led|caus|prompt|enabl|help|pressur|induc|mov)(?:ed|ing|es|s)? (?:the )?$"
)
