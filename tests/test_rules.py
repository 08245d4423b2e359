"""The rules beyond the schema: their list, their words, and what no file of tests/files can show."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from caseledger import casefile, schema, yamltext
from caseledger.errors import Refused
from caseledger.language import LANGUAGES, Text
from caseledger.problem import Severity
from caseledger.rulebook import Rulebook
from caseledger.rules import every
from caseledger.yamltext import rules as yaml
from tests import mini

FAIL = mini.FILES / "fail"
PLAIN = mini.FILES / "pass" / "plain.yml"

TEXTS = {
    "id-stem": [
        "The id is C-20261103-7K3QD, but the file is called C-20261103-7K3QE. Write the same number in both:"
        " the file is called after its id, with .yml.",
    ],
    "id-folder": [
        "The file lies in cases/2026/12, but its id belongs in cases/2026/11. Move the file; the folder is"
        " the month of receipt.",
    ],
    "id-day": [
        "The complaint was received on 2026-11-04 (Asia/Shanghai), the id says otherwise. Check the time of"
        " receipt and its offset; if they are right, give the case and its file a new id.",
    ],
    "id-unique": [
        "The id C-20261103-7K3QD is also that of cases/2026/12/C-20261103-7K3QD.yml. Give one of the two"
        " cases a new id, and its file the same name.",
        "The file lies in cases/2026/12, but its id belongs in cases/2026/11. Move the file; the folder is"
        " the month of receipt.",
        "The id C-20261103-7K3QD is also that of cases/2026/11/C-20261103-7K3QD.yml. Give one of the two"
        " cases a new id, and its file the same name.",
    ],
    "file-name-ending": [
        "C-20261103-7K3QD.yaml is not the name of a case; it is not read. Name a case like"
        " C-20261103-7K3QD.yml; put evidence into the folder of that name, without .yml.",
    ],
    "file-readable": [
        "policy/people.yml is missing or cannot be read. Put the file in its place, with the right to read it.",
    ],
    "related-missing": [
        "There is no case C-20261101-2M4XP. Correct the number, or take it off the list.",
    ],
    "related-itself": [
        "The case names itself as related. Correct the number, or take it off the list.",
    ],
    "policy-known": [
        "There is no policy qualty@2023-01-01; there are: platform-quality@2023-01-01,"
        " platform-service@2023-01-01, product@2023-01-01, quality@2023-01-01, trade@2023-01-01. Write"
        " profile@version; the versions are the folders of policy/<profile>/.",
    ],
    "policy-before-the-first": [
        "On 2022-12-30 no version of quality was in force yet. Write the version that was in force on that day.",
        "cs-01 did not hold the role customer-service on 2022-12-30. Write the role that they held, or enter"
        " in policy/people.yml from when to when they hold it.",
    ],
    "category": [
        "The policy quality@2023-01-01 has no category delivery; it has: product-quality, packaging,"
        " logistics-damage. Write one of the policy's categories.",
    ],
    "order-placed-later": [
        "received is of 2026-11-03, but the order was placed on 2026-11-04. Check the day of the order and"
        " the time of receipt.",
    ],
    "received-not-first": [
        "The first event is responded, but must be received. Begin the list of events with received, and"
        " write it once; a case that starts anew has reopened.",
    ],
    "received-twice": [
        "The case is received a second time. Begin the list of events with received, and write it once; a"
        " case that starts anew has reopened.",
    ],
    "at-order": [
        "responded of 2026-11-03T09:11:59+08:00 stands below received of 2026-11-03T09:12:00+08:00, which is"
        " later. Check both times and their offsets; if they are right, move the event up to where it belongs.",
    ],
    "at-future": [
        "2062-11-03T10:40:00+08:00 has not come yet. Write when it happened, with the offset of that place; a"
        " plan belongs in note.",
    ],
    "after-end": [
        "responded cannot follow: the case ended with declined of 2026-11-05T10:00:00+08:00. If the case goes"
        " on, record reopened first; else write a note.",
    ],
    "pause-twice": [
        "The case waits for the complainant already; a second request changes nothing. Record one"
        " information-requested and one information-received for each wait; the rest goes into a note.",
    ],
    "pause-never-begun": [
        "information-received needs before it, in the same cycle: information-requested / reopened. On the"
        " way there, what can come at that point is: information-requested, declined, withdrawn, escalated,"
        " verified.",
        "The case was not waiting for the complainant; the answer changes nothing. Record one"
        " information-requested and one information-received for each wait; the rest goes into a note.",
    ],
    "event-unused": [
        "The policy quality@2023-01-01 does not use confirmed. Write it as a note, or as a type that the"
        " policy lists under events.",
    ],
    "event-after": [
        "executed needs before it, in the same cycle: agreed. On the way there, what can come at that point"
        " is: verified.",
    ],
    "event-after-one-of-two": [
        "reopened needs before it, in the same cycle: closed / declined / withdrawn / followed-up. On the way"
        " there, what can come at that point is: declined, withdrawn, escalated, verified.",
    ],
    "event-role": [
        "quality-inspection may not record graded; the policy allows: customer-service, complaint-team,"
        " management. Write the role in which the person acted, or let a person of one of the named roles"
        " record it.",
    ],
    "event-voided": [
        "investigation-started needs, by article A10: verified.in_scope: true. Record verified with in_scope: true; if"
        " it is on record, mend it with a corrected event.",
        "executed needs before it, in the same cycle: agreed. On the way there, what can come at that point is:"
        " agreed.",
        "customer-service may not record proposed; the policy allows: complaint-team. Write the role in which the"
        " person acted, or let a person of one of the named roles record it.",
    ],
    "incomplete": [
        "investigated needs, by article A10: information-requested. Record first: information-requested.",
        "closed needs, by article A11: escalated, emergency-started. Record first: escalated, emergency-started.",
        "closed needs, by article A12: investigated.root_cause. Record investigated with root_cause; if it is on"
        " record, mend it with a corrected event.",
        "closed needs, by article A14: executed.proof. Record executed with proof; if it is on record, mend it with a"
        " corrected event.",
        "closed needs, by article A14: followed-up.new_problem: none. Record followed-up once more, without"
        " new_problem, or reopen the case.",
    ],
    "policy-fact": [
        "agreed is none of: received, responded, graded, closed. Correct the name, or define it under roles, grades,"
        " categories or events.",
        "There is no field order.colour in a case. Write a field of an event as investigated.root_cause, one of the"
        " case's head as order.number.",
        "executed is none of: received, responded, graded, closed. Correct the name, or define it under roles, grades,"
        " categories or events.",
        "closed.outcome cannot be settled. It is one of: any, none, resolved, partly-resolved, not-upheld, unresolved.",
        "grade cannot be severe. It is one of: any, none, normal.",
        "lawyer is none of: responsible-department, shop. Correct the name, or define it under roles, grades,"
        " categories or events.",
        "public_opinion cannot be 1. It is one of: any, none, true, false.",
        "graded.grade cannot be severe. It is one of: any, none, normal.",
        *[
            f"There is no field {path} in a case. Write a field of an event as investigated.root_cause, one of the"
            " case's head as order.number."
            for path in ("closed.result", "closed", "id")
        ],
    ],
    "event-role-responsible": [
        "quality-control may not record responded; the policy allows: intake, responsible-department. Write"
        " the role in which the person acted, or let a person of one of the named roles record it.",
        "quality-control may not record investigated; the policy allows: logistics. Write the role in which"
        " the person acted, or let a person of one of the named roles record it.",
    ],
    "role-known": [
        "The policy quality@2023-01-01 has no role intake; it has: customer-service, quality-inspection,"
        " supply-chain, operations, legal, finance, marketing, complaint-team, management, supervision, bot."
        " Write one of the policy's roles.",
        "The policy quality@2023-01-01 has no role quality-control; it has: customer-service,"
        " quality-inspection, supply-chain, operations, legal, finance, marketing, complaint-team, management,"
        " supervision, bot. Write one of the policy's roles.",
        "The policy quality@2023-01-01 has no role leading-group; it has: customer-service,"
        " quality-inspection, supply-chain, operations, legal, finance, marketing, complaint-team, management,"
        " supervision, bot. Write one of the policy's roles.",
    ],
    "person-known": [
        "policy/people.yml has no cs-99. Correct the name, or add the person with their role and its first"
        " day to policy/people.yml.",
    ],
    "person-known-team": [
        "policy/people.yml has no qi-99. Correct the name, or add the person with their role and its first"
        " day to policy/people.yml.",
        "policy/people.yml has no warehouse. Correct the name, or add the person with their role and its"
        " first day to policy/people.yml.",
    ],
    "role-held-left": [
        "cs-04 did not hold the role customer-service on 2026-11-03. Write the role that they held, or enter"
        " in policy/people.yml from when to when they hold it.",
    ],
    "role-held-moved": [
        "cs-03 did not hold the role customer-service on 2026-11-03. On that day they held:"
        " quality-inspection, quality.",
    ],
    "role-held-bot": [
        "cs-01 did not hold the role bot on 2026-11-03. On that day they held: customer-service.",
    ],
    "grade": [
        "The policy quality@2023-01-01 has no grade serious; it has: general, important, major. Write one of"
        " the policy's grades.",
    ],
    "extension-clock": [
        "The policy quality@2023-01-01 has no clock dispositon; it has: verification, response,"
        " investigation-start, report-up, emergency, investigation, disposition, return-visit, filing. Write"
        " one of the policy's clocks; caseledger explain ID lists them.",
    ],
    "extension-not-extendable": [
        "The policy does not let return-visit be extended. Extend in time, with the approval and the word to"
        " the consumer that the policy asks for; else write a note.",
    ],
    "extension-not-started": [
        "disposition was not running yet. Extend in time, with the approval and the word to the consumer that"
        " the policy asks for; else write a note.",
    ],
    "extension-stopped": [
        "disposition had stopped already. Extend in time, with the approval and the word to the consumer that"
        " the policy asks for; else write a note.",
    ],
    "extension-past-due": [
        "disposition was past its due time already: an extension comes before. Extend in time, with the"
        " approval and the word to the consumer that the policy asks for; else write a note.",
    ],
    "extension-paused": [
        "investigation was paused; it can be extended once the complainant has answered. Extend in time, with"
        " the approval and the word to the consumer that the policy asks for; else write a note.",
    ],
    "extension-not-approved": [
        "The approval of management is missing; approved_by says who gave it and as what. Extend in time,"
        " with the approval and the word to the consumer that the policy asks for; else write a note.",
    ],
    "extension-self-approved": [
        "Who records an extension cannot approve it: approved_by must name somebody else. Extend in time,"
        " with the approval and the word to the consumer that the policy asks for; else write a note.",
        "management may not record extended; the policy allows: customer-service, complaint-team. Write the"
        " role in which the person acted, or let a person of one of the named roles record it.",
    ],
    "extension-consumer-not-told": [
        "The consumer was not told before; consumer_told must be at or before at. Extend in time, with the"
        " approval and the word to the consumer that the policy asks for; else write a note.",
    ],
    "extension-beyond-max": [
        "31 wd is more than the policy allows: at most 30 wd from the start of disposition. Extend in time,"
        " with the approval and the word to the consumer that the policy asks for; else write a note.",
    ],
    "extension-not-later": [
        "3 wd from the start of disposition gives no later due time. Extend in time, with the approval and"
        " the word to the consumer that the policy asks for; else write a note.",
    ],
    "correction-of-nothing": [
        "The file has no received of 2026-11-03T09:21:00+08:00. received stands there with: 2026-11-03T09:12:00+08:00.",
    ],
    "correction-of-a-later-event": [
        "The event that is corrected stands below the correction. Copy at and type of the event as they stand"
        " in the file.",
    ],
    "correction-takes-away": [
        "Corrected so, graded of 2026-11-03T10:40:00+08:00 would be wrong: grade must be a text, not null."
        " Fill it in, or leave the key out.",
    ],
    "correction-unknown-key": [
        "Corrected so, graded of 2026-11-03T10:40:00+08:00 would be wrong: The key grad is not known here."
        " Did you mean grade?",
    ],
    "correction-to-after-itself": [
        "graded cannot have happened after its correction. Write under set the keys of that event with values"
        " that it may have; null takes away a key that it may lack.",
    ],
    "correction-to-before-the-receipt": [
        "Corrected so, graded would come before the receipt. Write under set the keys of that event with"
        " values that it may have; null takes away a key that it may lack.",
    ],
    "correction-of-the-receipt": [
        "Corrected so, graded would come before the receipt. Write under set the keys of that event with"
        " values that it may have; null takes away a key that it may lack.",
    ],
    "evidence-parent": [
        "../../../policy/people.yml leads out of the case's evidence folder. Write a path within the case's"
        " evidence folder, such as zip.jpg, or an address with https:, s3: or store:.",
    ],
    "evidence-http": [
        "http: is not a kind of store; known are: https, s3, store. Write a path within the case's evidence"
        " folder, such as zip.jpg, or an address with https:, s3: or store:.",
    ],
    "policy-folder": [
        "profile is small, but the folder is called tiny. Rename the folder, or write its name; a version is"
        " the first day in force.",
        "version is 2025-01-01, but the folder is called 2024-01-01. Rename the folder, or write its name; a"
        " version is the first day in force.",
    ],
    "policy-default-grade": [
        "normall is none of: normal. Correct the name, or define it under roles, grades, categories or events.",
    ],
    "policy-repeated": [
        "The id response is given twice under clocks. Give one of them another id.",
        "The id report is given twice under obligations. Give one of them another id.",
    ],
    "policy-pausable": [
        "3 d cannot be paused, but the clock can. Write the limit in wd, wh or h, or take pausable away.",
        "1 mo cannot be paused, but the clock can. Write the limit in wd, wh or h, or take pausable away.",
    ],
    "policy-calendar": [
        "There is no policy/calendars/NO.yml. Write the name of a file of policy/calendars/, give it hours,"
        " or write the limit in h or wd.",
    ],
    "policy-advice": [
        f"{message} List each grade once, the gravest first, with amount_from, similar_from, public_opinion or safety."
        for message in ("No criterion is given for severe.", "severe is not milder than the grade above it.")
    ]
    + ["dire is none of: normal, severe. Correct the name, or define it under roles, grades, categories or events."],
    "rates-dates": [
        f"{message} Put them in order, oldest first, one for each day."
        for message in ("2026-07-01 does not come after 2026-07-01.", "2025-01-01 does not come after 2026-01-01.")
    ],
    "grade-amount": [
        "Graded general, but A11 speaks for important (amount). The order's amount is 3200 NOK, that is 2240.00 CNY; it"
        " counts from 2000 CNY. Grade it anew; or name under despite the criteria that were weighed, and say in reason"
        " why they do not decide.",
    ],
    "grade-similar": [
        "Graded general, but A11 speaks for important (similar). 3 cases of SKU BP-22-GR with the same category within"
        " 30 days of this one; they count from 3. The others: C-20261020-7K3QD, C-20261025-7K3QD. Grade it anew; or"
        " name under despite the criteria that were weighed, and say in reason why they do not decide.",
    ],
    "policy-hours": [
        "16 wh counts working hours, but the calendar CN has none. Write the name of a file of"
        " policy/calendars/, give it hours, or write the limit in h or wd.",
        "1 wh counts working hours, but the calendar CN has none. Write the name of a file of"
        " policy/calendars/, give it hours, or write the limit in h or wd.",
        "40 wh counts working hours, but the calendar CN has none. Write the name of a file of"
        " policy/calendars/, give it hours, or write the limit in h or wd.",
    ],
    "calendar-name": [
        "The name is Harbour, but the file is called HARBOUR. Write the same name in both.",
    ],
    "calendar-zone": [
        "There is no time zone China Standard Time. Write it like Asia/Shanghai or Europe/Oslo.",
    ],
    "calendar-closed": [
        "No day of the week is open. Write true, or hours, for the days that are worked.",
    ],
    "calendar-hours-backwards": [
        "12:00-08:00 ends before it begins. Write the windows of a day one after the other, like 09:00-12:00,"
        " 13:30-18:00.",
        "09:00-09:00 ends before it begins. Write the windows of a day one after the other, like 09:00-12:00,"
        " 13:30-18:00.",
    ],
    "calendar-hours-overlap": [
        "11:59-16:00 begins before 08:00-12:00 has ended. Write the windows of a day one after the other,"
        " like 09:00-12:00, 13:30-18:00.",
        "08:00-08:30 begins before 09:00-13:00 has ended. Write the windows of a day one after the other,"
        " like 09:00-12:00, 13:30-18:00.",
    ],
    "calendar-hours-idle": [
        "2026-05-14 is closed throughout, its hours count for nothing. For a day that is open in part write"
        " open: true and the hours in which it is open; else take the hours away.",
    ],
    "calendar-dates": [
        "2026-05-13 stands below 2026-05-14. Put them in the order of their dates, one line for each.",
        "2026-05-13 stands below 2026-05-13. Put them in the order of their dates, one line for each.",
    ],
    "people-dates": [
        "2024-02-29 is before 2024-03-01. Write the first day under from and the last day under to.",
    ],
    "people-email": [
        "Ingrid.Solheim@example.com is also the address of cs-02. Leave it with the one whose it is.",
        "ingrid-solheim is also the login of cs-02. Leave it with the one whose it is.",
        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq is also the key of cs-02. Leave it with the one"
        " whose it is.",
    ],
    "settings-vault": [
        "private is in the repository. Name two folders outside the repository, and roles that policy/people.yml"
        " knows.",
        "./private is in the repository. Name two folders outside the repository, and roles that policy/people.yml"
        " knows.",
        "Records and keys are in the same folder: who has one has both. Name two folders outside the repository, and"
        " roles that policy/people.yml knows.",
        "Nobody in policy/people.yml ever held the role costumer-service. Name two folders outside the repository, and"
        " roles that policy/people.yml knows.",
    ],
    "settings-notices": [
        "There is no policy/calendars/NO.yml. Write a role of one of the policies, the name of a file of"
        " policy/calendars, hours that run forwards.",
        "18:00-13:30 ends before it begins. Write a role of one of the policies, the name of a file of"
        " policy/calendars, hours that run forwards.",
        "No policy has the role custmer-service. Write a role of one of the policies, the name of a file of"
        " policy/calendars, hours that run forwards.",
        "No policy has the role customer-servise. Write a role of one of the policies, the name of a file of"
        " policy/calendars, hours that run forwards.",
    ],
    "personal-data": [
        "summary holds a telephone number: +4…45. Take it out before it is committed: a case names the consumer by"
        " consumer.ref alone. What may stand all the same is listed, with reason, in"
        " policy/allowed-personal-data.yml.",
        "description holds an e-mail address: ka…no. Take it out before it is committed: a case names the consumer"
        " by consumer.ref alone. What may stand all the same is listed, with reason, in"
        " policy/allowed-personal-data.yml.",
        "note holds the number of a payment card: 55…44. Take it out before it is committed: a case names the"
        " consumer by consumer.ref alone. What may stand all the same is listed, with reason, in"
        " policy/allowed-personal-data.yml.",
        "note holds the number of a bank account: NO…47. Take it out before it is committed: a case names the"
        " consumer by consumer.ref alone. What may stand all the same is listed, with reason, in"
        " policy/allowed-personal-data.yml.",
        "note holds an identity number: 15…88. Take it out before it is committed: a case names the consumer by"
        " consumer.ref alone. What may stand all the same is listed, with reason, in"
        " policy/allowed-personal-data.yml.",
    ],
    "personal-address": [
        "description holds a street address: St…12. If somebody lives there, take it out; if it may stand, list it,"
        " with reason, in policy/allowed-personal-data.yml.",
    ],
    "settings-profile": [
        "There is no policy/quaility/<version>/policy.yml. Write the name of a folder of policy/ that holds a"
        " version with its policy.yml.",
    ],
}


def put(repository: Path, text: str, path: str = "cases/2026/11/C-20261103-PASS0.yml") -> Path:
    """Write a case into the repository."""
    written = repository / path
    written.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(text, "utf-8")
    return written


def codes(repository: Path) -> list[str]:
    """The codes of everything that is found."""
    return [problem.code for problem in mini.problems(repository)]


def test_every_rule_is_listed_once_with_its_words() -> None:
    found = [rule.code for rule in every.ALL]
    assert len(found) == len(set(found))
    assert every.ALL[: len(yaml.RULES)] == yaml.RULES
    assert every.ALL[len(yaml.RULES) :][: len(schema.RULES)] == schema.RULES
    for rule in every.ALL:
        assert rule.example.strip()
        for text in (rule.meaning, rule.hint):
            assert all(Text(text).to(language).strip() for language in LANGUAGES)


def test_every_module_of_a_rule_is_listed() -> None:
    found = {path.stem for path in Path(every.__file__).parent.glob("*.py")}
    modules = found - {"__init__", "context", "review_context", "every", "of_cases", "of_files", "of_records"}
    own = {rule.code for rule in every.ALL} - {rule.code for rule in (*yaml.RULES, *schema.RULES)}
    assert {code.replace("-", "_") for code in own} == modules


def test_a_warning_is_a_warning_where_the_format_allows_it() -> None:
    assert [rule.code for rule in every.ALL if rule.severity is Severity.WARNING] == [
        "grade-below-advice",
        "personal-address",
        "calendar-hours-idle",
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_the_words_of_a_finding(mini_repository: Path, name: str) -> None:
    mini.lay(FAIL / f"{name}.expected", mini_repository)
    found = [f"{p.message.to('en')} {p.hint.to('en')}" for p in mini.problems(mini_repository)]
    assert list(dict.fromkeys(found)) == TEXTS[name]


def test_a_link_is_not_followed(mini_repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    shutil.copy(PLAIN, outside)
    folder = mini_repository / "cases" / "2026" / "11"
    (folder / "C-20261103-PASS0.yml").symlink_to(outside)
    (folder / "more").symlink_to(tmp_path)
    assert [(p.path, p.code, p.message.to("en")) for p in mini.problems(mini_repository)] == [
        (
            "cases/2026/11/C-20261103-PASS0.yml",
            "file-name",
            "C-20261103-PASS0.yml is a link or no plain file; it is not read.",
        ),
        ("cases/2026/11/more", "file-name", "more is a link or no plain file; it is not read."),
    ]


def test_evidence_and_hidden_files_are_no_cases(mini_repository: Path) -> None:
    folder = mini_repository / "cases" / "2026" / "11"
    (folder / "C-20261101-2M4XN").mkdir()
    (folder / "C-20261101-2M4XN" / "zip.jpg").write_bytes(b"\xff\xd8")
    (folder / ".gitkeep").touch()
    assert codes(mini_repository) == []


def test_a_case_elsewhere_may_lie_anywhere(mini_repository: Path, tmp_path: Path) -> None:
    path = tmp_path / "C-20261103-PASS0.yml"
    shutil.copy(PLAIN, path)
    assert casefile.read(Rulebook(mini_repository), mini.NOW, path).problems == ()
    path = path.rename(tmp_path / "mine.yml")
    assert [p.code for p in casefile.read(Rulebook(mini_repository), mini.NOW, path).problems] == ["id-stem"]


def test_a_case_that_is_gone(mini_repository: Path, tmp_path: Path) -> None:
    entry = casefile.read(Rulebook(mini_repository), mini.NOW, tmp_path / "gone.yml")
    assert entry.data is None
    assert [p.code for p in entry.problems] == ["file-readable"]


@pytest.mark.parametrize(
    "path", ["policy/quality/2023-01-01/policy.yml", "policy/people.yml", "policy/calendars/CN.yml"]
)
def test_a_broken_law_hides_neither_case_nor_rule(mini_repository: Path, path: str) -> None:
    (mini_repository / path).write_text("schema: 2\n")
    case = put(mini_repository, PLAIN.read_text("utf-8").replace("summary", "related: [C-20261103-PASS0]\nsummary"))
    found = mini.problems(mini_repository)
    assert {p.path for p in found if p.code.startswith("schema")} == {path}
    assert [p.code for p in found if p.path == "cases/2026/11/C-20261103-PASS0.yml"] == ["related-known"]
    with pytest.raises(Refused):
        casefile.examine(Rulebook(mini_repository), mini.NOW, yamltext.read(case.read_bytes(), "some.yml"))


def test_a_calendar_with_a_warning_is_used(mini_repository: Path) -> None:
    mini.lay(FAIL / "calendar-hours-idle.expected", mini_repository)
    assert Rulebook(mini_repository).calendar("HARBOUR").has_hours
    assert codes(mini_repository) == ["calendar-hours-idle"]


def test_the_future_comes(mini_repository: Path) -> None:
    mini.lay(FAIL / "at-future-by-six-minutes.expected", mini_repository)
    path = mini_repository / mini.CASE
    found = [casefile.read(Rulebook(mini_repository), mini.NOW + timedelta(minutes=m), path).problems for m in (0, 1)]
    assert [len(problems) for problems in found] == [2, 0]


def test_a_correction_counts_from_its_own_time(mini_repository: Path) -> None:
    event = "  - at: {at}\n    type: {type}\n    by: cs-01\n    as: customer-service\n    {own}\n"
    graded = event.format(at="2026-11-03T10:00:00+08:00", type="graded", own="grade: seriuos\n    reason: x")
    mended = event.format(
        at="2026-11-03T11:00:00+08:00",
        type="corrected",
        own="event: {at: 2026-11-03T10:00:00+08:00, type: graded}\n    set: {grade: major}\n    reason: x",
    )
    path = put(mini_repository, PLAIN.read_text("utf-8") + graded + mended)
    assert codes(mini_repository) == []
    before = mini.NOW.replace(year=2026, month=11, day=3, hour=2, minute=58)
    assert [(p.code, p.place.line) for p in casefile.read(Rulebook(mini_repository), before, path).problems] == [
        ("grade-known", 21)
    ]


def test_the_hint_names_what_can_come_next(mini_repository: Path) -> None:
    mini.lay(FAIL / "event-after.expected", mini_repository)
    (found,) = mini.problems(mini_repository)
    assert found.hint.to("en") == "On the way there, what can come at that point is: verified."


def test_the_version_in_force_is_named(mini_repository: Path) -> None:
    old = mini_repository / "policy" / "quality" / "2023-01-01" / "policy.yml"
    new = mini_repository / "policy" / "quality" / "2026-11-03" / "policy.yml"
    new.parent.mkdir()
    new.write_text(old.read_text("utf-8").replace("2023-01-01", "2026-11-03"), "utf-8")
    put(mini_repository, PLAIN.read_text("utf-8"))
    (found,) = mini.problems(mini_repository)
    assert found.code == "policy-in-force"
    assert found.message.to("en") == (
        "The complaint was received on 2026-11-03, when quality@2026-11-03 was in force, not quality@2023-01-01."
    )


def test_only_a_program_acts_as_a_bot(mini_repository: Path) -> None:
    people = mini_repository / "policy" / "people.yml"
    people.write_text(people.read_text("utf-8").replace("customer-service", "bot", 1), "utf-8")
    put(mini_repository, PLAIN.read_text("utf-8").replace("customer-service", "bot"))
    (found,) = mini.problems(mini_repository)
    assert (found.code, found.place.line) == ("role-held", 16)
    assert found.message.to("en") == "cs-01 is no program, and cannot act as bot."
