"""Run as a program of its own: sets one document described on stdin and writes its PDF to stdout.

The engine keeps what it has read for as long as its process lives, some hundred megabytes for a
long document: so it has a process for each. The program imports nothing of the portal.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import typst


def compose(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job, tagged, with language and title (PDF/UA-1).

    Templates read files only below `root`; no font but those in `fonts` is known; the moment
    stands for the clock, so that a repeat is the same byte for byte. Raises typst.TypstError,
    LookupError for a font that is not there: the engine itself would leave the text out.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]]
    )
    compiler = typst.Compiler(
        input=f"{job['root']}/{job['template']}",
        root=job["root"],
        font_paths=fonts,
        sys_inputs={"data": json.dumps(job["data"], ensure_ascii=False)},
    )
    content, warnings = compiler.compile_with_warnings(
        format="pdf", pdf_standards=["ua-1"], timestamp=job["moment"]
    )
    for warning in warnings:
        if "font family" in warning.message:
            raise LookupError(warning.message)
    assert isinstance(content, bytes)
    return content


def main() -> int:
    """Do the job on stdin; on failure say why on stderr."""
    try:
        content = compose(json.load(sys.stdin))
    except typst.TypstError as error:
        print(error.diagnostic or error.message, file=sys.stderr)
        return 1
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
