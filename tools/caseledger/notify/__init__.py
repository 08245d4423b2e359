"""Digests of deadlines, sent to departments."""
