"""What members do to register: start a draft, save a step, submit it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal import audit, city, clock
from portal.accounts.models import Person
from portal.chinese import sort_key
from portal.database import action, next_number
from portal.enterprises.actions.cases import await_verification
from portal.enterprises.actions.members import admit
from portal.enterprises.actions.records import announce, check_version, enter_state
from portal.enterprises.actions.writers import check_writer, new_draft
from portal.enterprises.facts import facts_of, frozen_facts, guarded, plain
from portal.enterprises.models import Enterprise, Submission
from portal.enterprises.queries.members import memberships_of
from portal.enterprises.queries.merges import find_survivor, is_code_freed
from portal.enterprises.queries.records import find_taken
from portal.enterprises.queries.reviews import last_submission
from portal.enterprises.queries.standing import is_dissolved
from portal.enterprises.rules import record as rules
from portal.enterprises.rules import uscc
from portal.enterprises.rules.roles import Doing
from portal.enterprises.rules.states import check_may_edit
from portal.enterprises.terms.record import STEP_FIELDS, Role, State, Step
from portal.errors import Refused
from portal.extensions import db
from portal.taxonomy.models import Term

MOST_DRAFTS = 20


class CodeTaken(Refused):
    """The code belongs to a record that is submitted or in the registry."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("This enterprise is on record already: ask to act for it instead"), "uscc"
        )
        self.uscc = code


@action
def start_draft(actor: Person, *, is_sample: bool = False) -> Enterprise:
    """Open an empty draft, private to the actor. Raises Refused beyond twenty drafts."""
    drafts = [m for m in memberships_of(actor) if m.enterprise.state == State.DRAFT]
    if len(drafts) >= MOST_DRAFTS:
        raise Refused(_("You have %(count)d drafts: complete one first", count=len(drafts)))
    enterprise = new_draft(actor, is_sample=is_sample)
    admit(actor, enterprise, Role.OWNER)
    audit.record(actor, "start_draft", enterprise)
    return enterprise


@action
def save_step(
    actor: Person, enterprise: Enterprise, step: Step, values: Mapping[str, Any], version: int
) -> None:
    """Keep one step's values (terms as rows, capital in 万元, dates as dates).

    Raises CodeTaken, ChangedSinceOpened, Refused when the record is not open for editing.
    """
    check_writer(actor, enterprise, Doing.EDIT)
    check_version(enterprise, version)
    check_may_edit(State(enterprise.state), step, values)
    if step == Step.IDENTITY:
        check_identity(enterprise, values)
    if step == Step.INDUSTRY:
        check_chain(values["key_industry"], values["node"])
    changes = {}
    for name in STEP_FIELDS[step]:
        old, new = getattr(enterprise, name), values[name]
        if plain(old) != plain(new):
            before = guarded(enterprise, name, plain(old))
            setattr(enterprise, name, new)
            changes[name] = (before, guarded(enterprise, name, plain(new)))
    if not changes:
        return
    enterprise.sort_key = sort_key(enterprise.name)
    enterprise.updated_at = clock.now()
    changes["version"] = (version, version + 1)
    audit.record(actor, "save_step", enterprise, changes)
    if enterprise.is_public:
        announce(enterprise)


def check_identity(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    """Check code and date; raises CodeTaken or Refused."""
    rules.check_established(values["established_on"], clock.today())
    if values["uscc"]:
        uscc.check(values["uscc"])
        check_code_free(enterprise, values["uscc"])


def check_chain(key_industry: Term | None, node: Term | None) -> None:
    """Raise Refused when the place in the chain belongs to another key industry."""
    chain = node.parent if node else None
    if chain is not None:
        rules.check_chain(key_industry.id if key_industry else None, chain.parent_id)


def check_code_free(enterprise: Enterprise, code: str) -> None:
    """Raise CodeTaken when another record holds the code since its submission, Refused when the
    enterprise under it was dissolved."""
    taken = find_taken(code)
    if taken is not None and taken.id != enterprise.id:
        raise CodeTaken(code)
    survivor = find_survivor(code)
    if survivor is not None and not is_code_freed(code):
        raise CodeTaken(survivor.uscc)
    if is_dissolved(code):
        raise Refused(
            _(
                "The enterprise under this code was removed as dissolved: check the code, or call"
                " the office if that was a mistake"
            ),
            "uscc",
        )


@action
def submit(actor: Person, enterprise: Enterprise, version: int) -> Submission:
    """Send a complete record for verification and return the submission with its number.

    Submitting the same version twice returns the first submission.
    Raises Refused when steps are incomplete, CodeTaken, ChangedSinceOpened.
    """
    check_writer(actor, enterprise, Doing.SUBMIT)
    last = last_submission(enterprise.id)
    if enterprise.state == State.SUBMITTED and last is not None:
        return last
    check_version(enterprise, version)
    if not enterprise.is_editable:
        raise Refused(_("This record has been decided on: it cannot be submitted again"))
    if rules.incomplete_steps(facts_of(enterprise)):
        raise Refused(_("Some items are still empty: complete them before submitting"))
    check_code_free(enterprise, enterprise.uscc)
    year = clock.today().year
    submission = Submission(
        enterprise_id=enterprise.id,
        number=city.number("submission", year=year, serial=next_number(f"submission-{year}")),
        facts=frozen_facts(enterprise),
        submitted_at=clock.now(),
        submitted_by_id=actor.id,
    )
    db.session.add(submission)
    enter_state(actor, enterprise, State.SUBMITTED, act="submit")
    enterprise.submitted_at = submission.submitted_at
    await_verification(actor, enterprise, submission)
    return submission
