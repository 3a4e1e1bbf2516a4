"""Workbooks of all summaries are read by real programs: PYTHON_WITH_OPENPYXL tests/outputs/workbooks.py TTHT [PYTHON_WITH_UNO].

Every sheet says what `-O json` and `-O csv` say, no cell but those of totals is a formula, and the totals are sums. LibreOffice
reckons them again and finds the same; no cell is cut off and no number is `###`.
"""

import csv
import datetime
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
HEAD = 3
# What must stay text. Made up, as is all that is written here.
HOSTILE = ["=1+1", "+84", "-3", "@x", "<b>&]]>", "_x0041_", "7/11", "chữ " * 1250]


def ttht(register, *words):
    done = subprocess.run([TTHT, "-C", register, "--today", "2018-06-01", "-q", *words], capture_output=True)
    assert done.returncode in (0, 1), f"{words}: {done.stderr.decode()}"
    return done.stdout.decode()


def in_dong(words):
    return words.replace("(triệu đồng)", "(đồng)").replace("(million VND)", "(VND)")


def headings(column):
    """What may stand above a column of the sheet: amounts in whole đồng say so."""
    label = in_dong(column["label"])
    return [label] + [f"{label} ({unit})" for unit in ("đồng", "VND") if column["kind"] == "vnd"]


def shown(table):
    """The columns that people see: of a thing its name, and which figures are approximate as a mark."""
    keys = [column["key"] for column in table["columns"]]
    return [c for c in table["columns"] if f"{c['key']}_name" not in keys and c["key"] != "approximate"]


def same(cell, wanted, column, words, lang):
    """True if a cell of the sheet holds what JSON has, or for words what people read in CSV."""
    value = cell.value
    if wanted is None or wanted == "":
        return value in (None, "")
    if isinstance(wanted, dict):
        group = "." if lang == "vi" else ","
        return value == f"{wanted['n']:,}/{wanted['of']:,}".replace(",", group)
    if column["kind"] in ("count", "vnd") and not isinstance(wanted, str):
        return value == round(wanted)
    if column["kind"] in ("percent", "number") and not isinstance(wanted, str):
        return abs(value - wanted) < 0.0551 and (column["kind"] == "number" or round(value, 1) == value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() == wanted
    return str(value) in ([wanted, words] if column["kind"] == "date" else [words.removeprefix("'")])


def names_its_unit(line, key):
    """True if a centre is called after the unit that stands beside it."""
    unit = line.get("unit_name")
    return key in ("centre_name", "name") and unit and str(line[key]).endswith(unit)


def compare(sheet, table, rows, lang):
    """One sheet against one table. Returns its totals."""
    head = [cell.value for cell in sheet[HEAD]]
    columns = shown(table)
    lines = table["rows"] + ([table["total"]] if table["total"] else [])
    titles = [cell.value for cell in sheet[1] if cell.value]
    assert titles == [in_dong(table["title"])], (titles, table["title"])
    at, totals = 0, {}
    for column in columns:
        label = head[at] if at < len(head) else None
        if label not in headings(column):
            says_unit = all(names_its_unit(line, column["key"]) for line in table["rows"])
            assert says_unit or all(line[column["key"]] is None for line in lines), f"{sheet.title}: no column {column}"
            continue
        for n, line in enumerate(lines):
            cell, wanted = sheet.cell(HEAD + 1 + n, at + 1), line[column["key"]]
            words = rows[n].get(label, "")
            assert same(cell, wanted, column, words, lang), f"{sheet.title}!{cell.coordinate}: {cell.value!r}, not {wanted!r} ({words!r})"
            about = column["key"] in (line.get("approximate") or "").split("; ")
            assert about == cell.number_format.startswith('"≈'), f"{sheet.title}!{cell.coordinate}: {cell.number_format}"
            totals[cell.coordinate] = cell.value
        at += 1
    assert head[at:] == [None] * len(head[at:]), f"{sheet.title}: more columns: {head[at:]}"
    notes = {cell.value for row in sheet.iter_rows(min_row=HEAD + 1 + len(lines)) for cell in row}
    lost = [note for note in table["notes"] if in_dong(note) not in notes]
    assert not lost, f"{sheet.title}: {lost}"
    return totals


def no_formulas(path, totals):
    """Only cells of totals are formulas, and those are sums of their column."""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            letter = re.sub(r"\d", "", cell.coordinate)
            assert re.fullmatch(rf"=SUM\({letter}{HEAD + 1}:{letter}\d+\)", cell.value), cell.value
            found.setdefault(sheet.title, {})[cell.coordinate] = totals[sheet.title][cell.coordinate]
    return found


def workbook(register, folder, window, lang):
    """The workbook of a window against its JSON and its CSV. Its path, and the values of its formulas."""
    path, tables = folder / f"{lang}.xlsx", folder / f"{lang}-csv"
    words = ["summary", "all", *window, "--lang", lang]
    ttht(register, *words, "-o", path)
    ttht(register, *words, "-O", "csv", "--profile", "excel-vi", "-o", tables)
    wanted = json.loads(ttht(register, *words, "-O", "json"))["tables"]
    read = {}
    for file in tables.iterdir():
        with open(file, encoding="utf-8-sig", newline="") as lines:
            head, *rows = csv.reader(lines, delimiter=";")
            read[file.name] = [list(zip(head, row)) for row in rows]
    book = openpyxl.load_workbook(path, data_only=True)
    first, *sheets = book.worksheets
    listed = [row[1].hyperlink.location for row in first.iter_rows() if row[1].hyperlink]
    assert listed == [f"'{sheet.title}'!A1" for sheet in sheets], listed
    assert len(sheets) == len(wanted) and all(len(sheet.title) <= 31 for sheet in sheets)
    totals = {}
    for sheet, table in zip(sheets, wanted):
        totals[sheet.title] = compare(sheet, table, find(read, table), lang)
    return path, no_formulas(path, totals)


def find(read, table):
    """The rows of a table in the CSV of its summary, by their headings."""
    names = [name for name in read if table["name"].startswith(name_of(name))]
    name = max(names, key=len)
    rows = [dict(reversed(pairs)) for pairs in read[name]]
    several = read[name] and read[name][0][0][0] in ("Bảng", "Table")
    title = in_dong(table["title"])
    return [row for row, pairs in zip(rows, read[name]) if not several or in_dong(pairs[0][1]) == title]


def name_of(file):
    """The summary of a file: `activity-fields-2016-2017.csv` is `activity-fields`."""
    return re.sub(r"(-\d.*|-all)?\.csv$", "", file)


def hostile(register):
    """Puts words into a register that a spreadsheet could take for something else."""
    for path in (register / "visits").rglob("*.toml"):
        text = path.read_text()
        for n, words in enumerate(HOSTILE):
            text = re.sub(rf"(\[recommendation\.r{n + 1}\][^\[]*?\ntext = )\"[^\n]*", lambda found: found[1] + json.dumps(words, ensure_ascii=False), text)
        text = re.sub(r"(?m)^shortcomings = \[.*?\]$", lambda _: f"shortcomings = {json.dumps(HOSTILE[:6], ensure_ascii=False)}", text, flags=re.S | re.M)
        path.write_text(text)


def reckoned(jobs):
    """What LibreOffice makes of workbooks."""
    done = subprocess.run([OFFICE, "-B", HERE / "by_libreoffice.py"], input=json.dumps([str(path) for path, _ in jobs]), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for (path, formulas), book in zip(jobs, json.loads(done.stdout)):
        assert not book["cut"], f"{path}: cut off: {book['cut'][:10]}"
        n = 0
        for sheet, cells in formulas.items():
            for at, value in cells.items():
                assert abs(book["sums"][sheet][at] - value) < 1e-6, f"{sheet}!{at}: {book['sums'][sheet][at]}, not {value}"
                n += 1
        print(f"{path.parent.name}/{path.name}: {n} totals are the same, no cell is cut off")


def main():
    with tempfile.TemporaryDirectory() as work:
        jobs = []
        for n, (example, window) in enumerate([
            ("uong-bi", ["--year", "2016-2017"]),
            ("uong-bi", ["--year", "2017-2018", "--compare", "previous"]),
            ("uong-bi", ["--campaign", "2016-2017", "--units", "2026-01-01"]),
            ("phuong-2025", []),
            ("hostile", ["--year", "2016-2017", "--trace"]),
        ]):
            folder = Path(work) / f"{n}-{example}"
            folder.mkdir()
            register = EXAMPLES / example
            if example == "hostile":
                register = folder / "register"
                register.mkdir()
                ttht(register, "init", "--from-example")
                hostile(register)
            for lang in ["vi", "en"]:
                jobs.append(workbook(register, folder, window, lang))
                print(f"{folder.name}/{lang}.xlsx: every sheet says what JSON says")
        if OFFICE:
            reckoned(jobs)


if __name__ == "__main__":
    TTHT, OFFICE = sys.argv[1], (sys.argv[2:] or [None])[0]
    main()
