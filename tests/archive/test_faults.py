"""Faults that really happen: processes killed at random moments, a full disk, a store that can't be written, Ctrl-C,
machines of a cluster that go. Afterwards everything is as if nothing had happened."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from makers_archive import stub

from chuandao.archive.catalogue import catalogue
from chuandao.archive.export import exported
from chuandao.archive.ledger import Ledger
from chuandao.archive.runner import Job, run_archive
from chuandao.archive.store import Store
from chuandao.plan.errors import UnwritableOutput

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="signals and mounts of POSIX")]

DRIVER = """
import json, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests in the background has it ignored
from pathlib import Path
from chuandao.archive.limits import Limits
from chuandao.archive.runner import Job, run_archive
given = json.loads(sys.argv[1])
try:
    run_archive(Job((Path(given["source"]),), Path(given["home"]), workers=2, stub=given["stub"], limits=Limits(**given["limits"])))
except KeyboardInterrupt:
    sys.exit(130)
"""


def state(job: Job) -> tuple[object, ...]:
    """All that must not depend on what happened on the way: plans, tables, and what the ledger says of each file."""
    store = Store(job.home.absolute())
    plans = {path.name: path.read_bytes() for path in sorted((job.home / "plans").rglob("*")) if path.is_file()}
    with catalogue(store) as db:
        tables = exported(db, "csv", Path("x"), ())
    ledger = Ledger(store.ledger, write=False)
    try:
        rows = sorted((row.path, row.sha256, row.status, row.reason, row.pages) for row in ledger.rows())
    finally:
        ledger.close()
    return plans, tables, rows


def started(job: Job) -> subprocess.Popen[bytes]:
    """The run in a process of its own."""
    given = {
        "source": str(job.sources[0]), "home": str(job.home), "stub": job.stub,
        "limits": {name: getattr(job.limits, name) for name in type(job.limits).__slots__},
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-c", DRIVER, json.dumps(given)], stderr=subprocess.DEVNULL)


@pytest.fixture
def archive(job: Job) -> Job:
    """Forty documents, doubles among them and some that hang, crash or are locked."""
    for number in range(40):
        stub(job.sources[0] / f"{number % 4}" / f"{number:02}.pdf", "pages 6", "slow 0.02", f"more {number % 35}")
    stub(job.sources[0] / "hangs.pdf", "pages 4", "hang 3")
    stub(job.sources[0] / "crashes.pdf", "pages 4", "crash 2")
    stub(job.sources[0] / "locked.pdf", "locked x")
    return replace(
        job, limits=replace(job.limits, page_seconds=2.0)
    )  # no page but the one that hangs takes a tenth of it


def kill(process: psutil.Process) -> int:
    """Kills a process if it is still there; how many that were."""
    try:
        process.kill()
    except psutil.NoSuchProcess:  # it has just been replaced by another
        return 0
    return 1


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The reading processes of a run; none if it is over."""
    try:
        return psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    except psutil.NoSuchProcess:
        return []


def readers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The reading processes of a run as soon as there are any."""
    deadline = time.monotonic() + 60
    while not (found := children(process)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found
    return found


@pytest.fixture
def undisturbed(archive: Job, tmp_path: Path) -> tuple[object, ...]:
    """How the archive ends if nothing happens."""
    job = replace(archive, home=tmp_path / "undisturbed")
    run_archive(job)
    return state(job)


def test_fifty_kills_at_random_moments_change_nothing(archive: Job, undisturbed: tuple[object, ...]) -> None:
    """kill -9 of the run and of its reading processes, by turns; each next run goes on."""
    chance = random.Random(7)
    kills = 0
    while kills < 50:
        process = started(archive)
        time.sleep(0.15 + chance.random() * 1.5)
        found = children(process)
        for child in chance.sample(found, min(len(found), chance.randrange(3))):
            kills += kill(child)
            time.sleep(chance.random() * 0.3)
        if process.poll() is None:
            process.kill()
        process.wait()
        kills += 1
    assert started(archive).wait() == 0
    assert state(archive) == undisturbed


def test_reading_processes_that_are_killed_do_not_end_the_run(archive: Job, undisturbed: tuple[object, ...]) -> None:
    """One run to its end while its reading processes are killed under it, 25 times, however many fall on one document."""
    chance = random.Random(11)
    process = started(replace(archive, limits=replace(archive.limits, kill_tries=26)))
    for _ in range(25):
        time.sleep(0.2 + chance.random() * 0.5)
        if found := children(process):
            kill(chance.choice(found))
    assert process.wait() == 0
    assert state(archive) == undisturbed


def test_a_killed_run_leaves_no_process_behind(archive: Job) -> None:
    """Reading processes end with the run, whatever they are doing."""
    stub(archive.sources[0] / "0" / "00.pdf", "pages 2", "hang 1")
    process = started(replace(archive, limits=replace(archive.limits, page_seconds=60)))
    found = readers_of(process)
    time.sleep(1)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(found, timeout=60)
    assert alive == []


def test_an_interrupted_run_ends_at_once_and_the_next_goes_on(archive: Job, undisturbed: tuple[object, ...]) -> None:
    """Ctrl-C ends the reading processes too and leaves no half-written file."""
    process = started(archive)
    readers_of(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert list(archive.home.rglob("*.part")) == []
    assert started(archive).wait() == 0
    assert state(archive) == undisturbed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "none", place, "-o", "size=1m"], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_ends_the_run_with_one_line_and_nothing_half_written(
    archive: Job, small_disk: Path, tmp_path: Path
) -> None:
    """With more room the next run goes on to the same end."""
    for path in archive.sources[0].rglob("*.pdf"):
        stub(path, *path.read_text(encoding="utf-8").splitlines()[1:], "big 0.06")
    whole = replace(archive, home=tmp_path / "whole")
    run_archive(whole)
    job = replace(archive, home=small_disk / "store")
    for _ in range(2):
        with pytest.raises(UnwritableOutput, match="磁盘已满"):
            run_archive(job)
    for plan in (job.home / "plans").rglob("*.json"):
        json.loads(plan.read_bytes())
    subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=True)
    run_archive(job)
    assert state(job) == state(whole)


def test_a_store_that_cannot_be_written_is_one_line_and_can_be_asked(archive: Job, small_disk: Path) -> None:
    """No run on it, but the catalogue answers, also one that has never been built."""
    subprocess.run(["mount", "-o", "remount,size=40m", small_disk], check=True)
    job = replace(archive, home=small_disk / "store")
    run_archive(job)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(UnwritableOutput):
        run_archive(job)
    with catalogue(Store(job.home)) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (37,)


def test_memory_of_the_run_is_flat_over_many_files(job: Job) -> None:
    """Two thousand documents take hardly more than two hundred."""
    held: dict[int, int] = {}
    own = psutil.Process()
    for number in range(2000):
        stub(job.sources[0] / str(number % 20) / f"{number}.pdf", f"more {number}")

    def look(progress: object) -> None:
        files = getattr(progress, "files", 0)
        if files in (200, 2000):
            held[files] = own.memory_info().rss

    run_archive(replace(job, workers=2), look)
    assert held[2000] - held[200] < 8 << 20


def test_a_cluster_gives_the_same_bytes_and_survives_its_workers(archive: Job, undisturbed: tuple[object, ...]) -> None:
    """Two worker processes, one killed in the middle; a document that kills its worker is isolated and takes none along."""
    distributed = pytest.importorskip("distributed")
    chance = random.Random(3)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        job = replace(archive, scheduler=cluster.scheduler_address)
        seen: list[int] = []

        def look(progress: object) -> None:
            files = getattr(progress, "files", 0)
            if files in (8, 20):
                seen.append(files)
                workers = [worker.process.pid for worker in cluster.workers.values() if worker.process is not None]
                with contextlib.suppress(psutil.NoSuchProcess):
                    psutil.Process(chance.choice(workers)).kill()

        run_archive(job, look)
        assert seen == [8, 20]
        assert state(job) == undisturbed
        stub(job.sources[0] / "murders.pdf", "murder")
        stub(job.sources[0] / "after.pdf", "pages 2", "title after")
        run_archive(job)
        ledger = Ledger(job.home / "ledger.sqlite", write=False)
        found = {Path(row.path).name: (row.status, row.reason) for row in ledger.rows()}
        ledger.close()
        assert (found["murders.pdf"], found["after.pdf"]) == (("failed", "CRASH"), ("done", None))
