"""One function for each job: what the command, an archive and Python users call.

    from chuandao.commands import extract, check
    plan = extract(Path("上位规划.pdf"))
    result = check(Path("下位规划.docx"), [Path("上位规划.pdf")])

A function returns its record; writing is asked for with `write_outputs`. Each is loaded when it is first asked for: a
reading process or `chuandao extract` need not load the rooms that check, draft and render.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .auditing import audit as audit
    from .auditing import audit_record as audit_record
    from .auditing import audit_words as audit_words
    from .checking import check as check
    from .checking import check_annotated as check_annotated
    from .checking import check_inputs as check_inputs
    from .checking import check_reports as check_reports
    from .drafting import facts as facts
    from .drafting import facts_outputs as facts_outputs
    from .drafting import generate as generate
    from .drafting import generate_all as generate_all
    from .drafting import generate_drafts as generate_drafts
    from .drafting import generate_outputs as generate_outputs
    from .drafting import template_check as template_check
    from .drafting import template_new as template_new
    from .extracting import extract as extract
    from .formats import schemas as schemas
    from .inputs import Input as Input
    from .inputs import open_input as open_input
    from .inputs import region_of as region_of
    from .outputs import write_outputs as write_outputs

_HOMES = {
    "auditing": ("audit", "audit_record", "audit_words"),
    "checking": ("check", "check_annotated", "check_inputs", "check_reports"),
    "drafting": (
        "facts", "facts_outputs", "generate", "generate_all", "generate_drafts", "generate_outputs", "template_check",
        "template_new",
    ),
    "extracting": ("extract",),
    "formats": ("schemas",),
    "inputs": ("Input", "open_input", "region_of"),
    "outputs": ("write_outputs",),
}  # fmt: skip
"""Where each function lives. No module here is called like a function: loading it would put it in the function's place."""
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    """The function of this name, loaded now."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
    globals()[name] = found
    return found
