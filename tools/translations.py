"""The Chinese catalogue: kept in one .po file per package, compiled into one for the portal.

    python tools/translations.py compile    # *.po → LC_MESSAGES/messages.mo
    python tools/translations.py check      # every text of code and templates in good Chinese
    python tools/translations.py missing    # what is missing, as stubs to fill in

Message ids are English, so English needs no catalogue: singular and plural are written in the code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans_CN"
FOLDER = ROOT / "portal" / "translations" / LOCALE
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {"**": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HAN = "[\u3400-\u9fff，。：；（）、]"
SPACED = re.compile(f"{HAN}[ \u00a0][A-Za-z0-9]|[A-Za-z0-9][ \u00a0]{HAN}")


class CatalogueError(Exception):
    """The .po files contradict each other; the message names the text."""


def used() -> Catalog:
    """Return every text of code and templates, with the places that use it."""
    catalog = Catalog()
    for folder in ("portal", "templates"):
        found = extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
        )
        for path, line, ids, _comments, _context in found:
            catalog.add(ids, locations=[(f"{folder}/{path}", line)])
    return catalog


def catalogues(folder: Path = FOLDER) -> Iterator[tuple[str, Catalog]]:
    """Yield (file name, catalogue) of every package."""
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            yield path.name, read_po(file, locale=LOCALE)


def merged(folder: Path = FOLDER) -> Catalog:
    """Return one catalogue of all packages. Raises CatalogueError for a text put in two ways."""
    whole = Catalog(locale=LOCALE, charset="utf-8")
    for name, catalog in catalogues(folder):
        for message in messages(catalog):
            known = whole.get(message.id)
            if known is not None and known.string != message.string:
                raise CatalogueError(
                    f"{name}: {key(message)!r} is {message.string!r} here"
                    f" and {known.string!r} in another file"
                )
            whole[message.id] = message
    return whole


def messages(catalog: Catalog) -> list[Message]:
    """Return the texts of a catalogue without its header."""
    return [message for message in catalog if message.id]


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def strings(message: Message) -> list[str]:
    """Return the translations of a text: one, or one for each plural form."""
    value = message.string
    return [value] if isinstance(value, str) else list(value or ())


def faults(folder: Path = FOLDER) -> list[str]:
    """Say in one line each what is missing, unused, unfinished or against the rules of style."""
    wanted, given = used(), merged(folder)
    by_key = {key(message): message for message in messages(given)}
    said = []
    for message in messages(wanted):
        place = "{}:{}".format(*message.locations[0])
        translation = by_key.get(key(message))
        if translation is None:
            said.append(f"missing: {key(message)!r} ({place})")
        elif translation.pluralizable != message.pluralizable:
            said.append(f"plural here, not there: {key(message)!r} ({place})")
    known = {key(message) for message in messages(wanted)}
    said += [f"unused: {name!r}" for name in by_key if name not in known]
    for message in messages(given):
        said += [f"{fault}: {key(message)!r}" for fault in faults_of(message)]
    return said


def faults_of(message: Message) -> Iterator[str]:
    """Yield what is wrong with one translation itself."""
    if message.fuzzy:
        yield "fuzzy"
    wanted = set(
        PLACEHOLDER.findall(" ".join([message.id] if isinstance(message.id, str) else message.id))
    )
    for text in strings(message):
        if not text:
            yield "empty"
        elif set(PLACEHOLDER.findall(text)) != wanted:
            yield "other placeholders"
        elif SPACED.search(text) or "！" in text:
            yield "typed space between 汉字 and Latin, or exclamation mark"


def compile_catalogue(folder: Path = FOLDER) -> Path:
    """Write the one compiled catalogue the portal reads and return its path."""
    target = folder / "LC_MESSAGES" / "messages.mo"
    out = BytesIO()
    write_mo(out, merged(folder))
    target.parent.mkdir(exist_ok=True)
    if not target.exists() or target.read_bytes() != out.getvalue():
        target.write_bytes(out.getvalue())
    return target


def missing(folder: Path = FOLDER) -> str:
    """Return the texts without Chinese as .po stubs, with the places that use them."""
    known = {key(message) for message in messages(merged(folder))}
    stubs = Catalog(locale=LOCALE)
    for message in messages(used()):
        if key(message) not in known:
            stubs[message.id] = message
    out = BytesIO()
    write_po(out, stubs, omit_header=True, width=100)
    return out.getvalue().decode()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            compile_catalogue()
        case ["missing"]:
            print(missing(), end="")
        case ["check"]:
            found = faults()
            print("\n".join(found) or "every text has its Chinese")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CatalogueError as error:
        sys.exit(str(error))
