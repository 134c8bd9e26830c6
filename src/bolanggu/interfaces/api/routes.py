"""The API and its OpenAPI document (``/api/v1/openapi.json``)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from bolanggu.interfaces.access.needs import actor_of, needs
from bolanggu.interfaces.api import (
    boxes,
    declarations,
    events,
    goods,
    orders,
    payments,
    problems,
    traces,
    trades,
)
from bolanggu.platform.accounts.acting import VISITOR
from bolanggu.platform.accounts.actor import Actor


class KeyOrSession(AuthBase):
    """A key for programs (``Authorization: Bearer``), or the session of a signed-in person with its CSRF token.

    Without either one is a visitor, who may do what every visitor may.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return who asks; None for a key that is unknown or a form that was forged."""
        actor = actor_of(request)
        if "Authorization" in request.headers:
            return None if actor is VISITOR else actor
        forged = request.method not in {"GET", "HEAD", "OPTIONS"} and check_csrf(request)
        return None if forged else actor


api = NinjaAPI(
    title="Bolanggu",
    version="1",
    description="One trade from a buyer's list to settlement. Data of a demo city are synthetic. "
    "Make a key on the page Account and send it as `Authorization: Bearer`.",
    auth=KeyOrSession(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
problems.register(api)
api.add_router("/trades", trades.router)
api.add_router("/trades", payments.router)
api.add_router("/orders", orders.router)
api.add_router("/cartons", boxes.cartons)
api.add_router("/pool", boxes.pool)
api.add_router("/containers", boxes.containers)
api.add_router("/declarations", declarations.router)
api.add_router("/goods", goods.router)
api.add_router("/trace", traces.router)
api.add_router("", events.router)


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document; refusals are of the media type problem+json."""
    made: OpenAPISchema = api.get_openapi_schema()
    for methods in made["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and "application/json" in answer.get("content", {}):
                    answer["content"] = {problems.MEDIA_TYPE: answer["content"]["application/json"]}
    return made


@api.get("/openapi.json", include_in_schema=False, auth=None)
@needs("market", "see")
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The document itself."""
    import msgspec

    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")
