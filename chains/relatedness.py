"""How links belong together: five ways to weigh the links that a place has for one it lacks.

Each is a links × links table; row i says how much every other link speaks for link i, and sums to
1 (or 0 where nothing does), so a place's sum over the links it has is a share from 0 to 1.
"""

from dataclasses import dataclass, fields

import numpy as np

from chains.matrix import Marks, Numbers


@dataclass(frozen=True, eq=False)
class FlowRelations:
    """The four ways that follow from the flows alone.

    pull: the parts of a link's sales that go to each other link (its customers).
    push: the parts of a link's purchases that come from each other link (its suppliers).
    shared_inputs: likeness (cosine) of what two links buy.
    shared_customers: likeness (cosine) of whom two links sell to.
    """

    pull: Numbers
    push: Numbers
    shared_inputs: Numbers
    shared_customers: Numbers

    def relabelled(self, order: np.ndarray) -> "FlowRelations":
        """The same web of flows on other links: link i takes the place of link order[i]."""
        return FlowRelations(
            *(getattr(self, item.name)[np.ix_(order, order)] for item in fields(self))
        )


def flow_relations(flows: Numbers) -> FlowRelations:
    """From flows (links × links, from a row to a column, any unit, zero diagonal)."""
    most = flows.max(initial=0.0)
    scaled = flows / most if most > 0 else flows  # sums stay finite whatever the unit
    sales, purchases = _shares(scaled), _shares(scaled.T)
    return FlowRelations(sales, purchases, _shares(_cosines(purchases)), _shares(_cosines(sales)))


def proximity(present: Marks) -> Numbers:
    """How often two links stand in one place: min(P(i | j), P(j | i)), rows scaled to 1.

    Source: C. Hidalgo, B. Klinger, A.-L. Barabási, R. Hausmann, "The product space conditions the
    development of nations", Science 317, 482 (2007).
    """
    cells = present.astype(float)
    together = cells.T @ cells
    count = np.diag(together)
    most = np.maximum.outer(count, count)
    near = np.divide(together, most, out=np.zeros_like(together), where=most > 0)
    np.fill_diagonal(near, 0)
    return _shares(near)


def _shares(table: Numbers) -> Numbers:
    """Rows scaled to sum 1; a row of zeros stays."""
    whole = table.sum(axis=1, keepdims=True)
    shares: Numbers = np.divide(table, whole, out=np.zeros_like(table), where=whole > 0)
    return shares


def _cosines(table: Numbers) -> Numbers:
    length = np.sqrt((table**2).sum(axis=1, keepdims=True))
    unit = np.divide(table, length, out=np.zeros_like(table), where=length > 0)
    alike: Numbers = unit @ unit.T
    np.fill_diagonal(alike, 0)
    return alike
