"""Several files in, a plan JSON for each out: what `chuandao extract` does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..plan.errors import ChuandaoError, ExitCode, UsageError
from ..plan.lexicon import Lexicon
from ..plan.plan import Plan, to_json
from .inputs import Progress, open_input
from .inspecting import debug_pictures, ledger_line
from .outputs import write_outputs


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of it: `result` for stdout, a line for each failure and each note, the exit code."""

    result: str
    failures: tuple[str, ...]
    notes: tuple[str, ...]
    errors: bool
    exit_code: ExitCode


def extract_files(
    files: list[Path],
    outputs: list[Path],
    *,
    lexicon: Lexicon,
    password: str | None = None,
    progress: Progress | None = None,
    ocr: bool = True,
    census: bool = False,
    ledger: bool = False,
    debug: Path | None = None,
) -> Extracted:
    """Extracts each file; one that can't be read does not stop the others (exit 5, or its own code if all fail).

    One file goes to stdout or to the `outputs` files; several need one folder and become NAME.plan.json there.
    `census`, `ledger` and `debug` (a folder) show how each was read: findings, a note, a picture of each page.
    """
    _check_arguments(files, outputs)
    failures: list[ChuandaoError] = []
    plans: dict[Path, Plan] = {}
    ledgers: list[str] = []
    for path in files:
        try:
            given = open_input(path, lexicon, password=password, progress=progress, ocr=ocr, census=census)
        except ChuandaoError as error:
            failures.append(error)
            continue
        plans[path] = given.plan
        if ledger and given.document is not None:
            ledgers.append(ledger_line(given.document))
        if debug is not None and given.document is not None:
            write_outputs(debug_pictures(path, given.document, debug, password), files)
    result = ""
    if outputs:
        write_outputs(_placed(files, plans, outputs), files)
    elif plans:
        result = to_json(next(iter(plans.values())))
    code = ExitCode.DONE
    if failures:
        code = ExitCode.PARTLY if plans else failures[0].exit_code
    return Extracted(
        result=result,
        failures=tuple(str(error) for error in failures),
        notes=(
            *(
                f"{path.name}：{found.message}"
                for path, plan in plans.items()
                for found in plan.findings
                if found.category == "读取"
            ),
            *ledgers,
        ),
        errors=any(found.severity == "error" for plan in plans.values() for found in plan.findings),
        exit_code=code,
    )


def _check_arguments(files: list[Path], outputs: list[Path]) -> None:
    if len(files) > 1:
        if len(outputs) != 1 or outputs[0].suffix:
            raise UsageError("extract：给了几个文件时，-o 要是一个文件夹，例如 -o 结果。")
        names = [path.stem for path in files]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise UsageError(f"extract：有几个文件同名（{'、'.join(doubled)}），结果会互相覆盖；请分开提取。")
    for output in outputs:
        if output.suffix and output.suffix.lower() != ".json":
            raise UsageError(f"extract：-o {output} 应以 .json 结尾。")


def _placed(files: list[Path], plans: dict[Path, Plan], outputs: list[Path]) -> dict[Path, bytes]:
    placed: dict[Path, bytes] = {}
    for path, plan in plans.items():
        for output in outputs:
            into_folder = len(files) > 1 or not output.suffix or output.is_dir()
            placed[output / f"{path.stem}.plan.json" if into_folder else output] = to_json(plan).encode()
    return placed
