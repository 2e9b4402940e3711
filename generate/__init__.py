"""From upper Plans and the region's own facts to a Draft in which every requirement that applies has a response.

`facts_form(uppers, region, lexicon, earlier=None) -> Facts` asks for what only the region knows;
`draft(uppers, region, facts, lexicon, …) -> Draft` writes the chapters. Nothing is invented: what no fact settles is an
open item, shown as 【待补充：…】.
"""

from __future__ import annotations

from .chapters import draft
from .facts import facts_form, parts_of
from .templates import blank_template, template_places, template_slots
from .wanted import Judged

__all__ = ["Judged", "blank_template", "draft", "facts_form", "parts_of", "template_places", "template_slots"]
