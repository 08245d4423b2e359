"""caseledger merge-driver"""

from pathlib import Path

import click

from caseledger.cli import options
from caseledger.language import N_, translate
from caseledger.merging import driver

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "merge-driver",
    help=translate(
        N_(
            "What Git calls to merge a case file; caseledger install sets that up. The merge of OURS and THEIRS, which"
            " parted from BASE, is written to OURS; PATH is where the file stands. Exit code 1 leaves a conflict."
        )
    ),
)
@click.argument("base", metavar="BASE", type=FILE)
@click.argument("ours", metavar="OURS", type=FILE)
@click.argument("theirs", metavar="THEIRS", type=FILE)
@click.argument("place", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--marker-size", metavar="N", default=7, help=translate(N_("Length of conflict markers.")))
@options.language
def command(base: Path, ours: Path, theirs: Path, place: Path, marker_size: int) -> None:
    """Merge, or leave the conflict as Git would."""
    driver.drive(base, ours, theirs, place, marker_size)
