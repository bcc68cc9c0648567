"""Numbers and lists as Chinese sentences want them."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int = 5, whole: int | None = None) -> str:
    """`甲、乙`; beyond `most` names, `甲、乙等 9 个`.

    `whole` is how many there are where `names` are but the first of them.
    """
    count = len(names) if whole is None else whole
    text = "、".join(names[:most])
    return text if count <= most else f"{text}等 {count} 个"


def money(amount: float) -> str:
    """An amount in 万元 as planners say it: 亿元 from one 亿 on."""
    if amount >= 10_000:
        return f"{amount / 10_000:,.1f} 亿元"
    return f"{amount:,.0f} 万元"


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"
