"""QR codes as segno draws them, with its mask chosen over all eight at once.

segno weighs every module of eight drawings one after the other, which takes longer than a page.
A mask turns the same modules over in every code of a version and error level, so one drawing gives
the other seven; they are weighed together by the rules of ISO/IEC 18004:2015, 7.8.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray

Modules = NDArray[np.uint8]
MASKS = range(8)
FINDER, LIGHT = b"\1\0\1\1\1\0\1", b"\0\0\0\0"
LARGEST_WITHOUT_VERSION = 6  # from version 7 on a code tells its version
_turned: dict[tuple[Any, Any], Modules] = {}


@lru_cache(maxsize=1024)
def qr_svg(text: str, border: int = 1) -> str:
    """Return the drawing of a text's QR code, error level M or better; one colour, no styles."""
    modules = modules_of(text)
    size = len(modules) + 2 * border
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" class="qr">'
        f'<path stroke="#000" d="{"".join(lines(modules, border))}"/></svg>'
    )


def modules_of(text: str) -> Modules:
    """Return the modules of a code, dark ones as 1, under the mask with the fewest faults."""
    first = under_mask(text, 0)
    drawn = matrix(first)
    every = drawn ^ turned(text, (first.version, first.error), drawn)
    found: Modules = every[int(np.argmin(faults(weighed(every, first.version))))]
    return found


def under_mask(text: str, mask: int) -> segno.QRCode:
    return segno.make(text, error="m", mask=mask, micro=False)


def matrix(code: segno.QRCode) -> Modules:
    return np.array([list(row) for row in code.matrix], dtype=np.uint8)


def turned(text: str, kind: tuple[Any, Any], drawn: Modules) -> Modules:
    """Return for each mask what differs under it from mask 0 in every code of a kind."""
    if kind not in _turned:
        others = (matrix(under_mask(text, mask)) ^ drawn for mask in MASKS)
        _turned[kind] = np.stack(list(others))
    return _turned[kind]


def weighed(every: Modules, version: Any) -> Modules:
    """Return the drawings as they are weighed: without what tells mask, level and version."""
    bare = every.copy()
    for area in (bare, bare.transpose(0, 2, 1)):
        area[:, 8, :6] = area[:, 8, 7:9] = area[:, 8, -8:] = 0
        if int(version) > LARGEST_WITHOUT_VERSION:
            area[:, :6, -11:-8] = 0
    return bare


def faults(every: Modules) -> NDArray[np.int64]:
    """Return the penalty of each drawing."""
    size = every.shape[1]
    across = every[:, :, 1:] == every[:, :, :-1]
    down = every[:, 1:] == every[:, :-1]
    blocks = (across[:, 1:] & across[:, :-1] & down[:, :, 1:]).sum((1, 2))
    shares = every.sum((1, 2)) / size**2
    uneven = (np.abs(shares * 100 - 50) / 5).astype(int)
    turned_over = every.transpose(0, 2, 1)
    runs = runs_of(across) + runs_of(down.transpose(0, 2, 1))
    total: NDArray[np.int64] = (
        runs + 3 * blocks + 40 * (finders(every) + finders(turned_over)) + 10 * uneven
    )
    return total


def runs_of(same: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the penalty for runs of five and more: their length less two."""
    fives = same[:, :, 3:] & same[:, :, 2:-1] & same[:, :, 1:-2] & same[:, :, :-3]
    begun = fives[:, :, 0].sum(1) + (fives[:, :, 1:] & ~fives[:, :, :-1]).sum((1, 2))
    found: NDArray[np.int64] = fives.sum((1, 2)) + 2 * begun
    return found


def finders(every: Modules) -> NDArray[np.int64]:
    """Count in each drawing what looks like a finder pattern beside four light modules, line by
    line: light modules stand between two lines, so that no pattern reaches over both."""
    masks, size, _ = every.shape
    spaced = np.zeros((masks, size, size + 4), dtype=np.uint8)
    spaced[:, :, :size] = every
    return np.array([finder_like(LIGHT + one.tobytes()) for one in spaced])


def finder_like(line: bytes) -> int:
    """Count the patterns in a line as it is read: what is counted is not looked at again."""
    count, at = 0, line.find(FINDER)
    while at != -1:
        is_one = LIGHT in (line[at - 4 : at], line[at + 7 : at + 11])
        count += is_one
        at = line.find(FINDER, at + (7 if is_one else 4))
    return count


def lines(modules: Modules, border: int) -> Iterator[str]:
    """Yield the dark lines as steps of one path, row by row."""
    rows, edges = np.nonzero(np.diff(np.pad(modules, ((0, 0), (1, 1))), axis=1))
    at_x = at_y = None
    steps = zip(rows[::2].tolist(), edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    for y, start, end in steps:
        if at_x is None or at_y is None:
            yield f"M{border + start} {border + y}.5h{end - start}"
        else:
            yield f"m{start - at_x} {y - at_y}h{end - start}"
        at_x, at_y = end, y
