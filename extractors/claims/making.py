"""A draft made into claims: one with its figures, and one for each further superlative, every filled field with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.parts import Part, Role
from extractors.claims.superlatives import Superlative
from extractors.claims.told import Draft
from extractors.model import Bounds, Claim, Modality, Span

_BESIDE = 30
_ANOTHER_CLAUSE = re.compile(r"[.;:]|\b(?:and|but|while|when|where|after|before|not|no)\b")


def claims_of(draft: Draft) -> Iterator[Claim]:
    """The claim of a draft, and one for each further superlative."""
    codes: dict[str, Superlative] = {}
    for one in sorted(draft.superlatives, key=lambda one: ":" in one.name):
        codes.setdefault(one.code(draft.turn), one)
    names = list(codes)
    if draft.parts:
        yield _claim(draft, names[0] if names else None, codes)
    for name in names[1:] if draft.parts else names:
        yield _alone(draft, name, codes[name], draft.parts.get(Role.VALUE))


def _claim(draft: Draft, name: str | None, codes: dict[str, Superlative]) -> Claim:
    value, before, change = (draft.parts.get(role) for role in (Role.VALUE, Role.FROM, Role.CHANGE))
    evidence = {role.value: part.span for role, part in draft.parts.items()}
    evidence["metric"] = min(draft.parts.values(), key=lambda part: part.span).named
    if draft.when:
        evidence["at"] = draft.when.span
    if draft.modality is Modality.FORECAST:
        evidence["modality"] = next((part.expected for part in draft.parts.values() if part.expected), min(evidence.values()))
    if name:
        evidence["superlative"] = codes[name].span
    if draft.block:
        evidence["block"] = draft.block.span
    if draft.counted and change:
        evidence["since"] = draft.counted.span
    bounds: dict[str, Bounds] = {role.value: part.bounds for role, part in draft.parts.items() if part.bounds}
    return Claim(
        draft.metric,
        value=value.value if value else None,
        from_value=before.value if before else None,
        change_pct=change.value if change else None,
        at=draft.when.day if draft.when else None,
        modality=draft.modality,
        superlative=name,
        evidence=evidence,
        bounds=bounds,
        since=draft.since,
        previous=draft.previous,
        within=draft.within if draft.when is None else None,
        extreme=draft.extreme,
        together=name is not None and any(_is_beside(part, codes[name]) for part in draft.parts.values()),
    )


def _is_beside(part: Part, one: Superlative) -> bool:
    """ "10.0% less, the largest decline since 2021": said right after the figure, in its own clause."""
    after = part.clause.partition("#")[2]
    between = after[: max(0, one.span.start - part.span.end)]
    inside = part.span.end <= one.span.start <= part.span.end + min(len(after), _BESIDE)
    return inside and not _ANOTHER_CLAUSE.search(between)


def _alone(draft: Draft, name: str, one: Superlative, level: Part | None) -> Claim:
    evidence: dict[str, Span] = {"metric": draft.named or one.span, "superlative": one.span}
    if draft.modality is Modality.FORECAST:
        evidence["modality"] = draft.expected or one.span
    if draft.when:
        evidence["at"] = draft.when.span
    at = draft.when.day if draft.when else None
    if draft.block:
        evidence["block"] = draft.block.span
    value = level.value if level and one.kind == "level" else None
    if level and value is not None:
        evidence["value"] = level.span
    return Claim(
        draft.metric,
        value=value,
        at=at,
        modality=draft.modality,
        superlative=name,
        evidence=evidence,
        within=None if at else draft.within,
    )
