"use strict";
(() => {
  const D = JSON.parse(document.getElementById("data").textContent);
  const $ = id => document.getElementById(id);
  const BAD = new Set(D.problems);
  const store = {
    get(key, otherwise) { try { const v = localStorage.getItem("chuandao:" + D.key + ":" + key); return v === null ? otherwise : JSON.parse(v); } catch (e) { return otherwise; } },
    set(key, value) { try { localStorage.setItem("chuandao:" + D.key + ":" + key, JSON.stringify(value)); } catch (e) { /* a file opened read-only keeps nothing */ } },
  };
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (name === "style") Object.assign(node.style, value);
      else if (name === "class") node.className = value;
      else node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== "") node.append(child);
    return node;
  };
  const tag = v => el("span", { class: "tag v-" + v }, D.verdict_names[v]);
  const percent = (part, all) => all ? Math.round(100 * part / all) + "%" : "—";

  // ---- state ----------------------------------------------------------------------------------------------------
  const filter = Object.assign({ problems: false, undecided: false, modes: [], verdicts: [], upper: "", search: "", block: "", na: false }, store.get("filter", {}));
  let decisions = store.get("decisions", D.decisions || {});
  let chosen = store.get("chosen", 0);
  let shown = [];
  const keep = () => { store.set("filter", filter); };

  // ---- tabs -----------------------------------------------------------------------------------------------------
  const tabs = [...document.querySelectorAll("nav [data-tab]")];
  function open(tab) {
    if (!tabs.some(b => b.dataset.tab === tab)) tab = "overview";
    tabs.forEach(b => b.classList.toggle("on", b.dataset.tab === tab));
    document.querySelectorAll("main > section").forEach(s => s.classList.toggle("on", s.id === tab));
    store.set("tab", tab);
    if (tab === "items") { const row = document.querySelector(".row.on"); if (row) row.scrollIntoView({ block: "nearest" }); }
  }
  tabs.forEach(b => b.addEventListener("click", () => open(b.dataset.tab)));

  // ---- overview -------------------------------------------------------------------------------------------------
  function count(items) {
    const found = {};
    for (const item of items) found[item.verdict] = (found[item.verdict] || 0) + 1;
    return found;
  }
  function bar(found, act) {
    const all = Object.values(found).reduce((a, b) => a + b, 0);
    return el("div", { class: "bar" }, D.order.filter(v => found[v]).map(v => el("span", {
      class: "v-" + v, style: { flex: String(found[v]) }, title: D.verdict_names[v] + " " + found[v] + "（" + percent(found[v], all) + "）",
      on: { click: () => act(v) },
    }, found[v] / all > .05 ? String(found[v]) : "")));
  }
  function show(change) {
    Object.assign(filter, { problems: false, undecided: false, modes: [], verdicts: [], upper: "", search: "", block: "", na: false }, change);
    keep(); syncFilters(); refresh(); open("items");
  }
  const suspects = new Set(D.suspect.map(s => s.key));
  function find(key) {
    show({ na: true });
    const at = shown.findIndex(i => i.key === key);
    if (at >= 0) choose(at);
  }
  function overview() {
    const applies = D.items.filter(i => i.verdict !== "not_applicable");
    const found = count(D.items), bad = applies.filter(i => BAD.has(i.verdict));
    const good = applies.filter(i => i.verdict === "fulfilled" || i.verdict === "refined");
    const errors = D.findings.filter(f => f.severity === "error").length;
    const box = $("overview");
    box.replaceChildren();
    for (const note of D.notes) box.append(el("p", { class: "warn" }, note));
    if (D.suspect.length) box.append(el("div", { class: "card suspect" }, el("h2", {}, "需要复核的审查意见 " + D.suspect.length + " 条"), el("p", { class: "because" }, "作出意见之后，上位要求或本级表述有了变动，原意见未予采用，请重新审定。点击可看该条。"),
      el("table", { class: "plain" }, el("tr", {}, el("th", {}, "上位要求"), el("th", {}, "原审查意见"), el("th", {}, "变动")),
        D.suspect.map(s => el("tr", { on: { click: () => s.key && find(s.key) } }, el("td", {}, s.text), el("td", {}, s.decided), el("td", {}, s.because))))));
    const tile = (name, value, small, style, change) => el("button", { class: "tile " + (style || ""), on: { click: () => change && show(change) } }, el("b", {}, String(value)), name, el("br"), el("small", {}, small));
    box.append(el("div", { class: "tiles" },
      tile("上位要求", D.items.length, "适用本级 " + applies.length + " 条", "", { na: true }),
      tile("已落实", good.length, "占适用的 " + percent(good.length, applies.length), "good", { verdicts: ["fulfilled", "refined"] }),
      tile("问题", bad.length, "冲突 " + (found.conflict || 0) + "　缺失 " + (found.missing || 0) + "　弱化 " + (found.weakened || 0) + "　部分 " + (found.partial || 0), bad.length ? "bad" : "", { problems: true }),
      tile("无法判定", found.undetermined || 0, "须人工核对", "", { verdicts: ["undetermined"] }),
      el("button", { class: "tile " + (errors ? "bad" : ""), on: { click: () => open("draft") } }, el("b", {}, String(D.findings.length)), "本级文本问题", el("br"), el("small", {}, "其中错误 " + errors)),
    ));
    const byMode = D.modes.map(([mode, name]) => [mode, name, D.items.filter(i => i.mode === mode)]).filter(row => row[2].length);
    box.append(el("div", { class: "card" }, el("h2", {}, "适用本级的 " + applies.length + " 条，按结论"), el("div", { class: "bars" }, D.order.filter(v => found[v] && v !== "not_applicable").flatMap(v => [
      el("span", { class: "label" }, D.verdict_names[v]),
      el("div", { class: "bar" }, el("span", { class: "v-" + v, style: { width: 100 * found[v] / Math.max(...Object.values(count(applies))) + "%" }, on: { click: () => show({ verdicts: [v] }) } })),
      el("span", { class: "count" }, found[v] + " 条　" + percent(found[v], applies.length)),
    ]))));
    box.append(el("div", { class: "card" }, el("h2", {}, "适用本级的要求，按传导方式"), el("div", { class: "bars" }, byMode.flatMap(([mode, name, items]) => {
      const real = items.filter(i => i.verdict !== "not_applicable");
      const good = real.filter(i => i.verdict === "fulfilled" || i.verdict === "refined").length;
      return [el("span", { class: "label" }, name), bar(count(real), v => show({ modes: [mode], verdicts: [v] })), el("span", { class: "count" }, "适用 " + real.length + "　落实 " + percent(good, real.length))];
    })), el("div", { class: "legend" }, D.order.filter(v => found[v] && v !== "not_applicable").map(v => el("span", {}, el("i", { class: "v-" + v }), D.verdict_names[v])))));
    box.append(el("div", { class: "card" }, el("h2", {}, "核对的文件"), el("table", { class: "plain" },
      el("tr", {}, el("th", {}, "角色"), el("th", {}, "规划"), el("th", {}, "文件"), el("th", {}, "规划期"), el("th", {}, "SHA-256")),
      D.documents.map(d => el("tr", {}, el("td", {}, d.role), el("td", {}, d.title), el("td", {}, d.file), el("td", {}, d.period), el("td", {}, d.sha))))));
  }

  // ---- filters and list -----------------------------------------------------------------------------------------
  const decisionOf = item => decisions[item.key];
  function visible(item) {
    if (item.verdict === "not_applicable" && !filter.na && !filter.verdicts.includes("not_applicable")) return false;
    if (filter.problems && !BAD.has(item.verdict) && !suspects.has(item.key)) return false;
    if (filter.undecided && decisionOf(item) && decisionOf(item).decision) return false;
    if (filter.modes.length && !filter.modes.includes(item.mode)) return false;
    if (filter.verdicts.length && !filter.verdicts.includes(item.verdict)) return false;
    if (filter.upper !== "" && String(item.upper) !== filter.upper) return false;
    if (filter.block && !item.blocks.includes(filter.block)) return false;
    return !filter.search || filter.search.split(/\s+/).every(word => item.words.includes(word));
  }
  function chips(box, list, key, counts) {
    box.replaceChildren(...list.filter(([id]) => counts[id]).map(([id, name]) => el("button", {
      class: filter[key].includes(id) ? "on" : "", "aria-pressed": String(filter[key].includes(id)),
      on: { click: () => { filter[key] = filter[key].includes(id) ? filter[key].filter(x => x !== id) : [...filter[key], id]; keep(); syncFilters(); refresh(); } },
    }, name, el("small", {}, String(counts[id])))));
  }
  function syncFilters() {
    $("problems").checked = filter.problems;
    $("undecided").checked = filter.undecided;
    $("na").checked = filter.na;
    $("search").value = filter.search;
    $("upper").value = filter.upper;
    const modes = {}, verdicts = {};
    for (const item of D.items) { if (filter.na || item.verdict !== "not_applicable") modes[item.mode] = (modes[item.mode] || 0) + 1;
      verdicts[item.verdict] = (verdicts[item.verdict] || 0) + 1; }
    chips($("modes"), D.modes, "modes", modes);
    chips($("verdicts"), D.order.map(v => [v, D.verdict_names[v]]), "verdicts", verdicts);
  }
  function rowOf(item, at) {
    const decision = decisionOf(item);
    return el("div", { class: "row", role: "option", "data-at": String(at), on: { click: () => choose(at) } },
      el("div", { class: "top" }, el("span", { class: "no" }, item.number), el("span", {}, item.mode_name), tag(item.verdict),
        suspects.has(item.key) ? el("span", { class: "tag s-warning" }, "待复核") : "",
        item.mandatory ? el("span", { class: "tag line" }, "强制性") : "",
        decision && (decision.decision || decision.comment) ? el("span", { class: "mark " + (decision.decision || "") }, decision.decision === "accept" ? "✓" : decision.decision === "reject" ? "✗" : "✎") : ""),
      el("div", { class: "name" }, item.title));
  }
  function refresh(stay) {
    const before = shown[chosen];
    shown = D.items.filter(visible);
    shown = [...shown.filter(i => suspects.has(i.key)), ...shown.filter(i => !suspects.has(i.key))];
    $("list").replaceChildren(...(shown.length ? shown.map(rowOf) : [el("p", { class: "empty" }, "没有符合筛选条件的要求。")]));
    $("shown").textContent = "显示 " + shown.length + " / " + D.items.filter(i => filter.na || i.verdict !== "not_applicable").length + (filter.block ? "　双碳板块：" + filter.block : "");
    const at = stay && before ? shown.indexOf(before) : -1;
    choose(at >= 0 ? at : Math.min(stay ? chosen : 0, Math.max(0, shown.length - 1)));
    progress();
  }
  function progress() {
    const real = D.items.filter(i => i.verdict !== "not_applicable");
    const done = real.filter(i => decisionOf(i) && decisionOf(i).decision).length;
    $("progress").textContent = "已审 " + done + " / " + real.length;
  }
  function choose(at) {
    chosen = at;
    store.set("chosen", shown[at] ? D.items.indexOf(shown[at]) : 0);
    document.querySelectorAll(".row.on").forEach(row => row.classList.remove("on"));
    const row = $("list").children[at];
    if (row && shown.length) { row.classList.add("on"); row.scrollIntoView({ block: "nearest" }); }
    detail(shown[at]);
  }

  // ---- evidence -------------------------------------------------------------------------------------------------
  const pictures = {};
  function picture(side, page) {
    const id = "page-" + side + "-" + page;
    if (!(id in pictures)) { const node = $(id); pictures[id] = node ? { url: "data:image/jpeg;base64," + node.textContent, width: +node.dataset.width, height: +node.dataset.height } : null; }
    return pictures[id];
  }
  function crop(side, span) {
    const source = span.page && span.boxes && span.boxes.length ? picture(side, span.page) : null;
    if (!source) return null;
    const node = el("div", { class: "crop", title: "点击看整页 / 还原" });
    const draw = whole => {
      const width = Math.max(260, ($("detail").clientWidth - 70) / (innerWidth > 900 ? 2 : 1));
      const core = span.core && span.core.length ? span.core : span.boxes;
      const top0 = Math.min(...core.map(b => b[1])), bottom0 = Math.max(...core.map(b => b[3]));
      const left0 = Math.min(...span.boxes.map(b => b[0])), right0 = Math.max(...span.boxes.map(b => b[2]));
      let left = Math.max(0, left0 - 30), right = Math.min(source.width, right0 + 30);
      const least = Math.min(source.width, width / 1.5);
      if (right - left < least) { const middle = (left + right) / 2; left = Math.max(0, Math.min(source.width - least, middle - least / 2)); right = left + least; }
      let top = Math.max(0, top0 - 26), bottom = Math.min(source.height, bottom0 + 26);
      if (whole) { left = 0; right = source.width; top = 0; bottom = source.height; }
      const scale = width / (right - left);
      Object.assign(node.style, { width: width + "px", height: Math.min(whole ? 9999 : 380, (bottom - top) * scale) + "px" });
      node.classList.toggle("whole", whole);
      node.replaceChildren(el("img", { src: source.url, alt: "第 " + span.page + " 页", style: { width: source.width * scale + "px", left: -left * scale + "px", top: -top * scale + "px" } }),
        ...span.boxes.map(b => el("div", { class: "box", style: { left: (b[0] - left) * scale - 1 + "px", top: (b[1] - top) * scale - 1 + "px", width: (b[2] - b[0]) * scale + 2 + "px", height: (b[3] - b[1]) * scale + 2 + "px" } })));
    };
    let whole = false;
    node.addEventListener("click", () => { whole = !whole; draw(whole); });
    draw(false);
    return node;
  }
  function placeOf(span) {
    const parts = [];
    if (span.page) parts.push("第 " + span.page + " 页" + (span.printed_page && span.printed_page !== String(span.page) ? "（印刷页码 " + span.printed_page + "）" : ""));
    if (span.headings && span.headings.length) parts.push(span.headings.join(" › "));
    if (span.table) parts.push((span.table.label || "表格") + " 第 " + (span.table.row + 1) + " 行" + (span.table.header && span.table.header.length ? "「" + span.table.header.join(" / ") + "」" : ""));
    else if (span.paragraph !== undefined && span.paragraph !== null) parts.push("第 " + (span.paragraph + 1) + " 段");
    if (D.parts[span.part]) parts.push(D.parts[span.part]);
    return parts.join("　");
  }
  function evidence(side, spans) {
    const out = [], seen = new Set();
    const groups = new Map();
    for (const span of spans) {
      const key = (span.page || "d") + "|" + (span.table ? "t" + span.table.index : span.paragraph ?? "");
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(span);
    }
    for (const group of groups.values()) {
      const first = group[0];
      const paragraph = first.paragraph !== undefined && first.paragraph !== null && !first.table ? D.paragraphs[side + ":" + first.part + ":" + first.paragraph] : null;
      const quote = group.map(s => s.quote).join("");
      const told = first.page && !first.table && !picture(side, first.page) ? (D.paragraphs[side + ":page:" + first.page] || "").split("\n").find(text => text.includes(quote)) : null;
      const [around, from, to] = paragraph ? [paragraph, first.from, first.to] : told ? [told, told.indexOf(quote), told.indexOf(quote) + quote.length] : [null, 0, 0];
      out.push(el("div", { class: "place" }, placeOf(first)));
      if (around) out.push(el("div", { class: "paragraph" }, around.slice(0, from), el("mark", {}, around.slice(from, to)), around.slice(to)));
      else out.push(el("div", { class: "quote" }, el("mark", {}, group.map(s => s.quote).join(first.table ? " ｜ " : ""))));
      const rows = group.map(s => s.table ? s.table.row : 0), usual = rows.slice().sort((a, b) => rows.filter(r => r === b).length - rows.filter(r => r === a).length)[0];
      const boxes = group.flatMap(s => s.boxes || []), core = group.filter((s, n) => rows[n] === usual).flatMap(s => s.boxes || []);
      const cropped = first.page ? crop(side, { ...first, boxes, core }) : null;
      if (cropped && !seen.has(first.page + String(boxes))) { seen.add(first.page + String(boxes)); out.push(cropped); }
    }
    return out;
  }
  function findingCard(f, side) {
    return el("div", { class: "finding" }, el("span", { class: "tag s-" + f.severity }, D.severities[f.severity]), " ", el("b", {}, f.message), " ",
      el("span", { class: "code" }, f.code + "　" + f.category),
      f.where.length ? el("ul", {}, f.where.map(p => el("li", {}, (p.label ? p.label + "：" : "") + (p.value ? p.value + "　" : ""), el("span", { class: "place" }, placeOf(p)), el("div", {}, "“" + p.quote + "”")))) : "");
  }
  function responses(item, list, title) {
    return list.length ? [el("h4", {}, title), ...list.flatMap((r, n) => [
      list.length > 1 || title !== "回应" ? el("div", { class: "place" }, "（" + (n + 1) + "）" + (r.score ? "相近程度 " + Math.round(100 * r.score) + "%" : "")) : "",
      ...(r.where.length ? evidence("lower", r.where) : [el("div", { class: "quote" }, r.text)]),
    ])] : [];
  }
  function detail(item) {
    const box = $("detail");
    if (!item) { box.replaceChildren(el("p", { class: "empty" }, "左侧选择一条要求。")); return; }
    const decision = decisionOf(item) || {};
    box.replaceChildren(
      el("div", { class: "head" }, el("span", { class: "place" }, item.number), tag(item.verdict), el("span", { class: "tag line" }, item.mode_name),
        ...item.marks.map(m => el("span", { class: "tag line" }, m)), el("span", { class: "fill" }), el("span", { class: "place" }, item.id)),
      el("h2", {}, item.title),
      item.explanation ? el("div", { class: "explain" + (BAD.has(item.verdict) ? " bad" : "") }, item.explanation) : "",
      el("div", { class: "because" }, (item.applies ? "适用理由：" : "不适用：") + item.because),
      el("div", { class: "sides" },
        el("div", { class: "side" }, el("h3", {}, "上位要求　" + D.documents[item.upper].title), el("div", { class: "place" }, item.section.join(" › ")), ...evidence("upper" + item.upper, item.where),
          ...item.also.flatMap(a => [el("h3", {}, "另见　" + D.documents[a.upper].title), el("div", { class: "place" }, a.section.join(" › ")), el("div", {}, a.title), ...evidence("upper" + a.upper, a.where)]),
          item.facts.length ? el("table", { class: "plain" }, item.facts.map(([k, v]) => el("tr", {}, el("th", {}, k), el("td", {}, v)))) : ""),
        el("div", { class: "side" }, el("h3", {}, "本级表述　" + D.documents[D.documents.length - 1].title),
          ...responses(item, item.responses, "回应"),
          ...(item.responses.length ? [] : [el("p", { class: "because" }, item.applies ? "没有找到回应。" : "—")]),
          ...responses(item, item.candidates, "最接近的段落（供人工核对）"),
          item.searched.length ? el("div", { class: "place" }, "查找范围：" + item.searched.join("、")) : "")),
      ...item.findings.map(f => findingCard(f)),
      el("div", { class: "decide" },
        el("button", { class: "accept" + (decision.decision === "accept" ? " on" : ""), on: { click: () => decide("accept") } }, "同意结论 (a)"),
        el("button", { class: "reject" + (decision.decision === "reject" ? " on" : ""), on: { click: () => decide("reject") } }, "不同意 (r)"),
        el("label", { class: "place" }, "审定结论 ", el("select", { id: "own", on: { change: e => note({ verdict: e.target.value || null }) } },
          el("option", { value: "" }, "同核对结论"), ...D.order.map(v => el("option", { value: v, selected: decision.verdict === v }, D.verdict_names[v])))),
        el("textarea", { id: "comment", placeholder: "审查意见 (c)", on: { input: e => note({ comment: e.target.value }, true) } }, decision.comment || "")));
    box.scrollTop = 0;
  }

  // ---- decisions ------------------------------------------------------------------------------------------------
  function note(change, quiet) {
    const item = shown[chosen];
    if (!item) return;
    const next = { ...(decisions[item.key] || {}), ...change, time: new Date().toISOString().slice(0, 16), reviewer: null };
    if (!next.decision && !next.comment && !next.verdict) delete decisions[item.key]; else decisions[item.key] = next;
    store.set("decisions", decisions);
    const row = $("list").children[chosen];
    if (row && row.classList.contains("row")) { const fresh = rowOf(item, chosen); fresh.classList.add("on"); row.replaceWith(fresh); }
    progress();
    if (!quiet) detail(item);
  }
  function decide(what) {
    const item = shown[chosen];
    if (!item) return;
    const same = decisionOf(item) && decisionOf(item).decision === what;
    note({ decision: same ? null : what });
    if (same) return;
    if (filter.undecided) refresh(true); else if (what === "accept") move(1);
  }
  const move = step => { if (shown.length) choose(Math.max(0, Math.min(shown.length - 1, chosen + step))); };
  function decisionFile() {
    const list = D.items.filter(i => decisions[i.key]).map(i => {
      const d = decisions[i.key];
      return { requirement: i.id, stamp: i.stamp, upper: D.documents[i.upper].title, upper_sha256: D.documents[i.upper].sha256, lower: D.documents[D.documents.length - 1].title,
        text: i.title, reported: (i.review && i.review.reported) || i.verdict, response: i.responses.map(r => r.text).join(" ‖ ") || null, decision: d.decision || null,
        verdict: d.verdict || (d.decision === "accept" ? i.verdict : null), reason: d.comment || null, reviewer: d.reviewer || $("reviewer").value.trim() || null, time: d.time || null };
    });
    return JSON.stringify({ schema: "chuandao.decisions/1", region: D.region, reviewer: $("reviewer").value.trim() || null, decisions: list }, null, 1) + "\n";
  }
  $("save").addEventListener("click", () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([decisionFile()], { type: "application/json" })), download: D.file + ".审查意见.json" });
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  $("load").addEventListener("change", async event => {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    try {
      const read = JSON.parse(await file.text());
      if (read.schema !== "chuandao.decisions/1") throw new Error();
      const known = new Map(D.items.map(i => [i.id, i]));
      let taken = 0, stale = 0;
      for (const d of read.decisions) {
        const item = known.get(d.requirement);
        if (!item) continue;
        if (d.stamp && d.stamp !== item.stamp) stale += 1;
        decisions[item.key] = { decision: d.decision, comment: d.reason || "", verdict: d.verdict && d.verdict !== item.verdict ? d.verdict : null, reviewer: d.reviewer || null, time: d.time || null };
        taken += 1;
      }
      if (read.reviewer && !$("reviewer").value) { $("reviewer").value = read.reviewer; store.set("reviewer", read.reviewer); }
      store.set("decisions", decisions);
      refresh(true);
      alert("读入审查意见 " + taken + " 条" + (stale ? "，其中 " + stale + " 条的上位要求已有变动，请复核" : "") + "。");
    } catch (e) { alert("这不是审查意见文件（chuandao.decisions/1）。"); }
  });

  // ---- carbon ---------------------------------------------------------------------------------------------------
  function carbon() {
    const box = $("carbon"), blocks = D.blocks;
    const rows = blocks.map(block => el("tr", {}, el("th", {}, block), ...D.modes.map(([mode]) => {
      const items = D.items.filter(i => i.mode === mode && i.blocks.includes(block) && i.verdict !== "not_applicable");
      if (!items.length) return el("td", { class: "none" }, "—");
      const good = items.filter(i => i.verdict === "fulfilled" || i.verdict === "refined").length, bad = items.filter(i => BAD.has(i.verdict)).length;
      return el("td", { title: "点击查看", on: { click: () => show({ block, modes: [mode] }) } }, good + " / " + items.length, bad ? el("small", { style: { color: "var(--conflict)" } }, "问题 " + bad) : el("small", {}, good === items.length ? "全部落实" : "待核对"), el("span", { class: "meter" }, el("i", { style: { width: 100 * good / items.length + "%" } })));
    })));
    const none = D.items.filter(i => !i.blocks.length).length;
    box.replaceChildren(el("div", { class: "card" }, el("h2", {}, "“双碳”内容的传导覆盖"), el("p", { class: "because" }, "行：国土空间规划中与“双碳”相关的内容板块；列：六种传导方式。格内为“已落实 / 适用”的条数，点击可看逐条核对。"),
      blocks.length ? el("table", { class: "plain matrix" }, el("tr", {}, el("th", {}, "内容板块"), ...D.modes.map(([, name]) => el("th", {}, name))), rows) : el("p", {}, "上位要求都没有归入“双碳”内容板块。"),
      el("p", { class: "because" }, "未归入任何板块的要求 " + none + " 条。")));
  }

  // ---- findings in the draft, local additions -------------------------------------------------------------------
  function draft() {
    const groups = new Map();
    for (const f of D.findings) { if (!groups.has(f.category)) groups.set(f.category, []); groups.get(f.category).push(f); }
    $("draft").replaceChildren(...(D.findings.length ? [...groups].map(([category, list]) => el("div", { class: "card" }, el("h2", {}, category + "（" + list.length + "）"), list.map(f => {
      const card = findingCard(f);
      const spans = f.where.filter(p => p.page && p.boxes && p.boxes.length && (p.label || "").indexOf("上位") < 0);
      if (spans.length) card.append(el("button", { on: { click: e => { e.target.remove(); spans.forEach(s => { const c = crop("lower", s); if (c) card.append(el("div", { class: "place" }, (s.label ? s.label + "　" : "") + placeOf(s)), c); }); } } }, "看原文图像"));
      return card;
    }))) : [el("div", { class: "card" }, el("p", {}, "没有发现本级文本内部的问题。"))]));
  }
  function local() {
    $("local").replaceChildren(
      el("div", { class: "card" }, el("h2", {}, "依据存疑（" + D.orphans.length + "）"), el("p", { class: "because" }, "本级声称来自上位规划、但上位规划中找不到的内容。"), D.orphans.length ? D.orphans.map(f => findingCard(f)) : el("p", {}, "无。")),
      el("div", { class: "card" }, el("h2", {}, "本级新增（" + D.local.length + "）"), D.local.length ? el("table", { class: "plain" }, el("tr", {}, el("th", {}, "方式"), el("th", {}, "内容"), el("th", {}, "位置")), D.local.map(r => el("tr", {}, el("td", {}, r.mode_name), el("td", {}, r.text), el("td", { class: "place" }, r.place)))) : el("p", {}, "无。")));
  }

  // ---- print ----------------------------------------------------------------------------------------------------
  function paper() {
    $("paper").replaceChildren(el("h2", {}, "传导落实对照表" + (filter.problems ? "（问题）" : "") + "　" + shown.length + " 条"), el("table", { class: "plain" },
      el("colgroup", {}, ["4%", "6%", "31%", "31%", "7%", "21%"].map(width => el("col", { style: { width } }))),
      el("thead", {}, el("tr", {}, ["序号", "方式", "上位要求（原文、页码）", "本级表述（原文、页码）", "结论", "说明与审查意见"].map(h => el("th", {}, h)))),
      el("tbody", {}, shown.map(i => el("tr", {}, el("td", {}, i.number), el("td", {}, i.mode_name), el("td", {}, i.title, el("div", { class: "place" }, i.place)),
        el("td", {}, i.responses.map(r => el("div", {}, r.text, el("div", { class: "place" }, r.place))), i.responses.length ? "" : "—"), el("td", {}, D.verdict_names[i.verdict]),
        el("td", {}, i.explanation || i.because, (decisions[i.key] && decisions[i.key].comment) ? el("div", {}, "意见：" + decisions[i.key].comment) : ""))))));
  }
  addEventListener("beforeprint", paper);
  $("print").addEventListener("click", () => { paper(); print(); });

  // ---- keys and start -------------------------------------------------------------------------------------------
  addEventListener("keydown", event => {
    const typing = /INPUT|TEXTAREA|SELECT/.test(event.target.tagName);
    if (typing && event.key === "Escape") { event.target.blur(); return; }
    if ((typing && event.target.type !== "checkbox") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), a: () => decide("accept"), r: () => decide("reject"),
      c: () => $("comment") && $("comment").focus(), u: () => note({ decision: null, verdict: null }), p: () => { filter.problems = !filter.problems; keep(); syncFilters(); refresh(true); } }[event.key];
    if (!act) return;
    if (!$("items").classList.contains("on")) { if (/Arrow/.test(event.key)) return; open("items"); }
    event.preventDefault();
    act();
  });
  $("problems").addEventListener("change", e => { filter.problems = e.target.checked; keep(); refresh(true); });
  $("undecided").addEventListener("change", e => { filter.undecided = e.target.checked; keep(); refresh(true); });
  $("na").addEventListener("change", e => { filter.na = e.target.checked; keep(); refresh(true); });
  $("search").addEventListener("input", e => { filter.search = e.target.value.trim(); keep(); refresh(); });
  $("upper").addEventListener("change", e => { filter.upper = e.target.value; keep(); refresh(); });
  $("reset").addEventListener("click", () => { Object.assign(filter, { problems: false, undecided: false, modes: [], verdicts: [], upper: "", search: "", block: "", na: false }); keep(); syncFilters(); refresh(); });
  $("reviewer").value = store.get("reviewer", "");
  $("reviewer").addEventListener("input", e => store.set("reviewer", e.target.value));
  $("title").textContent = D.title;
  $("subtitle").textContent = D.subtitle;
  $("made").textContent = D.made;
  $("upper").replaceChildren(el("option", { value: "" }, "全部上位规划"), ...D.documents.slice(0, -1).map((d, n) => el("option", { value: String(n) }, d.title)));
  $("upper").hidden = D.documents.length < 3;
  const last = D.items[chosen];
  syncFilters();
  overview(); carbon(); draft(); local();
  shown = [];
  refresh();
  const at = last ? shown.indexOf(last) : 0;
  if (at > 0) choose(at);
  open(store.get("tab", "overview"));
  document.documentElement.dataset.ready = "yes";
})();
