"""Assigning (配舱): bookings onto departures with limited space, none split, near the bound of the flow."""
