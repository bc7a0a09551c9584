"""Where curators keep the words of the search and read what was looked for in vain."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.accounts.access import officer, person
from portal.accounts.terms import Right
from portal.errors import NotFound
from portal.lists.queries.editions import public_release_ids
from portal.search import actions, queries
from portal.search.errors import IndexUnavailable
from portal.search.forms import WordsForm
from portal.search.models import SynonymGroup
from portal.search.rules import words_in
from portal.search.searcher import Searcher
from portal.search.synonyms import Synonyms
from portal.search.terms import NEED_KIND_NAMES
from portal.web.forms import attempt
from portal.web.pagination import asked_page, page_of

Answer = str | Response | tuple[str, int]
PREVIEWED = 20  # words of which the effect is shown

blueprint = Blueprint("search_bureau", __name__)


@dataclass(frozen=True)
class Effect:
    """How many records a word finds now, and with the group as it is written."""

    word: str
    before: int
    after: int


@blueprint.get("/bureau/search/words")
@officer(Right.CURATE_LISTS)
def words() -> Answer:
    """List the words that stand for each other."""
    return shown_words(WordsForm())


@blueprint.post("/bureau/search/words/add")
@officer(Right.CURATE_LISTS)
def add_words() -> Answer:
    """Add a group, or show first what it would change."""
    actions.check_keeper(person())
    form = WordsForm()
    listed = words_in(form.words.data or "")
    if "preview" in request.form:
        return shown_words(form, effects=effects_of(listed))
    if not attempt(form, lambda: actions.add_group(person(), listed, form.note.data or "")):
        return shown_words(form, 422)
    flash(_("The words stand for each other from the next search on"), "good")
    return redirect(url_for("search_bureau.words"), 303)


@blueprint.get("/bureau/search/words/<int:group_id>")
@officer(Right.CURATE_LISTS)
def group(group_id: int) -> Answer:
    """Show one group to be changed or retired."""
    found = get_kept(group_id)
    told = {"words": "\n".join(found.words), "note": found.note, "version": found.version}
    return shown_group(found, WordsForm(data=told))


@blueprint.post("/bureau/search/words/<int:group_id>/change")
@officer(Right.CURATE_LISTS)
def change_group(group_id: int) -> Answer:
    """Change a group, or show first what that would change."""
    found, form = get_kept(group_id), WordsForm()
    listed = words_in(form.words.data or "")
    if "preview" in request.form:
        return shown_group(found, form, effects=effects_of(listed, but=found))
    note, version = form.note.data or "", form.version.data or 0
    if not attempt(form, lambda: actions.change_group(person(), found, version, listed, note)):
        return shown_group(queries.get_group(group_id), form, 422)
    flash(_("The words stand for each other from the next search on"), "good")
    return redirect(url_for("search_bureau.words"), 303)


@blueprint.post("/bureau/search/words/<int:group_id>/retire")
@officer(Right.CURATE_LISTS)
def retire_group(group_id: int) -> Answer:
    """Let the words of a group stand for themselves."""
    actions.retire_group(person(), get_kept(group_id))
    flash(_("The words stand for themselves again"), "good")
    return redirect(url_for("search_bureau.words"), 303)


@blueprint.get("/bureau/search/needs")
@officer(Right.CURATE_LISTS)
def needs() -> Answer:
    """Read what was looked for in vain in a year, counted by word and one by one."""
    this_year = clock.today().year
    year = request.args.get("year", this_year, type=int)
    if not this_year - 10 <= year <= this_year:
        raise NotFound
    page = page_of(queries.count_needs(year), asked_page())
    return render_template(
        "search/needs.html",
        year=year,
        years=[this_year, this_year - 1, this_year - 2],
        counted=queries.words_needed(year),
        needs=queries.page_of_needs(year, page.offset, page.size),
        page=page,
        kind_names=NEED_KIND_NAMES,
    )


def get_kept(group_id: int) -> SynonymGroup:
    """Return a group the officer may change; raises NotFound, NotAllowed."""
    found = queries.get_group(group_id)
    actions.check_keeper(person())
    return found


def effects_of(listed: list[str], but: SynonymGroup | None = None) -> list[Effect] | None:
    """Return what a group would change for each of its words and of those it had; None where no
    index answers."""
    searcher: Searcher = current_app.extensions["search"]
    others = [group.words for group in queries.groups() if group is not but]
    after = Searcher(searcher.index, lambda: Synonyms.of([*others, listed]))
    every = list(dict.fromkeys([*listed, *(but.words if but else [])]))[:PREVIEWED]
    releases = public_release_ids()
    try:
        return [
            Effect(
                word,
                searcher.search(word, public_releases=releases).total,
                after.search(word, public_releases=releases).total,
            )
            for word in every
        ]
    except IndexUnavailable:
        return None


def shown_words(form: WordsForm, status: int = 200, effects: list[Effect] | None = None) -> Answer:
    """Return the list of groups with the form of a new one."""
    page = render_template(
        "search/words.html",
        form=form,
        groups=queries.groups(),
        may_keep=queries.may_keep_words(person()),
        effects=effects,
        is_preview="preview" in request.form,
    )
    return page, status


def shown_group(
    found: SynonymGroup,
    form: WordsForm,
    status: int = 200,
    effects: list[Effect] | None = None,
) -> Answer:
    """Return the page of one group."""
    page = render_template(
        "search/group.html",
        group=found,
        form=form,
        effects=effects,
        is_preview="preview" in request.form,
    )
    return page, status
