"""Runs over small archives of stubs: every file has its row, nothing is lost, nothing is done twice."""

from __future__ import annotations

import itertools
import json
import math
import os
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from makers_archive import aged, read_stub, stub

from chuandao.archive import runner, supervised, worker
from chuandao.archive.catalogue import catalogue
from chuandao.archive.ledger import Ledger, Row
from chuandao.archive.limits import Limits, with_limits
from chuandao.archive.runner import Job, Progress, Summary, run_archive
from chuandao.archive.store import Store, StoreInUse, locked
from chuandao.plan.errors import ChuandaoError, Refused, UsageError
from chuandao.plan.lexicon import load_lexicon


def rows(job: Job) -> dict[str, Row]:
    """The ledger by path within the source."""
    ledger = Ledger(job.home / "ledger.sqlite", write=False)
    try:
        return {row.path.partition("source/")[2]: row for row in ledger.rows()}
    finally:
        ledger.close()


def plans(job: Job) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((job.home / "plans").rglob("*.json"))}


def states(job: Job) -> dict[str, tuple[str, str | None]]:
    return {path: (row.status, row.reason) for path, row in rows(job).items()}


def test_every_file_has_a_row_and_a_second_run_does_no_work(job: Job) -> None:
    """Documents, doubles, other files, files in a ZIP and broken ones, each with what became of it."""
    source = job.sources[0]
    stub(source / "a.pdf", "pages 2")
    stub(source / "copy of a.pdf", "pages 2")
    stub(source / "locked.pdf", "locked x")
    stub(source / "also locked.pdf", "locked x")
    stub(source / "blank.pdf", "blank")
    stub(source / "scan.pdf", "pages 3", "scan 2")
    stub(source / "broken.pdf", "broken")
    aged(source / "a.pdf").with_suffix(".txt").write_text("notes")
    with zipfile.ZipFile(source / "z.zip", "w") as archive:
        archive.writestr("in.pdf", "%PDF-stub\npages 4")
        archive.write(source / "a.pdf", "规划/a.pdf")
    for path in source.iterdir():
        aged(path)
    job = replace(job, ocr=False)
    summary = run_archive(job)
    assert states(job) == {
        "a.pdf": ("done", None),
        "a.txt": ("skipped", "NOT_A_DOCUMENT"),
        "also locked.pdf": ("failed", "ENCRYPTED"),
        "blank.pdf": ("failed", "NO_TEXT"),
        "broken.pdf": ("failed", "INTERNAL"),
        "copy of a.pdf": ("duplicate", "SAME_CONTENT"),
        "locked.pdf": ("failed", "ENCRYPTED"),
        "scan.pdf": ("partial", "PAGES_OCR"),
        "z.zip": ("skipped", "CONTAINER"),
        "z.zip!/in.pdf": ("done", None),
        "z.zip!/规划/a.pdf": ("duplicate", "SAME_CONTENT"),
    }
    assert rows(job)["scan.pdf"].pages == (2,)
    assert (summary.files, summary.read, summary.complete, len(plans(job))) == (11, 6, False, 3)
    before = plans(job)
    again = run_archive(job)
    assert (again.read, again.files, plans(job)) == (0, 11, before)


@pytest.mark.parametrize(
    ("installed", "some", "whole"),
    [(True, "PAGES_PICTURES", "NO_TEXT"), (False, "PAGES_OCR", "NEEDS_OCR")],
)
def test_pictures_without_words_are_told_from_those_that_nobody_has_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, installed: bool, some: str, whole: str
) -> None:
    """Where recognition has run, nothing more is to be had from it, and nobody is told to install it."""
    monkeypatch.setattr(worker, "_recognises", lambda: installed)
    for lines, status, reason in (("pages 3\nscan 2", "partial", some), ("pages 1\nscan 1", "failed", whole)):
        path = stub(tmp_path / "a.pdf", *lines.splitlines())
        read = read_stub(path, load_lexicon())
        outcome = worker._outcome(read, ocr=True)  # type: ignore[arg-type]  # it has what an Input has
        assert (outcome.status, outcome.reason) == (status, reason)


def test_a_page_over_its_limit_is_left_out_and_the_others_are_as_ever(job: Job) -> None:
    """A page that hangs and one that kills its process: the rest of the plan is that of the undisturbed file."""
    source = job.sources[0]
    stub(source / "hangs.pdf", "pages 4", "hang 3", "title t")
    stub(source / "crashes.pdf", "pages 4", "crash 3", "title t")
    stub(source / "whole.pdf", "pages 4", "title t")
    run_archive(replace(job, limits=replace(job.limits, page_seconds=2)))
    found = rows(job)
    assert states(job)["hangs.pdf"] == states(job)["crashes.pdf"] == ("partial", "PAGES_SKIPPED")
    whole, *others = (
        json.loads(Store(job.home).plan(found[name].sha256 or "").read_bytes())["requirements"]
        for name in ("whole.pdf", "hangs.pdf", "crashes.pdf")
    )
    assert found["hangs.pdf"].pages == found["crashes.pdf"].pages == (3,)
    assert all(other == [item for item in whole if item["where"][0]["page"] != 3] for other in others)


def test_a_document_over_a_limit_fails_with_its_reason_and_takes_none_along(job: Job) -> None:
    """Time outside of pages, output; a library that prints can't forge an answer."""
    source = job.sources[0]
    stub(source / "loops.pdf", "pages 2", "loop")
    run_archive(replace(job, limits=replace(job.limits, stage_seconds=1.5)))
    stub(source / "big.pdf", "big 2")
    stub(source / "good.pdf", "pages 2", "talk")
    run_archive(job)
    assert states(job) == {
        "big.pdf": ("failed", "OUTPUT"), "good.pdf": ("done", None), "loops.pdf": ("failed", "TIMEOUT"),
    }  # fmt: skip
    assert len(plans(job)) == 1


def test_memory_is_limited(job: Job) -> None:
    """A page that takes memory without end is stopped, alone too, and left out."""
    stub(job.sources[0] / "eats.pdf", "pages 3", "eat 2")
    run_archive(job)
    assert states(job) == {"eats.pdf": ("partial", "PAGES_SKIPPED")}


def test_a_process_that_ends_while_it_writes_leaves_nothing_behind(job: Job) -> None:
    """Not until the next run either: what lies in the store is whole at the end of each."""
    stub(job.sources[0] / "cut.pdf", "cut")
    stub(job.sources[0] / "good.pdf", "pages 2")
    run_archive(job)
    assert states(job) == {"cut.pdf": ("failed", "CRASH"), "good.pdf": ("done", None)}
    assert [path.name for path in (job.home / "plans").rglob("*") if path.is_file()] == list(plans(job))


def test_a_machine_that_stands_still_costs_no_page(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop that slept for hours in the middle of a page: nothing of that time is the page's."""
    looks = itertools.count()
    asleep = SimpleNamespace(monotonic=lambda: time.monotonic() + 10_000 * next(looks))
    monkeypatch.setattr(supervised, "time", asleep)
    stub(job.sources[0] / "a.pdf", "pages 3")
    run_archive(job)
    assert next(looks) > 3 and states(job) == {"a.pdf": ("done", None)}


@pytest.mark.parametrize(
    ("code", "words", "windows", "expected"),
    [
        (-9, "", False, True),
        (-15, "", False, True),
        (-11, "", False, False),
        (1, "", False, False),
        (1, "a library's warning", True, True),
        (15, "", True, True),
        (1, "Traceback (most recent call last): …", True, False),
        (0xC0000005, "", True, False),
    ],
)
def test_a_process_that_was_ended_from_outside_is_told_from_one_that_crashed(
    code: int, words: str, windows: bool, expected: bool
) -> None:
    """Signals of others and Windows' TerminateProcess are no fault of the document; a fault of memory is."""
    assert supervised.was_killed(code, words, windows=windows) is expected


def test_what_may_pass_is_tried_again_and_retry_opens_the_rest(job: Job) -> None:
    """A file that vanished is looked for again by itself; a locked one when somebody asks, with the password."""
    source = job.sources[0]
    stub(source / "locked.pdf", "locked secret")
    run_archive(job)
    assert run_archive(replace(job, password="secret")).read == 0
    ledger = Ledger(job.home / "ledger.sqlite", write=True)
    assert ledger.retry(["other"]) == 0
    assert ledger.retry() == 1
    ledger.close()
    assert run_archive(replace(job, password="secret")).complete
    assert states(job) == {"locked.pdf": ("done", None)}


def test_a_changed_file_is_read_again(job: Job) -> None:
    """By size and time; the plan of the new content stands beside that of the old."""
    path = stub(job.sources[0] / "a.pdf", "pages 1")
    run_archive(job)
    stub(path, "pages 1", "more 5")
    assert run_archive(job).read == 1
    assert len(plans(job)) == 2


def test_a_double_of_a_file_that_has_changed_stands_for_the_content_alone(job: Job) -> None:
    """Else the content would be in the archive and nobody would own it."""
    path = stub(job.sources[0] / "a.pdf", "pages 1")
    stub(job.sources[0] / "b.pdf", "pages 1")
    run_archive(job)
    assert states(job)["b.pdf"] == ("duplicate", "SAME_CONTENT")
    stub(path, "pages 2", "now another")
    run_archive(job)
    assert states(job) == {"a.pdf": ("done", None), "b.pdf": ("done", None)}


def test_results_may_lie_at_an_address(job: Job, tmp_path: Path) -> None:
    """Plans go where fsspec writes them, the catalogue reads them there, and the store remembers."""
    pytest.importorskip("fsspec")
    stub(job.sources[0] / "a.pdf", "pages 3")
    address = (tmp_path / "bucket").as_uri()
    run_archive(replace(job, results=address))
    (plan,) = (tmp_path / "bucket").rglob("*.*")
    assert plan.name.endswith(".plan.json") and plans(job) == {}
    with catalogue(Store(job.home)) as db:
        assert db.execute("SELECT count(*) FROM requirements").fetchone() == (3,)
    assert run_archive(job).read == 0
    with pytest.raises(Refused):
        run_archive(replace(job, results="memory://elsewhere"))


def test_refresh_redoes_only_what_was_made_otherwise(job: Job, tmp_path: Path) -> None:
    """Another lexicon: without --refresh nothing happens, with it everything once."""
    stub(job.sources[0] / "a.pdf", "pages 1")
    stub(job.sources[0] / "b.pdf", "pages 1")
    run_archive(job)
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "findings.csv").write_text("code,on\nIND-NOPLACE,no\n", encoding="utf-8")
    newer = replace(job, lexicon=tmp_path / "lexicon")
    assert run_archive(newer).read == 0
    assert run_archive(replace(newer, refresh=True)).read == 1
    assert run_archive(replace(newer, refresh=True)).read == 0
    assert states(job) == {"a.pdf": ("done", None), "b.pdf": ("duplicate", "SAME_CONTENT")}


def test_tables_that_are_spoilt_while_a_run_goes_on_end_it(job: Job, tmp_path: Path) -> None:
    """With one line, and no document is blamed: when they are mended the next run goes on."""
    table = tmp_path / "lexicon" / "findings.csv"
    table.parent.mkdir()
    table.write_text("code,on\nIND-NOPLACE,no\n", encoding="utf-8")
    stub(job.sources[0] / "a.pdf", "pages 1", f"spoil {table}")
    stub(job.sources[0] / "z.pdf", "pages 2")
    job = replace(job, lexicon=table.parent, limits=replace(job.limits, documents_per_worker=1))
    with pytest.raises(ChuandaoError, match=r"findings\.csv"):
        run_archive(job)
    assert states(job)["a.pdf"] == ("done", None)
    assert states(job)["z.pdf"][0] != "failed"
    table.write_text("code,on\nIND-NOPLACE,no\n", encoding="utf-8")
    assert run_archive(job).complete


def test_a_second_run_on_the_store_leaves_at_once(job: Job) -> None:
    """With exit code 7 and one line."""
    stub(job.sources[0] / "a.pdf", "pages 1")
    run_archive(job)
    with locked(Store(job.home)), pytest.raises(StoreInUse) as error:
        run_archive(job)
    assert error.value.exit_code == 7


class Growing:
    """A file that somebody is copying: as often as `left` says, it grows while the run waits for it."""

    def __init__(self, path: Path, left: float) -> None:
        self.path, self.left = path, left
        path.write_bytes(b"%PDF-stub\npages 2\ntitle ")

    def sleep(self, seconds: float) -> None:
        """Stands in for the run's time.sleep."""
        if self.left > 0 and threading.current_thread() is not threading.main_thread():
            self.left -= 1
            with self.path.open("ab") as file:
                file.write(b"x")


@pytest.fixture
def copied(job: Job, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Growing]:
    """Puts a growing file into the source."""

    def begun(left: float) -> Growing:
        growing = Growing(job.sources[0] / "growing.pdf", left)
        monkeypatch.setattr(
            runner, "time", SimpleNamespace(time=time.time, monotonic=time.monotonic, sleep=growing.sleep)
        )
        return growing

    return begun


SETTLES = 3600.0
"""Any file just written may still be in the making, however long the test takes."""


def test_a_file_that_is_being_copied_is_waited_for(job: Job, copied: Callable[[float], Growing]) -> None:
    """What is read is the whole file."""
    stub(job.sources[0] / "ready.pdf", "pages 1")
    growing = copied(5)
    os.utime(job.sources[0] / "ready.pdf", (0, 0))
    assert run_archive(replace(job, limits=replace(job.limits, settle_seconds=SETTLES))).complete
    assert growing.left == 0
    assert rows(job)["growing.pdf"].size == growing.path.stat().st_size


def test_what_goes_on_changing_is_left_to_the_next_run(job: Job, copied: Callable[[float], Growing]) -> None:
    """A run ends all the same."""
    growing = copied(math.inf)
    limits = replace(job.limits, settle_seconds=SETTLES, settle_wait=0.1)
    summary = run_archive(replace(job, limits=limits))
    assert states(job) == {"growing.pdf": ("waiting", "CHANGING")} and not summary.complete
    growing.left = 0
    assert run_archive(replace(job, limits=limits)).complete


def test_progress_counts_to_the_end(job: Job) -> None:
    """Files and bytes of what was open, also those that a ZIP brought."""
    stub(job.sources[0] / "a.pdf", "pages 3")
    with zipfile.ZipFile(job.sources[0] / "z.zip", "w") as archive:
        archive.writestr("in.pdf", "%PDF-stub\npages 4")
    aged(job.sources[0] / "z.zip")
    seen: list[Progress] = []
    summary: Summary = run_archive(job, seen.append)
    assert (seen[-1].files, seen[-1].of_files, seen[-1].pages) == (3, 3, 7)
    assert summary.pages == 7


def test_what_was_cut_off_is_done_by_the_next_run(job: Job) -> None:
    """Rows that say running and half-written files are what a kill leaves behind."""
    stub(job.sources[0] / "a.pdf", "pages 1")
    run_archive(job)
    (plan,) = (job.home / "plans").rglob("*.json")
    plan.unlink()
    part = plan.with_name(f".{plan.name}.x.part")
    part.write_bytes(b"{")
    ledger = Ledger(job.home / "ledger.sqlite", write=True)
    ledger._db.execute("UPDATE files SET status = 'running'")
    ledger.close()
    assert run_archive(job).read == 1
    assert plan.exists() and not part.exists()


def test_the_default_limits_are_those_that_are_documented() -> None:
    """docs/archive.md has a row for each limit with its default."""
    text = (Path(__file__).resolve().parent.parent.parent / "docs" / "archive.md").read_text(encoding="utf-8")
    limits = Limits()
    assert [name for name in Limits.__slots__ if f"| `{name}` | {getattr(limits, name)} |" not in text] == []


def test_a_limit_is_set_by_name() -> None:
    """An unknown name or no number is one line and exit code 2."""
    assert with_limits(Limits(), ["page_seconds=5", "zip_depth=1"]).page_seconds == 5
    for wrong in ("speed=3", "page_seconds=fast", "page_seconds=0", "page_seconds"):
        with pytest.raises(UsageError):
            with_limits(Limits(), [wrong])


@pytest.mark.skipif(os.name == "nt", reason="names there are Unicode")
def test_a_name_that_is_no_text_is_no_hindrance(job: Job) -> None:
    """The plan names it readably."""
    path = stub(job.sources[0] / "a.pdf", "pages 1")
    raw = os.fsencode(job.sources[0]) + b"/\xb9\xe3\xb6\xab\xca\xa1.pdf"
    path.rename(os.fsdecode(raw))
    assert run_archive(job).complete
    assert json.loads(next(iter(plans(job).values())))["document"]["source"]["file"] == "广东省.pdf"
