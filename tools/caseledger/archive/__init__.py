"""The archive: ended cases get a number, and are sealed as they are; docs/archive.md."""
