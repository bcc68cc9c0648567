"""What a paper for others may show of the ledger, decided in one place."""

from mapapp.ledger.project import Stage
from mapapp.outreach.edition import Edition

OPEN_STAGES = tuple(
    stage for stage in Stage if Stage.STARTED.order <= stage.order < Stage.ENDED.order
)
"""Others may read of a project that is being built or at work; what is negotiated stays inside."""
OPEN_WORDS = f"{OPEN_STAGES[0]}至{OPEN_STAGES[-1]}"


def may_show(edition: Edition, stage: Stage | None) -> bool:
    """Whether an edition may count and name a project of that stage."""
    return edition.is_internal or stage in OPEN_STAGES
