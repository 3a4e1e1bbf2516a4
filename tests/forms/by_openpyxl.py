"""Fills forms with openpyxl. Reads jobs as JSON from standard input, writes where each cell stood as JSON.

A job: {"in": file, "out": file, "fill": {key: value}, "then": ["rows", "columns", "sheets"]}. A day is {"day": [y, m, d]}.
"""

import datetime
import json
import sys

import openpyxl
from keyed import address, keyed


def grid(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def forms(book):
    """The sheets of the form, with their cells."""
    found = [(sheet, keyed(grid(sheet))) for sheet in book.worksheets]
    return [(sheet, cells) for sheet, cells in found if cells]


def put(cell, value):
    cell.value = datetime.date(*value["day"]) if isinstance(value, dict) else value


def rows(book):
    """Somebody inserts an empty row in the middle of each sheet."""
    for sheet, cells in forms(book):
        sheet.insert_rows(1 + sorted(row for row, _ in cells.values())[len(cells) // 2])


def columns(book):
    """Somebody inserts a column at the left of each sheet, and moves the last to the right."""
    for sheet, _ in forms(book):
        sheet.insert_cols(1)
        last, rows = sheet.max_column, sheet.max_row
        sheet.move_range(f"{address(0, last - 1)}:{address(rows - 1, last - 1)}", cols=2)


def sheets(book):
    """Somebody copies each sheet."""
    for sheet, _ in forms(book):
        book.copy_worksheet(sheet)


def work(job):
    book = openpyxl.load_workbook(job["in"])
    for sheet, cells in forms(book):
        for key in job["fill"].keys() & cells.keys():
            row, column = cells[key]
            put(sheet.cell(row + 1, column + 1), job["fill"][key])
    for step in job["then"]:
        globals()[step](book)
    places = {}
    for sheet, cells in reversed(forms(book)):
        places.update({key: f"{sheet.title}!{address(*cells[key])}" for key in cells})
    missing = [key for key in job["fill"] if key not in places]
    assert not missing, f"{job['in']}: no cell for {missing}"
    book.save(job["out"])
    return places


json.dump([work(job) for job in json.load(sys.stdin)], sys.stdout)
