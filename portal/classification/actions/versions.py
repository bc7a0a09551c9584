"""Writing a version of the rules, proposing it, and a second officer's decision."""

from __future__ import annotations

from flask_babel import gettext as _

from portal import audit, clock
from portal.accounts.actions.telling import tell
from portal.accounts.models import Person
from portal.classification import parsed_rules
from portal.classification.actions.version_force import add_version, facts_of, put_in_force
from portal.classification.criteria.nodes import Version
from portal.classification.drafting import read_draft
from portal.classification.models.titles import TitleKind
from portal.classification.models.versions import RuleVersion
from portal.classification.permits import check_rule_officer, office_of
from portal.classification.queries import version_pages as pages
from portal.classification.queries.titles import get_title_kind
from portal.classification.terms.versions import EDITABLE, FREED, VersionState
from portal.database import action
from portal.errors import ChangedSinceOpened, NotAllowed, Refused


@action
def draft_version(actor: Person, text: str, based_on: RuleVersion | None) -> RuleVersion:
    """Keep a new version as a draft of the actor; it judges nothing yet.

    Raises FaultyRules naming every fault by line, NotAllowed.
    """
    version = read_draft(text, pages.known_versions())
    check_rule_officer(actor, kind_of(version))
    row = add_version(actor, version, text)
    row.based_on = based_on
    audit.record(actor, "draft_version", row, {"digest": (None, row.digest)}, office=office(row))
    return row


@action
def save_version(actor: Person, row: RuleVersion, opened: int, text: str) -> None:
    """Replace the text of a draft, or of one that was rejected, which is then a draft again.

    Raises FaultyRules, NotAllowed, Refused, ChangedSinceOpened.
    """
    check_own(actor, row, opened)
    version = read_draft(text, pages.known_versions(apart_from=row.slug))
    check_rule_officer(actor, kind_of(version))
    before = row.digest
    for name, value in facts_of(version, text).items():
        setattr(row, name, value)
    row.state, row.changed_at = VersionState.DRAFT, clock.now()
    audit.record(actor, "save_version", row, {"digest": (before, row.digest)}, office=office(row))


@action
def propose_version(actor: Person, row: RuleVersion, opened: int, words: str) -> None:
    """Hand a draft to a second officer; from now on its text stands still.

    Raises NotAllowed, Refused for another state, FaultyRules where others moved the dates.
    """
    check_own(actor, row, opened)
    read_draft(row.text, pages.known_versions(apart_from=row.slug))
    row.state, row.proposal, row.ground = VersionState.PROPOSED, words.strip(), ""
    row.proposed_at, row.proposed_by_id = clock.now(), actor.id
    row.changed_at = clock.now()
    audit.record(
        actor,
        "propose_version",
        row,
        {"digest": (None, row.digest)},
        office=office(row),
        note=words,
    )


@action
def enact_version(actor: Person, row: RuleVersion, opened: int, *, in_the_past: bool) -> None:
    """Put a proposed version in force as a second officer. Results that are stored stay as they
    were judged; the open version before it ends on the day before.

    `in_the_past` says that the actor knows its first day has come already. Raises NotAllowed for
    the proposer, Refused, ChangedSinceOpened.
    """
    check_second(actor, row, opened)
    if row.effective_from <= clock.today() and not in_the_past:
        raise Refused(
            _(
                "It would judge applications from %(day)s on, which has come already: tick that"
                " this is meant",
                day=row.effective_from.isoformat(),
            ),
            "in_the_past",
        )
    row.state = VersionState.IN_FORCE
    row.decided_at, row.decided_by_id = clock.now(), actor.id
    put_in_force(actor, row, parsed_rules.parsed(row.digest, row.slug, row.text))
    tell_proposer(row)


@action
def reject_version(actor: Person, row: RuleVersion, opened: int, ground: str) -> None:
    """Reject a proposed version as a second officer; who wrote it may correct and propose again.

    Raises NotAllowed for the proposer, Refused without a ground, ChangedSinceOpened.
    """
    check_second(actor, row, opened)
    if not ground.strip():
        raise Refused(_("Say why it is not put in force"), "ground")
    row.state, row.ground = VersionState.REJECTED, ground.strip()
    row.decided_at, row.decided_by_id = clock.now(), actor.id
    audit.record(actor, "reject_version", row, note=row.ground, office=office(row))
    tell_proposer(row)


def tell_proposer(row: RuleVersion) -> None:
    """Write to who proposed a version what the second officer decided."""
    if row.proposed_by is not None:
        tell(
            row.proposed_by,
            "version_decided",
            state=row.state,
            slug=row.slug,
            name_zh=row.name_zh,
            name_en=row.name_en,
            effective_from=row.effective_from.isoformat(),
            ground=row.ground,
        )


@action
def discard_version(actor: Person, row: RuleVersion, opened: int) -> None:
    """Discard a draft or a rejected version of one's own; its id is free again."""
    check_own(actor, row, opened)
    row.state, row.changed_at = VersionState.DISCARDED, clock.now()
    audit.record(actor, "discard_version", row, {"slug": (row.slug, None)}, office=office(row))
    row.slug = f"{row.slug}{FREED}{row.id}"


def kind_of(version: Version) -> TitleKind | None:
    """Return the title a version is for."""
    return None if version.title is None else get_title_kind(version.title)


def office(row: RuleVersion) -> str:
    """Return the office the trail shows."""
    return office_of(row.title_kind) if row.title_kind else ""


def check_opened(row: RuleVersion, opened: int) -> None:
    """Raise ChangedSinceOpened when somebody changed the version since the form was opened."""
    if row.version != opened:
        raise ChangedSinceOpened(
            _("This version was changed since you opened it: open it again and compare")
        )


def check_own(actor: Person, row: RuleVersion, opened: int) -> None:
    """Raise NotAllowed or Refused unless the actor may still change what they wrote."""
    check_rule_officer(actor, row.title_kind)
    if row.created_by_id != actor.id:
        raise NotAllowed(
            _("A draft is changed and proposed by who wrote it: begin your own from it")
        )
    check_opened(row, opened)
    if row.state not in EDITABLE:
        raise Refused(_("It was proposed or put in force: its text no longer changes"))


def check_second(actor: Person, row: RuleVersion, opened: int) -> None:
    """Raise NotAllowed or Refused unless the actor may decide on a proposal of others."""
    others = (row.proposed_by_id, row.created_by_id)
    if actor.id in others:
        raise NotAllowed(
            _("You proposed this version: a second officer puts it in force or rejects it")
        )
    check_rule_officer(actor, row.title_kind, *others)
    check_opened(row, opened)
    if row.state != VersionState.PROPOSED:
        raise Refused(_("Only a proposed version can be decided on"))
