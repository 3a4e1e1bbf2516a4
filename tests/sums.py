"""Checks the tables of ttht against sums computed in another way: from the exported CSV, by this script alone.

    python3 tests/sums.py PROGRAM REGISTER
"""

import collections
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

program, register = sys.argv[1:3]
checked = 0


def run(*arguments):
    return subprocess.run([program, "-q", "-C", register, *arguments], check=True, capture_output=True, text=True).stdout


def table(name, year):
    rows = list(csv.DictReader(io.StringIO(run("summary", name, "--year", year, "-O", "csv"))))
    key = "field" if name == "activity-fields" else "unit"
    return {row[key]: row for row in rows}


def number(text):
    return float(text) if text not in ("", None) else None


def add(values):
    values = [value for value in values if value is not None]
    return sum(values) if values else None


def same(what, shown, wanted):
    global checked
    checked += 1
    shown = number(shown)
    if (shown is None) != (wanted is None) or (wanted is not None and abs(shown - wanted) > 0.0051):
        sys.exit(f"{what}: the table shows {shown}, the records give {wanted}")


with tempfile.TemporaryDirectory() as folder:
    run("export", folder)
    read = lambda name: list(csv.DictReader(open(pathlib.Path(folder, name + ".csv"), encoding="utf-8", newline="")))
    units = {row["id"]: row["unit"] for row in read("centres")}
    visits = {row["id"]: row for row in read("visits")}
    school_year = lambda date: f"{int(date[:4]) - (date[5:] < '09-01')}-{int(date[:4]) + (date[5:] >= '09-01')}"
    years = sorted({school_year(visit["visit_date"]) for visit in visits.values()})

    def latest(block, year):
        """The id of the latest visit of each centre in a school year that has a block."""
        having = {row["visit"] for row in read(block)}
        found = {}
        for visit in sorted(having, key=lambda visit: visits[visit]["visit_date"]):
            if school_year(visits[visit]["visit_date"]) == year:
                found[visits[visit]["centre"]] = visit
        return found

    def by_unit(block, rows, columns, year, shown, name):
        chosen = set(latest(block, year).values())
        sums = collections.defaultdict(lambda: collections.defaultdict(list))
        for row in rows:
            if row["visit"] in chosen:
                unit = units[visits[row["visit"]]["centre"]]
                for column in columns:
                    for place in (unit, "total"):
                        sums[place][column].append(number(row[column]))
        for place, row in shown.items():
            for column, header in columns.items():
                same(f"{name} {year} {place} {header}", row[header], add(sums[place][column]))
        return sums

    for year in years:
        columns = {c: c for c in "classes sessions hours attendances women ethnic_minority disabled aged_60".split()}
        sums = by_unit("visit_activity", read("activity"), columns, year, table("activity", year), "activity")
        shown = table("activity", year)["total"]
        same(f"activity {year} per class", shown["attendances_per_class"], sums["total"]["attendances"] and add(sums["total"]["attendances"]) / add(sums["total"]["classes"]))

        chosen = set(latest("visit_activity", year).values())
        fields = collections.defaultdict(lambda: collections.defaultdict(list))
        for row in read("activity"):
            if row["visit"] in chosen:
                for column in ("classes", "attendances", "women"):
                    fields[row["field"]][column].append(number(row[column]))
        shown = table("activity-fields", year)
        for field, row in shown.items():
            if field != "total":
                for column in ("classes", "attendances", "women"):
                    same(f"activity-fields {year} {field} {column}", row[column], add(fields[field][column]))

        columns = {c: c for c in "opening state_budget contributions fees other spent closing".split()}
        by_unit("finance", read("finance"), columns, year, table("finance", year), "finance")

        columns = {c: c for c in "members women new_members".split()}
        columns |= {c: c for c in (f"fund_{c}" for c in "opening raised spent closing".split())}
        columns |= {c: c for c in (f"{a}_{c}" for a in ("scholarships", "pupil_awards", "teacher_awards", "talent_awards") for c in ("count", "amount"))}
        by_unit("promotion", read("promotion"), columns, year, table("promotion", year), "promotion")

        shown = table("titles", year)
        for standard in ("learning", "studious"):
            for kind in ("family", "lineage", "community", "workplace"):
                rows = [row for row in read("titles") if (row["standard"], row["kind"]) == (standard, kind)]
                columns = {c: f"{standard}_{kind}_{c}" for c in ("registered", "recognised")}
                if columns["registered"] in shown["total"]:
                    by_unit("visit_title", rows, columns, year, shown, "titles")

if checked < 500:
    sys.exit(f"only {checked} figures were checked")
print(f"{checked} figures agree")
