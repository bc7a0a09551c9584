"""A small city of records in a real index of each engine."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import create_engine

from portal.search.documents import Document
from portal.search.engine import Engine, Results
from portal.search.postgres_engine.index import Index as Tables
from portal.search.searcher import Searcher
from portal.search.synonyms import NO_SYNONYMS, Synonyms
from portal.search.whoosh_engine.index import Index as Folder
from tests.prerequisites import postgresql, throwaway_database

Place = Callable[[], Engine]

SYNONYMS = Synonyms.load(Path(__file__).parents[2] / "fixtures" / "search" / "synonyms.yaml")

LITHIUM = Document(
    "enterprise",
    1,
    "四川锂源新能源科技有限公司（示例）",
    title_en="Lithium Source New Energy",
    names=("东坡锂源电池材料厂（示例）",),
    codes=("91511402MA62K0AA1X",),
    body="服务抽水储能电站和新能源汽车。",
    products="磷酸铁锂正极材料",
    tags=("高新技术企业", "瞪羚企业", "东坡区"),
    facets={"district": ("dongpo",), "pillar": ("technology", "industry"), "title": ("gazelle",)},
    date=739000,
)
STORAGE = Document(
    "enterprise",
    2,
    "眉山蜀能储能装备有限公司（示例）",
    codes=("91511403MA62K0BB2Y",),
    body="电化学储能系统集成与5G基站备用电源。",
    tags=("彭山区",),
    facets={"district": ("pengshan",), "pillar": ("industry",)},
    date=739100,
)
PICKLES = Document(
    "enterprise",
    3,
    "眉山东坡泡菜智慧工厂有限公司（示例）",
    body="泡菜数字化生产线。",
    facets={"district": ("dongpo",), "pillar": ("model",)},
    date=738000,
)
RECYCLING = Document(
    "entry",
    1,
    "光伏组件回收应用场景",
    codes=("MS-JH-2025-03-012",),
    body="需要太阳能组件拆解和银浆回收能力。",
    tags=("市经信局",),
    facets={"district": ("dongpo",), "year": ("2025",)},
    date=739200,
)
EMBARGOED = Document(
    "entry",
    2,
    "储能电站安全监测场景",
    codes=("MS-JH-2026-01-001",),
    body="锂电池热失控预警。",
    facets={"district": ("renshou",), "year": ("2026",)},
    date=739300,
    release=7,
)
CITY = (LITHIUM, STORAGE, PICKLES, RECYCLING, EMBARGOED)


def search(index: Engine, text: str, synonyms: Synonyms = NO_SYNONYMS, **scope: Any) -> Results:
    """What a search over this index finds."""
    return Searcher(index, lambda: synonyms).search(text, **scope)


def matching_refs(index: Engine, text: str, kind: str, **scope: Any) -> list[int]:
    """All ids of one kind that a search over this index finds."""
    return Searcher(index).matching_refs(text, kind, **scope)


@pytest.fixture(
    scope="session", params=["whoosh", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def new_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Place]]:
    """Make places for an index of each engine, empty ones."""
    if request.param == "whoosh":
        yield lambda: partial(Folder, tmp_path_factory.mktemp("place") / "search")
        return
    server = postgresql()
    assert server is not None
    with throwaway_database(server) as url:
        engine = create_engine(url)
        yield lambda: partial(Tables, engine, schema=f"place_{token_hex(4)}")
        engine.dispose()


@pytest.fixture
def place(new_place: Callable[[], Place]) -> Place:
    """Where the small city's index stands: each call opens it as another process would."""
    return new_place()


@pytest.fixture
def index(place: Place) -> Engine:
    """The small city, built."""
    index = place()
    index.rebuild(CITY)
    return index


@pytest.fixture
def find(index: Engine) -> Callable[..., Results]:
    """Search the small city with the portal's synonyms."""
    return lambda text, **scope: search(index, text, synonyms=SYNONYMS, **scope)


def keys(results: Results) -> list[str]:
    """Keys of the hits in order."""
    return [hit.key for hit in results.hits]
