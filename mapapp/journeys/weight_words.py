"""Every weight and threshold in the bureau's words: its group, name, meaning and source.

The figures are in chains/weights.py, the reasons in docs/scoring.md; a test holds the three
together.
"""

from dataclasses import dataclass

JUDGED = "判断"
"""The source of a figure that was agreed on when the programme was designed, without data."""


@dataclass(frozen=True, slots=True)
class WeightWords:
    """What a weight is called and means. unit is empty for points and for parts of one."""

    group: str
    name: str
    meaning: str
    source: str = JUDGED
    unit: str = ""


_STAGE = "阶段权重"
_STATUS = "环节状态"
_CRITICALITY = "重要度"
_REACH = "距离和范围"
_TARGET = "匹配分"
_OTHER = "推演、核实和不建议追"
_FEASIBILITY = "可行性"

SUMS = {"criticality": _CRITICALITY, "target": _TARGET}
"""The scores whose points add up to 100."""

WORDS = {
    **{
        f"stage.{stage}": WeightWords(_STAGE, stage, meaning, source)
        for stage, meaning, source in (
            ("线索", "这个阶段的项目按几成计入供给", JUDGED),
            ("在谈", "同上", JUDGED),
            ("签约", "同上；签了未必落", JUDGED),
            ("开工", "同上", JUDGED),
            ("入统", "同上", JUDGED),
            ("竣工", "同上", JUDGED),
            ("投产", "同上", "按定义"),
            ("进规", "同上", "按定义"),
            ("运营", "同上；现有企业", "按定义"),
            ("终止", "同上", "按定义"),
        )
    },
    "active": WeightWords(_STAGE, "在产在建", "阶段权重达到它才算在产或在建"),
    "missing_below": WeightWords(_STATUS, "缺环线", "供需比低于它、又没有在产在建企业，是缺环"),
    "weak_below": WeightWords(_STATUS, "薄弱线", "供需比低于它是薄弱"),
    "dominant_above": WeightWords(_STATUS, "独大线", "第一家占已知产能超过它是薄弱"),
    "hops": WeightWords(_STATUS, "下游步数", "下游几步以内的环节算靠它", unit="步"),
    "criticality.dependence": WeightWords(
        _CRITICALITY, "下游依赖", "本地有多少产出靠它，而它还没有补上"
    ),
    "criticality.cut": WeightWords(_CRITICALITY, "断链影响", "没有它，本地在产环节有多少做不下去"),
    "criticality.betweenness": WeightWords(
        _CRITICALITY, "枢纽程度", "通往末端产品的路有多少经过它"
    ),
    "criticality.shared": WeightWords(_CRITICALITY, "跨链共用", "有几条产业链都用它"),
    "criticality.substitution": WeightWords(
        _CRITICALITY, "替代难度", "外地已知供方越少越远，分越高"
    ),
    "substitutability": WeightWords(_REACH, "就近替代", "近在咫尺的外地供方能替代本地的几成"),
    "reach_km": WeightWords(
        _REACH, "影响半径", "到这么远，外地供方的影响减到约三分之一", unit="公里"
    ),
    "pivots": WeightWords(
        _REACH, "末端产品抽样", "末端产品比它多时抽这么多个估算枢纽程度", "判断：换速度", "个"
    ),
    "target.fit": WeightWords(
        _TARGET, "业务契合", "产品文字与本环节已知企业有多像", "判断；这一项本身检验过"
    ),
    "target.pull": WeightWords(_TARGET, "本地上下游牵引", "本地有没有它的客户和供方"),
    "target.nearness": WeightWords(_TARGET, "距离", "总部或基地离本市多远"),
    "target.scale": WeightWords(_TARGET, "规模", "营业收入在同环节企业里排在哪里"),
    "target.expansion": WeightWords(_TARGET, "扩产迹象", "有没有公开的扩产消息"),
    "target.roadshow": WeightWords(_TARGET, "出访城市", "选了出访城市时，企业是否在那里"),
    "landing": WeightWords(_OTHER, "落地概率", "去谈一家，最后落地的可能，未另填时"),
    "poor_feasibility": WeightWords(
        _OTHER, "可行性末尾", "可行性排在最后这个比例以内的，列入不建议追"
    ),
    "stale_firm_years": WeightWords(
        _OTHER, "企业待核实年限", "现有企业这么多年没有新消息，按待核实", unit="年"
    ),
    "feasibility.base": WeightWords(
        _FEASIBILITY, "基础可能", "环节有多热门、本地环节有多少", "按定义"
    ),
    **{
        f"feasibility.{code}": WeightWords(
            _FEASIBILITY, name, meaning, "设计时的式子；可由资料学得"
        )
        for code, name, meaning in (
            ("density", "常伴产业", "常与它一起出现的环节，本地有多少"),
            ("similar", "相似地区", "最像本地的地方有没有它"),
            ("pull", "本地客户", "买它的环节，本地有多少"),
            ("push", "本地供应", "供它的环节，本地有多少"),
            ("shared_inputs", "用料相近", "用料与它相近的环节，本地有多少"),
            ("shared_customers", "客户相近", "客户与它相近的环节，本地有多少"),
        )
    },
}
"""By code: a field of `chains.Weights`, or `field.part`."""
