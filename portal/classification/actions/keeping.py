"""Results are kept current whoever changes the facts: every action that writes a record, a figure,
a title or the dates of a rule version owes the worker the judgement of those concerned.

It is watched here, where the rows are written, rather than said in each of those actions: one that
forgot to say it would leave a stale result that nobody notices.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from portal.classification.actions.assessments import owe
from portal.classification.models.standing import TitleInterruption
from portal.classification.models.titles import Title, TitleClaim
from portal.classification.models.versions import RuleForce
from portal.database import before_commit
from portal.enterprises.models import Enterprise, Figure
from portal.extensions import db

CONCERNED, EVERYBODY, TITLES = "concerned", "everybody", "titles_interrupted"


def watch_facts() -> None:
    """Begin to watch; more than once changes nothing."""
    if not event.contains(db.session.session_factory, "after_flush", note_written):
        event.listen(db.session.session_factory, "after_flush", note_written)


def note_written(session: Session, _context: Any) -> None:
    """Note whose facts a flush inside an action wrote."""
    if not session.info.get("in_action"):
        return
    for row in (*session.new, *session.dirty):
        if isinstance(row, Enterprise):
            session.info.setdefault(CONCERNED, set()).add(row.id)
        elif isinstance(row, Figure | Title | TitleClaim):
            session.info.setdefault(CONCERNED, set()).add(row.enterprise_id)
        elif isinstance(row, TitleInterruption):
            session.info.setdefault(TITLES, set()).add(row.title_id)
        elif isinstance(row, RuleForce):
            session.info[EVERYBODY] = True


@before_commit
def owe_judgements(session: Session) -> None:
    """Owe the worker what was noted; last in every action."""
    concerned = session.info.pop(CONCERNED, set())
    titles = session.info.pop(TITLES, None)
    if titles:
        concerned |= set(session.scalars(select(Title.enterprise_id).where(Title.id.in_(titles))))
    if session.info.pop(EVERYBODY, False):
        owe(enterprises=[], all_after=0)
    elif concerned:
        owe(enterprises=sorted(concerned))
