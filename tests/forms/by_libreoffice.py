"""Fills forms with LibreOffice, as a person would: the cells that are not locked, in a protected sheet. Takes the jobs of
by_openpyxl.py; a file that ends in .ods is saved as one. Needs python3-uno and soffice."""

import datetime
import json
import sys
from pathlib import Path

from office import office, setting  # first: it makes com.sun.star importable

from com.sun.star.table import CellRangeAddress
from keyed import address, keyed

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def used(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return end.EndRow, end.EndColumn


def grid(sheet):
    row, column = used(sheet)
    return sheet.getCellRangeByPosition(0, 0, column, row).getDataArray()


def forms(book):
    found = [(sheet, keyed(grid(sheet))) for sheet in book.Sheets]
    return [(sheet, cells) for sheet, cells in found if cells]


def put(cell, value):
    if isinstance(value, dict):
        cell.Value = (datetime.date(*value["day"]) - datetime.date(1899, 12, 30)).days
    elif isinstance(value, (int, float)):
        cell.Value = value
    else:
        cell.String = value


def rows(book):
    for sheet, cells in forms(book):
        sheet.unprotect("")
        sheet.Rows.insertByIndex(sorted(row for row, _ in cells.values())[len(cells) // 2], 1)
    return book


def columns(book):
    """Columns are inserted at the left, and the hidden one with the keys moves to the right of all others."""
    for sheet, _ in forms(book):
        sheet.unprotect("")
        sheet.Columns.insertByIndex(0, 2)
        row, column = used(sheet)
        keys = CellRangeAddress(sheet.RangeAddress.Sheet, 2, 0, 2, row)
        sheet.moveRange(sheet.getCellByPosition(column + 2, 0).CellAddress, keys)
    return book


def sheets(book):
    """The sheets of the form are copied into a workbook of their own."""
    other = DESKTOP.loadComponentFromURL("private:factory/scalc", "_blank", 0, setting(Hidden=True))
    empty = list(other.Sheets.ElementNames)
    for sheet, _ in forms(book):
        other.Sheets.importSheet(book, sheet.Name, other.Sheets.Count)
    for name in empty:
        other.Sheets.removeByName(name)
    return other


def work(job):
    book = DESKTOP.loadComponentFromURL(Path(job["in"]).absolute().as_uri(), "_blank", 0, setting(Hidden=True))
    for sheet, cells in forms(book):
        for key in job["fill"].keys() & cells.keys():
            row, column = cells[key]
            put(sheet.getCellByPosition(column, row), job["fill"][key])
    for step in job["then"]:
        book = globals()[step](book)
    places = {}
    for sheet, cells in reversed(forms(book)):
        places.update({key: f"{sheet.Name}!{address(*cells[key])}" for key in cells})
    missing = [key for key in job["fill"] if key not in places]
    assert not missing, f"{job['in']}: no cell for {missing}"
    out = Path(job["out"])
    book.storeToURL(out.absolute().as_uri(), setting(FilterName=FILTERS[out.suffix]))
    book.close(True)
    return places


with office() as DESKTOP:
    json.dump([work(job) for job in json.load(sys.stdin)], sys.stdout)
