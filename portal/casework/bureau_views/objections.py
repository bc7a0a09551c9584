"""The officers' pages of an objection: recording a letter, showing who objects, deciding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import current_app, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import files
from portal.accounts.access import person
from portal.casework import objections as actions
from portal.casework.models import Objection
from portal.casework.objection_forms import HandleForm, PaperObjectionForm
from portal.casework.objectors import Objector, Paper
from portal.casework.queries import last_case
from portal.casework.standing import standing_of
from portal.errors import Refused
from portal.web.forms import attempt
from portal.web.redirects import done

Answer = str | Response | tuple[str, int]
Shown = TypeVar("Shown", bound=Objection)


def recorded(form: PaperObjectionForm, record: Callable[[Objector, str, Paper], object]) -> bool:
    """Record the letter a sent form holds, with its scan; say whether that was done."""

    def act() -> None:
        upload, folder = form.proof.data, current_app.config["FILES"]
        with files.receiving(folder, upload.stream, upload.filename, field="proof") as scan:
            paper = Paper(form.received_on.data, scan)
            record(form.objector(), form.statement.data or "", paper)

    return form.is_submitted() and attempt(form, act)


@dataclass(frozen=True)
class ObjectionPages(Generic[Shown]):
    """The page of an objection in one domain: how one is loaded for who may see it, its template
    with what that names, and the results there are."""

    get: Callable[[int], Shown]
    template: str
    names: Callable[[Shown], Mapping[str, Any]]
    results: Callable[[Shown], Mapping[Any, object]]

    def shown(
        self, found: Shown, form: HandleForm | None = None, who: Objector | None = None
    ) -> Answer:
        """Return the page; with a form that came back its message and 422."""
        domain = actions.domain_of(found)
        case = last_case(domain.matter, found.__tablename__, found.id)
        assert case is not None
        kept = files.files_of(found.__tablename__, [found.id])
        open_to = [file for file in kept if actions.may_read_proof(person(), file)]
        page = render_template(
            self.template,
            objection=found,
            name=domain.label(found),
            proofs=open_to,
            is_sealed=len(open_to) < len(kept),
            form=form or self.form(found, formdata=None, data={"version": found.version}),
            standing=standing_of(person(), case),
            who=who,
            result_names=self.results(found),
            **self.names(found),
        )
        return page, 422 if form else 200

    def form(self, found: Shown, **given: Any) -> HandleForm:
        """Return the form of the decision, offering the results there are."""
        form = HandleForm(**given)
        form.result.offer([(str(one), name) for one, name in self.results(found).items()])
        return form

    def reveal(self, objection_id: int) -> Answer:
        """Show who raised the objection, once, and write down that it was shown."""
        found = self.get(objection_id)
        try:
            who = actions.reveal(person(), found)
        except Refused as refusal:
            flash(refusal.message, "bad")
            return self.shown(self.get(objection_id))
        return self.shown(self.get(objection_id), who=who)

    def handle(self, objection_id: int) -> Answer:
        """Decide on an objection."""
        found = self.get(objection_id)
        form = self.form(found)

        def act() -> None:
            result, answer = form.result.data, form.answer.data or ""
            actions.handle(person(), found, form.version.data, result, answer)

        if not attempt(form, act):
            return self.shown(self.get(objection_id), form)
        return done(request.path.removesuffix("/handle"), _("Decided; who raised it is told"))
