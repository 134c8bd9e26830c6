"""Interfaces: command line, API and pages. They translate; deeds live in services."""
