"""Routing (多式联运路径): exact search for journeys by arrival, cost and CO2e over dated departures."""
