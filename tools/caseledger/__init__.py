"""Complaints as data: files in Git, judged by policies, shown as a site (docs/architecture.md)."""

__version__ = "0.1.0"
