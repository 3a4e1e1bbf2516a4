//! Names of files and folders that every system can have: registers go from desk to desk.

/// True for a name that Windows can have as well.
pub fn fits_every_system(name: &str) -> bool {
    !is_device(name) && !name.ends_with(['.', ' ']) && !name.contains(|c: char| is_odd(c))
}

fn is_odd(c: char) -> bool {
    c.is_control() || "<>:\"|?*\\".contains(c)
}

/// True for the names that Windows keeps for devices, whatever their ending: `con`, `nul.toml`, `COM1` …
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    if !(3..=7).contains(&stem.len()) {
        return false;
    }
    let numbered =
        |rest: &str| matches!(rest, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³");
    let is = |device: &&str| stem.eq_ignore_ascii_case(device);
    let is_numbered = |port: &&str| {
        stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(port)) && numbered(&stem[3..])
    };
    ["con", "prn", "aux", "nul", "conin$", "conout$"].iter().any(is) || ["com", "lpt"].iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_cannot_have_is_no_name() {
        for name in
            ["con", "Nul.toml", "COM1.csv", "lpt¹", "aux .txt", "a.", "a ", "a?", "a:b", "a\"", "a\tb"]
        {
            assert!(!fits_every_system(name), "{name:?}");
        }
        for name in ["conan", "com10", "coma", "2016-10-27-con.toml", "anh 1.jpg", "ảnh.JPG", ".gitignore"]
        {
            assert!(fits_every_system(name), "{name:?}");
        }
    }
}
