"""What a status cell says: the stage of a project, in the many words that offices use."""

from __future__ import annotations

import re

from mapapp.ledger.project import Stage

_WORDS = {
    Stage.LEAD: "线索 意向 储备 谋划 前期对接 信息 初步接触 项目线索 意向阶段 储备阶段",
    Stage.TALKS: """在谈 洽谈 洽谈中 在谈中 跟踪 正在洽谈 对接 对接洽谈 跟踪洽谈 深度洽谈 在洽谈
        商谈
        在跟踪 跟进 跟进中 拟签约 待签约""",
    Stage.SIGNED: """签约 已签约 签约项目 已签 新签约 签订协议 已签协议 正式签约 签约未开工 待开工
        未开工
        拟开工 签约待开工 已签约未开工 签约落地 落地 已落地 前期 前期工作 筹建 开工准备 前期准备""",
    Stage.STARTED: """开工 已开工 在建 开工在建 开工/在建 建设中 续建 正在建设 建设 开工建设
        已开工建设 在建设
        施工 施工中 正在施工 主体施工 设备安装 在建项目 动工 已动工 新开工 部分开工""",
    Stage.ENROLLED: "入统 已入统 入库 已入库 纳统 已纳统",
    Stage.COMPLETED: "竣工 已竣工 完工 建成 已建成 已完工 竣工验收",
    Stage.PRODUCING: """投产 已投产 建成投产 试生产 运营 达产 已运营 投入运营 投产运营 竣工投产
        已建成投产 生产
        正常生产 试运营 投运 已投运 部分投产 已达产 投产达效 正式投产 运行""",
    Stage.ABOVE_SIZE: "进规 已进规 入规 已入规 规上",
    Stage.ENDED: "终止 已终止 中止 取消 解约 已取消 已解约 撤销 退出 流产 放弃 已中止 作废 清退",
}
_HALTED: dict[Stage | None, str] = {
    Stage.STARTED: "停工 已停工 停建 已停建 缓建 停缓建 停工停建 建设停滞 烂尾",
    Stage.PRODUCING: "停产 已停产",
    None: "暂停 已暂停 停滞 已停滞 搁置 已搁置 暂缓 停摆",
}
_STAGES = {word: stage for stage, words in _WORDS.items() for word in words.split()}
_HALTS = {word: stage for stage, words in _HALTED.items() for word in words.split()}
_TAIL = re.compile(r"(?:的|类)?(?:项目|阶段|状态)$")


def parse_stage(text: str) -> Stage | None:
    """The stage that a status means; None for a word that is not known, or means several.

    停工 stopped after 开工, 停产 after 投产; 暂停 may stop at any stage, so it names none.
    """
    plain = _plain(text)
    word = plain if plain in _STAGES or plain in _HALTS else _TAIL.sub("", plain)
    return _STAGES.get(word) or _HALTS.get(word)


def is_halt(text: str) -> bool:
    """Whether a status says that a project stands still: 停工, 缓建, 停产, 暂停."""
    plain = _plain(text)
    return plain in _HALTS or _TAIL.sub("", plain) in _HALTS


def _plain(text: str) -> str:
    return re.sub(r"[\s。!“”\"'()]", "", text)
