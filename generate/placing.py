"""Which section takes a response: by topic, then by the words of its subject, headings and text."""

from __future__ import annotations

from ..plan.draft import UNPLACED_TITLE
from ..plan.requirement import BoundaryRequirement, ListRequirement, Requirement
from .templates import Slot

UNPLACED = Slot(chapter="", title=UNPLACED_TITLE, strict=True, headings=(UNPLACED_TITLE,))
"""Where a requirement goes for which a template has no slot."""


def _strictly(requirement: Requirement, slots: tuple[Slot, ...]) -> Slot:
    """The template's slot for this requirement, else for its mode, its topic, the rest; UNPLACED if it has none."""
    fits = (
        lambda slot: slot.id == requirement.id,
        lambda slot: requirement.mode in slot.default,
        lambda slot: requirement.topic in slot.topics,
        lambda slot: slot.rest,
    )
    return next((slot for fit in fits for slot in slots if fit(slot)), UNPLACED)


def place(requirement: Requirement, subject: str, slots: tuple[Slot, ...]) -> Slot:
    """The slot with the most points: topic 6; a word in the subject 4, in a heading above 2, in the text 1 (longer words
    weigh more); the default of the mode 1. Order breaks ties."""
    if slots[0].strict:
        return _strictly(requirement, slots)
    best, most = slots[0], -1.0
    text = (
        f"{subject}\n{requirement.text}" if not isinstance(requirement, ListRequirement) else requirement.register_.name
    )
    about = requirement.line if isinstance(requirement, BoundaryRequirement) else subject
    above = " ".join(requirement.section)
    for slot in slots:
        points = 6.0 if requirement.topic and requirement.topic in slot.topics else 0.0
        for word in slot.words:
            weight = 4 * (word in about) if len(about) < 40 else 0
            points += (weight + 2 * (word in above) + (word in text)) * len(word) / 4
        points += 1.0 if requirement.mode in slot.default else 0.0
        if requirement.mode in ("structure", "zone") and requirement.mode in slot.default:
            points += 3.0
        if requirement.mode == "indicator" and "indicator" in slot.default:
            points += 1000.0  # all indicators stand together; what they are about follows in the other chapters
        if points > most:
            best, most = slot, points
    return best
