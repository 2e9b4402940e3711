"""One function for each job: what the command, an archive and Python users call.

    from chuandao.commands import extract, check
    plan = extract(Path("上位规划.pdf"))
    result = check(Path("下位规划.docx"), [Path("上位规划.pdf")])

A function returns its record; writing is asked for with `write_outputs`.
"""

from .audit import audit, audit_record, audit_words
from .checking import check, check_annotated, check_inputs, check_reports
from .drafting import (
    facts,
    facts_outputs,
    generate,
    generate_all,
    generate_drafts,
    generate_outputs,
    template_check,
    template_new,
)
from .extracting import extract
from .inputs import Input, open_input, region_of
from .outputs import write_outputs
from .schemas import schemas

__all__ = [
    "Input",
    "audit",
    "audit_record",
    "audit_words",
    "check",
    "check_annotated",
    "check_inputs",
    "check_reports",
    "extract",
    "facts",
    "facts_outputs",
    "generate",
    "generate_all",
    "generate_drafts",
    "generate_outputs",
    "open_input",
    "region_of",
    "schemas",
    "template_check",
    "template_new",
    "write_outputs",
]
