"""Rows of another system's export become cases, once each."""
