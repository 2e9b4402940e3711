"""The main job on a sample pair, from the upper plan's PDF to a checked draft: what `make demo` shows."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from ..plan.lexicon import load_lexicon
from ..plan.plan import to_json
from ..plan.verdict import VERDICT_NAMES, Check
from .checking import check, check_reports
from .drafting import facts, facts_outputs, generate, generate_outputs
from .extracting import extract
from .outputs import write_outputs
from .words import plan_summary


def main() -> None:
    """demo PAIR_FOLDER OUTPUT_FOLDER; the pair's region is that of its lower plan."""
    pair, out = Path(sys.argv[1]), Path(sys.argv[2])
    (upper,) = pair.glob("upper*.pdf")
    (lower,) = pair.glob("lower*.docx")
    started = time.perf_counter()
    lexicon = load_lexicon()
    talk(f"① 提取上位规划 {upper.name} ……")
    plan = extract(upper, lexicon=lexicon)
    plan_json = out / "plan.json"
    write_outputs({plan_json: to_json(plan).encode()}, [upper, lower])

    talk(f"② 核对示例下位规划 {lower.name}（其中故意埋有错误）……")
    sample, inputs = check(lower, [upper], lexicon=lexicon)
    region = sample.region.name
    write_outputs(check_reports(sample, inputs, [out / "report.html", out / "report.xlsx", out / "report.json"]), [])

    talk("③ 写出本地情况表，起草下位规划 ……")
    form = facts([upper], region=region, lexicon=lexicon)
    write_outputs(facts_outputs(form, [out / "facts.xlsx"]), [])
    draft = out / "draft.docx"
    drafted = generate([upper], region=region, facts_file=None, output=draft, lexicon=lexicon)
    write_outputs(generate_outputs(drafted, draft), [])

    talk("④ 用同一核对方法检查起草稿 ……")
    checked, inputs = check(draft, [upper], region=region, lexicon=lexicon)
    write_outputs(check_reports(checked, inputs, [out / "draft-report.html", out / "draft-report.xlsx"]), [])

    lines = [
        "",
        f"上位规划　{plan_summary(plan)}",
        f"适用范围　对{region}适用 {sum(verdict.applies for verdict in sample.verdicts)} 条，每条都注明理由、页码和原文位置",
        f"示例草案　{tally(sample)}",
        f"　　　　　文内问题 {len(sample.findings)} 处（文表不一致、合计、期限、引用等）；有错误，退出码应为 1",
        f"起草稿　　响应 {len(drafted.trace.responses)} 条，待补充 {len(drafted.trace.open_items)} 项（Word 中以【待补充：…】标出）",
        f"　　　　　自查：{tally(checked)}",
        f"产出文件　{out}/plan.json　上位要求（JSON）",
        f"　　　　　{out}/report.html、report.xlsx　示例草案的核对报告与传导落实对照表",
        f"　　　　　{out}/facts.xlsx　本地情况表　　{out}/draft.docx　起草稿（附对照表）　　{out}/draft-report.html　其核对报告",
        f"用时　　　{time.perf_counter() - started:.0f} 秒",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def tally(result: Check) -> str:
    """The verdicts of what applies, counted."""
    counts = Counter(verdict.verdict for verdict in result.verdicts if verdict.applies)
    return "、".join(f"{word} {counts[name]}" for name, word in VERDICT_NAMES.items() if counts[name])


def talk(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
