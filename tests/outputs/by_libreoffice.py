"""Opens workbooks with LibreOffice and reckons them. Reads their paths as JSON from standard input, and writes for each what its
formulas give, and which rows are too low for what they hold. Needs python3-uno and soffice."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "forms"))
from keyed import address
from office import office, setting

# How much lower a row may be than LibreOffice would have it, in 1/100 mm: less than a line.
SLACK = 100


def used(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn


def look(desktop, path):
    book = desktop.loadComponentFromURL(Path(path).absolute().as_uri(), "_blank", 0, setting(Hidden=True))
    book.calculateAll()
    sums, cut = {}, []
    for sheet in book.Sheets:
        last, columns = used(sheet)
        cells = sheet.getCellRangeByPosition(0, 0, columns, last)
        values, formulas = cells.getDataArray(), cells.getFormulaArray()
        sums[sheet.Name] = {
            address(row, column): values[row][column]
            for row, line in enumerate(formulas)
            for column, words in enumerate(line)
            if words.startswith("=SUM(")
        }
        heights = [sheet.Rows.getByIndex(row).Height for row in range(last + 1)]
        sheet.Rows.OptimalHeight = True
        for row, height in enumerate(heights):
            wanted = sheet.Rows.getByIndex(row).Height
            if wanted > height + SLACK:
                cut.append(f"{sheet.Name}!{row + 1}: {height} of {wanted}")
    book.close(True)
    return dict(sums=sums, cut=cut)


with office() as DESKTOP:
    json.dump([look(DESKTOP, path) for path in json.load(sys.stdin)], sys.stdout)
