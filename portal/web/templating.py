"""The templates' environment: strict, bilingual, and without work done anew for every page.

A page imports some ten components and says some hundred texts; what Jinja and Flask-Babel do for
each of these by default costs more than the page itself.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from flask_babel import Domain, LazyString
from jinja2 import StrictUndefined

from portal.extensions import babel
from portal.web.display import language_tag, locale, preference


class Environment(FlaskEnvironment):
    """Templates that read the globals where they stand. By default each template has a view of
    them of its own, which is copied entry by entry for every page, import and include."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Texts(Domain):  # type: ignore[misc]
    """Flask-Babel's translations, looked up once for each language instead of for each text."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self._of: dict[Locale | None, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """Return the translations of the language being written."""
        chosen = locale()
        found = self._of.get(chosen)
        if found is None:
            found = self._of[chosen] = super().get_translations()
        return found

    def text(self, text: str) -> str:
        return str(self.get_translations().ugettext(text))

    def counted(self, one: str, many: str, number: int) -> str:
        return str(self.get_translations().ungettext(one, many, number))


def plain_text(value: Any) -> Any:
    """Turn lazy texts into plain ones: they call themselves safe HTML and would not be escaped."""
    return str(value) if isinstance(value, LazyString) else value


def init_app(app: Flask) -> None:
    """Set the environment up, after Flask-Babel."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.finalize = plain_text
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    shown = {"preference": preference, "language_tag": language_tag}
    app.jinja_env.globals.update(shown, site=app.extensions["site"])
    app.jinja_env.globals["is_signed_in"] = lambda: False  # until the accounts say who is there
    babel.domain_instance = texts = Texts(app.extensions["babel"].default_domain)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        texts.text, texts.counted, newstyle=True
    )
