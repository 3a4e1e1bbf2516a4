"""Registers of made-up provinces, the same bytes for the same numbers: every name and figure is illustrative."""

import pathlib
import random

PLACES = "Yên Thanh;Điền Công;Phương Nam;Bắc Sơn;Nam Khê;Đôn Phong;Hoà Bình;Tân Lập;Ea Kao;Nghĩa Lộ".split(";")
FIELDS = "law health economy culture digital".split()
FIRST, LAST = 2016, 2025


def make(folder, provinces, visits):
    """Writes registers `01`, `02` … into a folder, with so many visits in all."""
    for n in range(provinces):
        share = visits // provinces + (n < visits % provinces)
        register(pathlib.Path(folder, f"{n + 1:02}"), n + 1, share)


def register(root, n, visits):
    dice = random.Random(n)
    for name in ("centres", "campaigns"):
        (root / name).mkdir(parents=True)
    office = f"Sở GD&ĐT tỉnh số {n} (minh hoạ)"
    (root / "ttht.toml").write_text(
        f'format = 1\nid = "tinh-{n:02}"\noffice = "{office}"\nlevel = "province"\nschool_year_starts = "09-01"\n', "utf-8"
    )
    years = LAST - FIRST + 1
    # One centre in ten is visited twice a year; the later visit is the one that counts.
    centres = -(-visits * 10 // (years * 11))
    with open(root / "units.toml", "w", encoding="utf-8") as units:
        for c in range(centres):
            place = PLACES[c % len(PLACES)]
            units.write(f'[[unit]]\nid = "xa-{c:04}"\nname = "{place} {c}"\nkind = "commune"\ncode = "{n * 1000 + c:05}"\n\n')
    for c in range(centres):
        name = PLACES[c % len(PLACES)]
        text = f'name = "Trung tâm học tập cộng đồng xã {name} {c}"\nunit = "xa-{c:04}"\nkind = "clc"\n'
        (root / "centres" / f"xa-{c:04}.toml").write_text(text, "utf-8")
    left = visits
    for year in range(FIRST, LAST + 1):
        folder = root / "visits" / f"{year}-{year + 1}"
        folder.mkdir(parents=True)
        for c, month in ((c, month) for c in range(centres) for month in ((10, 12) if c % 10 == 0 else (10,))):
            if left:
                date = f"{year}-{month}-{1 + (c + year) % 28:02}"
                (folder / f"{date}-xa-{c:04}.toml").write_text(visit(dice, c, date, year), "utf-8")
                left -= 1


def visit(dice, centre, date, year):
    fields = []
    for field in FIELDS:
        classes = dice.randint(1, 12)
        told = [f"classes = {classes}", f"attendances = {classes * dice.randint(20, 60)}"]
        told += [f"hours = {classes * 3}.5"] if dice.random() < 0.7 else []
        fields.append(f"{field} = {{ {', '.join(told)} }}")
    opening, raised, spent = (dice.randint(1, 90_000) * 1_000 for _ in range(3))
    lines = [
        f'centre = "xa-{centre:04}"\ndate = {date}\nstarts = {dice.randint(7, 9):02}:{dice.choice((0, 15, 30)):02}:00',
        f'place = "UBND xã số {centre}, \\"khu\\" {dice.randint(1, 9)}"\n',
        f"[context]\nas_of = {year}-09-01\npopulation = {dice.randint(3_000, 16_000)}\n",
        f'[activity]\nperiod = "{year - 1}-{year}"\n\n[activity.field]\n' + "\n".join(fields) + "\n",
        f'[finance]\nperiod = "{year - 1}"\nopening = {opening}\nstate_budget = {raised}\nspent = {spent}\n'
        if dice.random() < 0.8
        else "",
        f'[promotion]\nperiod = "{year - 1}"\nmembers = {dice.randint(500, 3_000)}\n'
        f"fund = {{ opening = {opening}, raised = {raised}, spent = {spent} }}\n",
        f'[findings]\nstrengths = ["Hồ sơ đầy đủ, sắp xếp; khoa học", "Phối hợp tốt"]\nopinion_of_centre = """\nTiếp thu.\nCảm ơn."""\n',
        f'[recommendation.r1]\nto = "{dice.choice(("commune", "centre"))}"\ntext = "Bổ sung sách."\ndue = {year + 1}-06-30\n',
    ]
    return "\n".join(line for line in lines if line)
