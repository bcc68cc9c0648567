"""Errors become pages, or one JSON shape, here and nowhere else."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from chains import UnknownName
from geodata import AmbiguousDivision, UnknownDivision
from mapapp.journeys.chain_sheet import NoTypeface
from mapapp.journeys.import_batch import REQUEST_LIMIT, UPLOAD_LIMIT
from mapapp.journeys.refusals import DatabaseBusy, DatabaseUnavailable
from mapapp.journeys.selection import Selection, UnknownChoice
from mapapp.web.state import address, bureau, url

PARAMETER = {
    "环节": "link",
    "阶段": "stage",
    "状态": "status",
    "做法": "remedy",
    "金额筛选": "amount",
    "坐标筛选": "point",
    "列": "col",
    "排序": "sort",
}
"""What the URL calls the kinds of names."""

RETRY_SECONDS = 5
"""After how long a browser or a programme may ask a busy database again."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A valid thing near the unknown one, and where it leads."""

    label: str
    url: str


def install(app: Flask) -> None:
    """Catch what the journeys refuse, what HTTP refuses, and what nobody foresaw."""
    for unknown in (UnknownDivision, AmbiguousDivision, UnknownName, UnknownChoice):
        app.register_error_handler(unknown, _unknown)
    app.register_error_handler(DatabaseUnavailable, _database)
    app.register_error_handler(NoTypeface, _no_typeface)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _unknown(error: Exception) -> Any:
    g.selection = Selection()
    message = str(error)
    if isinstance(error, UnknownName):  # the nearest ones stand below as links
        message = f"没有叫“{error.name}”的{error.kind}。"
    elif isinstance(error, UnknownDivision) and error.nearest:
        message = message.partition("可选的有：")[0] or message
    return _answer(404, "没有找到", message, _suggestions(error))


def _suggestions(error: Exception) -> list[Suggestion]:
    match error:
        case UnknownDivision():
            near = [(item.name, item.code) for item in error.nearest]
            return [_again(name, "place", code) for name, code in near]
        case AmbiguousDivision():
            near = [(item.name, item.code) for item in error.candidates]
            return [_again(name, "place", code) for name, code in near]
        case UnknownName(kind="项目"):
            return [Suggestion(code, url("ledger.project", code=code)) for code in error.nearest]
        case UnknownName(kind="企业"):
            return [Suggestion(id, url("ledger.enterprise", id=id)) for id in error.nearest]
        case UnknownName(kind="产业链"):
            ids = dict.fromkeys(bureau().catalogue.chain(name).id for name in error.nearest)
            return [_again(bureau().chain_name(id), "chain", id) for id in ids]
        case UnknownName():
            parameter = PARAMETER.get(error.kind.split("（")[0])
            return [_again(name, parameter, name) for name in error.nearest if parameter]
    return []


def _again(label: str, parameter: str, value: str) -> Suggestion:
    """The page asked for, with one word of its address put right."""
    given = {key: values for key, values in request.args.lists() if key != "bar"}
    values = given | {parameter: value} | (request.view_args or {})
    return Suggestion(label, address(request.endpoint or "overview.page", values))


def _database(error: DatabaseUnavailable) -> Any:
    """Nothing is wrong with what was asked for: the same may succeed later."""
    current_app.logger.warning("%s %s: %s", request.method, request.path, error)
    title = "数据库正忙" if isinstance(error, DatabaseBusy) else "数据库不能用"
    page, status = _answer(HTTPStatus.SERVICE_UNAVAILABLE.value, title, str(error))
    return page, status, {"Retry-After": str(RETRY_SECONDS)}


def _no_typeface(error: NoTypeface) -> Any:
    status = HTTPStatus.SERVICE_UNAVAILABLE.value
    return _answer(status, "画不了图", f"{error}SVG 格式不需要本机字体，可以先下载 SVG。")


def _csrf(error: CSRFError) -> Any:
    message = "表单已过期，或不是从本页提交的。请回到原页面，刷新后再提交一次。"
    return _answer(400, "没有提交", message)


def _foreign_host(_: SecurityError) -> Any:
    """Without a page: under a host name that is not ours, no address can be built."""
    message = "请用 http://127.0.0.1 或 http://localhost 打开链图。"
    return Response(message, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    messages = {
        404: f"没有“{request.path}”这个页面。",
        405: f"“{request.path}”不接受这种提交方式。",
        410: "导出的文件只留一天，这一份已经删去。请回到原来的页面再导出一次。",
        413: f"一次提交的内容超过 {REQUEST_LIMIT // 2**20} MB，没有接收。"
        f"单个文件最大 {UPLOAD_LIMIT // 2**20} MB，请分成几个文件、分几次上传。",
    }
    titles = {404: "没有找到", 410: "文件已经不在", 500: "出错了"}
    return _answer(
        status,
        titles.get(status, "不能这样做"),
        messages.get(status, HTTPStatus(status).phrase),
    )


def _unforeseen(error: Exception) -> Any:
    current_app.logger.exception("%s %s", request.method, request.path)
    if current_app.testing or current_app.debug:
        raise error
    message = "程序遇到了没有料到的情况，已记入日志。其他页面仍可使用。"
    return _answer(InternalServerError.code, "出错了", message)


def _answer(
    status: int, title: str, message: str, suggestions: list[Suggestion] | None = None
) -> Any:
    g.setdefault("selection", Selection())
    near = suggestions or []
    if _wants_json():
        body = {
            "error": {
                "status": status,
                "message": message,
                "nearest": [{"label": item.label, "url": item.url} for item in near],
            }
        }
        return jsonify(body), status
    page = render_template(
        "error.html", status=status, title=title, message=message, suggestions=near
    )
    return page, status


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.endswith(".json") or best == "application/json"
