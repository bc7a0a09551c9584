"""After release: what one's entry has come to, and the questions about it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal.accounts.access import person, signed_in
from portal.errors import ChangedSinceOpened, NotFound, Refused
from portal.lists.actions import life as actions
from portal.lists.actions import questions as question_actions
from portal.lists.forms.acts import ActForm
from portal.lists.forms.ledger import AnswerForm, OwnLifeForm, QuestionForm
from portal.lists.models import Entry, EntryQuestion
from portal.lists.owner_views.frame import Answer, blueprint
from portal.lists.permits import check_publisher
from portal.lists.queries.ledger import find_asked, outcomes_of
from portal.lists.queries.own import get_own_entry
from portal.lists.queries.published import get_public_entry
from portal.lists.queries.questions import get_question, own_questions, questions_on
from portal.lists.terms.entries import LIFE_NAMES, Life
from portal.lists.terms.ledger import NOTED_AS_NAMES
from portal.web.forms import Form


def get_own_published(entry_id: int) -> Entry:
    """Return one's own entry that is public; raises NotFound."""
    entry = get_own_entry(person(), entry_id)
    if not entry.release.is_public or not entry.number:
        raise NotFound
    return entry


@blueprint.get("/<int:entry_id>/life")
@signed_in
def life(entry_id: int) -> Answer:
    """Show what an entry has come to so far, and ask what it comes to now."""
    entry = get_own_published(entry_id)
    held = {"version": entry.version, "life": entry.life, "outcome": entry.outcome}
    return shown_life(entry, OwnLifeForm(formdata=None, data=held))


def shown_life(entry: Entry, form: Form, status: int = 200) -> Answer:
    """Return the page of an entry's life."""
    page = render_template(
        "lists/life.html",
        entry=entry,
        form=form,
        still=ActForm(formdata=None, data={"version": entry.version}),
        asked=find_asked(entry),
        outcomes=outcomes_of(entry.id),
        life_names=LIFE_NAMES,
        noted_as=NOTED_AS_NAMES,
        withdrawn=entry.life == Life.WITHDRAWN,
    )
    return page, status


@blueprint.post("/<int:entry_id>/report-life")
@signed_in
def report_life(entry_id: int) -> Answer:
    """Note what one's entry has come to."""
    form = OwnLifeForm()
    return act(
        entry_id,
        form,
        lambda entry: actions.report_life(
            person(),
            entry,
            form.version.data,
            Life(form.life.data),
            form.outcome.data or "",
            form.amount.data,
        ),
        _("The state of the entry is public"),
    )


@blueprint.post("/<int:entry_id>/confirm-open")
@signed_in
def confirm_open(entry_id: int) -> Answer:
    """Say that one's entry is still open."""
    form = ActForm()
    return act(
        entry_id,
        form,
        lambda entry: actions.confirm_open(person(), entry, form.version.data),
        _("Confirmed: the entry is still open"),
    )


def act(
    entry_id: int, form: OwnLifeForm | ActForm, do: Callable[[Entry], None], said: str
) -> Answer:
    """Do one act on one's published entry and show its life."""
    entry = get_own_published(entry_id)
    check_publisher(person(), entry)
    if not tried(form, lambda: do(entry)):
        entry = get_own_published(entry_id)
        form.version.raw_data, form.version.data = None, entry.version
        return shown_life(entry, form if isinstance(form, OwnLifeForm) else again(form, entry), 422)
    flash(said, "good")
    return redirect(url_for("lists_owner.life", entry_id=entry_id), 303)


def again(refused: Form, entry: Entry) -> OwnLifeForm:
    """Return the page's form with the message of another act that was refused."""
    form = OwnLifeForm(formdata=None, data={"version": entry.version, "life": entry.life})
    form.form_errors = refused.form_errors
    return form


def tried(form: Form, do: Callable[[], object]) -> bool:
    """Validate a form and do one act; a refusal is kept in the form."""
    if not form.validate():
        return False
    try:
        do()
    except (Refused, ChangedSinceOpened) as refusal:
        form.refuse(refusal)
        return False
    return True


@blueprint.get("/<int:entry_id>/questions")
@signed_in
def questions(entry_id: int) -> Answer:
    """Show the questions about one's published entry, those to be answered first."""
    entry = get_own_published(entry_id)
    return render_template("lists/questions.html", entry=entry, questions=questions_on(entry.id))


@blueprint.get("/questions/<int:question_id>")
@signed_in
def question(question_id: int) -> Answer:
    """Show a question about one's entry, to answer it."""
    found = get_own_question(question_id)
    return shown_question(found, AnswerForm(formdata=None, data={"version": found.version}))


def get_own_question(question_id: int) -> EntryQuestion:
    """Return a question about one's own published entry; raises NotFound."""
    found = get_question(question_id)
    get_own_published(found.entry_id)
    return found


def shown_question(found: EntryQuestion, form: AnswerForm, status: int = 200) -> Answer:
    """Return the page on which a question is answered."""
    page = render_template("lists/question.html", question=found, entry=found.entry, form=form)
    return page, status


@blueprint.post("/questions/<int:question_id>/answer")
@signed_in
def answer_question(question_id: int) -> Answer:
    """Answer a question for everybody."""
    found, form = get_own_question(question_id), AnswerForm()
    check_publisher(person(), found.entry)
    entry_id = found.entry_id
    if not tried(
        form,
        lambda: question_actions.answer(
            person(),
            found,
            form.version.data,
            form.answer.data or "",
            declined=bool(form.declined.data),
        ),
    ):
        return shown_question(get_own_question(question_id), form, 422)
    flash(_("The answer is given"), "good")
    return redirect(url_for("lists_owner.questions", entry_id=entry_id), 303)


@blueprint.get("/ask/<number>")
@signed_in
def asking(number: str) -> Answer:
    """Show the form that asks about a published entry, and what one asked before."""
    return shown_asking(get_public_entry(number), QuestionForm())


def shown_asking(entry: Entry, form: QuestionForm, status: int = 200) -> Answer:
    """Return the page on which somebody asks."""
    page = render_template(
        "lists/asking.html", entry=entry, form=form, questions=own_questions(person(), entry.id)
    )
    return page, status


@blueprint.post("/ask/<number>/send")
@signed_in
def ask_question(number: str) -> Answer:
    """Ask about a published entry."""
    entry, form = get_public_entry(number), QuestionForm()
    if not tried(form, lambda: question_actions.ask(person(), entry, form.question.data or "")):
        return shown_asking(get_public_entry(number), form, 422)
    flash(_("Your question is with the publisher; you are told when it is answered"), "good")
    return redirect(url_for("lists_owner.asking", number=number), 303)
