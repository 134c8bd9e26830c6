"""The platform: mechanisms with a database, shared by all layers above."""
