"""Rules about change, one module each."""
