"""Triage (诉求分派): whose request is this? Offline, by words alone; a person decides."""
