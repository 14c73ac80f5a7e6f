"""Which family of notes a word calls for: only sentences with such a word are looked at."""

from __future__ import annotations

from extractors.notes.curtailment import curtailment
from extractors.notes.families import Family, ai_move, appointment, approval
from extractors.notes.financing import financing
from extractors.notes.flows import flows

_CUES: dict[Family, str] = {
    appointment: "ceo cto cfo coo cio cso cro clo cpo chief president chairman chairwoman chair director head counsel treasurer officer",
    approval: "board directors shareholders stockholders",
    curtailment: (
        "curtail curtails curtailed curtailing curtailment curtailments off down offline throttle throttles throttled throttling "
        "unplug unplugs unplugged unplugging idled idle idles sleep knocked knocks knock halted halts paused pauses standstill"
    ),
    ai_move: "ai hpc performance artificial inference gpu gpus",
    financing: (
        "notes note bonds bond loan credit facility placement offering market equity debt financing convertible convertibles revolver "
        "revolving possession dip debentures mortgage raise raises raised raising issue capital"
    ),
    flows: "flow flows outflow outflows inflow inflows deposits transfers reserve reserves wallets exchange exchanges",
}


def _by_cue() -> dict[str, tuple[Family, ...]]:
    words: dict[str, tuple[Family, ...]] = {}
    for family, cues in _CUES.items():
        for cue in cues.split():
            words[cue] = (*words.get(cue, ()), family)
    return words


FAMILIES_BY_CUE = _by_cue()
