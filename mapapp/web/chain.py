"""产业链: a chain as a picture, and a panel for the link that is clicked."""

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from chains import Status
from mapapp.journeys.chain_data import chain_data
from mapapp.journeys.chain_sheet import KINDS, PAPERS, chain_sheet
from mapapp.journeys.chain_view import (
    ChainView,
    draw_picture,
    list_chains,
    view_chain,
    view_link,
)
from mapapp.journeys.feasibility import prospect
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.web.downloads import send
from mapapp.web.state import bureau, chains_in_order, selection, url

bp = Blueprint("chain", __name__)


@bp.get("/chain")
def page() -> str:
    chosen = selection()
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        return _picker()
    view = view_chain(bureau(), chosen.chain, chosen)
    picture = draw_picture(view, chosen.link, lambda name: url("chain", link=name))
    return render_template(
        "chain.html",
        view=view,
        picture=Markup(picture),
        statuses=list(Status),
        panel=Markup(_panel(view, chosen.link)) if chosen.link else "",
        chains=chains_in_order(bureau()),
        kinds=KINDS,
        papers=PAPERS,
    )


@bp.get("/chain/panel")
def panel() -> str:
    """What the side panel shows of one link."""
    chosen = selection()
    if not chosen.chain or chosen.chain == OTHER_CHAIN or not chosen.link:
        abort(404)
    return _panel(view_chain(bureau(), chosen.chain, chosen), chosen.link)


@bp.get("/chain/picture.<kind>")
def picture(kind: str) -> Response:
    """The chain on a sheet of paper, to print or to hand on."""
    chosen = selection()
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        abort(404)
    view = view_chain(bureau(), chosen.chain, chosen)
    return send(chain_sheet(bureau(), view, kind, request.args.get("paper", PAPERS[0])))


@bp.get("/chain/data.json")
def data() -> Response:
    """The chain as the catalogue has it, for other programmes."""
    chosen = selection()
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        abort(404)
    return send(chain_data(bureau(), chosen.chain))


def _panel(view: ChainView, name: str) -> str:
    seen = view_link(bureau(), view, name)
    return render_template(
        "chain_link.html", view=view, seen=seen, prospect=prospect(bureau(), seen.link.name)
    )


def _picker() -> str:
    order = [chain.id for chain in chains_in_order(bureau())]
    cards = sorted(list_chains(bureau(), selection()), key=lambda c: order.index(c.chain.id))
    return render_template("chain_picker.html", cards=cards, statuses=list(Status), Markup=Markup)
