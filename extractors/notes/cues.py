"""Which family of notes a word calls for: only sentences with such a word are looked at."""

from __future__ import annotations

from extractors.notes.curtailment import curtailment
from extractors.notes.families import Family, ai_move, appointment, approval, financing, flows

_CUES: dict[Family, str] = {
    appointment: "ceo cto cfo coo cio cso cro clo cpo chief president chairman chairwoman chair director head counsel treasurer officer",
    approval: "board directors shareholders stockholders",
    curtailment: (
        "curtail curtails curtailed curtailing curtailment curtailments off down offline throttle throttles throttled throttling "
        "unplug unplugs unplugged unplugging idled sleep"
    ),
    ai_move: "ai hpc performance artificial inference gpu gpus",
    financing: "notes bonds loan credit facility placement offering market equity debt financing convertible convertibles",
    flows: "flow flows outflow outflows inflow inflows deposits transfers",
}


def _by_cue() -> dict[str, tuple[Family, ...]]:
    words: dict[str, tuple[Family, ...]] = {}
    for family, cues in _CUES.items():
        for cue in cues.split():
            words[cue] = (*words.get(cue, ()), family)
    return words


FAMILIES_BY_CUE = _by_cue()
