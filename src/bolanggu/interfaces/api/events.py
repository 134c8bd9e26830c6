"""Endpoints of events: EPCIS 2.0 capture, query and subscriptions, and DCSA Track & Trace events in and out."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Header, Query, Router, Schema
from pydantic import ConfigDict, Field

from bolanggu.interfaces.access import whose
from bolanggu.interfaces.access.needs import NotYours, actor_of, needs
from bolanggu.interfaces.api.problems import ALWAYS, Problem, problem
from bolanggu.market.consolidation.models import ShipmentTrade
from bolanggu.market.tracking import dcsa, epcis, querying, selectors, services
from bolanggu.market.tracking.models import Subscription
from bolanggu.market.tracking.services.documents import EventKnown
from bolanggu.market.tracking.services.subscriptions import NameInUse, NotHandedOut
from bolanggu.platform.accounts.grants import Actor
from bolanggu.values.fault import Fault

router = Router(tags=["events"])


class CapturedShape(Schema):
    """What a capture did, by the events' hashes."""

    new: list[str]
    known: list[str]
    faults: list[str]


class EventShape(Schema):
    """An EPCIS event."""

    model_config = ConfigDict(extra="allow")

    type: str


class DocumentShape(Schema):
    """An EPCIS document."""

    model_config = ConfigDict(extra="allow")

    type: str


class SubscriptionShape(Schema):
    """A subscription: its query, and the position up to which everything was delivered."""

    name: str
    query: dict[str, Any]
    acknowledged: int


class Subscribed(Schema):
    """What to subscribe to."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")
    query: dict[str, Any] = {}
    from_start: bool = Field(False, description="also what was captured before")


class DeliveryShape(Schema):
    """Events that wait. Acknowledge ``position`` once they are safe; until then they are handed out again."""

    position: int
    events: list[dict[str, Any]]


class Asked(Schema):
    """A query: keys of the EPCIS simple event query, one value each."""

    GE_eventTime: str | None = None
    LT_eventTime: str | None = None
    EQ_bizStep: str | None = None
    MATCH_epc: str | None = None
    EQ_readPoint: str | None = None
    trade: str | None = None
    per_page: int = Field(100, ge=1, le=500, alias="perPage")
    after: int = Field(0, ge=0, le=2**62, alias="nextPageToken")


@router.post("/epcis/events", response={201: CapturedShape, 409: Problem, **ALWAYS}, summary="Capture one EPCIS event")
@needs("tracking", "capture")
def capture_one(request: HttpRequest, event: dict[str, Any] = Body(...)) -> Any:  # noqa: B008
    """Capture one event; 409 if an event with the same hash stands already."""
    fresh = "errorDeclaration" not in event
    try:
        captured = services.capture_epcis(by=actor_of(request), at=timezone.now(), events=[event], refuse_known=fresh)
    except EventKnown as known:
        return problem(409, known.code, str(known))
    return 201, _shape(captured)


@router.post("/epcis/capture", response={202: CapturedShape, **ALWAYS}, summary="Capture an EPCIS document")
@needs("tracking", "capture")
def capture_document(
    request: HttpRequest,
    document: dict[str, Any] = Body(...),  # noqa: B008
    behaviour: Literal["rollback", "proceed"] = Header("rollback", alias="GS1-Capture-Error-Behaviour"),
) -> Any:
    """Capture the events of a document: all or none (``rollback``), or what can be read (``proceed``)."""
    body = document.get("epcisBody")
    events = body.get("eventList") if isinstance(body, dict) else None
    if not isinstance(events, list):
        raise Fault("document", "has no list of events", column="epcisBody.eventList")
    captured = services.capture_epcis(
        by=actor_of(request), at=timezone.now(), events=events, proceed=behaviour == "proceed"
    )
    return 202, _shape(captured)


@router.get("/epcis/events", response={200: DocumentShape, **ALWAYS}, summary="Query EPCIS events")
@needs("tracking", "read")
def query(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Events of the trades that one may see, in order of capture; the next page's token is in the header ``Link``."""
    rows = _page(request, asked)
    made = epcis.document_of([epcis.event_of(row) for row in rows], timezone.now())
    return _answer(request, made, rows, asked.per_page)


@router.post("/dcsa/events", response={201: CapturedShape, **ALWAYS}, summary="Capture DCSA events")
@needs("tracking", "capture")
def capture_dcsa(request: HttpRequest, events: list[dict[str, Any]] = Body(...)) -> Any:  # noqa: B008
    """Capture transport and equipment events, planned, estimated or actual; all or none."""
    return 201, _shape(services.capture_dcsa(by=actor_of(request), at=timezone.now(), events=events))


@router.get("/dcsa/events", response={200: list[dict[str, Any]], **ALWAYS}, summary="Query DCSA events")
@needs("tracking", "read")
def query_dcsa(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Transport and equipment events of the trades that one may see, of all classifiers."""
    rows = _page(request, asked, EQ_tense=["PLN", "EST", "ACT"])
    made = [event for row in rows if (event := dcsa.event_of(row))]
    return _answer(request, made, rows, asked.per_page)


@router.post(
    "/epcis/subscriptions", response={201: SubscriptionShape, 409: Problem, **ALWAYS}, summary="Subscribe to events"
)
@needs("tracking", "subscribe")
def subscribe(request: HttpRequest, wanted: Subscribed) -> Any:
    """Subscribe to what a query asks for."""
    facts = {"name": wanted.name, "query": wanted.query, "from_start": wanted.from_start}
    try:
        row = services.subscribe(by=actor_of(request), at=timezone.now(), **facts)
    except NameInUse as used:
        return problem(409, used.code, str(used))
    return 201, {"name": row.name, "query": row.query, "acknowledged": row.acknowledged}


@router.get("/epcis/subscriptions", response={200: list[SubscriptionShape], **ALWAYS}, summary="Own subscriptions")
@needs("tracking", "subscribe")
def subscriptions(request: HttpRequest) -> Any:
    """One's own subscriptions."""
    return selectors.subscriptions(actor_of(request).name)


@router.get("/epcis/subscriptions/{name}/events", response={200: DeliveryShape, **ALWAYS}, summary="What waits")
@needs("tracking", "subscribe")
def waiting(request: HttpRequest, name: str) -> Any:
    """Events that were not acknowledged yet, the oldest first, at most 500."""
    actor = actor_of(request)
    row = _own(actor, name)
    rows = selectors.waiting(actor.name, row.name, among=_among(actor))
    position = rows[-1]["position"] if rows else row.acknowledged
    return {"position": position, "events": [epcis.event_of(each) for each in rows]}


@router.post(
    "/epcis/subscriptions/{name}/acknowledge/{position}",
    response={200: SubscriptionShape, 409: Problem, **ALWAYS},
    summary="Acknowledge what was delivered",
)
@needs("tracking", "subscribe")
def acknowledge(request: HttpRequest, name: str, position: int) -> Any:
    """Move on: what is acknowledged never comes again."""
    actor = actor_of(request)
    _own(actor, name)
    try:
        row = services.acknowledge(by=actor, at=timezone.now(), name=name, position=position)
    except NotHandedOut as early:
        return problem(409, early.code, str(early))
    return {"name": row.name, "query": row.query, "acknowledged": row.acknowledged}


@router.delete("/epcis/subscriptions/{name}", response={204: None, **ALWAYS}, summary="End a subscription")
@needs("tracking", "subscribe")
def unsubscribe(request: HttpRequest, name: str) -> Any:
    """End a subscription."""
    actor = actor_of(request)
    _own(actor, name)
    services.unsubscribe(by=actor, at=timezone.now(), name=name)
    return 204, None


def _own(actor: Actor, name: str) -> Subscription:
    row = Subscription.objects.filter(market=1, owner=actor.name, name=name.replace("\0", " ")).first()
    if row is None:
        raise NotYours(f"there is no subscription {name} among yours")
    return row


def _among(actor: Actor) -> list[str] | None:
    """Numbers of trades that one may see, and of the shipments that they have a part in; None for all."""
    if actor.everywhere:
        return None
    trades = list(whose.trades(actor).values_list("number", flat=True))
    parts = ShipmentTrade.objects.filter(trade__in=trades).values_list("shipment__number", flat=True)
    return [*trades, *parts]


def _page(request: HttpRequest, asked: Asked, **more: Any) -> list[dict[str, Any]]:
    texts = {key: getattr(asked, key) for key in querying.KEYS if getattr(asked, key, None) is not None}
    texts = {key: value.replace("\0", " ") for key, value in texts.items()}
    among = _among(actor_of(request))
    return selectors.events(texts | more, after=asked.after, limit=asked.per_page, among=among)


def _answer(request: HttpRequest, made: Any, rows: list[dict[str, Any]], limit: int) -> HttpResponse:
    import msgspec

    answer = HttpResponse(msgspec.json.encode(made), content_type="application/json")
    if len(rows) >= limit:
        parameters = request.GET.copy()
        parameters["nextPageToken"] = str(rows[-1]["position"])
        answer.headers["Link"] = f'<{request.path}?{parameters.urlencode()}>; rel="next"'
    return answer


def _shape(captured: Any) -> dict[str, list[str]]:
    return {"new": list(captured.new), "known": list(captured.known), "faults": [str(each) for each in captured.faults]}
