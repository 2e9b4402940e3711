"""The command `chuandao`: arguments in, words and exit codes out (CONTRACT §7).

stdout carries the result, stderr the talk. Heavy rooms are imported by the command that needs them, so that --help
answers at once.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from .archive.chinese import ChineseCommand, ChineseGroup, password_in
from .archive.command import archive
from .plan.character_classes import share_classes
from .plan.errors import ChuandaoError, ExitCode, UsageError

if TYPE_CHECKING:
    from .commands.inputs import Progress
    from .plan.lexicon import Lexicon

_WRONG_USAGE: Any = typer.BadParameter.__base__
"""What all complaints about arguments derive from (Typer names it in private only)."""

app = typer.Typer(
    name="chuandao",
    cls=ChineseGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
    help="传导：从上位国土空间规划提取要求，生成下位规划章节，逐条核对落实情况并举证。\n\n"
    "例：chuandao check 惠州市规划.docx --against 广东省规划.pdf -o 核对报告.html",
)
talk = Console(stderr=True, highlight=False)

LexiconDir = Annotated[
    Path | None, typer.Option("--lexicon", metavar="文件夹", help="用自己的词表（CSV、TOML）补充或覆盖内置词表。")
]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", metavar="文件", help="打开加密 PDF 的口令，写在这个文本文件的第一行。")
]
Region = Annotated[str | None, typer.Option("--region", metavar="行政区", help="下位规划所属的行政区，如 惠州市。")]
AsJson = Annotated[bool, typer.Option("--json", help="结果以 JSON 写到标准输出。")]
Uppers = Annotated[list[Path], typer.Argument(metavar="上位规划…", help="上位规划：PDF、DOCX 或规划 JSON，可给几个。")]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"chuandao {version('chuandao')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")] = False,
) -> None:
    pass


@app.command(cls=ChineseCommand)
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="规划文件：PDF、OFD 或 DOCX，可给几个。")],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="输出", help="写到这个 JSON 文件；给了几个文件时写到这个文件夹。"),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="文中有错误（error 级问题）时退出码为 1。")] = False,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="不识别扫描页，只列出哪些页需要识别。")] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="列出字迹台账：每个字是采用了，还是页眉、页码、水印等。")
    ] = False,
    census: Annotated[bool, typer.Option("--census", help="每页都用两个引擎读，不一致的页列为问题。")] = False,
    debug: Annotated[
        Path | None,
        typer.Option(
            "--debug", metavar="文件夹", help="每页画成一张图：行、段落、标题、表格、单元格、页眉页码各用一种颜色。"
        ),
    ] = None,
    lexicon: LexiconDir = None,
    password_file: PasswordFile = None,
) -> None:
    """提取：规划 PDF、OFD 或 DOCX → 结构化 JSON，六种传导方式，每条带页码和位置。

    例：chuandao extract 广东省规划.pdf -o 广东省.plan.json
    """
    from .commands.batch import extract_files

    with _progress() as progress:
        outcome = extract_files(
            files,
            output or [],
            lexicon=_lexicon(lexicon),
            password=password_in(password_file),
            progress=progress,
            ocr=not no_ocr,
            census=census,
            ledger=ledger,
            debug=debug,
        )
    for line in (*outcome.failures, *outcome.notes):
        _tell(line)
    sys.stdout.write(outcome.result)
    if strict and outcome.errors and outcome.exit_code is ExitCode.DONE:
        raise typer.Exit(ExitCode.ERRORS_FOUND)
    raise typer.Exit(outcome.exit_code)


@app.command(cls=ChineseCommand)
def check(
    draft: Annotated[Path, typer.Argument(metavar="下位规划", help="要核对的规划：DOCX、PDF 或规划 JSON。")],
    against: Annotated[
        list[Path], typer.Option("--against", metavar="上位规划…", help="上位规划：PDF、DOCX 或规划 JSON，可给几个。")
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", metavar="报告", help="报告：.html、.xlsx、.docx 或 .json，可重复给出。"),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="批注稿.docx", help="草案的副本，问题写成 Word 批注（草案须为 DOCX）。"),
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option(
            "--decisions",
            metavar="文件",
            help="审查意见：网页报告保存的 .json，或填了审查意见的 .xlsx 对照表；可重复给出，后给的为准。",
        ),
    ] = None,
    region: Region = None,
    as_json: AsJson = False,
    lexicon: LexiconDir = None,
    password_file: PasswordFile = None,
) -> None:
    """核对：下位规划逐条落实了上位规划的哪些要求，哪些弱化、冲突或缺失，两边都举证。

    有错误时退出码为 1，没有错误为 0。

    例：chuandao check 惠州市规划.docx --against 广东省规划.pdf 修复规划.pdf -o 报告.html -o 对照表.xlsx
    """
    from . import commands
    from .commands.words import check_summary, has_errors

    password = password_in(password_file)
    with _progress() as progress:
        result, inputs = commands.check(
            draft,
            against,
            region=region,
            decisions=decisions or [],
            lexicon=_lexicon(lexicon),
            password=password,
            progress=progress,
        )
        reports = commands.check_reports(result, inputs, output or [], password)
        if annotate is not None:
            reports[annotate] = commands.check_annotated(result, inputs)
    commands.write_outputs(reports, [draft, *against, *(decisions or [])])
    _say(_dump(result) if as_json else check_summary(result))
    raise typer.Exit(ExitCode.ERRORS_FOUND if has_errors(result) else ExitCode.DONE)


@app.command(cls=ChineseCommand)
def audit(
    draft: Annotated[Path, typer.Argument(metavar="下位规划", help="草案：DOCX 或 PDF。")],
    against: Annotated[
        list[Path], typer.Option("--against", metavar="上位规划…", help="上位规划：PDF、DOCX 或规划 JSON，可给几个。")
    ],
    faults: Annotated[int, typer.Option("--faults", min=1, metavar="数目", help="最多埋设多少处错误。")] = 300,
    region: Region = None,
    as_json: AsJson = False,
    lexicon: LexiconDir = None,
    password_file: PasswordFile = None,
) -> None:
    """自测：在草案的副本里埋设各种已知错误，再核对一遍，看能查出多少、有没有误判。草案本身不动。

    例：chuandao audit 惠州市规划.docx --against 广东省规划.pdf
    """
    from . import commands

    with _progress() as progress:
        result = commands.audit(
            draft,
            against,
            region=region,
            count=faults,
            lexicon=_lexicon(lexicon),
            password=password_in(password_file),
            progress=progress,
        )
    _say(
        json.dumps(commands.audit_record(result), ensure_ascii=False, indent=1) + "\n"
        if as_json
        else commands.audit_words(result)
    )


@app.command(cls=ChineseCommand)
def facts(
    uppers: Uppers,
    region: Annotated[str, typer.Option("--region", metavar="行政区", help="为哪个行政区填写，如 惠州市。")],
    output: Annotated[
        list[Path], typer.Option("-o", "--output", metavar="表格", help="本地情况表：.xlsx 或 .yaml，可重复给出。")
    ],
    earlier: Annotated[
        Path | None, typer.Option("--from", metavar="规划", help="已有的本地规划或草案，从中预填。")
    ] = None,
    lexicon: LexiconDir = None,
    password_file: PasswordFile = None,
) -> None:
    """列表：写出只有本地知道的情况表（Excel），填好后供 generate 使用。

    例：chuandao facts 广东省规划.pdf --region 惠州市 -o 本地情况.xlsx
    """
    from . import commands
    from .commands.words import facts_summary

    with _progress() as progress:
        form = commands.facts(
            uppers,
            region=region,
            earlier=earlier,
            lexicon=_lexicon(lexicon),
            password=password_in(password_file),
            progress=progress,
        )
    commands.write_outputs(commands.facts_outputs(form, output), [*uppers, *([earlier] if earlier else [])])
    _say(facts_summary(form, output))


@app.command(cls=ChineseCommand)
def generate(
    uppers: Uppers,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="草案.docx", help="写出的 Word 草案；用 --all 或 --regions 时为文件夹。"
        ),
    ],
    region: Annotated[
        str | None, typer.Option("--region", metavar="行政区", help="为哪个行政区起草，如 惠州市。")
    ] = None,
    regions: Annotated[
        str | None,
        typer.Option("--regions", metavar="行政区、…", help="一次为多个行政区起草，用、或逗号分隔；全部 即 --all。"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="为上位规划下一级的全部行政区起草。")] = False,
    facts_file: Annotated[
        Path | None,
        typer.Option("--facts", metavar="文件", help="填好的本地情况表（.xlsx 或 .yaml）；多个行政区时为文件夹。"),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="模板.docx", help="用自己的 Word 模板（见 chuandao template）。"),
    ] = None,
    show_unplaced: Annotated[
        bool, typer.Option("--draft", help="模板中没有位置的要求以红字列在文末，不拒绝写出。")
    ] = False,
    update: Annotated[
        Path | None,
        typer.Option("--update", metavar="草案.docx", help="更新已有草案：人工修改保留，上位要求有变化的地方加批注。"),
    ] = None,
    as_json: AsJson = False,
    lexicon: LexiconDir = None,
    password_file: PasswordFile = None,
) -> None:
    """起草：为每条适用的上位要求写出响应，附传导落实对照表；缺的事实标为【待补充】，绝不编造。

    例：chuandao generate 广东省规划.pdf --region 惠州市 --facts 本地情况.xlsx -o 惠州市草案.docx
    """
    from . import commands

    with _progress() as progress:
        drafts = commands.generate_drafts(
            uppers,
            region=region,
            regions=regions,
            every=every,
            facts_file=facts_file,
            output=output,
            template=template,
            update=update,
            show_unplaced=show_unplaced,
            lexicon=_lexicon(lexicon),
            password=password_in(password_file),
            progress=progress,
        )
        inputs = [*uppers, *(path for path in (facts_file, template, update) if path and path != output)]
        for path, drafted in drafts:
            commands.write_outputs(commands.generate_outputs(drafted, path), inputs)
            _say_draft(drafted, path, as_json=as_json)


def _say_draft(drafted: Any, path: Path, *, as_json: bool) -> None:
    from .commands.words import draft_summary

    _say(_dump(drafted.trace) if as_json else draft_summary(drafted, path))


app.add_typer(archive, name="archive")
templates = typer.Typer(cls=ChineseGroup, no_args_is_help=True, help="模板：生成和检查 Word 模板。")
app.add_typer(templates, name="template")


@templates.command("new", cls=ChineseCommand)
def template_new(
    kind: Annotated[
        str,
        typer.Argument(metavar="种类", help="市级国土空间总体规划、县级国土空间总体规划、双碳专章、乡镇国土空间规划。"),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="模板.docx", help="写出的 Word 模板。")],
) -> None:
    """写出一套章节模板，可在 Word 中照改：{{ }} 处填入响应。

    例：chuandao template new 市级国土空间总体规划 -o 模板.docx
    """
    from . import commands

    commands.write_outputs({output: commands.template_new(kind)}, [])
    _say(f"模板：{output}\n")


@templates.command("check", cls=ChineseCommand)
def template_check(
    template: Annotated[Path, typer.Argument(metavar="模板.docx", help="Word 模板。")],
    uppers: Annotated[
        list[Path] | None, typer.Option("--against", metavar="上位规划", help="同时检查适用的要求是否都有位置。")
    ] = None,
    region: Region = None,
    lexicon: LexiconDir = None,
) -> None:
    """检查模板：不认识的位置、没有位置的上位要求，逐一指出（退出码 6）。

    例：chuandao template check 模板.docx --against 广东省规划.pdf --region 惠州市
    """
    from . import commands

    with _progress() as progress:
        places = commands.template_check(
            template, uppers or [], region=region, lexicon=_lexicon(lexicon), progress=progress
        )
    _say(f"模板可用：{len(places)} 个位置：{'、'.join(places)}\n")


@app.command(cls=ChineseCommand)
def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="名称", help="plan、check、facts、decisions、trace、matrix、catalogue 之一；不给则列出全部。"
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件夹", help="每种格式写成一个 .schema.json 文件。")
    ] = None,
) -> None:
    """格式：输出各种 JSON 和档案目录库各表的格式定义（JSON Schema）。

    例：chuandao schema plan
    """
    from . import commands
    from .archive.schemas import schemas

    known = commands.schemas() | schemas()
    if name is not None and name not in known:
        raise UsageError(f"schema {name}：没有这种格式；可用的有 {'、'.join(known)}。")
    chosen = known if name is None else {name: known[name]}
    texts = {key: json.dumps(value, ensure_ascii=False, indent=2) + "\n" for key, value in chosen.items()}
    if output is not None:
        commands.write_outputs({output / f"{key}.schema.json": text.encode() for key, text in texts.items()}, [])
        return
    _say(texts[name] if name is not None else json.dumps(known, ensure_ascii=False, indent=2) + "\n")


def _tell(line: str) -> None:
    """One line of talk, unbroken, to stderr."""
    talk.print(line, markup=False, soft_wrap=True)


def _say(text: str) -> None:
    sys.stdout.write(text)


def _dump(record: Any) -> str:
    from .plan.plan import to_json

    return to_json(record)


def _lexicon(extra: Path | None) -> Lexicon:
    from .plan.lexicon import load_lexicon

    return load_lexicon(extra)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on stderr, one a file, if it is a terminal; else nothing."""
    if not talk.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("页"),
        TimeElapsedColumn(),
        console=talk,
        transient=True,
    ) as bar:
        tasks: dict[str, Any] = {}

        def advance(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(f"读 {name}", total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield advance


def spread(arguments: list[str]) -> list[str]:
    """`--against A B` as `--against A --against B`: the option takes all that follows up to the next option."""
    result: list[str] = []
    taking = False
    for argument in arguments:
        if argument == "--against":
            taking = True
        elif argument.startswith("-") and argument != "-":
            taking = False
            result.append(argument)
        elif taking:
            result += ["--against", argument]
        else:
            result.append(argument)
    return result if not (arguments and arguments[-1] == "--against") else [*result, "--against"]


def _usage_line(error: Any) -> str:
    """One Chinese line for what Typer found wrong with the arguments."""
    command = error.ctx.command_path if getattr(error, "ctx", None) else "chuandao"
    kind = type(error).__name__
    param = getattr(error, "param", None)
    named = ""
    if param is not None:
        is_option = any(opt.startswith("-") for opt in param.opts)
        named = " / ".join(param.opts) if is_option else param.metavar or param.name
    if kind == "MissingParameter":
        what = f"缺少 {named}"
    elif kind == "NoSuchOption":
        what = f"没有 {error.option_name} 这个选项"
    elif "No such command" in str(error.format_message()):
        what = f"没有这个命令（{str(error.format_message()).split(chr(39))[1]}）"
    elif kind == "BadParameter":
        what = f"{named} 的值不对"
    else:
        what = str(error.format_message())
    return f"{command}：{what}；请看 {command} --help。"


def main() -> None:
    """The entry point: every error becomes one line on stderr and the documented exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # plans are many small objects that stay; looking through them was a fifth of all
    gc.set_threshold(1_000_000, 50, 100)
    atexit.register(gc.freeze)  # nor need they be looked through once more at the end
    share_classes()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some reads every package's metadata
    try:
        code = app(args=spread(sys.argv[1:]), prog_name="chuandao", standalone_mode=False)
    except ChuandaoError as error:
        _tell(str(error))
        sys.exit(error.exit_code)
    except _WRONG_USAGE as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            _tell(error.format_message())
        else:
            _tell(_usage_line(error))
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        _tell("已中断，没有写出不完整的文件。")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    except Exception as error:
        if os.environ.get("CHUANDAO_DEBUG"):
            raise
        _tell(
            f"chuandao：程序内部出错（{type(error).__name__}：{error}），没有写出不完整的文件；"
            "请把所用的命令和文件反馈给维护者，设 CHUANDAO_DEBUG=1 再运行可得到详情。"
        )
        sys.exit(ExitCode.UNREADABLE)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)
