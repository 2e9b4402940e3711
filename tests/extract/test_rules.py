"""Rules: which clauses are taken, how strong they are, what they let pass."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from chuandao.extract.clause_model import clause_model, plainly_no_rule, rule_score
from chuandao.extract.context import Context
from chuandao.extract.rule_fields import (
    actor_of,
    conditions_of,
    deadline_of,
    directive_of,
    exceptions_of,
    responsible_of,
)
from chuandao.extract.rules import find_rules
from chuandao.plan.document import Block, Document, DocxRun, Source, Text
from chuandao.plan.lexicon import load_lexicon
from chuandao.plan.plan import PlanDocument, SourceFile
from chuandao.plan.requirement import RuleRequirement

SECTION = ("第五章 生态空间", "第一节 山水林田湖草保护")


def document(*texts: str, section: tuple[str, ...] = SECTION, part: str = "body") -> Document:
    """A DOCX with one paragraph for each text."""
    blocks = tuple(
        Block(number, "paragraph", Text(text, (DocxRun(0, len(text), "body", number, 0),)), part=part, section=section)
        for number, text in enumerate(texts)
    )
    return Document(Source("plan.docx", "0" * 64, "docx"), blocks)


def context() -> Context:
    lexicon = load_lexicon()
    source = SourceFile(file="plan.docx", sha256="0" * 64, format="docx")
    return Context.of(PlanDocument(title="样例", kind="territorial_master_plan", source=source), lexicon)


def rules(*texts: str, section: tuple[str, ...] = SECTION) -> list[RuleRequirement]:
    found = find_rules(document(*texts, section=section), context())
    return [one for one in found if isinstance(one, RuleRequirement)]


@pytest.mark.parametrize(
    ("clause", "force"),
    [
        ("严禁在江河湖泊管理范围内建设妨碍行洪的建筑物。", "prohibit"),
        ("各类项目应当避免破坏地貌，不得改变河势。", "prohibit"),
        ("边界外仅允许布局村庄建设和单独选址项目。", "prohibit"),
        ("从严控制高耗水项目，新上项目应符合用水定额。", "restrict"),
        ("选址应避让永久基本农田。", "restrict"),
        ("重要湖泊周边须划定缓冲区。", "oblige"),
        ("消落带宜采用乡土植物修复。", "recommend"),
        ("推进中小河流综合治理。", "recommend"),
        ("实行林长制。", "oblige"),
        ("鼓励发展林下经济，保障加工用地。", "encourage"),
        ("村集体可按点状供地方式建设冷链设施。", "permit"),
        ("历史遗留矿山由县级人民政府负责修复。", "oblige"),
        ("新建住宅高度不超过54米。", "restrict"),
        ("干流岸线三公里内不建尾矿库，头顶库限期治理。", "prohibit"),
        ("引导村民保护古树，不填塘、不挖山。", "encourage"),
        ("禁养区内的养殖设施应限期退出。", "oblige"),
        ("隐患点居民2033年底前全部避险搬迁或治理到位。", "oblige"),
        ("在不破坏生态功能的前提下，可适度开展生态旅游。", "permit"),
        ("边界外的零星设施，在符合分区准入要求并编制详细规划的前提下可单独选址。", "permit"),
        ("各级政府应每年签订责任书，考核不合格的暂停用地审批。", "oblige"),
        ("产卵季近岸水域暂停施工作业。", "prohibit"),
        ("铁路两侧应按规定划定安全保护区，区外20米内不宜新建住宅。", "oblige"),
        ("搬迁撤并类村庄应控制新增建设，原则上不再审批宅基地。", "restrict"),
        ("各县按任务的1%划定储备区，深山县可降至0.8%。", "oblige"),
        ("受威胁群众必须在2025年底前完成搬迁避让。", "oblige"),
        ("非占不可的国家级工程，必须取得预审意见。", "oblige"),
        ("万不得已占了湿地的，动工前必须补建。", "oblige"),
        ("供而不建的须当年处置四成以上。", "oblige"),
    ],
)
def test_force_goes_by_the_strongest_word(clause: str, force: str) -> None:
    """What forbids beats what holds back, that a must, that 宜; else the first verb or 可 decides."""
    assert directive_of(clause).force == force


def test_permitted_exceptions_keep_the_prohibition() -> None:
    """禁止…，仅允许… is a prohibition whose exception is what it allows."""
    clause = "红线内禁止开发性、生产性建设活动，仅允许对生态功能不造成破坏的有限人为活动。"
    directive = directive_of(clause)
    assert directive.force == "prohibit"
    assert [one.text for one in exceptions_of(clause, directive)] == ["对生态功能不造成破坏的有限人为活动"]


@pytest.mark.parametrize(
    ("clause", "exception"),
    [
        ("除国家重大项目外，全面禁止围填海；", "国家重大项目"),
        ("退缩线内不得新建建筑物，军事和港口设施除外。", "军事和港口设施除外"),
        ("基干林带除抢险救灾外不得采伐。", "抢险救灾"),
        (
            "绿线内的用地不得改作他用，重大工程确需占用的，应当办理审批并就近补足。",
            "重大工程确需占用的，应当办理审批并就近补足",
        ),
        ("绿线内的用地不得改用，重大设施占用的在同一片区补回等量面积。", "重大设施占用的在同一片区补回等量面积"),
        ("矿床不得压覆，重大项目确要压覆的依法报批。", "重大项目确要压覆的依法报批"),
        ("保障区不得被建设项目压覆，国家重大工程例外。", "国家重大工程例外"),
        ("两岸应预留不少于200米的缓冲带，城镇段可结合堤防适当收窄。", "城镇段可结合堤防适当收窄"),
        ("保护区内不得压覆矿床，国家重点工程确需压覆的按程序报批；", "国家重点工程确需压覆的按程序报批"),
        ("街区核心范围，市政必需的设施之外，一概不得新建扩建。", "市政必需的设施"),
        ("边界外原则上不布置工业园，市级重点项目可酌情安排。", "市级重点项目可酌情安排"),
        ("一级林地只能给国家重大工程用，别的项目不得沾边。", "国家重大工程"),
        ("选线避让红线，绕不开时用桥隧通过。", "绕不开时用桥隧通过"),
        ("干流每侧应留足60米缓冲带，城区段可窄一些，但不少于30米。", "城区段可窄一些"),
        ("核心区内禁止人为活动，法律法规另有规定的从其规定；", "法律法规另有规定的从其规定"),
        ("核心区禁止人员进入，科研巡护等情形不在此列。", "科研巡护等情形不在此列"),
        ("陡坡地须分期退耕，划入永久基本农田的不退。", "划入永久基本农田的不退"),
        ("每户用地应控制在120平方米以内，利用荒坡地建房的可放宽到150平方米；", "利用荒坡地建房的可放宽到150平方米"),
        ("断裂两侧50米内不准建校舍，经专家论证后可再减到30米。", "经专家论证后可再减到30米"),
        ("耕地转为林地从严控制，确需转出的以当年等量转入为条件。", "确需转出的以当年等量转入为条件"),
        ("撤并的村庄停止审批新建房屋，只保障危房修缮。", "只保障危房修缮"),
        ("除民生、道路设施外少增新地，一律不扩园区。", "民生、道路设施"),
        ("绿线里的地不得挪作他用，修管线不得不占的，在旁边补等量的地。", "修管线不得不占的，在旁边补等量的地"),
    ],
)
def test_exceptions_are_found_in_each_of_their_forms(clause: str, exception: str) -> None:
    """除…外, …除外, …例外, 确需…的须经…, …的按程序报批, a part for which less will do."""
    assert [one.text for one in exceptions_of(clause, directive_of(clause))] == [exception]


def test_a_place_outside_a_line_is_no_exception() -> None:
    """边界之外 is where a rule holds, not what it lets pass."""
    clause = "城镇开发边界之外，一律不得新设园区。"
    assert exceptions_of(clause, directive_of(clause)) == ()


def test_an_exception_says_who_approves() -> None:
    """确需设立的，须经市人民政府批准 is approved by 市人民政府."""
    clause = "县域原则上不新设工业园区，确需设立的，须经市人民政府批准。"
    assert exceptions_of(clause, directive_of(clause))[0].approval == "市人民政府"


def test_nobody_excepted_and_a_permit_of_its_own_are_no_exceptions() -> None:
    """谁也不得例外 excepts nobody; a clause that only permits makes no duty lighter."""
    for clause in ("修改规划须走法定程序，谁也不得例外。", "坡度超过6度的梯田，机耕路宽度可减到2.5米。"):
        assert not exceptions_of(clause, directive_of(clause))


def test_a_case_that_orders_is_no_exception() -> None:
    """A condition before the order is a condition only."""
    clause = "建设项目确需占用湿地的，应当恢复面积相当的湿地。"
    exceptions = exceptions_of(clause, directive_of(clause))
    assert exceptions == ()
    assert conditions_of(clause, exceptions) == ("建设项目确需占用湿地的",)


def test_another_duty_after_a_prohibition_is_no_exception() -> None:
    """禁止盗挖黑土，占用黑土耕地的必须剥离… forbids and charges; it lets nothing pass."""
    clause = "禁止盗挖黑土，建设项目占用黑土耕地的，必须剥离耕作层并优先用于新开垦耕地。"
    assert exceptions_of(clause, directive_of(clause)) == ()


@pytest.mark.parametrize(
    ("clause", "condition"),
    [
        ("非经法定程序，任何单位不得改动规划。", "非经法定程序"),
        ("未纳入“一张图”的专项规划，不得作为审批依据。", "未纳入“一张图”的专项规划"),
        ("定位如需变更，省人民政府批准之前不得自行调整。", "省人民政府批准之前"),
        ("类型与省名录一致，没有省政府同意不得更动。", "没有省政府同意"),
        ("没有与“一张图”比对的专项规划，一律不得上报。", "没有与“一张图”比对的专项规划"),
        ("只要生态功能不下降，公园里可办研学活动。", "只要生态功能不下降"),
        ("常住人口连续五年减少的县（市），建设区规模不得扩大。", "常住人口连续五年减少的县（市）"),
        ("候鸟越冬期不得开展网围作业。", "候鸟越冬期"),
    ],
)
def test_what_a_rule_depends_on(clause: str, condition: str) -> None:
    """Approval, a list, a step that must come first."""
    assert condition in conditions_of(clause, ())


def test_consent_that_is_ordered_is_no_condition() -> None:
    """须经市人民政府批准 is the order itself."""
    assert conditions_of("启用方案须经市人民政府批准。", ()) == ()


@pytest.mark.parametrize(
    "clause",
    [
        "甲州、乙州推进沙化草原和退化湿地修复。",
        "一是严格落实耕地保护责任，层层压实到村组。",
        "主城按百年一遇、各县城按五十年一遇设防。",
        "占用耕地的项目先补后占，补充地块质量只升不降。",
        "污染严重的农用地不种口粮，2026年底前改种或退耕到位。",
        "县级人民政府是耕地保护的责任主体，对耕地保有量负总责。",
        "以流域为单元推进山水林田湖草沙系统治理。",
        "人口连续减少的县，城镇建设区规模不得超过2020年现状规模。",
    ],
)
def test_orders_without_a_modal_word_are_rules(clause: str) -> None:
    """A place that acts, a numbered item, pairs such as 先补后占, work done by a year."""
    assert not plainly_no_rule(clause, SECTION, None)


@pytest.mark.parametrize(
    "clause",
    [
        "划定城市绿线13.6平方公里、城市蓝线9.8平方公里，落到详细规划。",
        "2025年6月底前应把约束性指标拆分到各县，各县之和与市下达数相符。",
        "2025年底前完成自然保护地勘界立标，矛盾冲突地块完成分类处置。",
        "选线尽量绕开红线和良田，绕不过去的以桥代路。",
        "旧城改造以修缮为主，单个片区拆除量控制在现状建筑总量的35%以内。",
    ],
)
def test_orders_beside_an_amount_or_a_date_are_rules(clause: str) -> None:
    """What is to be done with a line, by a date, or around an obstacle is a rule beside the number."""
    assert not plainly_no_rule(clause, SECTION, None)


def test_a_share_of_other_things_may_be_a_rule() -> None:
    """按不低于20%的比例建设充电设施 is a standard, no indicator of the plan."""
    assert rule_score("新建停车场应按不低于20%的比例建设充电设施。", SECTION, None, clause_model()) is not None


@pytest.mark.parametrize(
    ("clause", "actor"),
    [
        ("规划一经批准，任何单位和个人未经法定程序不得修改。", "任何单位和个人"),
        ("约束性指标由各州（市）逐级分解到县。", "各州（市）"),
        ("排污口应由县政府于2027年底前拆除。", "县政府"),
        ("撂荒两年以上的田由村集体经济组织负责复种。", "村集体经济组织"),
        ("新建住宅小区应按每百户不少于25平方米配建养老用房。", None),
        ("跨县调剂任务的，可由两县协商后报市局备案。", None),
    ],
)
def test_who_must_act(clause: str, actor: str | None) -> None:
    """Who stands before the word of force or behind 由; places and things act no more than who only talks it over."""
    assert actor_of(clause) == actor


def test_actor_deadline_and_responsible_unit() -> None:
    """Who must act, by which year, who answers for it."""
    assert actor_of("任何单位和个人不得擅自改变其用途。") == "任何单位和个人"
    assert actor_of("各县（市、区）应当在2025年底前完成划定。") == "各县（市、区）"
    assert deadline_of("尾矿库下游居民点须在2027年底前完成搬迁。") == 2027
    assert deadline_of("严禁毁林开垦。") is None
    assert responsible_of("湿地由县林业局负责管护。") == ("县林业局",)


@pytest.mark.parametrize(
    "clause",
    [
        "近年来全省累计修复矿山三百余处，成效显著。",
        "湿地是候鸟迁徙的重要停歇地。",
        "截至2020年底，全县已建成绿色矿山五个。",
        "到2035年，全市森林覆盖率达到62%以上。",
        "为统筹全域国土空间保护开发，编制本规划。",
        "“两屏”指秦岭生态屏障和巴山生态屏障。",
        "一轴，为成渝发展主轴；",
        "区内石油、煤炭资源丰富，开发历史悠久。",
        "坚持人民至上、生命至上，把人民对美好生活的向往作为出发点。",
        "牢固树立绿色发展理念，坚持不搞大开发，走出一条山水共治的高质量发展之路。",
        "《湿地保护条例》自2019年施行，明确规定不得围垦湿地。",
        "各县应按不低于保护任务1%的比例划定永久基本农田储备区。",
        "整治片区新增耕地不少于原有耕地的6%。",
        "现印送征求意见，相关建议请于收到之日起二十日内书面反馈。",
        "河湖纵横交错，候鸟每年秋末抵达，来年春天北返。",
        "白河乡、云山镇细化为生态功能乡镇。",
        "永久基本农田是按照对农产品的需求，依据规划确定的不得擅自占用或者改变用途的耕地。",
        "城镇开发边界是一定时期内可以集中进行城镇开发建设的空间边界，分为集中建设区和弹性发展区。",
        "勺嘴鹬、黑脸琵鹭等珍稀鸟类在遗产地均有稳定记录。",
        "全县设各级田长五百余名，巡田里程逐年增加。",
        "人口测算综合采用了增长率法和承载力校核法。",
        "全省对照的格式由省自然资源厅另行制发。",
        "近期项目和整治工程见表9，用地保障措施见附表7。",
        "编制期间召开座谈会三轮，收回问卷四千余份。",
        "江岸的小散码头已全部关停并复绿。",
        "古楼、书院承载着先忧后乐的精神谱系。",
        "修复并非简单造林种草，而是恢复流域的自净能力。",
        "城镇开发边界：在一定时期内可以集中进行城镇开发建设的区域边界。",
        "永久基本农田：依法划定的、不得擅自改变用途的耕地。",
        "甲县划入山区水土保持修复区。",
        "下表汇总了各类区域内不能做、要严控的事项，供村级协管员对照。",
        "以下按片区提出各村建设应把握的要点，未列出的村参照同类村执行。",
        "四村海拔均在七百米以上，冬季常有冰冻。",
        "编制期间走访了39个乡镇街道，召开院坝会六十余场，收集群众建议九百多条。",
        "县城夹江而建，可用平地稀少，滑坡治理成本居高不下。",
        "保护地整合优化后，交叉重叠和插花问题基本消除。",
        "互市贸易区：边境地区居民在规定地点、额度内开展商品交换的场所。",
        "未来的甲市，应当是一座看得见江海、读得懂英雄的城市。",
        "近十年水田改种果树的面积不小，粮食自给率逐年下滑。",
        "公示期间共收到群众意见一百二十七条，已采纳七十三条。",
        "多个民族在此世代聚居，形成多元共融的河谷文化。",
        "县域北部划为水源涵养修复区，包括加水、石门等乡镇。",
        "青川镇、白沙镇按城市化地区引导，石桥乡按农产品主产区引导。",
    ],
)
def test_what_describes_explains_or_sets_a_target_is_no_rule(clause: str) -> None:
    """Report, praise, definition, vision and indicator are left out."""
    assert rule_score(clause, SECTION, None, clause_model()) is None


def test_rules_of_a_document_quote_it() -> None:
    """Each rule's spans hold its own text, and a clause printed twice is one rule with two mentions."""
    found = rules(
        "岸线是宝贵资源。岸线保护区内不得新建化工项目；鼓励腾退码头恢复生态岸线。", "岸线保护区内不得新建化工项目。"
    )
    assert [one.text for one in found] == ["岸线保护区内不得新建化工项目", "鼓励腾退码头恢复生态岸线"]
    assert all("".join(span.quote for span in one.where) == one.text for one in found)
    assert [len(one.mentions) for one in found] == [2, 1]


def test_thresholds_are_quantities_and_counts_in_words_are_none() -> None:
    """两侧50米范围内 is at most 50 米; 三条控制线 counts nothing."""
    (rule,) = rules("生态廊道两侧各50米范围内不得突破三条控制线。")
    assert [(value.op, value.value, value.unit) for value in rule.quantities] == [("<=", "50", "米")]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("县级田长每季度、村级田长每月至少巡查一次。", [(">=", "1", "次/季度"), (">=", "1", "次/月")]),
        ("监测数据应每月互换一次。", [("=", "1", "次/月")]),
        ("县人民政府应于每年6月底前组织一次检查。", []),
        ("连续撂荒两年以上的耕地应组织复耕。", [(">=", "2", "年")]),
        ("近五年人口减少的镇不得新设园区。", []),
        ("开发区工业项目亩均税收不低于15万元。", [(">=", "15", "万元/亩")]),
        ("停采后18个月内应完成复绿。", [("<=", "18", "月")]),
        ("建设控制地带新建房屋檐口9米封顶，须送文物部门审查。", [("<=", "9", "米")]),
        ("新办企业须入园，容积率1.2起步。", [(">=", "1.2", None)]),
        ("加工区与住宅之间须栽植不窄于12米的隔离林。", [(">=", "12", "米")]),
        ("明渠两边50米里禁止取土。", [("<=", "50", "米")]),
    ],
)
def test_how_often_how_long_and_how_much_at_least(clause: str, found: list[tuple[str, str, str | None]]) -> None:
    """Times by their period, spans in words with an operator, money by its 亩, 封顶 and 起步 as cap and floor."""
    rule = rules(clause)[0]
    assert [(one.op, one.value, one.unit) for one in rule.quantities] == found


def test_a_ratio_without_a_unit_is_a_quantity() -> None:
    """容积率不宜超过2.2 has a threshold of 2.2 without a unit; 11月20日 sets none."""
    (rule,) = rules("新建住宅容积率不宜超过2.2，建筑密度不得大于35%。")
    assert [(value.op, value.value, value.unit) for value in rule.quantities] == [
        ("<=", "2.2", None),
        ("<=", "35", "%"),
    ]
    (dated,) = rules("牵头部门应于每年11月20日前报送进度。")
    assert dated.quantities == ()


def test_sections_that_tell_the_present_state_yield_no_recommendation() -> None:
    """Under 现状与问题 only what forbids or must be is a rule."""
    section = ("第一章 规划基础", "第一节 现状与形势")
    assert rules("推动粤北山区绿色转型发展，加强生态保护。", section=section) == []
    assert len(rules("任何单位和个人不得擅自占用永久基本农田。", section=section)) == 1


def test_a_numbered_lead_sentence_is_a_title_not_a_rule() -> None:
    """（一）严格保护耕地。 stands for what follows it; a lead that forbids is a rule all the same."""
    assert [one.text for one in rules("（一）加强耕地保护。各县应当将任务落实到地块。")] == ["各县应当将任务落实到地块"]
    assert [one.text for one in rules("（一）严禁毁林开垦。各县应当定期巡查。")] == ["严禁毁林开垦", "各县应当定期巡查"]


@pytest.mark.parametrize(
    "clause",
    [
        "行洪河道内不得建设阻水构筑物，滩地已建民宿、营地限期2024年汛前清退；",
        "采摘园允许建设分拣房和面积不超过200平方米的管理用房。",
        "休闲项目可采取点状供地方式，单宗用地面积不大于15亩。",
        "特色保护类：新建房屋不得破坏天际线的完整。",
    ],
)
def test_what_forbids_and_what_permits_up_to_a_threshold_are_rules(clause: str) -> None:
    """不得 and 可…不大于 order, whatever else the clause tells; a term's meaning is told by 的-clauses alone."""
    assert len(rules(clause)) == 1


def test_a_forbidding_word_of_a_report_makes_no_rule() -> None:
    """What was forbidden in years past is told, not ordered."""
    assert rules("2021年以来全县严禁新上小化工，累计关停散乱污企业四十三家。") == []


@pytest.mark.slow
def test_the_shipped_weights_are_those_of_the_training() -> None:
    """corpora/train/clauses.py gives the weights that ship, to the last printed digit but one."""
    path = Path(__file__).resolve().parents[2] / "corpora" / "train" / "clauses.py"
    spec = importlib.util.spec_from_file_location("train_clauses", path)
    assert spec is not None and spec.loader is not None
    train = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = train
    spec.loader.exec_module(train)
    weights, intercept = train.trained(train.all_examples())
    shipped = clause_model()
    assert intercept == pytest.approx(shipped.intercept, abs=0.01)
    assert {name: weights[name] for name in shipped.weights} == pytest.approx(shipped.weights, abs=0.01)


@pytest.mark.parametrize(
    "clause",
    [
        "生态保护红线是国土空间开发的底线，不得突破。",
        "数十处历史遗留矿山应当在2030年前完成修复。",
        "新建矿山必须是符合绿色矿山标准的矿山。",
        "推行产城融合、宜业宜居的发展模式。",
    ],
)
def test_what_orders_beside_a_definition_or_a_count_is_a_rule(clause: str) -> None:
    """An order outside of the 的-clause, or beside a count, is not left out by grammar."""
    assert not plainly_no_rule(clause, SECTION, None)


@pytest.mark.parametrize(("heading", "found"), [("规划依据与效力", 1), ("规划依据", 0)])
def test_a_heading_that_names_more_than_the_basis_may_hold_rules(heading: str, found: int) -> None:
    """规划依据与效力 holds what the plan orders besides; 规划依据 alone lists laws."""
    told = rules("规划批准后，任何单位和个人不得擅自变更强制性内容。", section=("第一章 总则", heading))
    assert len(told) == found
