"""`chuandao archive`: arguments in, words and exit codes out. Whatever takes time to import is imported by its command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from ..plan.errors import ExitCode, UsageError
from .chinese import ChineseCommand, ChineseGroup, password_in

if TYPE_CHECKING:
    from .runner import Progress, Shown


class ArchiveGroup(ChineseGroup):
    """`archive SOURCE…` is `archive run SOURCE…`; a source that is called like a command is given as ./list."""

    def get_usage(self, ctx: Any) -> str:
        return "用法： chuandao archive 来源… --store 档案库 [选项]\n       chuandao archive 命令 --store 档案库 [选项]"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args.insert(0, "run")
        return super().parse_args(ctx, args)


archive = typer.Typer(
    cls=ArchiveGroup,
    no_args_is_help=True,
    help="档案：把成批的规划（文件夹、ZIP）逐份提取入库，可中断、可续做，再查询、检索、核对、比较。\n\n"
    "例：chuandao archive 历年规划 --store 档案库 --workers 2",
)
talk = Console(stderr=True, highlight=False)

StoreDir = Annotated[Path, typer.Option("--store", metavar="档案库", help="档案库所在的文件夹。")]
AsJson = Annotated[bool, typer.Option("--json", help="结果以 JSON 写到标准输出。")]


@archive.command("run", cls=ChineseCommand)
def run(
    sources: Annotated[list[Path], typer.Argument(metavar="来源…", help="文件夹、PDF、OFD、DOCX 或 ZIP，可给几个。")],
    store: StoreDir,
    workers: Annotated[int, typer.Option("--workers", metavar="个数", min=1, help="同时读取的进程数。")] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="地址", help="用 dask 集群读取，如 tcp://主机:8786（见 docs/cluster.md）。"
        ),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="版本、词表或识别设置变了的，重新提取；其余不动。")
    ] = False,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="不识别扫描页，只登记哪些页需要识别。")] = False,
    results: Annotated[
        str | None,
        typer.Option(
            "--results", metavar="地址", help="规划 JSON 放到这个地址（fsspec，如 s3://桶/档案），而不是档案库文件夹。"
        ),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            "--limit", metavar="名称=数字", help="改一项限制，如 page_seconds=60，可重复（见 docs/archive.md）。"
        ),
    ] = None,
    as_json: AsJson = False,
    lexicon: Annotated[
        Path | None, typer.Option("--lexicon", metavar="文件夹", help="用自己的词表（CSV、TOML）补充或覆盖内置词表。")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="文件", help="打开加密 PDF 的口令，写在这个文本文件的第一行。"),
    ] = None,
) -> None:
    """建档：逐份读取来源中的规划，存入档案库（“run”可省略）。中断后再运行一次即接着做，做过的不重做。

    有失败或部分完成的文件时退出码为 5，档案库正被占用为 7。

    例：chuandao archive 历年规划 扫描件.zip --store 档案库 --workers 2
    """
    from .catalogue import bring_up_to_date
    from .limits import Limits, with_limits
    from .runner import Job, run_archive
    from .store import Store
    from .words import run_record, run_words

    job = Job(
        tuple(sources), store, workers=workers, scheduler=scheduler, lexicon=lexicon, password=password_in(password_file),
        ocr=not no_ocr, refresh=refresh, results=results, limits=with_limits(Limits(), limit or ()),
    )  # fmt: skip
    with _bar() as shown:
        summary = run_archive(job, shown)
    bring_up_to_date(Store(store.absolute()))
    _say(_json(run_record(summary)) if as_json else run_words(summary))
    raise typer.Exit(ExitCode.DONE if summary.complete else ExitCode.PARTLY)


@archive.command("status", cls=ChineseCommand)
def status(store: StoreDir, as_json: AsJson = False) -> None:
    """状态：档案库里各有多少份完成、部分完成、失败，失败的逐一列出原因。运行中也可查看。

    例：chuandao archive status --store 档案库
    """
    from .words import status_record, status_words

    with _ledger(store) as ledger:
        _say(_json(status_record(ledger)) if as_json else status_words(ledger))


@archive.command("retry", cls=ChineseCommand)
def retry(
    store: StoreDir,
    names: Annotated[list[str] | None, typer.Argument(metavar="[名称…]", help="只重试路径中含有这些字的文件。")] = None,
    as_json: AsJson = False,
) -> None:
    """重试：把可能再试就行的失败（超时、超内存、缺口令、缺文字识别……）重新列为待处理，下次建档时再读。

    例：chuandao archive retry --store 档案库
    """
    from .ledger import Ledger
    from .store import locked, old_store

    opened = old_store(store)
    with locked(opened):
        ledger = Ledger(opened.ledger, write=True)
        count = ledger.retry(names or ())
        ledger.close()
    _say(
        _json({"reopened": count})
        if as_json
        else f"重新列为待处理 {count} 份；请再运行一次 chuandao archive 来源 --store {store}\n"
    )


@archive.command("list", cls=ChineseCommand)
def list_(store: StoreDir, as_json: AsJson = False) -> None:
    """清单：库中每份规划的名称、行政区、层级、期限、版本、要求条数和原文件位置。

    例：chuandao archive list --store 档案库
    """
    from .words import LIST

    _answer(store, lambda db: db.execute(LIST), None, as_json)


@archive.command("query", cls=ChineseCommand)
def query(
    store: StoreDir,
    sql: Annotated[str | None, typer.Argument(metavar="[SQL]", help="自己写的查询；表和列见 docs/archive.md。")] = None,
    ready: Annotated[
        str | None,
        typer.Option("--ready", metavar="问题", help="现成问题：indicator、entry、zones、unanswered、verdicts。"),
    ] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="名称", help="现成问题问的是什么，如 耕地保有量。")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件", help="写到 .csv、.xlsx、.parquet 或 .json。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """查询：用 SQL 查整个档案库，或用现成问题：一个指标在各地各年、哪些规划写到某个保护地、哪些县是某类分区……

    例：chuandao archive query --ready indicator --of 耕地保有量 --store 档案库
    """
    from .questions import asked, queried

    if (sql is None) == (ready is None):
        raise UsageError("archive query：请给出 SQL，或用 --ready 选一个现成问题（二者取一）。")
    _answer(store, lambda db: asked(db, ready, of) if ready else queried(db, sql or ""), output, as_json)


@archive.command("export", cls=ChineseCommand)
def export(
    store: StoreDir,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="输出", help="文件夹（每表一个文件）；xlsx 也可给一个 .xlsx 文件。"),
    ],
    format_: Annotated[str, typer.Option("--format", metavar="格式", help="csv、xlsx、parquet 或 json。")] = "csv",
    table: Annotated[list[str] | None, typer.Option("--table", metavar="表", help="只导出这张表，可重复。")] = None,
) -> None:
    """导出：把档案库的各张表写成 CSV、Excel 或 Parquet；以 = + - @ 开头的内容不会被当成公式。

    例：chuandao archive export --format xlsx -o 档案.xlsx --store 档案库
    """
    from ..commands.outputs import write_outputs
    from .catalogue import catalogue
    from .export import exported

    with catalogue(_store(store)) as db:
        files = exported(db, format_, output, table or ())
        write_outputs(files, [])
    _say("".join(f"{path}\n" for path in files))


@archive.command("search", cls=ChineseCommand)
def search(
    words: Annotated[list[str], typer.Argument(metavar="词…", help="要找的词，须同时出现。")],
    store: StoreDir,
    most: Annotated[int, typer.Option("--most", metavar="条数", min=1, help="最多列出几条。")] = 20,
    as_json: AsJson = False,
) -> None:
    """检索：在全部规划的要求中查找，每条给出规划、页码和原文。

    例：chuandao archive search 红树林 修复 --store 档案库
    """
    from dataclasses import asdict

    from .catalogue import catalogue
    from .search import search as found
    from .words import hits_words

    with catalogue(_store(store)) as db:
        hits = list(found(db, " ".join(words), most))
    _say(_json([asdict(hit) for hit in hits]) if as_json else hits_words(hits))


@archive.command("check", cls=ChineseCommand)
def check(
    store: StoreDir,
    against: Annotated[
        str, typer.Option("--against", metavar="上位规划", help="上位规划：文件，或档案库中一份规划的编号或名称。")
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="矩阵", help="矩阵：.html、.xlsx 或 .json，可重复给出。"),
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", metavar="层级", help="只核对这一级：city、county、township、village。")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="个数", min=1, help="同时核对的进程数。")] = 1,
    as_json: AsJson = False,
    lexicon: Annotated[
        Path | None, typer.Option("--lexicon", metavar="文件夹", help="用自己的词表（CSV、TOML）补充或覆盖内置词表。")
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="文件", help="打开加密 PDF 的口令，写在这个文本文件的第一行。"),
    ] = None,
) -> None:
    """核对：库中各下级规划逐一核对一份上位规划，得出“要求 × 规划”的矩阵，并把各地数值之和与上位总量相比。

    草案有错误时退出码为 1，有规划未能核对为 5。

    例：chuandao archive check --against 广东省规划.pdf -o 矩阵.html -o 矩阵.xlsx --store 档案库
    """
    from ..commands.matrix import matrix_reports
    from ..commands.outputs import write_outputs
    from ..plan.lexicon import load_lexicon
    from ..plan.plan import to_json
    from .checks import check_archive
    from .matrix import matrix_of
    from .words import matrix_words

    home = _store(store)
    with _count("核对") as shown:
        checked = check_archive(
            home,
            against,
            level=level,
            workers=workers,
            lexicon=lexicon,
            password=password_in(password_file),
            shown=shown,
        )
    matrix = matrix_of(home, checked, load_lexicon(lexicon))
    write_outputs(matrix_reports(matrix, output or []), [Path(against)])
    _say(to_json(matrix) if as_json else matrix_words(matrix, checked))
    code = ExitCode.PARTLY if checked.failed else ExitCode.ERRORS_FOUND if checked.errors else ExitCode.DONE
    raise typer.Exit(code)


@archive.command("compare", cls=ChineseCommand)
def compare(
    old: Annotated[Path, typer.Argument(metavar="旧库", help="以前的档案库，或放规划 JSON 的文件夹。")],
    new: Annotated[Path | None, typer.Argument(metavar="[新库]", help="现在的；不给则为 --store。")] = None,
    store: Annotated[Path | None, typer.Option("--store", metavar="档案库", help="现在的档案库。")] = None,
    as_json: AsJson = False,
) -> None:
    """比较：两次建档的结果有什么不同，按传导方式统计并举例（换版本、换词表之后看得失）。

    例：chuandao archive compare 旧档案库 --store 档案库
    """
    from .compare import compare as compared
    from .compare import comparison_record, comparison_words

    later = new or store
    if later is None:
        raise UsageError("archive compare：请给出两个档案库，例如 chuandao archive compare 旧档案库 新档案库。")
    found = compared(old, later)
    _say(_json(comparison_record(found)) if as_json else comparison_words(found))


def _store(home: Path) -> Any:
    from .store import old_store

    return old_store(home)


def _answer(store: Path, asked: Any, output: Path | None, as_json: bool) -> None:
    """The rows of a question: as a table for a terminal, tab-separated otherwise, as JSON, or into a file."""
    from .catalogue import catalogue
    from .export import as_file, format_of, json_bytes

    with catalogue(_store(store)) as db:
        cursor = asked(db)
        header = [column[0] for column in cursor.description or ()]
        if output is not None:
            from ..commands.outputs import write_outputs

            write_outputs({output: as_file(format_of(output), header, cursor, "结果")}, [])
        elif as_json:
            _say(json_bytes(header, cursor).decode())
        elif sys.stdout.isatty():
            _say_table(header, cursor)
        else:
            for row in (header, *cursor):
                _say(
                    "\t".join("" if cell is None else str(cell).replace("\t", " ").replace("\n", " ") for cell in row)
                    + "\n"
                )


def _say_table(header: list[str], rows: Any) -> None:
    from rich.table import Table

    table = Table(*header)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(highlight=False).print(table, markup=False)


@contextmanager
def _ledger(store: Path) -> Iterator[Any]:
    """The ledger to look at."""
    from .ledger import Ledger
    from .store import old_store

    ledger = Ledger(old_store(store).ledger, write=False)
    try:
        yield ledger
    finally:
        ledger.close()


def _say(text: str) -> None:
    sys.stdout.write(text)


def _json(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def _bar() -> Iterator[Shown | None]:
    """A bar with rate and time left on stderr, if it is a terminal; the time left goes by bytes, since files differ."""
    if not talk.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("建档"), BarColumn(), TextColumn("{task.fields[words]}"), TextColumn("剩余"), TimeRemainingColumn(),
        console=talk, transient=True, speed_estimate_period=120,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None, words="登记文件……")

        def shown(progress: Progress) -> None:
            rate = bar.tasks[0].elapsed or 0
            speed = f"{progress.pages / rate:.1f} 页/秒" if rate > 1 else ""
            words = f"{progress.files}/{progress.of_files} 个文件，读 {progress.read} 份 {progress.pages} 页 {speed}"
            bar.update(task, completed=progress.size, total=max(progress.of_size, 1), words=words)

        yield shown


@contextmanager
def _count(what: str) -> Iterator[Any]:
    """A bar that counts documents."""
    if not talk.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=talk, transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
