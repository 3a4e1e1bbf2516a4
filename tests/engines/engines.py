"""Exports of many registers as one data set, in real engines: python engines.py TTHT [--provinces N] [--visits N] ENGINE…

Makes registers, exports them, adds up what `ttht summary` says of each, and has every engine say the same.
"""

import argparse
import datetime
import glob
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[2] / "examples")]
import provinces

YEARS = range(provinces.FIRST, provinces.LAST + 1)
FIGURES = {"activity": ["classes", "attendances", "hours"], "finance": ["state_budget", "spent"], "promotion": ["members", "fund_raised"]}

# As a summary does: of each centre its last visit in the school year that has the block.
LATEST = """
    select school_year, {sums} from (
        select b.*, v.school_year, rank() over (partition by v.register, v.centre, v.school_year order by v.visit_date desc) as nth
        from (select register, id, centre, visit_date, year(visit_date) - case when month(visit_date) < 9 then 1 else 0 end
              as school_year from visits) v
        join {block} b on b.register = v.register and b.visit = v.id) as every
    where nth = 1 group by school_year"""


def same(what, shown, wanted):
    if shown != wanted and not (isinstance(wanted, float) and abs(shown - wanted) < 1e-6 * wanted):
        sys.exit(f"{what}: {shown!r}, and not {wanted!r}")


def summed(ttht, registers):
    """What the summaries of all registers add up to: figures by block and year, rows that are told, and visits."""
    sums = {}
    for register in registers:
        for year in YEARS:
            for block, figures in FIGURES.items():
                words = ["summary", block, "--year", f"{year}-{year + 1}", "-O", "json", "--today", "2026-09-01"]
                shown = subprocess.run([ttht, "-C", register, *words], capture_output=True, text=True, check=True).stdout
                for figure in figures:
                    at = block, year, figure
                    sums[at] = sums.get(at, 0) + (json.loads(shown)["total"][figure] or 0)
    return sums


def by_sql(query, sums):
    """Holds the sums of an engine against those of the summaries."""
    for block, figures in FIGURES.items():
        rows = query(LATEST.format(block=block, sums=", ".join(f"sum({figure})" for figure in figures)))
        same(f"{block}: years", len(rows), len(YEARS))
        for year, *found in rows:
            for figure, value in zip(figures, found):
                same(f"{block} {year} {figure}", value, sums[block, year, figure])


def duckdb(exports, sums, visits):
    import duckdb

    con = duckdb.connect()
    con.execute(f"set variable exports = '{exports}/*'")
    con.execute(pathlib.Path(exports, "01/load.sql").read_text("utf-8"))
    ask = lambda sql: con.sql(sql).fetchall()
    by_sql(ask, sums)
    same("visits", ask("select count(*), count(distinct register) from visits"), [(visits, len(glob.glob(f"{exports}/*")))])
    same("codes", ask("select count(*) from units where length(code) <> 5 or try_cast(code as int) is null"), [(0,)])
    same("a code", ask("select code from units where register = 'tinh-01' and id = 'xa-0000'"), [("01000",)])
    same("starts", ask("select distinct typeof(starts), typeof(visit_date) from visits"), [("TIME", "DATE")])
    same("what is not told", ask("select count(*), count(campaign), count(team_note) from (select campaign, extra as team_note from visits)"), [(visits, 0, 0)])
    same("hours", ask("select count(hours) < count(*), min(hours) > 0 from activity"), [(True, True)])
    same("lines", ask("select distinct opinion_of_centre from findings"), [("Tiếp thu.\nCảm ơn.",)])
    parquet = pathlib.Path(exports).parent / "parquet"
    con.execute(f"copy (select *, year(visit_date) as year from visits) to '{parquet}' (format parquet, partition_by (year))")
    same("parquet", ask(f"select count(*), count(distinct year), min(starts) >= time '07:00' from '{parquet}/**/*.parquet'"), [(visits, len(YEARS), True)])
    words = {word for (word,) in ask("select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'type_function')")}
    columns = {column for (column,) in ask("select column_name from duckdb_columns()")}
    same("names that DuckDB reserves", words & columns, set())
    twice = pathlib.Path(exports).parent / "twice"
    for folder in ("01", "copy"):
        shutil.copytree(pathlib.Path(exports, "01"), twice / folder, dirs_exist_ok=True)
    con = duckdb.connect()
    con.execute(f"set variable exports = '{twice}/*'")
    try:
        con.execute((twice / "01/load.sql").read_text("utf-8"))
    except duckdb.Error as refused:
        return f"duckdb {duckdb.__version__}" if "tinh-01" in str(refused) else sys.exit(str(refused))
    sys.exit("a register that is loaded twice is not refused")


def spark(exports, sums, visits):
    from pyspark.sql import SparkSession

    import load_spark

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "2g")
    local = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.sql.ansi.enforceReservedKeywords": "true"}
    for key, value in local.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    load_spark.load(session, f"{exports}/*")
    ask = lambda sql: [tuple(row) for row in session.sql(sql).collect()]
    by_sql(ask, sums)
    same("visits", ask("select count(*), count(campaign) from visits"), [(visits, 0)])
    same("codes", ask("select count(*) from units where length(code) <> 5"), [(0,)])
    same("a code", ask("select code from units where register = 'tinh-01' and id = 'xa-0000'"), [("01000",)])
    same("starts", ask("select count(*) from visits where starts not rlike '^0[789]:[0-9]{2}:00$' or visit_date is null"), [(0,)])
    same("lines", ask("select distinct opinion_of_centre from findings"), [("Tiếp thu.\nCảm ơn.",)])
    return f"spark {session.version}"


def described(exports, name):
    """The files of a table, and the kinds of its columns."""
    tables = json.loads(pathlib.Path(exports, "01/datapackage.json").read_text("utf-8"))["resources"]
    fields = next(table for table in tables if table["name"] == name)["schema"]["fields"]
    return sorted(glob.glob(f"{exports}/*/{name}.csv")), {field["name"]: field["type"] for field in fields}


def polars(exports, sums, visits):
    import polars as pl

    kinds = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date, "time": pl.Time}

    def table(name):
        paths, fields = described(exports, name)
        return pl.scan_csv(paths, schema={field: kinds[kind] for field, kind in fields.items()})

    made = table("visits")
    year = pl.col("visit_date").dt.year() - (pl.col("visit_date").dt.month() < 9).cast(pl.Int32)
    made = made.with_columns(school_year=year)
    for block, figures in FIGURES.items():
        rows = made.join(table(block), left_on=["register", "id"], right_on=["register", "visit"])
        latest = pl.col("visit_date") == pl.col("visit_date").max().over("register", "centre", "school_year")
        for row in rows.filter(latest).group_by("school_year").agg(pl.col(figures).sum()).collect().to_dicts():
            for figure in figures:
                same(f"{block} {row['school_year']} {figure}", row[figure], sums[block, row["school_year"], figure])
    told = made.select(pl.len(), none=pl.col("campaign").count(), first=pl.col("starts").min()).collect().to_dicts()[0]
    same("visits", (told["len"], told["none"]), (visits, 0))
    same("starts", type(told["first"]), datetime.time)
    same("codes", set(table("units").select(pl.col("code").str.len_chars()).collect().to_series()), {5})
    return f"polars {pl.__version__}"


def pandas(exports, sums, visits):
    import pandas as pd

    kinds = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}

    def table(name):
        paths, fields = described(exports, name)
        types = {field: kinds.get(kind, "string") for field, kind in fields.items()}
        one = lambda path: pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
        whole = pd.concat([one(path) for path in paths])
        for field, kind in fields.items():
            if kind == "date":
                whole[field] = pd.to_datetime(whole[field])
            if kind == "time":
                whole[field] = whole[field].map(datetime.time.fromisoformat, na_action="ignore")
        return whole

    made = table("visits")
    made["school_year"] = made.visit_date.dt.year - (made.visit_date.dt.month < 9)
    for block, figures in FIGURES.items():
        rows = made.merge(table(block), left_on=["register", "id"], right_on=["register", "visit"])
        rows = rows[rows.visit_date == rows.groupby(["register", "centre", "school_year"]).visit_date.transform("max")]
        for year, found in rows.groupby("school_year")[figures].sum().iterrows():
            for figure in figures:
                same(f"{block} {year} {figure}", found[figure], sums[block, year, figure])
    same("visits", (len(made), made.campaign.count()), (visits, 0))
    same("starts", type(made.starts.iloc[0]), datetime.time)
    same("codes", set(table("units").code.str.len()), {5})
    return f"pandas {pd.__version__}"


ENGINES = {engine.__name__: engine for engine in (duckdb, spark, polars, pandas)}


def main():
    said = argparse.ArgumentParser()
    said.add_argument("ttht")
    said.add_argument("engines", nargs="+", choices=ENGINES)
    said.add_argument("--provinces", type=int, default=34)
    said.add_argument("--visits", type=int, default=300_000)
    said.add_argument("--exports", help="of an engine alone: exports that are made already, and sums beside them")
    said = said.parse_args()
    if said.exports:
        began = time.monotonic()
        sums = {tuple(at): value for at, value in json.loads(pathlib.Path(said.exports, "../sums.json").read_text())}
        name = ENGINES[said.engines[0]](said.exports, sums, said.visits)
        took, peak = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {len(sums)} sums agree; {took:.1f} s, {peak} MB")
        return
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        provinces.make(f"{folder}/so", said.provinces, said.visits)
        registers = sorted(glob.glob(f"{folder}/so/*"))
        made = time.monotonic()
        for register in registers:
            subprocess.run([said.ttht, "-q", "-C", register, "export", f"{folder}/xuat/{pathlib.Path(register).name}"], check=True)
        exported = time.monotonic()
        sums = summed(said.ttht, registers)
        pathlib.Path(folder, "sums.json").write_text(json.dumps([[at, value] for at, value in sums.items()]))
        size = sum(path.stat().st_size for path in pathlib.Path(folder, "xuat").rglob("*")) // 1_000_000
        print(f"{said.visits} visits of {said.provinces} registers: made in {made - began:.1f} s, exported in {exported - made:.1f} s, {size} MB")
        for engine in said.engines:
            words = [__file__, said.ttht, engine, "--visits", str(said.visits), "--exports", f"{folder}/xuat"]
            subprocess.run([sys.executable, *words], check=True)


main()
