"""Helpers of upper.py and lower.py."""


def chinese(n):
    d = "零一二三四五六七八九"
    if n < 10:
        return d[n]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else d[tens]) + "十" + (d[ones] if ones else "")


def numbered(text):
    """'## 条 X' becomes '## 第N条 X' (Chinese numerals, running through); '## 、 X' becomes '## （N） X', anew in each part."""
    out, n, k = [], 0, 0
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("# "):
            k = 0
        if line.startswith("## 条 "):
            n += 1
            line = f"## 第{chinese(n)}条 {line[5:]}"
        if line.startswith("## 、 "):
            k += 1
            line = f"## （{chinese(k)}） {line[5:]}"
        out.append(line)
    return "\n".join(out)


def controls(blocks, starts):
    """The control sentence of a line whose area stands in running text: the rule that begins so."""
    rules = [r["text"] for b in blocks for p in getattr(b, "parts", []) for s, r in p.labels if s == "rules"]
    for block in blocks:
        for part in getattr(block, "parts", []):
            for section, record in part.labels:
                if section == "boundaries" and record["line"] in starts and not record.get("control"):
                    record["control"] = next(t for t in rules if t.startswith(starts[record["line"]]))


def spread(names, rows):
    """Sums of the columns, with the places of the first row."""
    out = []
    for c in range(len(rows[0])):
        places = len(rows[0][c].partition(".")[2])
        out.append(f"{sum(round(float(r[c]) * 1000) for r in rows if r[c] != '—') / 1000:.{places}f}")
    return out
