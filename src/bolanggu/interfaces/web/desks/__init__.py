"""Desks (工作台): what waits for a person, put together from the nouns' pages by her grants."""
