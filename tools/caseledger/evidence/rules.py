"""What is found wrong with evidence: files that may not be added, and files that are not as cases say."""

from caseledger.language import N_
from caseledger.problem import Rule

REFUSED = Rule(
    "evidence-refused",
    N_("A file may not be added as evidence: it is a program, too large, empty, or two kinds of file at once."),
    N_(
        "The file was left where it is. Ask for it in another form, such as a picture or a PDF; or set it aside, on"
        " record: --quarantine."
    ),
    'caseledger evidence add C-20261103-7K3QD invoice.pdf.exe --obtained "From the consumer, by e-mail"',
)
MISSING = Rule(
    "evidence-missing",
    N_("A file of evidence is not where its case says."),
    N_("Put it back from a backup of the store, or fetch it: git lfs pull. Until then the case stands without it."),
    "uri: store:evidence/9f86d081…   # and the store has no such file",
)
ALTERED = Rule(
    "evidence-altered",
    N_("A file of evidence is not what was recorded: its SHA-256 is another."),
    N_("Keep what is there apart, find out who changed it, and put the right one back from a backup of the store."),
    "sha256: 9f86d081…   # and the file has 60303ae2…",
)
ORPHANED = Rule(
    "evidence-orphaned",
    N_("A store keeps a file that no case names."),
    N_(
        "It is of a command that was interrupted, which may be given again, of a case that is not here, or of one that"
        " was disposed of: caseledger retention sweep. Nothing removes it by itself."
    ),
    "evidence/9f/9f86d081…   # and no case has this SHA-256",
)
ALL = (REFUSED, MISSING, ALTERED, ORPHANED)
"""Every rule of evidence; what is kept elsewhere is judged by nobody."""
