"""Reports as other programs read them: PYTHON_WITH_PYTHON_DOCX tests/outputs/papers.py TTHT [SOFFICE].

Every report of the example, in both languages: its texts and its tables in the Word file are those of -O json, in their order. If
LibreOffice is here, it makes a PDF of each, on A4, and the minutes have two pages before their annexes.
"""

import json
import re
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.table import Table
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]
TTHT, *SOFFICE = sys.argv[1:]
TODAY = "2017-12-01"
# What each is about, and how many pages it may have before its annexes.
REPORTS = {
    "minutes": (["2016-10-27-yen-thanh"], 2),
    "campaign": (["2016-2017"], 12),
    "half-year": (["2016-H2"], 12),
    "centre": (["yen-thanh", "--year", "2016"], 10),
    "news": (["2016-2017"], 10),
}
YES_NO = {"vi": {True: "có", False: "không"}, "en": {True: "yes", False: "no"}}
MISSING = {"", "–"}
OFFICIAL = {
    "vi": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    "en": ["SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"],
}


def ttht(lang, *words):
    call = [TTHT, "-q", "-C", ROOT / "examples/uong-bi", "--today", TODAY, "--lang", lang, "report", *words]
    done = subprocess.run(call, capture_output=True)
    assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stderr.decode()}"
    return done.stdout


def plain(text):
    """Without what lines and spaces make of it."""
    return " ".join(text.split())


def closed(items):
    """Each ends with a semicolon, the last with a full stop."""
    bare = [re.sub(r"[.; ]+$", "", item) for item in items]
    return [item + ("." if at + 1 == len(bare) else ";") for at, item in enumerate(bare)]


def expected(report, lang):
    """What a report says, in order: texts, and tables as they are in JSON. In the head and the foot the order is that of a page."""
    head, said = report.get("head"), []
    if head:
        said += [head["parent"].upper(), head["office"].upper(), *OFFICIAL[lang], head["number"], head["dateline"]]
    said += [report["title"], head["subject"] if head else ""]
    for block in report["blocks"]:
        match block["kind"]:
            case "heading" | "paragraph":
                said.append(block["text"])
            case "bases":
                said += closed(block["items"])
            case "list":
                said += ["- " + item for item in block["items"]]
            case "table":
                table = report["tables"][block["table"]]
                said += [*([table["title"]] if table["title"] != report["title"] else []), table]
                said += table["notes"]
            case "picture":
                said.append(block["caption"])
            case "annex":
                said += [block["title"], block["of"]]
            case "foot":
                roles = [one["role"] for one in block["signatures"]]
                names = [one["name"] for one in block["signatures"]]
                copies = [{"vi": "Nơi nhận:", "en": "Recipients:"}[lang]] if block["recipients"] else []
                copies += ["- " + item for item in closed(block["recipients"])]
                said += copies + roles + names if len(roles) == 1 else roles + names + copies
            case "dots":
                pass
            case other:
                raise AssertionError(other)
    return [one if isinstance(one, dict) else plain(one) for one in said if one]


def found(path):
    """What a Word file says, in order: texts, and tables as lists of grids (a wide one is told in several)."""
    said = []
    for part in Document(str(path)).iter_inner_content():
        if not isinstance(part, Table):
            if part.style.name != "Gap" and part.text.strip():
                said.append(re.sub(r"^(Ghi chú|Notes): ", "", plain(part.text)))
            elif part.text == "" and said and isinstance(said[-1], list):
                said.append(None)
        elif part._tbl.tblPr.find("{*}tblBorders") is None:
            # a cell over several columns is given once for each
            cells = [cell for row in part.rows for cell in {cell._tc: cell for cell in row.cells}.values()]
            said += [plain(line.text) for cell in cells for line in cell.paragraphs if line.text.strip()]
        else:
            grid = [[plain(cell.text) for cell in row.cells] for row in part.rows]
            if len(said) > 1 and said[-1] is None and isinstance(said[-2], list) and continues(said[-2], grid):
                said.pop()
                said[-1].append(grid)
            else:
                said.append([grid])
    return [one for one in said if one is not None]


def continues(grids, grid):
    """Whether a grid has the rows of those before it."""
    names = [[row[0] for row in one] for one in (grids[0], grid)]
    return names[0] == names[1]


def number(text, lang):
    """A number as people of a language read it, and half of its last digit."""
    text = text.removeprefix("≈ ")
    text = text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", "")
    value = Decimal(text)
    return value, Decimal(1).scaleb(value.as_tuple().exponent) / 2


def says(shown, value, kind, lang):
    """Whether a cell shows a value."""
    if value is None:
        return shown in MISSING
    if isinstance(value, bool):
        return shown == YES_NO[lang][value]
    if isinstance(value, dict):
        return shown.replace(".", "").replace(",", "") == f"{value['n']}/{value['of']}"
    if isinstance(value, (int, float)):
        got, slack = number(shown, lang)
        scales = (1, 10**6) if kind == "vnd" else (1,)
        return any(abs(got - Decimal(str(value)) / scale) <= slack for scale in scales)
    if kind in ("day", "date"):
        digits = re.findall(r"\d+", value)
        return sorted(map(int, digits)) == sorted(map(int, re.findall(r"\d+", shown)))
    if kind == "time":
        return list(map(int, re.findall(r"\d+", value))) == list(map(int, re.findall(r"\d+", shown)))
    # people see words for code words
    return shown == plain(value) or (re.fullmatch(r"[a-z][a-z0-9_.-]*", value) and shown not in MISSING)


def compare(table, grids, lang):
    """The cells of a table in a Word file are those in JSON."""
    columns = {column["key"]: column for column in table["columns"]}
    shown = {}
    for grid in grids:
        for at, label in enumerate(grid[0]):
            shown.setdefault(label, []).append([row[at] for row in grid[1:]])
    rows = table["rows"] + ([table["total"]] if table["total"] else [])
    approximate = [row.get("approximate") for row in rows]
    seen = 0
    for key, column in columns.items():
        if key.removesuffix("_name") in columns and key.endswith("_name") or key == "approximate":
            continue
        values = [row[columns.get(f"{key}_name", column)["key"]] for row in rows]
        cells = shown.get(plain(column["label"]))
        if cells is None:
            # A centre that is called after its unit is not named beside it.
            says_unit = key in ("centre", "name") and all(row.get("unit_name") and str(value).endswith(row["unit_name"]) for row, value in zip(table["rows"], values))
            assert says_unit or all(value is None for value in values), f"{table['name']}: {column['label']} is not shown"
            continue
        if not table["rows"]:
            continue
        good = [all(says(cell, value, column["kind"], lang) for cell, value in zip(one, values, strict=True)) for one in cells]
        assert any(good), f"{table['name']}, {column['label']}: {cells} for {values}"
        seen += len(values)
    return seen


def check(lang, words, most, work):
    report = json.loads(ttht(lang, *words, "-O", "json"))
    name = f"{words[0]}-{lang}"
    word = work / f"{name}.docx"
    ttht(lang, *words, "-o", word)
    wanted, got, cells = expected(report, lang), found(word), 0
    for one, other in zip(wanted, got):
        if isinstance(one, dict) and isinstance(other, list):
            cells += compare(one, other, lang)
        else:
            assert one == other, f"{name}: {one!r:.300}\nin the Word file: {other!r:.300}"
    assert len(wanted) == len(got), f"{name}: {wanted[len(got):]} {got[len(wanted):]}"
    pictures = sum(block["kind"] == "picture" for block in report["blocks"])
    assert len(Document(str(word)).inline_shapes) == pictures, f"{name}: {pictures} pictures"
    texts = sum(isinstance(one, str) for one in wanted)
    pages = printed(lang, words, most, report, work / f"{name}.pdf") if SOFFICE else "no PDF"
    print(f"{name}: {texts} texts, {cells} cells, {pictures} pictures, {pages}")


def printed(lang, words, most, report, target):
    """How many pages a report has, of which those before the first annex are no more than may be."""
    ttht(lang, *words, "-o", target)
    pages = PdfReader(target).pages
    sizes = {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in pages}
    assert sizes == {(595, 842)}, f"{target.name}: {sizes}"
    annexes = [plain(block["title"]) for block in report["blocks"] if block["kind"] == "annex"]
    begins = (at for at, page in enumerate(pages) if annexes and annexes[0] in plain(page.extract_text()))
    text = next(begins, len(pages))
    assert 1 <= text <= most, f"{target.name}: {text} pages before the annexes"
    return f"{text} of {len(pages)} pages"


def names():
    """Every report that there is; `fields` only lists names."""
    told = subprocess.run([TTHT, "report", "--help", "--lang", "en"], capture_output=True, text=True, check=True).stdout
    return [name for name in re.findall(r"^  ([a-z-]+)  ", told[told.index("Reports:") :], re.M) if name != "fields"]


with tempfile.TemporaryDirectory() as folder:
    for name in names():
        of, most = REPORTS[name]
        for lang in ("vi", "en"):
            check(lang, [name, *of], most, Path(folder))
