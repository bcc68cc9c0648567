"""台账: the projects and enterprises behind every number, and each one's own page."""

from flask import Blueprint, render_template, request

from mapapp.journeys import browse
from mapapp.web.state import bureau, selection

bp = Blueprint("ledger", __name__)


@bp.get("/projects")
def projects() -> str:
    text, amount = request.args.get("q", "").strip(), request.args.get("amount") or None
    found = browse.list_projects(bureau(), selection(), text=text, amount=amount)
    return render_template("projects.html", found=found, text=text, amount=amount)


@bp.get("/projects/<path:code>")
def project(code: str) -> str:
    found = browse.get_project(bureau(), code)
    firm = bureau().store.enterprise(found.enterprise_id) if found.enterprise_id else None
    return render_template("project.html", project=found, firm=firm)


@bp.get("/enterprises")
def enterprises() -> str:
    text = request.args.get("q", "").strip()
    found = browse.list_enterprises(bureau(), selection(), text=text)
    return render_template("enterprises.html", found=found, text=text)


@bp.get("/enterprises/<path:id>")
def enterprise(id: str) -> str:
    found = browse.get_enterprise(bureau(), id)
    return render_template(
        "enterprise.html", firm=found, projects=browse.projects_of(bureau(), found)
    )
