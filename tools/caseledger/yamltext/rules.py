"""What strict YAML refuses, each with its code; the reasons are in docs/files.md."""

from caseledger.language import N_
from caseledger.problem import Rule

ENCODING = Rule(
    "yaml-encoding",
    N_("The file is not valid UTF-8."),
    N_("Save the file as UTF-8."),
    "summary: Caf\\xe9  # byte E9 is Latin-1",
)
SIZE = Rule(
    "yaml-size",
    N_("The file is larger than 1 MiB."),
    N_("Keep long documents as evidence files and name them in the case."),
    "description: (more than 1 MiB)",
)
CHARACTER = Rule(
    "yaml-character",
    N_("The file holds a control character or one that overrides the direction of text."),
    N_("Delete the character; it is invisible in most editors."),
    'summary: "order \\u202E 4711"',
)
TAB = Rule(
    "yaml-tab",
    N_("A line is indented with a tab."),
    N_("Indent with spaces, two for each level."),
    "order:\n\tnumber: A1",
)
SYNTAX = Rule(
    "yaml-syntax",
    N_("The file is not YAML."),
    N_("Compare the line, and the one above it, with a case that is right."),
    "summary: Zip: tears",
)
DOCUMENTS = Rule(
    "yaml-documents",
    N_("The file holds more than one document."),
    N_("Keep one document in a file: delete everything from the second --- on."),
    "schema: 1\n---\nschema: 1",
)
DEPTH = Rule(
    "yaml-depth",
    N_("Values are nested more than 32 deep."),
    N_("Write the value flatter."),
    "description: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
)
DUPLICATE = Rule(
    "yaml-duplicate-key",
    N_("A key is given twice in one mapping."),
    N_("Keep one of the two lines."),
    "market: NO\nmarket: SE",
)
KEY = Rule(
    "yaml-key",
    N_("A key is not a text."),
    N_("Put the key in quotes."),
    "1: first",
)
ANCHOR = Rule(
    "yaml-anchor",
    N_("An anchor (&name) is used."),
    N_("Write the value out; if the & belongs to the text, put the text in quotes."),
    "order: &first {number: A1}",
)
ALIAS = Rule(
    "yaml-alias",
    N_("An alias (*name) is used."),
    N_("Write the value out; if the * belongs to the text, put the text in quotes."),
    "order: *first",
)
MERGE = Rule(
    "yaml-merge-key",
    N_("A merge key (<<) is used."),
    N_("Write the keys out."),
    "order:\n  <<: {number: A1}",
)
TAG = Rule(
    "yaml-tag",
    N_("A tag (!name) is used."),
    N_("Delete the tag; if the ! belongs to the text, put the text in quotes."),
    "quantity: !!int 1",
)
NUMBER = Rule(
    "yaml-number",
    N_("A number is too large to be kept exactly."),
    N_("Put it in quotes: numbers of orders and parcels are text."),
    "tracking: 1e999",
)
RULES = (
    ENCODING,
    SIZE,
    CHARACTER,
    TAB,
    SYNTAX,
    DOCUMENTS,
    DEPTH,
    DUPLICATE,
    KEY,
    ANCHOR,
    ALIAS,
    MERGE,
    TAG,
    NUMBER,
)

SYNTAX_HINTS = (
    ("mapping values are not allowed", N_("A text that holds a colon and a space must stand in quotes.")),
    ("could not find expected ':'", N_("Write a colon and a space after the key.")),
    ("found unexpected end of stream", N_("A quote is opened and never closed.")),
    ("found unexpected document indicator", N_("A quote is opened and never closed.")),
    ("cannot start any token", N_("A text that begins with @, ` or % must stand in quotes.")),
    ("did not find expected key", N_("The line is indented differently from its neighbours, or a quote is missing.")),
    ("did not find expected '-' indicator", N_("Every entry of the list begins with - in the same column.")),
    ("did not find expected ',' or", N_("Close the bracket, or put a comma between the values.")),
    ("unknown escape character", N_("Within double quotes a backslash is written twice.")),
    ("invalid Unicode character escape", N_("Write the character itself, not its code.")),
    ("expected hexdecimal number", N_("Within double quotes a backslash is written twice.")),
    ("expected alphabetic or numeric", N_("A text that begins with * or & must stand in quotes.")),
    ("expected comment or line break", N_("The text after | or > begins on a line of its own.")),
    ("incompatible YAML document", N_("Delete the line that begins with %YAML.")),
    ("block sequence entries are not allowed", N_("Begin the list on a line of its own, below its key.")),
)  # fmt: skip

UNFINISHED = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "found unexpected document indicator",
)
"""What the parser says at the place where it gives up; the mistake is where the key or the quote begins."""
