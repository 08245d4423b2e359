"""Writers at work at the same time, killed at random: what was acknowledged is there once, in order, and right."""

from pathlib import Path

from tests.load import Load


def test_nothing_that_was_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    load = Load(writers=4, entries=5, cases=3, kills=0.25, hook=True)
    load.run(tmp_path)
    assert len(load.acknowledged) == 20
    assert load.killed
