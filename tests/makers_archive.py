"""Documents that misbehave on purpose, and the reading function that obeys them, for tests of the archive.

A stub is a small file that begins like a PDF and then says, line by line, how its reading goes:

    pages 5            five pages, each with one indicator
    hang 3             page 3 is never done             loop      it never comes to an end after the pages
    crash 3            the process dies of SIGSEGV on page 3
    eat 3              page 3 takes memory without end  big 50    a plan JSON of 50 MB
    slow 0.02          each page takes so many seconds  talk      it prints to stdout
    blank              no text on any page              scan 2    page 2 is a picture
    locked             it has a password                broken    an error that nobody thought of
    cut                the process ends in the middle of writing the plan
    spoil FILE         another file turns into one that nobody can use
    murder             it kills the process that started the reading process
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import time
from collections.abc import Callable, Container
from pathlib import Path
from typing import NamedTuple

from chuandao.archive.ledger import Ledger, Outcome
from chuandao.archive.sources import Found
from chuandao.archive.store import Store, new_store, write_whole
from chuandao.plan.document import Block, Document, Page, Source, Text
from chuandao.plan.errors import UnreadableInput
from chuandao.plan.lexicon import Lexicon
from chuandao.plan.plan import Plan, PlanDocument, SourceFile, Tool, to_json
from chuandao.plan.requirement import IndicatorRequirement, Region, Value, identified
from chuandao.plan.span import Span


class Read(NamedTuple):
    """What a reading function gives back, without loading the rooms that a real one needs."""

    path: Path
    plan: Plan
    document: Document


STUB = "makers_archive:read_stub"


def stub(path: Path, *lines: str) -> Path:
    """Writes a stub; its modification lies an hour back, so that no run waits for it to settle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["%PDF-stub", *lines]), encoding="utf-8")
    return aged(path)


def aged(path: Path) -> Path:
    """The same file as if it had been written an hour ago."""
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))
    return path


def read_stub(
    path: Path,
    lexicon: Lexicon,
    *,
    password: str | None = None,
    progress: object = None,
    ocr: bool = True,
    skip_pages: Container[int] = (),
    before_page: Callable[[int], None] | None = None,
) -> Read:
    """Does what the stub says; stands in for open_input."""
    data = path.read_bytes()
    orders = dict[str, str]()
    for line in data.decode().splitlines()[1:]:
        order, _, value = line.partition(" ")
        orders[order] = value
    before = before_page or (lambda number: None)
    if "locked" in orders and password != orders["locked"]:
        raise UnreadableInput(f"{path.name}：PDF 已加密。", reason="ENCRYPTED")
    if "murder" in orders:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(5)
    if "talk" in orders:
        os.write(1, b'{"end": {}}\n')
    if "spoil" in orders:
        Path(orders["spoil"]).write_text("neither\n", encoding="utf-8")
    if "broken" in orders:
        raise KeyError("nobody thought of this")
    count = int(orders.get("pages", "1"))
    for number in range(1, count + 1):
        if number not in skip_pages:
            before(number)
            time.sleep(float(orders.get("slow", "0")))
            _on_page(number, orders)
    before(0)
    if "loop" in orders:
        time.sleep(3600)
    if "cut" in orders:
        os.replace = lambda *names: os._exit(9)  # type: ignore[assignment]  # the last step of write_whole
    document = _document(path, data, count, orders, skip_pages)
    return Read(path, _plan(document, lexicon, float(orders.get("big", "0")), orders), document)


def _on_page(number: int, orders: dict[str, str]) -> None:
    page = str(number)
    if orders.get("hang") == page:
        time.sleep(3600)
    if orders.get("crash") == page:
        ctypes.string_at(0)
    if orders.get("eat") == page:
        held = []
        while True:
            held.append(bytearray(b"x" * (8 << 20)))
            time.sleep(0.005)


def _document(path: Path, data: bytes, count: int, orders: dict[str, str], skipped: Container[int]) -> Document:
    pages, blocks = [], []
    for number in range(1, count + 1):
        state = "skipped" if number in skipped else "image_only" if orders.get("scan") == str(number) else "read"
        pages.append(Page(number, 595.0, 842.0, None, state, 0))
        if state == "read" and "blank" not in orders:
            blocks.append(Block(len(blocks), "paragraph", Text(f"到2035年，第{number}项指标不低于{number * 10}公顷。")))
    source = Source(path.name, hashlib.sha256(data).hexdigest(), "pdf", count)
    return Document(source, tuple(blocks), pages=tuple(pages))


def _plan(document: Document, lexicon: Lexicon, megabytes: float, orders: dict[str, str]) -> Plan:
    title = orders.get("title") or "x" * int(megabytes * 2**20) or document.source.file
    read = [page.number for page in document.pages if page.state == "read"] if document.blocks else []
    return Plan(
        tool=Tool(version="0", lexicon="sha256:0"),
        document=PlanDocument(
            title=title, level="city", region=Region(name="惠州市", code="441300"),
            source=SourceFile(
                file=document.source.file, sha256=document.source.sha256, format="pdf", pages=document.source.pages
            ),
        ),
        requirements=tuple(identified([_requirement(page, int(orders.get("more", "0"))) for page in read])),
    )  # fmt: skip


def _requirement(page: int, more: int) -> IndicatorRequirement:
    """The indicator of a page; `more` hectares more than ten for each page."""
    amount = page * 10 + more
    text = f"到2035年，第{page}项指标不低于{amount}公顷。"
    return IndicatorRequirement(
        name=f"第{page}项指标", direction="floor", text=text, binds=(Region(name="惠州市", code="441300"),),
        binds_basis="whole", where=(Span(page=page, boxes=((0.0, 0.0, 1.0, 1.0),), quote=text),),
        values=(Value(year=2035, op=">=", value=str(amount), unit="公顷", raw=f"不低于{amount}公顷"),),
    )  # fmt: skip


def sha_of(number: int) -> str:
    """What stands for the hash of the plan with this number."""
    return f"{number:016x}".ljust(64, "0")


def archived(home: Path, *plans: Plan) -> Store:
    """A store that holds these plans as if they had been read; equal plans are told apart by their place."""
    store = new_store(home)
    ledger = Ledger(store.ledger, write=True)
    for number, plan in enumerate(plans):
        sha256 = sha_of(number)
        write_whole(store.plan(sha256), to_json(plan).encode())
        ledger.register([Found(f"/plans/{number}.pdf".encode(), 1, number)])
        row = ledger.open_rows(0)[0]
        ledger.finish(
            row.id, Outcome("done", page_count=9, requirements=len(plan.requirements)), work="w", sha256=sha256
        )
    ledger.close()
    return store
