"""The command line: one file per command; the only place that knows click."""

from caseledger.cli.main import main

__all__ = ["main"]
