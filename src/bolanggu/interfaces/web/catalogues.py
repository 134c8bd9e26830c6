"""Catalogues of words (译文目录): ``locale/<language>.po``, compiled into the home by Babel when they changed.

The ``.po`` files are the source; the compiled ones are built artefacts and need no gettext tools. `messages` reads the
templates and modules of the interfaces, so that a test can tell which word is missing.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "locale"
INTERFACES = Path(__file__).resolve().parents[1]

#: the catalogues' names and the folders that Django looks into
LANGUAGES = {"zh_Hans": "zh_Hans", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "ar": "ar"}
KEYWORDS: dict[str, None] = dict.fromkeys(
    ("gettext", "gettext_lazy", "_", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy")
)
#: a message's context ("" for none) and its text
Message = tuple[str, str]


def read(language: str) -> Catalog:
    """Read the catalogue of a language as it stands in the tree."""
    with (SOURCE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, domain="django")


def compile_all(into: Path | None = None) -> int:
    """Compile the catalogues that are newer than their compiled form; returns how many were."""
    from bolanggu.settings import home

    folder = into or home() / "locale"
    return sum(_compile(language, folder / name / "LC_MESSAGES" / "django.mo") for language, name in LANGUAGES.items())


def _compile(language: str, target: Path) -> bool:
    compiled = io.BytesIO()
    write_mo(compiled, read(language))
    if target.is_file() and target.read_bytes() == compiled.getvalue():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(compiled.getvalue())
    fresh.replace(target)
    return True


def messages() -> dict[Message, str]:
    """Every message of the templates and modules, with the first file that has it."""
    found: dict[Message, str] = {}
    for file in sorted(INTERFACES.rglob("*")):
        if file.suffix in {".py", ".html"}:
            for message in _of(file):
                found.setdefault(message, str(file.relative_to(INTERFACES)))
    return found


def _of(file: Path) -> Iterator[Message]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        from django.utils.translation.template import templatize

        text = _plain(templatize(text, origin=file.name))
    stream = io.BytesIO(text.encode())
    for _, function, message, _ in extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"}):
        if isinstance(message, str):
            yield "", message
        elif str(function).startswith("pgettext") and message:
            yield str(message[0]), str(message[1])
        elif message:
            yield "", str(message[0])


def _plain(source: str) -> str:
    """What Django makes of a template, as lines that a tokenizer reads: only the calls, each on a line of its own."""
    calls = re.findall(
        r"\b(?:gettext|pgettext|ngettext|_)\((?:[^()\"']|u?\"(?:[^\"\\]|\\.)*\"|u?'(?:[^'\\]|\\.)*')*\)", source
    )
    return "\n".join(calls)


def update() -> int:
    """Add what is missing to the catalogues in the tree, untranslated, for a person to fill in; returns how many."""
    added = 0
    for language in LANGUAGES:
        standing = read(language)
        missing = [key for key in messages() if standing.get(key[1], key[0] or None) is None]
        added += len(missing)
        entries = "".join(_entry(context, text, text if language == "en" else "") for context, text in missing)
        with (SOURCE / f"{language}.po").open("a", encoding="utf-8") as file:
            file.write(entries)
    return added


def _entry(context: str, text: str, said: str) -> str:
    quoted = [part.replace("\\", "\\\\").replace('"', '\\"') for part in (context, text, said)]
    told = f'msgctxt "{quoted[0]}"\n' if context else ""
    return f'\n{told}msgid "{quoted[1]}"\nmsgstr "{quoted[2]}"\n'
