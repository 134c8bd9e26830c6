"""Problems: every refusal of the API in one form, ``{"type","title","detail","status"}`` and where the cause lies."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bolanggu.interfaces.access.needs import NotYours, SignInFirst
from bolanggu.market.customs.services.steps import NotExempt, NotSendable
from bolanggu.market.customs.workflow import WrongState
from bolanggu.market.orders.errors import OrderNotOpen
from bolanggu.platform.accounts.grants import NotGranted
from bolanggu.trade.opening import KeyInUse
from bolanggu.values.fault import Fault

MEDIA_TYPE = "application/problem+json"

Handler = Callable[[HttpRequest, Any], HttpResponse]


class FaultAt(Schema):
    """Where an input is wrong, and how to put it right."""

    file: str
    row: int | None = None
    column: str | None = None
    message: str


class Problem(Schema):
    """Why a request was refused."""

    type: str
    title: str
    detail: str
    status: int
    errors: list[FaultAt] = []


#: what any endpoint may answer beside its own, for the OpenAPI document
ALWAYS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 405: Problem, 422: Problem}

TITLES = {
    400: "The request cannot be read",
    401: "A key or a session is needed",
    403: "Not granted",
    404: "Not found",
    405: "No such method here",
    409: "Not possible as it stands",
    413: "Too large",
    422: "The input cannot be used",
    429: "Too many requests",
}


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """A problem as an answer."""
    import msgspec

    title = TITLES.get(status, "The request was refused")
    body = {"type": code, "title": title, "detail": detail, "status": status, "errors": errors or []}
    headers = {"WWW-Authenticate": 'Bearer realm="bolanggu"'} if status == 401 else {}
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=MEDIA_TYPE, headers=headers)


def register(api: NinjaAPI) -> None:
    """Let an API answer each kind of refusal with its problem."""
    simple: dict[type[Exception], tuple[int, str]] = {
        SignInFirst: (401, SignInFirst.code),
        AuthenticationError: (401, "key_unknown"),
        NotGranted: (403, NotGranted.code),
        NotYours: (404, NotYours.code),
    }
    for kind, (status, code) in simple.items():
        api.add_exception_handler(kind, _simple(status, code))
    api.add_exception_handler(KeyInUse, _one_fault(409, "key_in_use"))
    api.add_exception_handler(Fault, _one_fault(422, "fault"))
    for refusal in (OrderNotOpen, NotSendable, NotExempt, WrongState):
        api.add_exception_handler(refusal, _simple(409, refusal.code))
    api.add_exception_handler(ExceptionGroup, _several)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _refused)


def _simple(status: int, code: str) -> Handler:
    return lambda _, error: problem(status, code, str(error) or TITLES[status])


def _one_fault(status: int, code: str) -> Handler:
    return lambda _, error: problem(status, code, str(error), [_fault(error)])


def _refused(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, "refused", str(error))


def _several(_: HttpRequest, group: Any) -> HttpResponse:
    faults, others = group.split(Fault)
    if faults is None or others is not None:
        raise group
    errors = [_fault(fault) for fault in faults.exceptions]
    return problem(422, "fault", "; ".join(str(fault) for fault in faults.exceptions), errors)


def _invalid(_: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"file": str(one["loc"][0]), "column": ".".join(map(str, one["loc"][1:])), "row": None, "message": one["msg"]}
        for one in error.errors
    ]
    return problem(422, "invalid", "; ".join(f"{e['column'] or e['file']}: {e['message']}" for e in errors), errors)


def _fault(error: Any) -> dict[str, Any]:
    told = error.as_dict() if isinstance(error, Fault) else {"message": str(error)}
    return {"file": "", "row": None, "column": None} | told
