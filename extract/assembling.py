"""Document → Plan: the document's facts, what the finders find, where each belongs, what is wrong."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from ..plan.document import Document, Heading
from ..plan.lexicon import Lexicon
from ..plan.plan import OutlineNode, Plan, Tool
from ..plan.requirement import Region, Requirement, RuleRequirement, ZoneRequirement, identified
from .binding import bind_zone_subject
from .consistency import extraction_findings
from .context import Context
from .facts import document_facts
from .lists import find_lists
from .mandatory import mandatory_marks, marked
from .measures import find_measures
from .named_places import bind_named_places, bind_villages, named_places, own_villages
from .picture_confidence import as_sure_as_read
from .rules import find_rules
from .structures import find_structures
from .topics import placed
from .zones import find_zones

FINDERS = (find_measures, find_structures, find_zones, find_lists, find_rules)


def document_to_plan(document: Document, lexicon: Lexicon) -> Plan:
    """All that the document hands down, with ids, subjects, 强制性 marks, and the findings of reading and extraction."""
    facts = document_facts(document, lexicon)
    context = Context.of(facts, lexicon)
    said = document.own
    found: list[Requirement] = [requirement for find in FINDERS for requirement in find(said, context)]
    zones = [requirement for requirement in found if isinstance(requirement, ZoneRequirement)]
    places = named_places(found, facts.region, lexicon.gazetteer)
    villages = own_villages(found, facts.region, lexicon.gazetteer)
    found = [
        bind_villages(bind_named_places(bind_zone_subject(r, zones, lexicon), places), villages)
        if isinstance(r, RuleRequirement)
        else r
        for r in found
    ]
    found = [_of_all(requirement, facts.regions) for requirement in found]
    marks = mandatory_marks(document)
    found = as_sure_as_read(found, document)
    requirements = identified([placed(marked(requirement, marks), lexicon, facts.kind) for requirement in found])
    return Plan(
        tool=Tool(version=tool_version(), lexicon=lexicon.hash),
        document=facts,
        outline=tuple(map(_node, document.outline)),
        requirements=tuple(requirements),
        findings=(*document.findings, *extraction_findings(said, requirements, context)),
    )


def _of_all(requirement: Requirement, regions: tuple[Region, ...]) -> Requirement:
    """In a joint plan what names no part is said of all its regions; entries and zones without a place stay unknown."""
    if not regions or requirement.binds or requirement.mode in ("list", "zone"):
        return requirement
    return requirement.model_copy(update={"binds": regions, "binds_basis": "whole"})


def tool_version() -> str:
    """The version of the installed package; "0" when it runs from a folder that is not installed."""
    try:
        return version("chuandao")
    except PackageNotFoundError:
        return "0"


def _node(heading: Heading) -> OutlineNode:
    return OutlineNode(
        number=heading.number,
        title=heading.title,
        level=heading.level,
        page=heading.page,
        children=tuple(map(_node, heading.children)),
    )
