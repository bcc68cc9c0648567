"""What is remembered is what would be worked out now."""

from mapapp.journeys.memory import Memory


def test_a_state_is_worked_out_once() -> None:
    memory, made = Memory(), []
    for state in (1, 1, 2, 2, 1):
        memory.recall(state, "key", lambda: made.append(None))
    assert len(made) == 3


def test_what_was_made_for_a_state_that_is_over_is_not_kept() -> None:
    """The ledger moves on while something is being worked out: that stays with its own state."""
    memory = Memory()

    def slow() -> str:
        assert memory.recall(2, "key", lambda: "new") == "new"
        return "old"

    assert memory.recall(1, "key", slow) == "old"
    assert memory.recall(2, "key", lambda: "made again") == "new"


def test_what_was_asked_for_longest_ago_gives_way() -> None:
    memory = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.recall(1, key, lambda key=key: key)
    assert memory.recall(1, "a", lambda: "again") == "a"
    assert memory.recall(1, "b", lambda: "again") == "again"
