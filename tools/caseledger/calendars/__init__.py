"""Drafts of working calendars; the reviewed file in the repository is what decides."""
