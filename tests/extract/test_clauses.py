"""Clauses: where they begin and end, and what they order."""

from __future__ import annotations

from chuandao.extract.clauses import segments, text_to_clauses
from chuandao.extract.directives import heads, modals, target


def test_a_clause_ends_at_full_stop_and_semicolon_and_keeps_its_offsets() -> None:
    """Each clause is the slice of the text that its offsets name."""
    text = "严禁占用耕地建房；鼓励发展林下经济。耕地是命根子。"
    clauses = text_to_clauses(text)
    assert [clause.text for clause in clauses] == ["严禁占用耕地建房；", "鼓励发展林下经济。", "耕地是命根子。"]
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses)
    assert [clause.opens for clause in clauses] == [True, False, True]


def test_stops_inside_quotes_and_brackets_end_no_clause() -> None:
    """“实行“先补后占；占补平衡”制度。” is one clause."""
    assert len(text_to_clauses("实行“先补后占；占补平衡”制度（见附表1；附表2）。")) == 1


def test_an_unclosed_quote_does_not_swallow_the_paragraph() -> None:
    """A misprinted opening mark leaves the stops after it in force."""
    assert len(text_to_clauses("落实“一张图要求。严禁突破红线。")) == 2


def test_item_numbers_are_no_part_of_a_clause() -> None:
    """（一）, 1. and ① are left out of the clause, 1.5 is not taken for a number."""
    assert [c.text for c in text_to_clauses("（一）严格保护耕地。")] == ["严格保护耕地。"]
    assert [c.text for c in text_to_clauses("1.严格保护耕地。")] == ["严格保护耕地。"]
    assert [c.text for c in text_to_clauses("1.5公里范围内不得采石。")] == ["1.5公里范围内不得采石。"]


def test_segments_part_at_commas_outside_brackets() -> None:
    """The comma inside （…） parts nothing."""
    text = "各县（市，区）应落实任务，并报备案。"
    assert [text[a:b] for a, b in segments(text)] == ["各县（市，区）应落实任务", "并报备案"]


def test_lookalikes_are_no_modal_words() -> None:
    """供应, 主要, 可持续, 因地制宜, 应急 hold modal characters and order nothing."""
    assert modals("主要依靠可持续的供应体系和应急设施，因地制宜发展，响应需求。") == ()


def test_the_longest_modal_word_wins() -> None:
    """一律不得 is one word, not 一律 and 不得."""
    assert [modal.word for modal in modals("其他项目一律不得占用。")] == ["一律不得"]


def test_a_verb_heads_its_segment_after_adverbs_and_leading_phrases() -> None:
    """有序推进… and 以镇为单元推进… are both headed by 推进."""
    assert heads("有序推进全域土地综合整治。")[0].word == "推进"
    assert heads("以镇为单元推进全域土地综合整治。")[0].word == "推进"


def test_verbs_that_stand_as_nouns_head_nothing() -> None:
    """开发 in 开发边界 and 建设 in 建设用地 are no heads."""
    assert all(head.word not in ("开发", "建设") for head in heads("城镇开发边界内的建设用地实行规划许可。"))


def test_planning_targets_are_told_from_thresholds() -> None:
    """A rate of the whole area is a target, a width along a river is none."""
    assert target("到2035年，全省森林覆盖率不低于58%。")
    assert target("全县耕地保有量不低于38万亩。")
    assert not target("河道两侧应预留宽度不小于30米的绿带。")
    assert not target("宅基地每户不超过150平方米。")
