"""落地推演: choose firms that may come, and see what would change. All of it is in the address."""

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from chains import Status
from mapapp.journeys.selection import OTHER_CHAIN, UnknownChoice
from mapapp.journeys.targets import RankedTarget
from mapapp.journeys.what_if import Pick, best, candidates, draw_play, play, read_picks
from mapapp.web.state import bureau, chains_in_order, here, selection, url

bp = Blueprint("what_if", __name__)
SHOWN = 10
"""As many candidates stand beside the firms chosen; the others are found by searching."""
COUNTS = (1, 2, 3, 5, 8, 10)


@bp.get("/what-if")
def page() -> str | Response:
    now = selection()
    if not now.chain or now.chain == OTHER_CHAIN:
        return render_template("what_if_picker.html", chains=chains_in_order(bureau()))
    if "k" in request.args:
        return _with_the_best(now.chain)
    if "pick" in request.args or "name" in request.args:
        return redirect(here(firm=_typed(), pick=None, p=None, c=None, name=None, on=None))
    picks = read_picks(bureau(), now.chain, request.args.getlist("firm"))
    found = play(bureau(), now.chain, now.county, picks)
    return render_template(
        "what_if.html",
        play=found,
        picture=Markup(draw_play(found, lambda name: url("chain", link=name))),
        offered=_offered(picks),
        shown=SHOWN,
        counts=COUNTS,
        text=_text(),
        firms=[pick.word for pick in picks],
        statuses=list(Status),
    )


def _with_the_best(chain: str) -> Response:
    """The address with the firms that add most, instead of those chosen before."""
    k = request.args.get("k", 0, type=int)
    if k not in COUNTS:
        raise UnknownChoice(f"推荐几家，可选：{'、'.join(map(str, COUNTS))}。")
    picks = best(bureau(), chain, selection().county, k, "each" in request.args)
    return redirect(here(firm=[pick.word for pick in picks], k=None, each=None))


def _typed() -> list[str]:
    """The firms of the form: each with what was typed beside it, and the one typed in anew."""
    args = request.args
    rows = zip(args.getlist("pick"), args.getlist("p"), args.getlist("c"), strict=False)
    words = [f"{id}|{p.strip()}|{c.strip()}".rstrip("|") for id, p, c in rows]
    name = args.get("name", "").replace("|", " ").strip()
    kept = args.getlist("firm") if "name" in args else []
    return [*kept, *words, *([f"{args.get('on', '')}|{name}"] if name else [])]


def _offered(picks: tuple[Pick, ...]) -> list[RankedTarget]:
    """The targets that are not chosen yet: of the selected link, and with the text looked for."""
    now, text = selection(), _text().lower()
    chosen = {pick.id for pick in picks}
    return [
        item
        for item in candidates(bureau(), now.chain or "", now.county)
        if item.id not in chosen
        and now.link in (None, item.target.link)
        and text in f"{item.target.enterprise.name}\n{item.target.link}\n{item.city_name}".lower()
    ]


def _text() -> str:
    return request.args.get("q", "").strip()
