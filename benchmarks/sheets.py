"""Sheets of fictional enterprises for measuring imports: seeded, valid, every name marked 示例.

python -m benchmarks.sheets 100000 /tmp/rows.csv
python -m benchmarks.sheets 100000 /tmp/rows.xlsx
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from portal.enterprises.importing.columns import COLUMNS
from portal.enterprises.rules.uscc import ALPHABET, check_character
from portal.sheets.workbook_file import SheetOut, stream

SEED = 20220017
DISTRICTS = {
    "511402": "东坡区",
    "511403": "彭山区",
    "511421": "仁寿县",
    "511423": "洪雅县",
    "511424": "丹棱县",
    "511425": "青神县",
}
WORDS = (
    "岷江",
    "青衣",
    "峨眉",
    "竹海",
    "锦川",
    "雪松",
    "白鹭",
    "翠屏",
    "金橘",
    "玉带",
    "长秋",
    "思蒙",
)
TRADES = (
    "储能",
    "锂电材料",
    "电子",
    "医药",
    "装备",
    "食品",
    "软件",
    "包装",
    "光电",
    "环保",
    "竹编",
    "陶瓷",
)
PRODUCTS = (
    "储能一体柜",
    "正极材料",
    "显示模组",
    "中药饮片",
    "减速机",
    "泡菜",
    "工业软件",
    "竹纤维",
)
INDUSTRIES = ("新能源新材料", "机械及高端装备", "生物医药", "电子信息", "")
PILLARS = ("新技术", "新产业", "新业态", "新模式")
TITLES = ("", "", "", "高新技术企业", "科技型中小企业")


def rows(count: int) -> Iterator[Sequence[str]]:
    """Yield the titles of the columns, then `count` rows, the same ones every time."""
    yield [column.title for column in COLUMNS]
    chance = random.Random(SEED)
    for number in range(1, count + 1):
        yield row(number, chance)


def row(number: int, chance: random.Random) -> Sequence[str]:
    """Return one row."""
    division = chance.choice(list(DISTRICTS))
    place = number
    serial = ""
    for _ in range(6):
        place, rest = divmod(place, len(ALPHABET))
        serial = ALPHABET[rest] + serial
    first = f"91{division}MB0{serial}"
    trade = chance.choice(TRADES)
    name = f"示例{chance.choice(WORDS)}{trade}{number:06d}有限公司"
    return [
        str(number),
        name,
        first + check_character(first),
        DISTRICTS[division],
        "",
        chance.choice(INDUSTRIES),
        "",
        chance.choice(PILLARS),
        chance.choice(TITLES),
        f"{chance.choice((13, 14, 26, 27, 34, 38, 39, 65))}",
        f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        str(chance.randint(10, 20000)),
        str(chance.randint(0, 90000)),
        f"{chance.randint(3, 120) / 10:g}",
        str(chance.randint(1, 900)),
        "、".join(chance.sample(PRODUCTS, 2)),
        f"https://example.com/{number}",
        "",
    ]


def write(count: int, path: Path) -> None:
    """Write a sheet, as its name's ending says."""
    if path.suffix == ".xlsx":
        with path.open("wb") as file:
            file.writelines(stream([SheetOut("企业", rows(count), 1)]))
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows(count))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
