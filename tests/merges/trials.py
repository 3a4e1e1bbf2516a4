"""Random edits of both sides of real visits, merged by ttht, by git and by mergiraf, and held against what should come out.

    tests/merges/trials.py [-n TRIALS_A_CLASS] [-j JOBS] [--only CLASS] [--seed N] [--keep FOLDER] [TTHT]

What should come out is computed here from the values that Python's own reader of TOML finds (tomllib), and shares no code
with the program. A result is

    right      clean, and says exactly what it should
    conflict   open, and should be; of ttht also: with all of ours, or all of theirs, it says exactly what it should
    false      open, and need not be
    wrong      anything else: a value lost, doubled or changed, or no TOML

A comment counts as lost if either side has added it, or both have left it, and its words are nowhere in the result. Of ttht
both orders of merging are held against each other.
"""
import argparse, collections, difflib, json, multiprocessing, os, pathlib, random, re, shutil, subprocess, sys, tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATH = "visits/2016-2017/2016-10-27-yen-thanh.toml"

# A text as its sections and entries, for edits such as people make.


class Entry:
    def __init__(self, key, above, lines):
        self.key, self.above, self.lines = key, above, lines

    def value(self):
        return tomllib.loads("\n".join(self.lines))[self.key]

    def put(self, written, comment=""):
        self.lines = [f"{self.key} = {written}{comment}"]


class Section:
    def __init__(self, head, above):
        self.head, self.above, self.entries, self.below = head, above, [], []

    def get(self, key):
        return next((entry for entry in self.entries if entry.key == key), None)

    def name(self):
        return self.head.strip("[] ")


class Doc:
    def __init__(self, text):
        self.sections, above, lines, at = [Section("", [])], [], text.rstrip("\n").split("\n"), 0
        while at < len(lines):
            line = lines[at].strip()
            if not line or line.startswith("#"):
                above.append(lines[at])
                at += 1
                continue
            if line.startswith("["):
                self.sections.append(Section(line, above))
                above, at = [], at + 1
                continue
            end = at + 1
            while True:
                try:
                    value = tomllib.loads("\n".join(lines[at:end]))
                    break
                except tomllib.TOMLDecodeError:
                    end += 1
            self.sections[-1].entries.append(Entry(next(iter(value)), above, lines[at:end]))
            above, at = [], end
        self.sections[-1].below = above

    def text(self):
        out = []
        for section in self.sections:
            if section.head:
                out += (section.above or ([""] if out else [])) + [section.head]
            for entry in section.entries:
                out += entry.above + entry.lines
            out += section.below
        return "\n".join(out).lstrip("\n") + "\n"

    def all(self, name):
        return [section for section in self.sections if section.name() == name]

    def section(self, name):
        return next(iter(self.all(name)), None)


# What the two sides do to a visit. `who` is "A" or "B".

FIELDS = ["law", "health", "economy", "culture", "current_affairs", "foreign_languages", "computers", "environment"]
MORE = {
    "": [("starts", "07:30:00"), ("reporter", '"{w} ghi"'), ("place", '"Nhà văn hoá {w}"')],
    "context": [("poor_households", "{n}"), ("ethnic_groups", "{n}"), ("area_ha", "{n}.5")],
    "management": [("uses_it", "true"), ("e_records", "false"), ("compiled_materials", "true"), ("note", '"Đã xem ({w})"')],
    "minutes": [("copies", "{n}"), ("signed_by_lead", "true"), ("signed_by_host", "false")],
    "facilities": [("rooms", "{n}"), ("televisions", "{n}"), ("loudspeakers", "{n}")],
    "finance": [("fees", "{n}_000"), ("other", "{n}_000")],
}
LISTS = [("", "agenda"), ("findings", "strengths"), ("findings", "shortcomings"), ("findings", "causes")]
PEOPLE = ["Đinh Thị Én", "Hồ Văn Gấm", "Mạc Thị Hoa", "Ngô Văn Ích", "Ông Thị Kim", "Phùng Văn Lâm", "Quách Thị Mai"]


def written(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def trailing(entry):
    found = re.search(r"\s+#[^\"]*$", entry.lines[-1])
    return found[0] if found else ""


def changed(rng, value, who):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + rng.choice([1, 2, 3])
    if isinstance(value, str):
        return value + rng.choice([" (sửa)", f" ({who})"])
    return None


def set_value(rng, doc, who, section=None):
    """One value, in place."""
    places = [
        (s, e) for s in doc.sections for e in s.entries
        if isinstance(e.value(), (int, str)) and e.key not in ("name", "of", "file", "kind", "centre", "campaign")
        and (section is None or s is section)
    ]
    if places:
        _, entry = rng.choice(places)
        entry.put(written(changed(rng, entry.value(), who)), trailing(entry))


def set_inline(rng, doc, who):
    """A number in a table on one line."""
    places = [e for s in doc.sections for e in s.entries if isinstance(e.value(), dict) and any(type(v) is int for v in e.value().values())]
    if places:
        entry = rng.choice(places)
        value = entry.value()
        key = rng.choice([key for key in value if type(value[key]) is int])
        value[key] = changed(rng, value[key], who)
        entry.put(written(value), trailing(entry))


def add_key(rng, doc, who):
    name = rng.choice(list(MORE))
    section = doc.section(name)
    if section:
        key, form = rng.choice(MORE[name])
        if not section.get(key):
            entry = Entry(key, [], [])
            entry.put(form.format(w=who, n=rng.choice([3, 4])))
            section.entries.insert(rng.randint(0, len(section.entries)), entry)


def add_field_line(rng, doc, who):
    section = doc.section("activity.field")
    if section:
        free = [field for field in FIELDS if not section.get(field)]
        if free:
            entry = Entry(rng.choice(free), [], [])
            entry.put(written({"classes": rng.choice([1, 2]), "attendances": rng.choice([40, 41]), "women": 20}))
            section.entries.append(entry)


def add_section(doc, head, pairs, after=None):
    section = Section(head, [""])
    for key, value in pairs:
        entry = Entry(key, [], [])
        entry.put(written(value))
        section.entries.append(entry)
    same = [at for at, one in enumerate(doc.sections) if one.name() == (after or section.name())]
    doc.sections.insert(same[-1] + 1 if same else len(doc.sections), section)


def add_row(rng, doc, who, names=None):
    number = rng.randint(1, 10**6)
    kind = rng.choice(names or ["site", "host", "photo"])
    if kind == "site":
        add_section(doc, "[[site]]", [("kind", "lineage"), ("name", f"Dòng họ {who}{number}"), ("note", "Đã thăm.")])
    elif kind == "host":
        add_section(doc, "[[host]]", [("name", f"Chủ nhà {who}{number}"), ("posts", ["director"])])
    elif kind == "photo":
        add_section(doc, "[[photo]]", [("file", f"photos/{who}{number}.jpg"), ("caption", "Ảnh minh hoạ")])


def add_member(rng, doc, who):
    name = rng.choice(PEOPLE) + f" ({who})"
    if not any(s.get("name") and s.get("name").value() == name for s in doc.all("team")):
        add_section(doc, "[[team]]", [("name", name), ("role", "member"), ("body", "Hội Khuyến học")])


def remove_row(rng, doc, who):
    rows = [s for s in doc.sections if s.head.startswith("[[") or s.name().startswith("recommendation.")]
    if rows:
        doc.sections.remove(rng.choice(rows))


def next_id(doc):
    ids = [int(s.name()[len("recommendation.r"):]) for s in doc.sections if s.name().startswith("recommendation.r")]
    return max(ids, default=0) + 1


def add_recommendation(rng, doc, who, number=None):
    number = number or next_id(doc)
    last = [s.name() for s in doc.sections if s.name().startswith("recommendation.")]
    head = f"[recommendation.r{number}]"
    if not doc.section(head.strip("[]")):
        add_section(doc, head, [("to", "centre"), ("text", f"Kiến nghị của {who} số {rng.randint(1, 999)}")], last[-1] if last else None)


def edit_list(rng, doc, who):
    places = [doc.section(s).get(k) for s, k in LISTS if doc.section(s) and doc.section(s).get(k)]
    if not places:
        return
    entry = rng.choice(places)
    items, do = entry.value(), rng.random()
    if do < 0.5 or not items:
        items.insert(rng.randint(0, len(items)), f"Mục {who} {rng.randint(1, 999)}" if rng.random() < 0.9 else "Mục chung")
    elif do < 0.75:
        at = rng.randrange(len(items))
        items[at] += f" (sửa {who})"
    elif len(items) > 1:
        items.pop(rng.randrange(len(items)))
    if len(set(items)) < len(items):
        return
    entry.lines = [f"{entry.key} = ["] + [f"    {written(item)}," for item in items] + ["]"]


def edit_posts(rng, doc, who):
    hosts = [s.get("posts") for s in doc.all("host") if s.get("posts")]
    if hosts:
        entry = rng.choice(hosts)
        posts = entry.value()
        post = rng.choice(["director", "head_teacher", "commune_vice_chair", "accountant", "secretary"])
        if post not in posts:
            posts.insert(rng.randint(0, len(posts)), post)
        elif len(posts) > 1:
            posts.remove(post)
        entry.put(written(posts))


def comment(rng, doc, who):
    """A comment comes, or goes."""
    words = f"# {who}: đã hỏi lại, lần {rng.randint(1, 9999)}"
    entries = [e for s in doc.sections for e in s.entries]
    heads = [s for s in doc.sections if s.head]
    do = rng.random()
    entry = rng.choice(entries)
    if do < 0.35:
        entry.above = entry.above + [words]
    elif do < 0.65:
        if not trailing(entry):
            entry.lines[-1] += "  " + words
    elif do < 0.75:
        section = rng.choice(heads)
        section.above = (section.above or [""]) + [words]
    elif do < 0.85:
        lists = [e for e in entries if len(e.lines) > 2]
        if lists:
            entry = rng.choice(lists)
            entry.lines.insert(rng.randint(1, len(entry.lines) - 1), "    " + words)
    else:
        commented = [e for e in entries if any(l.startswith("#") for l in e.above)]
        if commented:
            entry = rng.choice(commented)
            entry.above.remove(rng.choice([l for l in entry.above if l.startswith("#")]))


def reorder(rng, doc, who):
    do = rng.random()
    if do < 0.4:
        rows = [at for at, s in enumerate(doc.sections) if s.name() == rng.choice(["team", "host"])]
        if len(rows) > 1:
            a, b = rng.sample(rows, 2)
            doc.sections[a], doc.sections[b] = doc.sections[b], doc.sections[a]
    elif do < 0.7:
        plain = [at for at, s in enumerate(doc.sections) if s.head and not s.head.startswith("[[") and "." not in s.head]
        if len(plain) > 1:
            a, b = rng.sample(plain, 2)
            doc.sections[a], doc.sections[b] = doc.sections[b], doc.sections[a]
    else:
        section = rng.choice([s for s in doc.sections if len(s.entries) > 1])
        rng.shuffle(section.entries)


def reformat(rng, text):
    """Another way of writing the same."""
    do = rng.random()
    if do < 0.3:
        text = re.sub(r"(?<=\d)_(?=\d\d\d)", "", text)
    elif do < 0.5:
        text = re.sub(r"^(\w+) = ", lambda found: f"{found[1]:<18} = ", text, flags=re.M)
    elif do < 0.7:
        doc = Doc(text)
        for section in doc.sections:
            for entry in section.entries:
                if isinstance(entry.value(), list) and not any("#" in line for line in entry.lines):
                    entry.put(written(entry.value()))
        text = doc.text()
    elif do < 0.85:
        text = text.replace("\n\n", "\n\n\n")
    else:
        text = text.replace("\n", "\r\n")
    return text


def rename(rng, doc, who):
    rows = [s for s in doc.all("team") + doc.all("host") if s.get("name")]
    if rows:
        entry = rng.choice(rows).get("name")
        entry.put(written(entry.value() + f" ({who} chữa tên)"), trailing(entry))


def remove_key(rng, doc, who):
    places = [(s, e) for s in doc.sections for e in s.entries if s.head and not s.head.startswith("[[") and not s.name().startswith("recommendation") and len(s.entries) > 1]
    if places:
        section, entry = rng.choice(places)
        section.entries.remove(entry)


EDITS = [set_value, set_value, set_value, set_inline, set_inline, add_key, add_field_line, add_row, add_member, remove_row,
         add_recommendation, edit_list, edit_posts, comment, comment, reorder, remove_key]


def several(rng, doc, who, edits, low, high):
    for _ in range(rng.randint(low, high)):
        rng.choice(edits)(rng, doc, who)


# Each class makes three texts of one.


def each(low, high, *edits):
    def make(rng, base):
        docs = Doc(base), Doc(base)
        for doc, who in zip(docs, "AB"):
            several(rng, doc, who, edits, low, high)
        return base, docs[0].text(), docs[1].text()
    return make


def against(one, other, low=1, high=3):
    """One side does the one, the other the other, which of them is which at random."""
    def make(rng, base):
        docs = [Doc(base), Doc(base)]
        order = rng.sample([0, 1], 2)
        several(rng, docs[order[0]], "AB"[order[0]], one, 1, 2)
        several(rng, docs[order[1]], "AB"[order[1]], other, low, high)
        return base, docs[0].text(), docs[1].text()
    return make


def neighbours(rng, base):
    docs = Doc(base), Doc(base)
    places = [(n, at) for n, s in enumerate(docs[0].sections) for at in range(len(s.entries) - 1)
              if all(type(e.value()) in (int, bool) for e in s.entries[at:at + 2])]
    section, at = rng.choice(places)
    for who, doc, at in zip("AB", docs, rng.sample([at, at + 1], 2)):
        entry = doc.sections[section].entries[at]
        entry.put(written(changed(rng, entry.value(), who)), trailing(entry))
    return base, docs[0].text(), docs[1].text()


def recommendation_same_id(rng, base):
    docs = Doc(base), Doc(base)
    number = next_id(docs[0])
    for doc, who in zip(docs, "AB"):
        add_recommendation(rng, doc, who, number)
    return base, docs[0].text(), docs[1].text()


def recommendation_other_id(rng, base):
    docs = Doc(base), Doc(base)
    number = next_id(docs[0])
    for doc, who, id in zip(docs, "AB", rng.sample([number, number + 1], 2)):
        add_recommendation(rng, doc, who, id)
    return base, docs[0].text(), docs[1].text()


def section_by_both(differ):
    def make(rng, base):
        doc = Doc(base)
        names = [s.name() for s in doc.sections if s.name() in ("context", "finance", "management", "facilities", "minutes")]
        taken = rng.choice(names)
        less = Doc(base)
        less.sections = [s for s in less.sections if s.name() != taken]
        docs = Doc(base), Doc(base)
        for doc, who in zip(docs, "AB"):
            if differ:
                set_value(rng, doc, who, doc.section(taken))
            several(rng, doc, who, [set_inline, add_row], 0, 2)
        return less.text(), docs[0].text(), docs[1].text()
    return make


def formatted(rng, base):
    _, ours, theirs = each(1, 3, set_value, set_inline, add_key, edit_list)(rng, base)
    if rng.random() < 0.5:
        return base, reformat(rng, ours), theirs
    return base, ours, reformat(rng, theirs)


def new_by_both(rng, base):
    _, ours, theirs = each(0, 3, set_value, set_inline, add_key, add_member, edit_list)(rng, base)
    return "", ours, theirs


CLASSES = {
    "values: both set 1–4 values": each(1, 4, set_value),
    "inline: numbers in one-line tables": each(1, 3, set_inline),
    "neighbour lines of one section": neighbours,
    "keys: both add keys to sections": each(1, 3, add_key),
    "field lines: both add an activity line": each(1, 1, add_field_line),
    "rows: both add a row": each(1, 1, add_row),
    "team: both add another member": each(1, 1, add_member),
    "row removed against other edits": against([remove_row], [set_value, set_inline, add_member, edit_list, edit_posts]),
    "recommendations: both add the same next id": recommendation_same_id,
    "recommendations: both add, ids differ": recommendation_other_id,
    "lists: items of agenda, strengths …": each(1, 3, edit_list),
    "section added by both, same paper": section_by_both(False),
    "section added by both, figures differ": section_by_both(True),
    "comments against edits": against([comment], [set_value, set_inline, add_row, remove_key, comment]),
    "reorder against edits": against([reorder], [set_value, set_inline, add_row, edit_list]),
    "another notation on one side, edits on both": formatted,
    "mixed: 1–5 edits of any kind": each(1, 5, *EDITS),
    "words of a list: posts": each(1, 3, edit_posts),
    "a person renamed against other edits": against([rename], [set_value, set_inline, add_row, edit_posts]),
    "a key taken away against other edits": against([remove_key], [set_value, set_inline, comment, add_key]),
    "the same new file on both sides": new_by_both,
}

# What should come out.

MISSING = object()
KEYS = {"team": ["name"], "host": ["name"], "site": ["kind", "name"], "followup": ["of"], "photo": ["file"]}
TEXTS = {"agenda", "strengths", "shortcomings", "causes", "source"}


def lean(value):
    """Without what is empty."""
    if isinstance(value, dict):
        kept = {key: lean(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one != {} and one != []}
    return [lean(one) for one in value] if isinstance(value, list) else value


def same(left, right):
    if type(left) is not type(right) and {type(left), type(right)} != {int, float}:
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def unordered(value, key=""):
    """Rows by who they are, words of a list as a set."""
    if isinstance(value, dict):
        return {name: unordered(one, name) for name, one in value.items()}
    if isinstance(value, list) and key not in TEXTS:
        return sorted((unordered(one) for one in value), key=lambda one: json.dumps(one, default=str, sort_keys=True))
    return value


class Truth:
    def __init__(self, base, ours, theirs):
        self.open = 0
        three = [lean(tomllib.loads(text)) for text in (base, ours, theirs)]
        self.sides = []
        for take in (1, 2):
            self.take, self.open = take, 0
            self.sides.append(unordered(lean(self.value(*three, ()))))

    def conflict(self, *three):
        self.open += 1
        return three[self.take]

    def value(self, b, o, t, path):
        if same(o, t) or same(b, t):
            return o
        if same(b, o):
            return t
        if isinstance(o, dict) and isinstance(t, dict):
            return self.table(b if isinstance(b, dict) else {}, o, t, path)
        if isinstance(o, list) and isinstance(t, list):
            b = b if isinstance(b, list) else []
            if path[-1] in KEYS:
                return self.rows(b, o, t, path)
            return self.texts(b, o, t) if path[-1] in TEXTS else [x for x in dict.fromkeys(b + o + t) if (x in o and x in t) or (x not in b)]
        return self.conflict(b, o, t)

    def table(self, b, o, t, path):
        out = {}
        for key in {**o, **t}:
            three = [side.get(key, MISSING) for side in (b, o, t)]
            before = self.open
            value = self.value(*three, path + (key,))
            if path == ("recommendation",) and three[0] is MISSING and self.open > before:
                value, self.open = three[self.take], before + 1
            if value is not MISSING:
                out[key] = value
        return out

    def rows(self, b, o, t, path):
        name = lambda row: tuple(row.get(key) for key in KEYS[path[-1]])
        rest = lambda row: {key: one for key, one in row.items() if key not in KEYS[path[-1]]}
        b, o, t = [{name(row): row for row in rows} for rows in (b, o, t)]

        def renamed(side, other):
            """What the rows of a side were called: one that is gone and one that is new, alike in all else."""
            gone, new = [n for n in b if n not in side], [n for n in side if n not in b]
            was = {n: n for n in side}
            for old in gone:
                like = [n for n in new if same(rest(side[n]), rest(b[old]))]
                if len(like) == 1 and rest(side[like[0]]) and sum(same(rest(b[g]), rest(side[like[0]])) for g in gone) == 1 and like[0] not in other:
                    was[like[0]] = old
            return {was[n]: row for n, row in side.items()}

        here, there = renamed(o, t), renamed(t, o)
        out = []
        for key in {**here, **there}:
            row = self.value(*[side.get(key, MISSING) for side in (b, here, there)], path + ("row",))
            if row is not MISSING:
                out.append(row)
        return out

    def texts(self, b, o, t):
        def edits(side):
            changed, new, gone = {}, collections.defaultdict(list), set()
            for tag, i, j, k, l in difflib.SequenceMatcher(None, b, side, autojunk=False).get_opcodes():
                if tag == "replace" and j - i == l - k:
                    changed.update(zip(range(i, j), side[k:l]))
                elif tag != "equal":
                    gone |= set(range(i, j))
                    new[i] += side[k:l]
            return changed, new, gone
        (co, no, go), (ct, nt, gt) = edits(o), edits(t)
        out, added = [], set()
        for at in range(len(b) + 1):
            for item in sum(sorted([no[at], nt[at]], key=lambda run: [f'"{item}"' for item in run]), []):
                both = item in sum(no.values(), []) and item in sum(nt.values(), [])
                if not (both and item in added) and item not in (ct.values() if item in no[at] and item not in nt[at] else co.values() if item not in no[at] else []):
                    out.append(item)
                added.add(item)
            if at == len(b):
                break
            here, there = co.get(at, MISSING if at in go else b[at]), ct.get(at, MISSING if at in gt else b[at])
            untouched = [side is not MISSING and side == b[at] for side in (here, there)]
            if untouched[0] or untouched[1] or here == there:
                item = there if untouched[0] else here
            else:
                item = self.conflict(b[at], here, there)
            if item is not MISSING:
                out.append(item)
        return out


# What came out.


def sides(text):
    """A text with all of ours, and with all of theirs."""
    out, at = ([], []), None
    for line in text.split("\n"):
        sign = line[:7]
        if sign == "<<<<<<<":
            at = 0
        elif sign == "|||||||" and at is not None:
            at = 2
        elif sign == "=======" and at is not None:
            at = 1
        elif sign == ">>>>>>>" and at is not None:
            at = None
        elif at is None:
            out[0].append(line)
            out[1].append(line)
        elif at < 2:
            out[at].append(line)
    return ["\n".join(lines) for lines in out]


def says(text):
    try:
        return unordered(lean(tomllib.loads(text)))
    except tomllib.TOMLDecodeError:
        return None


def comments(text):
    return collections.Counter(m[1].strip() for m in re.finditer(r"(#[^\"\n]*)$", text.replace("\r", ""), re.M))


def lost_comments(base, ours, theirs, result):
    b, o, t = map(comments, (base, ours, theirs))
    result = result.replace("\r", "")
    wanted = [c for c in {**o, **t} if (c not in b) or (c in o and c in t)]
    return [c for c in wanted if c.lstrip("# ") not in result]


def verdict(truth, code, text):
    if code not in (0, 1):
        return "wrong"
    if code == 0:
        return "right" if not truth.open and says(text) == truth.sides[0] else "wrong"
    return "conflict" if truth.open else "false"


def run(words, cwd):
    return subprocess.run(words, cwd=cwd, capture_output=True)


def made(rng, name, visit):
    """The three texts of a trial. Half of them are of a visit with few sections, where people meet more often."""
    if rng.random() < 0.5:
        doc = Doc(visit)
        kept = rng.sample(range(1, len(doc.sections)), 6)
        doc.sections = [s for at, s in enumerate(doc.sections) if at == 0 or at in kept]
        try:
            return CLASSES[name](rng, doc.text())
        except IndexError:
            pass  # There is nothing left for this class.
    return CLASSES[name](rng, visit)


def trial(job):
    name, seed, options = job
    rng = random.Random(f"{options.seed} {name} {seed}")
    base, ours, theirs = made(rng, name, rng.choice(options.visits))
    for text in (base, ours, theirs):
        tomllib.loads(text)
    truth, told = Truth(base, ours, theirs), {}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        def files(ours, theirs):
            for file, text in (("base.toml", base), ("ours.toml", ours), ("theirs.toml", theirs)):
                pathlib.Path(folder, file).write_text(text, newline="")
        def result():
            return pathlib.Path(folder, "ours.toml").read_bytes().decode()
        files(ours, theirs)
        code = run([options.ttht, "merge-file", "base.toml", "ours.toml", "theirs.toml", "--path", PATH], folder)
        text = result()
        told["ttht"] = verdict(truth, code.returncode, text)
        why = []
        if told["ttht"] == "conflict" and [says(side) for side in sides(text)] != truth.sides:
            told["ttht"], why = "wrong", ["sides"]
        if b"line by line" in code.stderr or "theo dòng".encode() in code.stderr:
            told["ttht"], why = "wrong", ["by lines"]
        lost = lost_comments(base, ours, theirs, text)
        files(theirs, ours)
        again = run([options.ttht, "merge-file", "base.toml", "ours.toml", "theirs.toml", "--path", PATH], folder)
        turned = [says(side) for side in sides(result())][::-1]
        if again.returncode != code.returncode or turned != [says(side) for side in sides(text)]:
            why.append("order")
        if ("\r\n" in ours) != ("\r\n" in text) or ("\r\n" in text and re.search(r"(?<!\r)\n", text)):
            why.append("line ends")
        told["ttht comments lost"] = len(lost)
        told["ttht other"] = why
        if options.others:
            files(ours, theirs)
            code = run(["git", "merge-file", "-q", "ours.toml", "base.toml", "theirs.toml"], folder)
            told["git"] = verdict(truth, min(code.returncode, 1), result())
            told["git comments lost"] = len(lost_comments(base, ours, theirs, result()))
        if options.mergiraf:
            files(ours, theirs)
            code = run([options.mergiraf, "merge", "base.toml", "ours.toml", "theirs.toml", "-o", "out.toml", "-p", PATH], folder)
            out = pathlib.Path(folder, "out.toml")
            text = out.read_bytes().decode() if out.exists() else ""
            told["mergiraf"] = verdict(truth, code.returncode, text)
            told["mergiraf comments lost"] = len(lost_comments(base, ours, theirs, text))
    if options.keep and (told["ttht"] in ("wrong", "false") or why or lost):
        home = pathlib.Path(options.keep, re.sub(r"\W+", "-", name)[:30] + f"-{seed}")
        home.mkdir(parents=True, exist_ok=True)
        for file, text in (("b", base), ("o", ours), ("t", theirs)):
            (home / f"{file}.toml").write_text(text, newline="")
        (home / "why").write_text(f"{told}\nopen {truth.open}\nlost {lost}\n")
    return name, told


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("ttht", nargs="?", default=str(ROOT / "target/release/ttht"))
    ask.add_argument("-n", type=int, default=1500)
    ask.add_argument("-j", type=int, default=os.cpu_count())
    ask.add_argument("--only", default="")
    ask.add_argument("--seed", default="1")
    ask.add_argument("--keep")
    ask.add_argument("--examples", default=str(ROOT / "examples"))
    ask.add_argument("--alone", action="store_true", help="ttht only")
    options = ask.parse_args()
    options.ttht = os.path.abspath(options.ttht)
    options.others = not options.alone
    options.mergiraf = None if options.alone else shutil.which("mergiraf")
    files = sorted(pathlib.Path(options.examples).glob("*/visits/*/*.toml"))
    options.visits = [file.read_text() for file in files if file.stat().st_size > 3000][:20]
    names = [name for name in CLASSES if options.only in name]
    jobs = [(name, seed, options) for seed in range(options.n) for name in names]
    counts = {name: collections.Counter() for name in names}
    with multiprocessing.Pool(options.j) as pool:
        for done, (name, told) in enumerate(pool.imap_unordered(trial, jobs, chunksize=8), 1):
            if done % 1000 == 0:
                print(f"{done} of {len(jobs)}", file=sys.stderr, flush=True)
            for tool in ("ttht", "git", "mergiraf"):
                if tool in told:
                    counts[name][tool, told[tool]] += 1
                    counts[name][tool, "comments lost"] += told[tool + " comments lost"]
            for why in told["ttht other"]:
                counts[name]["ttht", why] += 1
    tools = [tool for tool in ("ttht", "git", "mergiraf") if any((tool, v) in c for c in counts.values() for v in ("right", "conflict", "false", "wrong"))]
    columns = ["right", "conflict", "false", "wrong", "comments lost"]
    print("| both sides … | " + " | ".join(f"{tool}: {column}" for tool in tools for column in columns) + " |")
    print("|---" * (1 + len(tools) * len(columns)) + "|")
    total = sum(counts.values(), collections.Counter())
    for name, count in [*counts.items(), ("all", total)]:
        print(f"| {name} | " + " | ".join(str(count[tool, column]) for tool in tools for column in columns) + " |")
    print(f"\n{len(jobs)} trials; of ttht: other order, other records {total['ttht', 'order']}; "
          f"sides between marks wrong {total['ttht', 'sides']}; line by line {total['ttht', 'by lines']}; line ends {total['ttht', 'line ends']}")
    bad = total["ttht", "wrong"] + total["ttht", "false"] + total["ttht", "order"] + total["ttht", "comments lost"] + total["ttht", "line ends"]
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
