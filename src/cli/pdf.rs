//! PDF files, made by LibreOffice where it is installed: it is given a folder of its own, no macros, and a limit of time.

use super::ending;
use super::error::{Error, Exit};
use crate::model::text::Said;
use crate::say;
use crate::store::scrap::Closet;
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How the names of its files end.
pub const ENDING: &str = "pdf";
/// How it is called.
const NAMES: [&str; 2] =
    if cfg!(windows) { ["soffice.com", "soffice.exe"] } else { ["soffice", "libreoffice"] };
/// Where it lies if it cannot be called by its name: in a folder of programs that a variable names, or on a Mac.
const VARIABLES: [&str; 3] = ["ProgramW6432", "ProgramFiles", "ProgramFiles(x86)"];
const MAC: &str = "/Applications/LibreOffice.app/Contents/MacOS";
/// How long it may take: its first start on an old machine takes half a minute.
const SECONDS: usize = 180;
/// What it must not do, whatever a document asks: run macros, and follow links.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// A Word file as PDF.
pub fn of_word(file: &[u8]) -> Result<Vec<u8>, Error> {
    let program = find().ok_or_else(absent)?;
    let closet = Closet::new().map_err(|error| Error::io(&env::temp_dir(), &error))?;
    made(&program, closet.path(), file).map_err(|error| Error::io(&program, &error))?.map_err(|why| Error {
        exit: Exit::Io,
        message: say!(
            "LibreOffice không lập được tệp PDF: {why}",
            "LibreOffice did not make the PDF: {why}",
            [why]
        ),
        help: instead(),
    })
}

fn absent() -> Error {
    Error {
        exit: Exit::Io,
        message: say!(
            "máy này không có LibreOffice, nên không lập được tệp PDF",
            "LibreOffice is not installed, so that no PDF can be made"
        ),
        help: instead(),
    }
}

fn instead() -> Said {
    say!(
        "dùng -o với đuôi .docx rồi in hoặc lưu thành PDF từ Word; hoặc đuôi .html rồi in từ trình duyệt",
        "use -o with .docx, and print or save as PDF from Word; or with .html, and print from a browser"
    )
}

/// Where the program is. Only whole paths are looked at: what lies in the folder of a register is not run.
fn find() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(places(env::var_os)).filter(|folder| folder.is_absolute());
    let programs = folders.flat_map(|folder| NAMES.map(|name| folder.join(name)));
    programs.into_iter().find(|program| program.is_file())
}

/// Where it lies by default.
fn places(variable: impl Fn(&'static str) -> Option<OsString>) -> Vec<PathBuf> {
    let of_windows = VARIABLES.into_iter().filter_map(variable);
    let of_windows = of_windows.map(|folder| Path::new(&folder).join("LibreOffice").join("program"));
    of_windows.chain([MAC.into()]).collect()
}

/// Has the program make the PDF in a folder. What it says if it does not is the inner error.
fn made(program: &Path, folder: &Path, word: &[u8]) -> io::Result<Result<Vec<u8>, Said>> {
    let [source, target, words, profile] =
        ["document.docx", "document.pdf", "words", "profile"].map(|name| folder.join(name));
    fs::create_dir_all(profile.join("user"))?;
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE)?;
    fs::write(&source, word)?;
    let said = File::create(&words)?;
    let mut command = Command::new(program);
    command.arg(format!("-env:UserInstallation={}", url(&profile)));
    command.args(["--headless", "--norestore", "--nologo", "--convert-to", "pdf", "--outdir"]);
    command.arg(folder).arg(&source).current_dir(folder);
    command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let child = command.spawn()?;
    let id = child.id();
    ending::before_the_end(move || end(id));
    let in_time = wait(child)?;
    ending::nothing_to_say();
    Ok(match fs::read(&target) {
        Ok(pdf) if pdf.starts_with(b"%PDF") => Ok(pdf),
        _ if !in_time => {
            Err(say!("quá {n} giây chưa xong", "it was not done within {n} seconds", [n = SECONDS]))
        }
        _ => Err(Said::same(String::from_utf8_lossy(&fs::read(&words)?).trim())),
    })
}

/// Waits until it ends; false if it had to be ended.
fn wait(mut child: Child) -> io::Result<bool> {
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(SECONDS as u64) {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    end(child.id());
    child.wait()?;
    Ok(false)
}

/// Ends it with all that it has started.
#[cfg(unix)]
fn end(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // What has ended by itself is no fault.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Ends it with all that it has started.
#[cfg(not(unix))]
fn end(id: u32) {
    // What has ended by itself is no fault.
    let _ =
        Command::new("taskkill").args(["/T", "/F", "/PID", &id.to_string()]).stdout(Stdio::null()).status();
}

/// The address of a folder.
fn url(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.:".contains(&byte);
    let signs = path.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    format!("file:///{}", signs.collect::<String>().trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_is_looked_for_where_programs_are_put() {
        let found = places(|name| (name == "ProgramFiles").then(|| "/d/Programs".into()));
        assert_eq!(found, [Path::new("/d/Programs/LibreOffice/program"), Path::new(MAC)]);
    }
}
