"""What an archive costs: its ledger and isolation beside bare loops, the memory of a long run, its ready questions.

    python benchmarks/archive.py overhead DIR [--documents 40] [--pages 200] [--batch 8] [--rounds 3] [--record]
    python benchmarks/archive.py memory [--files 10000] [--record]
    python benchmarks/archive.py questions [--requirements 100000] [--record]

overhead: documents made by joining sample plans are read in four ways, batch by batch and by turns: one bare loop, an
archive with one reading process, two bare loops side by side, an archive with two. Each reading is a process tree of its
own; CPU seconds of the whole tree stand beside the wall time, since they suffer less from whatever else the machine does.
All that has been measured is kept in DIR; the same command goes on where it was cut off.
memory: the driver of a run over many small files that are read by a stub.
questions: each ready question as the command asks it, beside its bare SQL on the same catalogue (CPU seconds).
--record writes the table into docs/archive.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RECORD = ROOT / "docs" / "archive.md"
WAYS = ("bare 1", "archive 1", "bare 2", "archive 2")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = parser.add_subparsers(required=True)
    job = jobs.add_parser("overhead")
    job.add_argument("folder", type=Path)
    for name, default in (("documents", 40), ("pages", 200), ("batch", 8), ("rounds", 3)):
        job.add_argument(f"--{name}", type=int, default=default)
    job.set_defaults(run=overhead, section="overhead")
    job = jobs.add_parser("memory")
    job.add_argument("--files", type=int, default=10_000)
    job.set_defaults(run=memory, section="memory")
    job = jobs.add_parser("questions")
    job.add_argument("--requirements", type=int, default=100_000)
    job.set_defaults(run=questions, section="questions")
    for job in jobs.choices.values():
        job.add_argument("--record", action="store_true", help="write the table into docs/archive.md")
    job = jobs.add_parser("read", help="one way of reading one batch, used by overhead itself")
    job.add_argument("way")
    job.add_argument("source", type=Path)
    job.add_argument("--half", type=int)
    job.set_defaults(run=read, record=False)
    given = parser.parse_args()
    table = given.run(given)
    if table:
        print(table)
    if given.record:
        record(given.section, table)


def record(section: str, table: str) -> None:
    """Puts a table between its two marks in docs/archive.md."""
    first, last = f"<!-- bench {section}: begin -->", f"<!-- bench {section}: end -->"
    before, _, rest = RECORD.read_text(encoding="utf-8").partition(first)
    after = rest.partition(last)[2]
    RECORD.write_text(f"{before}{first}\n{table}\n{last}{after}", encoding="utf-8")


def overhead(given: argparse.Namespace) -> str:
    """The four ways of reading, by turns; a table of wall and CPU seconds a page and of the two ratios that count."""
    batches = made(given.folder, given.documents, given.pages, given.batch)
    kept = given.folder / "measured.jsonl"
    measured = [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []
    known = {(one["round"], one["batch"], one["way"]) for one in measured}
    turns = [(turn, batch, way) for turn in range(given.rounds) for batch in batches for way in _by_turns(turn)]
    for turn, batch, way in turns:
        if (turn, batch.name, way) in known:
            continue
        wall, cpu = timed([sys.executable, __file__, "read", way, str(batch)])
        one = {"round": turn, "batch": batch.name, "way": way, "wall": wall, "cpu": cpu}
        measured.append(one)
        with kept.open("a") as file:
            file.write(json.dumps(one) + "\n")
        print(f"{turn} {batch.name} {way}: {wall:.1f} s, {cpu:.1f} CPU s", file=sys.stderr)
    return _overhead_table(measured, given)


def _by_turns(turn: int) -> tuple[str, ...]:
    """Each round begins with another way, so that what warms up or slows down with time falls on all alike."""
    return WAYS[turn % 4 :] + WAYS[: turn % 4]


def _overhead_table(measured: list[dict[str, Any]], given: argparse.Namespace) -> str:
    seconds: dict[tuple[str, str], dict[tuple[int, str], float]] = {}
    for one in measured:
        for kind in ("wall", "cpu"):
            seconds.setdefault((kind, one["way"]), {})[one["round"], one["batch"]] = one[kind]

    def ratio(kind: str, over: str, under: str) -> float:
        """Median over all batches and rounds."""
        top, bottom = seconds[kind, over], seconds[kind, under]
        return statistics.median(top[key] / bottom[key] for key in top.keys() & bottom.keys())

    pages = given.pages * min(given.batch, given.documents)
    lines = [
        f"{given.documents} 份 {given.pages} 页的规划，每批 {given.batch} 份，{given.rounds} 轮交错，每页秒数取中位数：",
        "",
        "| | 墙钟秒/页 | CPU 秒/页 |",
        "|---|---|---|",
    ]
    names = ("一个裸循环", "archive，一个读取进程", "两个裸循环并行", "archive，两个读取进程")
    for way, name in zip(WAYS, names, strict=True):
        wall, cpu = (statistics.median(seconds[kind, way].values()) / pages for kind in ("wall", "cpu"))
        lines.append(f"| {name} | {wall:.4f} | {cpu:.4f} |")
    lines += [
        "",
        f"台账与隔离的开销：墙钟 {ratio('wall', 'archive 1', 'bare 1') - 1:+.1%}，"
        f"CPU {ratio('cpu', 'archive 1', 'bare 1') - 1:+.1%}；两个读取进程达到两个裸循环的 "
        f"{ratio('wall', 'bare 2', 'archive 2'):.1%}（按 CPU {ratio('cpu', 'bare 2', 'archive 2'):.1%}）。",
    ]
    return "\n".join(lines)


def made(folder: Path, documents: int, pages: int, batch: int) -> list[Path]:
    """Folders of `batch` documents each, every document some sample plans joined and cut to `pages`; made once."""
    import pypdfium2

    plans = sorted((ROOT / "corpora" / "plans").rglob("*.pdf"))
    batches = []
    for number in range(documents):
        place = folder / f"{pages} pages" / f"batch of {batch}, {number // batch + 1:02}"
        if place not in batches:
            place.mkdir(parents=True, exist_ok=True)
            batches.append(place)
        path = place / f"{number:03}.pdf"
        if path.exists():
            continue
        joined = pypdfium2.PdfDocument.new()
        at = number
        while len(joined) < pages:
            with pypdfium2.PdfDocument(plans[at % len(plans)]) as source:
                joined.import_pages(source, list(range(min(len(source), pages - len(joined)))))
            at += 1 + number // len(plans)
        part = path.with_suffix(".part")
        joined.save(part)
        os.utime(part, (0, 0))
        part.rename(path)
    return batches


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a command with all its children."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read(given: argparse.Namespace) -> None:
    """One way of reading one folder, in this process and its children."""
    kind, _, width = given.way.partition(" ")
    with tempfile.TemporaryDirectory() as folder:
        if kind == "archive":
            from chuandao.archive.runner import Job, run_archive

            summary = run_archive(Job((given.source,), Path(folder) / "store", workers=int(width), ocr=False))
            assert not summary.statuses.get("failed"), summary
        elif width == "1" or given.half is not None:
            _bare(sorted(given.source.glob("*.pdf"))[given.half or 0 :: int(width)], Path(folder))
        else:
            command = [sys.executable, __file__, "read", given.way, str(given.source), "--half"]
            halves = [subprocess.Popen([*command, str(half)]) for half in range(int(width))]
            codes = [half.wait() for half in halves]
            assert codes == [0] * len(halves)


def _bare(paths: list[Path], folder: Path) -> None:
    """What somebody would write without an archive: read, and write the JSON."""
    from chuandao.commands import open_input
    from chuandao.plan.lexicon import load_lexicon
    from chuandao.plan.plan import to_json

    lexicon = load_lexicon()
    for path in paths:
        (folder / f"{path.stem}.json").write_text(to_json(open_input(path, lexicon, ocr=False).plan), encoding="utf-8")


def memory(given: argparse.Namespace) -> str:
    """What the driver of a run holds after a tenth of the files and at the end."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ["PYTHONPATH"] = str(ROOT / "tests")
    import psutil
    from makers_archive import STUB, stub

    from chuandao.archive.runner import Job, run_archive

    held: dict[int, int] = {}
    own = psutil.Process()

    def look(progress: Any) -> None:
        if progress.files in (given.files // 10, given.files):
            held[progress.files] = own.memory_info().rss

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        for number in range(given.files):
            stub(source / str(number % 100) / f"{number}.pdf", f"more {number}")
        summary = run_archive(Job((source,), Path(folder) / "store", workers=2, stub=STUB), look)
    low, high = (size / 2**20 for size in held.values())
    return (
        f"{given.files} 个小文件（读取由替身代替）：主进程的内存在第 {given.files // 10} 个时 {low:.0f} MB，"
        f"最后 {high:.0f} MB；{summary.files / summary.seconds:.0f} 个文件/秒。"
    )


LARGE = ("gd-huizhou", "zhaoqing-huaiji")
ASKED = {
    "indicator": "耕地保有量",
    "entry": "自然保护区",
    "zones": "重点生态功能区",
    "unanswered": None,
    "verdicts": None,
}


def questions(given: argparse.Namespace) -> str:
    """Each ready question: its bare SQL, the same through the archive, and the whole command; seconds of the best of five."""
    sys.path.insert(0, str(ROOT / "tests"))
    from makers_archive import archived

    from chuandao.archive.catalogue import bring_up_to_date, catalogue
    from chuandao.archive.export import json_bytes
    from chuandao.archive.questions import QUESTIONS, asked

    lines = [
        "| 现成问题 | 行 | 裸 SQL（CPU） | 经档案库（CPU） | 倍数 | 整条命令（墙钟） |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = archived(Path(folder) / "store", *_many(given.requirements))
        bring_up_to_date(store)
        _verdicts(store.catalogue)
        for name, of in ASKED.items():

            def bare(name: str = name, of: str | None = of) -> int:
                db = sqlite3.connect(f"{store.catalogue.as_uri()}?mode=ro", uri=True)
                try:
                    return len(db.execute(QUESTIONS[name].sql, {"of": of}).fetchall())
                finally:
                    db.close()

            def through(name: str = name, of: str | None = of) -> int:
                with catalogue(store) as db:
                    cursor = asked(db, name, of)
                    return len(json_bytes([column[0] for column in cursor.description], cursor))

            command = [
                sys.executable,
                "-c",
                "from chuandao.cli import main; main()",
                "archive",
                "query",
                "--ready",
                name,
            ]
            command += ["--json", "--store", str(store.home), *(["--of", of] if of else [])]
            alone, whole = _best(bare, time.process_time), _best(through, time.process_time)
            lines.append(
                f"| `{name}` | {bare()} | {alone * 1000:.1f} 毫秒 | {whole * 1000:.1f} 毫秒 | {whole / alone:.1f}"
                f" | {_best(lambda line=command: timed(line)):.2f} 秒 |"
            )
    return "\n".join(lines)


def _best(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    seconds = []
    for _ in range(5):
        begun = clock()
        call()
        seconds.append(clock() - begun)
    return min(seconds)


def _many(requirements: int) -> list[Any]:
    """The largest sample plans, over and over, until there are so many requirements."""
    from chuandao.commands import extract
    from chuandao.plan.plan import Plan

    found = [extract(path) for name in LARGE for path in sorted((ROOT / "corpora" / "plans" / name).glob("*.pdf"))]
    plans: list[Plan] = []
    while requirements > 0:
        plans.append(found[len(plans) % len(found)])
        requirements -= len(plans[-1].requirements)
    return plans


def _verdicts(path: Path) -> None:
    """The verdicts of twenty lower plans on the largest plan, as `archive check` would put them there."""
    db = sqlite3.connect(path)
    with db:
        (upper,) = db.execute(
            "SELECT document FROM requirements GROUP BY document ORDER BY count(*) DESC, document"
        ).fetchone()
        lowers = db.execute("SELECT document FROM documents WHERE document != ? ORDER BY document LIMIT 20", (upper,))
        ids = [id_ for (id_,) in db.execute("SELECT id FROM requirements WHERE document = ?", (upper,))]
        rows = [
            (upper, lower, id_, None, 1, "missing" if at % 7 else "fulfilled", None, None, None, None)
            for (lower,) in lowers.fetchall()
            for at, id_ in enumerate(ids)
        ]
        db.executemany(f"INSERT INTO verdicts VALUES ({', '.join('?' * 10)})", rows)
    db.close()


if __name__ == "__main__":
    main()
