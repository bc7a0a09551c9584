"""Letters on the site, for members and officers alike: the inbox, and decisions to print."""

from __future__ import annotations

from flask import render_template

from portal.accounts.access import officer, person, signed_in
from portal.accounts.models import Person
from portal.casework import Letter, permits
from portal.casework.letter_words import first_sentence, letter_title
from portal.casework.queries import get_letter as get_decision
from portal.casework.terms import MATTER_NAMES
from portal.desk.views import Answer, blueprint
from portal.enterprises.queries.members import find_membership
from portal.enterprises.terms.record import FIELD_NAMES
from portal.errors import NotFound
from portal.messages.actions import mark_read
from portal.messages.queries import count_inbox, count_unread, get_letter, inbox_of
from portal.web.letters import read_letter
from portal.web.pagination import asked_page, page_of


@blueprint.get("/my/inbox")
@signed_in
def inbox() -> Answer:
    """List a person's letters, newest first."""
    page = page_of(count_inbox(person()), asked_page())
    letters = [
        (letter, read_letter(letter.template, letter.values))
        for letter in inbox_of(person(), offset=page.offset, limit=page.size)
    ]
    unread = count_unread(person())
    return render_template("desk/inbox.html", letters=letters, page=page, count=unread)


@blueprint.get("/my/inbox/<int:number>")
@signed_in
def inbox_letter(number: int) -> Answer:
    """Show one letter; opening it marks it as read."""
    letter = get_letter(person(), number)
    mark_read(person(), letter)
    shown = read_letter(letter.template, letter.values)
    return render_template("desk/inbox_letter.html", letter=letter, shown=shown)


@blueprint.get("/my/letters/<int:letter_id>")
@signed_in
def my_decision(letter_id: int) -> Answer:
    """Show the letter of a decision to whom it is for, to read and print: one person, or all who
    act for the enterprise."""
    letter = get_decision(letter_id)
    if not is_for(letter, person()):
        raise NotFound
    return shown_decision(letter, "layouts/owner.html")


def is_for(letter: Letter, reader: Person) -> bool:
    """Say whether a letter is written to a person, or to those who act for an enterprise."""
    if letter.person_id is not None:
        return letter.person_id == reader.id
    number = letter.enterprise_id
    return number is not None and find_membership(reader, number) is not None


@blueprint.get("/bureau/letters/<int:letter_id>")
@officer()
def decision_letter(letter_id: int) -> Answer:
    """Show the letter of a decision to officers whose right reaches its case."""
    letter = get_decision(letter_id)
    permits.check_may_see(person(), letter.case)
    return shown_decision(letter, "layouts/bureau.html")


def shown_decision(letter: Letter, layout: str) -> Answer:
    """Return the page of a decision's letter."""
    return render_template(
        "desk/decision_letter.html",
        letter=letter,
        layout=layout,
        title=letter_title(letter.matter, letter.outcome),
        first_sentence=first_sentence(letter.matter, letter.outcome),
        matter_names=MATTER_NAMES,
        field_names=FIELD_NAMES,
    )


@blueprint.app_template_global()
def unread_letters() -> int:
    """Return how many letters somebody signed in has not read yet."""
    return count_unread(person())
