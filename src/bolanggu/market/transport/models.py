"""Departures (航次与班次) with their space, bookings (订舱) with legs, and the ways that were to choose from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bolanggu.platform.schema import InMarket, Stated
from bolanggu.values.evidence import Tense


class Departure(InMarket, Stated):
    """One dated sailing, train or flight. Space is in hundredths of a TEU; no more than there is can be taken."""

    service = models.CharField(max_length=40)
    mode = models.CharField(max_length=8)
    origin = models.CharField(max_length=8)
    destination = models.CharField(max_length=8)
    departs_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    cutoff_at = models.DateTimeField(help_text="last moment to hand the cargo over (截关)")
    basis = models.CharField(max_length=9, help_text="generated | assumed | stated")
    space = models.PositiveIntegerField(help_text="allotment of the market, hundredths of a TEU")
    taken = models.PositiveIntegerField(default=0, help_text="booked, hundredths of a TEU")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "service", "origin", "destination", "departs_at"], name="transport_departure_once"
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("space")), name="transport_departure_space"),
            models.CheckConstraint(condition=Q(arrives_at__gt=F("departs_at")), name="transport_departure_times"),
            models.CheckConstraint(condition=Q(cutoff_at__lte=F("departs_at")), name="transport_departure_cutoff"),
        ]


class Way(InMarket, Stated):
    """One journey of the Pareto set that a booking chose from, with its legs and carbon sheet as they were planned."""

    shipment = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(help_text="order by arrival, from 1")
    destination = models.CharField(max_length=8)
    scenario = models.CharField(max_length=8)
    mode_chain = models.CharField(max_length=40)
    ready_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    cost_minor = models.BigIntegerField(help_text="freight per TEU")
    currency = models.CharField(max_length=3)
    co2e_g = models.BigIntegerField(help_text="per TEU, what is known")
    legs = models.JSONField()
    sheet = models.JSONField(help_text="carbon sheet: each line with factor, arithmetic and grams, or unknown")
    chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "shipment", "version", "position"], name="transport_way_once"),
            models.UniqueConstraint(
                fields=["market", "shipment", "version"], condition=Q(chosen=True), name="transport_way_one_chosen"
            ),
            models.CheckConstraint(condition=Q(arrives_at__gte=F("ready_at")), name="transport_way_times"),
        ]


class Booking(InMarket, Stated):
    """A shipping order (订舱单): space on the departures of one way. A rolled one keeps its number, with new legs."""

    class State(models.TextChoices):
        REQUESTED = "requested"
        CONFIRMED = "confirmed"
        DEPARTED = "departed"
        ARRIVED = "arrived"
        CANCELLED = "cancelled"

    number = models.CharField(max_length=20, help_text="SO number")
    shipment = models.CharField(max_length=32, help_text="a trade that ships alone is the shipment of its own number")
    service = models.CharField(max_length=3, help_text="FCL | LCL | AIR")
    destination = models.CharField(max_length=8)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    teu = models.PositiveIntegerField(help_text="hundredths of a TEU")
    boxes = models.JSONField(default=dict, help_text="estimated containers, type -> count")
    version = models.PositiveSmallIntegerField(default=1, help_text="grows when the booking is rolled")
    freight_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=200, blank=True, help_text="why it was rolled or cancelled")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "number"], name="transport_booking_number"),
            models.UniqueConstraint(
                fields=["market", "shipment"], condition=~Q(state="cancelled"), name="transport_booking_live"
            ),
            models.CheckConstraint(condition=Q(teu__gt=0), name="transport_booking_size"),
            models.CheckConstraint(condition=Q(freight_minor__gte=0), name="transport_booking_freight"),
            models.CheckConstraint(condition=Q(service__in=["FCL", "LCL", "AIR"]), name="transport_booking_service"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="transport_booking_reason"),
        ]


class BookingLeg(InMarket):
    """One ride or drive of a booking; a drive has no departure, for roads are open."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="legs")
    version = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()
    departure = models.ForeignKey(Departure, null=True, on_delete=models.PROTECT, related_name="legs")
    mode = models.CharField(max_length=8)
    origin = models.CharField(max_length=8)
    destination = models.CharField(max_length=8)
    km = models.PositiveIntegerField()
    cutoff_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "version", "sequence"], name="transport_leg_once"),
        ]


class LegTime(InMarket, Stated):
    """When a leg departs or arrives, as someone stated it. Planned, estimated and actual never overwrite each other."""

    class Point(models.TextChoices):
        DEPART = "depart"
        ARRIVE = "arrive"

    leg = models.ForeignKey(BookingLeg, on_delete=models.PROTECT, related_name="times")
    point = models.CharField(max_length=6, choices=Point.choices)
    tense = models.CharField(max_length=3, choices=[(tense.value, tense.name.lower()) for tense in Tense])
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leg", "point", "tense", "stated_at"], name="transport_time_once"),
            models.UniqueConstraint(
                fields=["leg", "point"], condition=Q(tense="ACT"), name="transport_time_one_actual"
            ),
        ]


class StationStock(InMarket, Stated):
    """Pieces of one kind of goods in an overseas warehouse (海外仓库存); never less than none."""

    station = models.CharField(max_length=20)
    product = models.CharField(max_length=40)
    pieces = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "station", "product"], name="transport_station_stock"),
            models.CheckConstraint(condition=Q(pieces__gte=0), name="transport_station_stock_pieces"),
        ]


class StationMove(InMarket, Stated):
    """One receipt (+) or issue (-) of an overseas warehouse, known by its own key: said twice it counts once."""

    station = models.CharField(max_length=20)
    product = models.CharField(max_length=40)
    pieces = models.IntegerField(help_text="positive: came in; negative: went out")
    key = models.CharField(max_length=80, help_text="shipment and line, or order, that the pieces belong to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "station", "product", "key"], name="transport_station_move"),
            models.CheckConstraint(condition=~Q(pieces=0), name="transport_station_move_pieces"),
        ]
