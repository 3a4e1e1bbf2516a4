"""LibreOffice, started for a script. Needs python3-uno and soffice."""

import os
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def setting(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def started(profile):
    """LibreOffice, as soon as it listens."""
    pipe = f"ttht{os.getpid()}"
    command = ["soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation={Path(profile).as_uri()}"]
    program = subprocess.Popen(command + [f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return program, there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except Exception:
            time.sleep(0.2)
    raise SystemExit("soffice does not answer")


@contextmanager
def office():
    """LibreOffice with a profile of its own, which ends with the block."""
    with tempfile.TemporaryDirectory() as profile:
        program, desktop = started(profile)
        try:
            yield desktop
        finally:
            try:
                desktop.terminate()
            except Exception:
                program.terminate()
            program.wait(30)
