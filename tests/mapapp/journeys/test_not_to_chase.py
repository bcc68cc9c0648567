"""What not to chase: gated or hardly feasible, each with its reason; nothing else."""

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.feasibility import ranks
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.not_to_chase import cautions, gates_note, not_to_chase
from mapapp.journeys.selection import Selection

BATTERY = Selection(chain="power_battery")


def test_a_gap_is_listed_for_its_gate_or_its_rank(bureau: Bureau) -> None:
    found = not_to_chase(bureau, Selection())
    assert found.known
    assert found.rows
    lowest = found.lacking * bureau.weights.poor_feasibility
    for row in found.rows:
        assert row.gap.is_gap
        assert row.found.why
        assert row.named_gates or row.found.banned or row.poor
        from_below = None if row.rank is None else found.lacking + 1 - row.rank
        assert row.poor == (from_below is not None and from_below <= lowest), row.found.link


def test_every_gated_gap_is_there_with_its_source(bureau: Bureau) -> None:
    listed = cautions(bureau, None)
    gated = {
        g.here.link for g in find_gaps(bureau) if g.is_gap and any(x.link for x in g.here.gates)
    }
    assert gated
    assert gated <= set(listed)
    for link in gated:
        assert all(
            gate.source.title in "".join(listed[link].found.why)
            for gate in listed[link].named_gates
        )


def test_a_chain_shows_its_own_but_ranks_as_before(bureau: Bureau) -> None:
    rows = not_to_chase(bureau, BATTERY).rows
    assert {row.gap.here.chain for row in rows} == {"power_battery"}
    assert all(row.rank == ranks(bureau).get(row.gap.here.link) for row in rows)


def test_what_holds_for_every_link_lists_none_by_itself(bureau: Bureau) -> None:
    found = not_to_chase(bureau, Selection())
    assert found.general
    assert len(found.rows) < found.gaps


def test_other_is_no_chain(bureau: Bureau) -> None:
    assert not_to_chase(bureau, Selection(chain="other")).rows == ()


def test_the_note_says_how_far_gates_were_checked(bureau: Bureau) -> None:
    assert "没有列出的不等于没有限制" in gates_note(bureau)
