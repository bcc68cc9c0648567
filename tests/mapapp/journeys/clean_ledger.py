"""A ledger of clean rows, as large as a test or a benchmark wants it."""

COUNTIES = ("茅箭区", "张湾区", "郧阳区", "郧西县", "竹山县", "竹溪县", "房县", "丹江口市")
CHAINS = ("新型动力电池", "绿色食品饮料", "智能装备", "文旅康养")
STAGES = ("签约", "开工", "投产", "在谈")
HEADER = (
    "项目编号,项目名称,企业名称,产业链,县市区,建设地点,投资额(亿元),到位资金(万元),签约日期,"
    "开工日期,状态,责任领导,责任单位,经度,纬度,备注"
)


def clean_ledger(rows: int, raise_by: int = 0) -> bytes:
    """A CSV of `rows` clean rows; raise_by makes every amount that much larger."""
    lines = [HEADER, *(_row(number, raise_by) for number in range(rows))]
    return "\r\n".join(lines).encode()


def _row(n: int, raise_by: int) -> str:
    day = f"{2019 + n % 7}-{1 + n % 12:02}-{1 + n % 28:02}"
    start = f"{2020 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}"
    stage = STAGES[n % 4]
    cells = (
        f"SY{n:07}",
        f"第{n}号新材料产业化项目",
        f"湖北第{n % 9000}新材料有限公司",
        CHAINS[n % 4],
        COUNTIES[n % 8],
        f"工业园{n % 40}号",
        f"{n % 97 + 1 + raise_by}.{n % 10}",
        f"{n % 5000 + 100}",
        day if stage != "在谈" else "",
        start if stage in ("开工", "投产") else "",
        stage,
        f"领导{n % 60}",
        f"单位{n % 51}",
        f"{110.6 + n % 300 / 1000:.4f}",
        f"{32.5 + n % 200 / 1000:.4f}",
        f"第{n}条备注",
    )
    return ",".join(cells)
