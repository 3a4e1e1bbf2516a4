"""Registers in editors of TOML, as `ttht init --editor` prepares them.

    python3 tests/editors/editors.py TTHT TOMBI TAPLO

tombi and taplo accept every example, find faults that are planted one by one, each on its line, and lay files out as
`ttht fmt` leaves them. What a person sees at a key is asked of tombi as an editor asks it. (Even Better TOML of VS Code is
taplo; the program taplo that can be installed here does not answer editors.)
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TTHT, TOMBI, TAPLO = (str(pathlib.Path(name).absolute()) for name in sys.argv[1:4])
REGISTERS = [*sorted((ROOT / "examples").glob("*/ttht.toml")), ROOT / "tests/papers/ttht.toml"]

VISIT = "visits/2016-2017/2016-10-27-yen-thanh.toml"
# A file, what stands there, and what somebody writes instead.
FAULTS = [
    (VISIT, "population = 8_614", 'population = "8614"'),
    (VISIT, "population = 8_614", "population = 8.614"),
    (VISIT, "population = 8_614", "populaton = 8_614"),
    (VISIT, "population = 8_614", "population = -8_614"),
    (VISIT, "date = 2016-10-27", 'date = "27.10.2016"'),
    (VISIT, "starts = 08:00:00", "starts = 8"),
    (VISIT, 'period = "2015-2016"', 'period = "2015 - 2016"'),
    (VISIT, 'centre = "yen-thanh"', 'centre = "Yên Thanh"'),
    (VISIT, 'role = "lead"', 'role = "trưởng đoàn"'),
    (VISIT, "yearly_plan = true", 'yearly_plan = "có"'),
    (VISIT, 'plans = "complete"', 'plans = "đủ"'),
    (VISIT, "law = { classes = 12", "law = { clases = 12"),
    (VISIT, "law = { classes = 12", "law = { classes = 1.2"),
    (VISIT, '[activity]\nperiod = "2015-2016"', "[activity]"),
    (VISIT, 'place = "UBND phường Yên Thanh"', 'place = " "'),
    ("units.toml", 'code = "06829"', 'code = "6829"'),
    ("units.toml", 'kind = "commune"', 'kind = "xã"'),
    ("campaigns/2016-2017.toml", 'school_year = "2016-2017"', 'school_year = "2016"'),
    ("ttht.toml", 'lang = "vi"', 'lang = "vn"'),
]


def run(*call, folder):
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "NO_COLOR": "1", "HOME": str(folder)})
    return done.returncode, done.stdout + done.stderr


def tombi(folder, *more):
    return run(TOMBI, "lint", "--offline", "--error-on-warnings", *more, folder=folder)


def taplo(folder, *more):
    return run(TAPLO, "lint", "--colors", "never", *more, folder=folder)


def prepared(source, folder):
    """A copy of a register, with what `ttht init --editor` writes."""
    shutil.copytree(source, folder)
    code, text = run(TTHT, "init", ".", "--editor", "-q", folder=folder)
    assert code == 0, text
    return folder


def lines(text, file):
    """The lines of a file that a tool complains about."""
    return {int(line) for line in re.findall(re.escape(file) + r":(\d+):\d+", text)}


def accept(folder):
    for tool in (tombi, taplo):
        code, text = tool(folder)
        assert code == 0, f"{tool.__name__} does not accept {folder}:\n{text}"


def find(folder, file, right, wrong):
    path = folder / file
    old = path.read_text(encoding="utf-8")
    assert right in old, f"{file} has no {right}"
    at = old[: old.index(right)].count("\n") + 1
    path.write_text(old.replace(right, wrong, 1), encoding="utf-8")
    for call in ((TTHT, "check", "--ignore", "unverified-scheme"), (TOMBI, "lint", "--offline"), (TAPLO, "lint", "--colors", "never")):
        code, text = run(*call, file, folder=folder)
        name = pathlib.Path(call[0]).name
        # taplo tells of an unknown key at each of its neighbours
        fits = at in lines(text, file) if name == "taplo" else lines(text, file) == {at}
        assert code != 0 and fits, f"{name} does not tell {wrong} in line {at} of {file} alone:\n{text}"
    path.write_text(old, encoding="utf-8")


def lay_out(folder):
    run(TTHT, "fmt", "-q", folder=folder)
    for call in ((TOMBI, "format", "--offline"), (TAPLO, "fmt")):
        code, text = run(*call, folder=folder)
        assert code == 0, text
        code, text = run(TTHT, "fmt", "--check", folder=folder)
        assert code == 0, f"ttht fmt undoes {call[0]}:\n{text}"


class Editor:
    """An editor that talks with tombi."""

    def __init__(self, folder):
        self.server = subprocess.Popen([TOMBI, "lsp", "--offline"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.asked = 0
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "workspaceFolders": [{"uri": folder.as_uri(), "name": "so"}], "capabilities": {"textDocument": {"publishDiagnostics": {}}}})
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def heard(self):
        length = 0
        while line := self.server.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.server.stdout.read(length))

    def ask(self, method, params):
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        return self.until(lambda message: message.get("id") == self.asked and "method" not in message)["result"]

    def until(self, wanted):
        while not wanted(message := self.heard()):
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
        return message

    def opens(self, path):
        text = path.read_text(encoding="utf-8")
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": text}}})
        self.until(lambda message: message.get("method") == "textDocument/publishDiagnostics")

    def seen_at(self, path, words):
        """What a person sees who points at words in a file."""
        text = path.read_text(encoding="utf-8")
        before = text[: text.index(words)]
        place = {"line": before.count("\n"), "character": len(before.rsplit("\n", 1)[-1])}
        found = self.ask("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": place})
        return found["contents"]["value"]


def see(folder):
    editor = Editor(folder)
    editor.opens(folder / VISIT)
    for words, seen in (
        ("population = ", ["Dân số", "tính đến một ngày"]),
        ('role = "lead"', ["Nhiệm vụ trong đoàn", "`lead`: trưởng đoàn"]),
        ("law = {", ["Pháp luật"]),
        ("period = ", ["2016-H1"]),
    ):
        shown = editor.seen_at(folder / VISIT, words)
        assert all(one in shown for one in seen), f"at {words} one sees:\n{shown}"
    editor.server.kill()


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch).resolve()
        for at, register in enumerate(REGISTERS):
            accept(prepared(register.parent, scratch / str(at)))
            lay_out(scratch / str(at))
        register = prepared(ROOT / "examples/uong-bi", scratch / "so")
        for fault in FAULTS:
            find(register, *fault)
        see(register)
    print(f"{len(REGISTERS)} registers are accepted, {len(FAULTS)} faults are found")


main()
