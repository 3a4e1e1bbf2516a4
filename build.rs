//! Lists the files of the example registers, so that they are built in for `ttht init --from-example`: `OUT_DIR/<name>.rs`
//! for each folder of `examples/`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let place = |variable| PathBuf::from(env::var(variable).unwrap_or_default());
    let (examples, out) = (place("CARGO_MANIFEST_DIR").join("examples"), place("OUT_DIR"));
    println!("cargo::rerun-if-changed={}", examples.display());
    for entry in fs::read_dir(&examples)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let listed = out.join(entry.file_name()).with_extension("rs");
            fs::write(listed, rows(&entry.path())?)?;
        }
    }
    Ok(())
}

/// The files of a register as a slice of names and bytes.
fn rows(root: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    list(root, &mut files)?;
    files.sort();
    let mut rows = String::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(rows, "({name:?}, include_bytes!({:?})),", file.display().to_string());
    }
    Ok(format!("&[\n{rows}]\n"))
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == ".ttht" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
