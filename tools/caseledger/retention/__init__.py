"""Retention: legal holds, what may be disposed of, and disposal as one proposes and another decides it."""
