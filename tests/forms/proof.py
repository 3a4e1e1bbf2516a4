"""Forms go out, are filled by real programs, and come back: python3 tests/forms/proof.py TTHT PYTHON_WITH_OPENPYXL [PYTHON_WITH_UNO].

Whatever program filled a form, in whatever format it was saved, and wherever its rows, columns and sheets went, the record is the
same. A hundred forms with thirty faults give thirty messages, each with the cell.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
TTHT, *PYTHONS = sys.argv[1:]
TODAY = "2018-06-01"
# Made up, as all that is filled in here.
ANSWERS = {
    "date": {"day": [2017, 10, 30]},
    "place": "UBND xã",
    "host[1].name": "Phạm Văn M (minh hoạ)",
    "host[1].posts": "kế toán",
    "context.population": 2145,
    "context.households": "1.234",
    "management.yearly_plan": "có",
    "documents.class_register": "đủ",
    "activity.period": "2016-2017",
    "activity.field.law.classes": 4,
    "activity.field.law.attendances": 180,
    "activity.field.law.women": 95,
    "finance.period": "2016",
    "finance.state_budget": 27000000,
    "followup(2016-11-01-dien-cong#r1).state": "đã thực hiện",
    "recommendation.r1.to": "trung tâm",
    "recommendation.r1.text": "Lập sổ theo dõi (minh hoạ)",
    "recommendation.r1.due": {"day": [2018, 3, 31]},
}
WOMEN = "activity.field.law.women"
RECORD = """
centre = "dien-cong"
campaign = "2017-2018"
date = 2017-10-30
place = "UBND xã"
host = [{ name = "Phạm Văn M (minh hoạ)", posts = ["accountant"] }]
context = { population = 2145, households = 1234 }
management = { yearly_plan = true }
documents = { class_register = "complete" }
activity = { period = "2016-2017", field.law = { classes = 4, attendances = 180, women = 95 } }
finance = { period = "2016", state_budget = 27000000 }
recommendation.r1 = { to = "centre", text = "Lập sổ theo dõi (minh hoạ)", due = 2018-03-31 }
followup = [{ of = "2016-11-01-dien-cong#r1", state = "done" }]
"""


def ttht(register, *words, exit=0):
    """What a command prints on both streams."""
    lang = "vi" if words[0] == "form" else "en"
    done = subprocess.run([TTHT, "-C", register, "--today", TODAY, "--lang", lang, *words], capture_output=True, text=True)
    assert done.returncode == exit, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout, done.stderr


def fill(python, jobs):
    """Has a program fill forms. Where each cell of each stands afterwards."""
    script = HERE / ("by_openpyxl.py" if python == PYTHONS[0] else "by_libreoffice.py")
    done = subprocess.run([python, "-B", script], input=json.dumps(jobs), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def registers(folder):
    """Fresh registers, one after another."""
    n = 0
    while True:
        n += 1
        root = folder / f"register-{n}"
        root.mkdir()
        ttht(root, "init", "--from-example", "-q")
        yield root


def one_form(folder, fresh):
    """One form, by all ways: as it is, then with rows, columns and sheets put elsewhere."""
    blank = folder / "blank.xlsx"
    ttht(next(fresh), "form", "dien-cong", "--campaign", "2017-2018", "-o", blank)
    moved = ["rows", "columns", "sheets"]
    for python, program, endings in zip(PYTHONS, ["openpyxl", "libreoffice"], [["xlsx"], ["xlsx", "ods"]]):
        cases = [("xlsx", [step]) for step in moved] + [(ending, then) for ending in endings for then in [[], moved]]
        jobs = [dict(then=then, out=str(folder / f"{program}-{'-'.join(then) or 'as-it-is'}.{ending}")) for ending, then in cases]
        spoilt = [job | dict(out=str(folder / f"spoilt-{Path(job['out']).name}")) for job in jobs if len(job["then"]) != 1]
        for job in jobs + spoilt:
            job |= {"in": str(blank), "fill": ANSWERS | ({} if job in jobs else {WOMEN: 361.5})}
        places = fill(python, jobs + spoilt)
        for job in jobs:
            came_back(next(fresh), Path(job["out"]))
        for job, place in zip(spoilt, places[len(jobs):]):
            copies = 2 if program == "openpyxl" and job["then"] else 1
            refused(next(fresh), Path(job["out"]), place[WOMEN], copies)


def came_back(register, form):
    """The record is what was filled in, and the same form again is nothing new."""
    ttht(register, "import", form, "--yes")
    text = (register / "visits/2017-2018/2017-10-30-dien-cong.toml").read_text()
    assert tomllib.loads(text) == tomllib.loads(RECORD), f"{form.name}:\n{text}"
    said = ttht(register, "import", form, "--yes")[1]
    assert "there is nothing new" in said, f"{form.name}: {said}"
    print(f"{form.name}: as it was filled in")


def refused(register, form, place, copies):
    """A fault is told at its cell, wherever that went; at each, if the sheet was copied in its own workbook."""
    said = ttht(register, "import", form, exit=1)[1].splitlines()
    told = [line for line in said if line.startswith(form.name)]
    assert len(told) == copies and told[0].startswith(f"{form.name}: {place}"), f"{place}\n" + "\n".join(said)


# What a clerk may do to a cell: the key, and what stands there then.
FAULTS = [
    ("context.population", 361.5),
    ("context.population", "nhiều"),
    ("context.households", -5),
    ("context.households", "#REF!"),
    ("context.lineages", "9.12E+08 hộ"),
    ("date", "31/02/2017"),
    ("date", None),
    ("host[0].posts", "phi công"),
    ("management.yearly_plan", "chắc là có"),
    ("documents.class_register", "tạm được"),
    ("activity.field.law.women", 0.25),
    ("activity.field.law.hours", "1.250"),
    ("finance.state_budget", "hai chục"),
    ("recommendation.r1.due", "cuối năm"),
    ("recommendation.r1.to", "ông B"),
]


def hundred_forms(folder, register):
    """A hundred forms come back at once, thirty of them with a fault."""
    names = [f"minh-hoa-{n:03}" for n in range(100)]
    (folder / "units.csv").write_text("id,name,kind\n" + "".join(f"{name},Minh hoạ {name[-3:]},commune\n" for name in names))
    (folder / "centres.csv").write_text("id,name,unit\n" + "".join(f"{name},TTHTCĐ Minh hoạ {name[-3:]},{name}\n" for name in names))
    for table in ["units", "centres"]:
        ttht(register, "import", folder / f"{table}.csv", "--as", table, "--yes")
    made, back = folder / "made", folder / "back"
    made.mkdir(), back.mkdir()
    ttht(register, "form", *names, "-o", made)
    forms = sorted(made.glob("*.xlsx"))
    assert len(forms) == 100, [form.name for form in forms]
    answers = {key: value for key, value in ANSWERS.items() if not key.startswith("followup") and key != "host[1].name" and key != "host[1].posts"}
    answers |= {"host[0].name": "Lê Thị N (minh hoạ)", "host[0].posts": "Giám đốc trung tâm", "activity.field.law.hours": "12,5", "context.lineages": 3}
    jobs = [{"in": str(form), "out": str(back / form.name), "fill": answers, "then": []} for form in forms]
    spoilt = [dict(job, fill=job["fill"] | dict([FAULTS[n // 2]])) if n < 2 * len(FAULTS) else job for n, job in enumerate(jobs)]
    places = fill(PYTHONS[0], spoilt)
    wanted = [f"{form.name}: {place[FAULTS[n // 2][0]]}" for n, (form, place) in enumerate(zip(forms, places)) if n < 2 * len(FAULTS)]
    said = ttht(register, "import", back, exit=1)[1].splitlines()
    told = [line for line in said if ".xlsx: " in line]
    lost = [place for place in wanted if not any(line.startswith((f"{place}:", f"{place},")) for line in told)]
    assert not lost and len(told) == len(wanted) == 30, "\n".join([f"{len(told)} messages"] + lost + told[:40])
    fill(PYTHONS[0], jobs[: len(wanted)])
    said = ttht(register, "import", back, "--yes")
    assert "100 files written" in said[1], said[1]
    assert "there is nothing new" in ttht(register, "import", back, "--yes")[1]
    print("100 forms: 30 faults are 30 messages with their cells; without them 100 visits")


with tempfile.TemporaryDirectory() as work:
    work = Path(work)
    fresh = registers(work)
    hundred_forms(work, next(fresh))
    one_form(work, fresh)
