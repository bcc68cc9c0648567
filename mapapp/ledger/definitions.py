"""口径: what each figure counts, in one sentence, and what a bureau may choose of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapapp.ledger.project import Stage

LANDED = (Stage.STARTED, Stage.ENROLLED, Stage.COMPLETED, Stage.PRODUCING)
"""The stages that may mean 落地."""


class DefinitionError(ValueError):
    """A choice that there is not; the message names it and the ones there are."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What one bureau means. landed is the stage from which a project counts as 落地;
    framework_counts whether a framework agreement (框架协议) counts as signed."""

    landed: Stage = Stage.STARTED
    framework_counts: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Definitions:
        """From a city's file. Raises DefinitionError."""
        landed = str(given.get("landed", cls().landed))
        known = {stage.value: stage for stage in LANDED}
        if landed not in known:
            raise DefinitionError(f"landed 不能是“{landed}”，可用的有：{'、'.join(known)}")
        counts = given.get("framework_counts", False)
        if not isinstance(counts, bool):
            raise DefinitionError("framework_counts 只能是 true 或 false")
        return cls(known[landed], counts)


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name on pages, its unit, and the sentence that says what it counts."""

    name: str
    unit: str
    sentence: str


def definitions(chosen: Definitions) -> dict[str, Definition]:
    """Every figure by its key, as this bureau means it."""
    framework = "框架协议也算" if chosen.framework_counts else "框架协议另计"
    landed = chosen.landed.value
    said = {
        "signed_projects": ("签约项目", "个", f"首次签约在期内的项目，{framework}；增资不再计个数"),
        "contracted_investment": (
            "签约金额", "亿元", "期内首次签约的首签金额，加期内增资的增加额；外币按已录汇率折算",
        ),
        "framework_projects": ("框架协议", "个", "首次签约在期内、协议类型是框架协议的项目"),
        "framework_investment": ("框架金额", "亿元", "上述框架协议的金额"),
        "increment_projects": ("增资项目", "个", "期内再次签约增资的项目，金额已在签约金额里"),
        "increment_investment": ("增资额", "亿元", "期内再次签约的增加额"),
        "new_projects": ("新引进项目", "个", f"期内首次签约、到期末已{landed}的项目"),
        "total_investment": ("新引进投资额", "亿元", "上述新引进项目的首签金额"),
        "landing_rate": ("落地率", "%", f"新引进项目 ÷ 签约项目；落地指已{landed}"),
        "start_rate": ("开工率", "%", "期内首次签约、到期末已开工的 ÷ 签约项目"),
        "enrolment_rate": ("入统率", "%", "期内首次签约、到期末已入统的 ÷ 签约项目"),
        "started_projects": ("新开工", "个", "首次开工在期内的项目，不论何时签约"),
        "enrolled_projects": ("新入统", "个", "首次入统在期内的项目，不论何时签约"),
        "completed_projects": ("新竣工", "个", "首次竣工在期内的项目，不论何时签约"),
        "producing_projects": ("新投产", "个", "首次投产在期内的项目，不论何时签约"),
        "above_size_projects": ("新进规", "个", "首次进规在期内的项目，不论何时签约"),
        "paid_in": ("到位资金", "亿元", "期内签约项目到目前为止的到位资金；台账不分时段，只有累计"),
    }  # fmt: skip
    return {key: Definition(*words) for key, words in said.items()}
