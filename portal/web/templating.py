"""The templates' environment: strict, bilingual, and without work done anew for every page.

A page imports some ten components and says some hundred texts; what Jinja and Flask-Babel do for
each of these by default costs more than the page itself.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import FunctionType
from typing import Any

from babel.support import NullTranslations
from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from flask_babel import Domain, LazyString
from jinja2 import StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from portal.extensions import babel
from portal.web.display import language_tag, locale, preference


class Page(Context):
    """What a template may call: plain functions are called as they are. Jinja looks at each three
    times for whether it wants to know the template; one that does is marked."""

    def call(self, called: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        if type(called) is not FunctionType or vars(called):
            return super().call(called, *given, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


class Environment(FlaskEnvironment):
    """Templates that read the globals where they stand. By default each template has a view of
    them of its own, which is copied entry by entry for every page, import and include."""

    context_class = Page

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Language:
    """The translations of a language, and what templates say in it that has no values: there are
    as many as templates write, and each is looked up once."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations
        self.said: dict[str, str] = {}

    def say(self, text: str) -> str:
        """Return a text of a page."""
        found = self.said.get(text)
        if found is None:
            found = self.said[text] = put_in(self.translations.ugettext(text), {}, is_html=True)
        return found


class Texts(Domain):  # type: ignore[misc]
    """Flask-Babel's translations, looked up once for each language instead of for each text."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain=domain)
        self._languages: dict[str | None, Language] = {}

    def language(self) -> Language:
        """Return the language being written."""
        chosen = locale()
        name = chosen.language if chosen else None
        found = self._languages.get(name)
        if found is None:
            found = self._languages[name] = Language(super().get_translations())
        return found

    def get_translations(self) -> NullTranslations:
        """Return the translations of the language being written."""
        return self.language().translations

    @pass_eval_context
    def text(self, context: EvalContext, text: str, /, **values: Any) -> str:
        """Return a text of a template with values put in by name."""
        language = self.language()
        if context.autoescape and not values:
            return language.say(text)
        return put_in(language.translations.ugettext(text), values, context.autoescape)

    @pass_eval_context
    def counted(
        self, context: EvalContext, one: str, many: str, number: int, /, **values: Any
    ) -> str:
        """Return a text of a template that names a number, as `num` unless otherwise."""
        said = self.get_translations().ungettext(one, many, number)
        return put_in(said, {"num": number} | values, context.autoescape)


def put_in(said: str, values: dict[str, Any], is_html: bool) -> str:
    """Return a translation with its values, escaped where it is put in HTML."""
    return (Markup(said) if is_html else said) % values  # noqa: S704 a translation


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
    app.jinja_env.globals.update(_=texts.text, gettext=texts.text, ngettext=texts.counted)
