"""caseledger grade"""

from datetime import datetime

import click

from caseledger import instant, labels, register
from caseledger.advice import Advice, Reason
from caseledger.cli import one, options, tables
from caseledger.cli.formats import json
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.grading import Grading
from caseledger.language import N_, Text, current, translate
from caseledger.rulebook import Rulebook


@click.command(
    "grade",
    help=translate(
        N_(
            "Propose a grade for a case from the policy's criteria: the order's amount, similar cases, public"
            " attention, product safety. It decides nothing; whoever grades the case does."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@options.output_format("text", "json")
@options.as_of
@options.repository
def command(case_id: str, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the grade in force, the one that the criteria speak for, and every reason."""
    judged = one.judged(rulebook, case_id, now)
    entries = register.check_all(rulebook.root, now)
    entry = next(entry for entry in entries if entry.path == judged.path)
    if entry.occurrence is None:
        raise Refused(Text(N_("{path} must be mended first."), path=entry.path), entry.problems)
    advice = Grading(rulebook, register.occurrences(entries)).advice(judged.policy, entry.occurrence, now)
    if form == "json":
        click.echo(json.dump(_as_json(judged, advice, now)))
        return
    click.echo(_summary(judged, advice))
    if advice.reasons:
        headings = [N_("Speaks for"), N_("Criterion"), N_("Article"), N_("Why")]
        tables.show([translate(heading) for heading in headings], [_row(judged, reason) for reason in advice.reasons])
    for text in advice.unknown:
        click.echo(text.to())


def _summary(judged: Judged, advice: Advice) -> str:
    policy = judged.policy
    if not policy.advice:
        return Text(N_("The policy {policy} gives no criteria for grades."), policy=policy.name).to()
    grade = _title(judged, judged.state.grade(policy.default_grade))
    if advice.grade is None:
        return Text(
            N_("{id} is graded {grade}. No criterion for a graver grade is met."), id=judged.id, grade=grade
        ).to()
    proposed = _title(judged, advice.grade)
    return Text(N_("{id} is graded {grade}. Proposed: {proposed}."), id=judged.id, grade=grade, proposed=proposed).to()


def _row(judged: Judged, reason: Reason) -> list[str]:
    criterion = labels.label("criterion", reason.criterion)
    return [_title(judged, reason.grade), str(criterion), reason.clause, str(reason.text)]


def _title(judged: Judged, grade: str) -> str:
    return judged.policy.grades.get(grade, {}).get(current(), grade)


def _as_json(judged: Judged, advice: Advice, now: datetime) -> dict[str, object]:
    return {
        "case": judged.id,
        "as_of": instant.show(now),
        "grade": judged.state.grade(judged.policy.default_grade),
        "proposed": advice.grade,
        "reasons": [
            {
                "criterion": reason.criterion,
                "grade": reason.grade,
                "clause": reason.clause,
                "text": str(reason.text),
                "cases": reason.cases,
            }
            for reason in advice.reasons
        ],
        "unknown": [str(text) for text in advice.unknown],
    }
