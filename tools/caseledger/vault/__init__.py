"""The vault: who the consumers are, outside Git, each encrypted to a key of their own; docs/privacy.md."""
