"""Django application `transport`."""

from django.apps import AppConfig


class TransportConfig(AppConfig):
    """Transport (运输): journeys to every port, terminal and airport, bookings, and what they weigh in carbon."""

    name = "bolanggu.market.transport"
    label = "transport"
