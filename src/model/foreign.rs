//! What other programs put into a folder: copies of our files, and files that are nobody's record.

use super::text::{Text, t};
use super::vietnamese::fold;

/// A file or folder that another program left in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A copy.
    Copy {
        /// The name of what it is a copy of.
        of: String,
        /// Who makes such copies.
        by: Text,
    },
    /// A lock, a setting, a picture of a folder, a note for readers: no record, and no part of one.
    Nothing,
}

/// How the names of copies are made, and who makes them: `{}` stands for the name without its ending, `%` for a number,
/// `*` for anything. Names are compared [without accents](fold). The first that fits counts.
const COPIES: &[(&str, Text)] = &[
    ("{}.sync-conflict-*.toml", t("Syncthing", "Syncthing")),
    ("{} (sfconflict *).toml", t("Seafile", "Seafile")),
    ("{}.conflict.toml", t("Resilio Sync", "Resilio Sync")),
    ("{}_conflict-*.toml", t("ownCloud", "ownCloud")),
    ("{} (*conflicted copy*).toml", t("Dropbox hoặc Nextcloud", "Dropbox or Nextcloud")),
    ("{} (*conflict*).toml", SYNC),
    ("{} [*conflict*].toml", SYNC),
    ("{} (*xung dot*).toml", SYNC),
    ("{}_conf(%).toml", t("Google Drive", "Google Drive")),
    ("ban sao cua {}.toml", t("Google Drive", "Google Drive")),
    ("copy of {}.toml", t("Google Drive", "Google Drive")),
    ("{} - copy*.toml", t("Windows", "Windows")),
    ("{} - sao chep*.toml", t("Windows", "Windows")),
    ("{} - ban sao*.toml", t("Windows", "Windows")),
    ("{} copy*.toml", t("Finder của macOS", "the Finder of macOS")),
    ("{} ban sao*.toml", t("Finder của macOS", "the Finder of macOS")),
    ("ban sao {}.toml", t("Finder của macOS", "the Finder of macOS")),
    ("{} (*copy*).toml", t("trình quản lý tệp của Linux", "a file manager of Linux")),
    ("{} (*sao*).toml", t("trình quản lý tệp của Linux", "a file manager of Linux")),
    ("{} (%).toml", t("OneDrive, Google Drive hoặc trình duyệt", "OneDrive, Google Drive or a browser")),
    ("{}(%).toml", t("OneDrive, Google Drive hoặc trình duyệt", "OneDrive, Google Drive or a browser")),
    ("{} %.toml", t("macOS hoặc iCloud", "macOS or iCloud")),
    ("{}_backup_*.toml", t("git mergetool", "git mergetool")),
    ("{}_base_*.toml", t("git mergetool", "git mergetool")),
    ("{}_local_*.toml", t("git mergetool", "git mergetool")),
    ("{}_remote_*.toml", t("git mergetool", "git mergetool")),
    ("{}.toml.orig", t("git hoặc patch", "git or patch")),
    ("{}.toml.rej", t("git hoặc patch", "git or patch")),
    ("#{}.toml#", t("Emacs", "Emacs")),
    ("{}.toml~", EDITOR),
    ("{}.toml.~%~", EDITOR),
    ("{}.toml.bak", EDITOR),
    ("{}.toml.save", EDITOR),
    ("{}.toml.txt", t("Notepad", "Notepad")),
    ("{}.bak", EDITOR),
    // The name of a computer, in capital or small letters: only beside the file itself.
    (BESIDE, t("OneDrive", "OneDrive")),
];

const SYNC: Text = t("chương trình đồng bộ", "a sync program");
const EDITOR: Text = t("trình soạn thảo", "an editor");

/// What fits many a name that is no copy: asked only of a file beside which there is one without the addition.
const BESIDE: &str = "{}-*.toml";

/// Names of what is nobody's record.
const NOTHING: &[&str] = &[
    // Windows
    "thumbs.db",
    "ehthumbs*.db",
    "desktop.ini",
    "$recycle.bin",
    "system volume information",
    // macOS, whose `Icon` ends with a line end; the others begin with a point
    "icon",
    "__macosx",
    // servers and disks
    "@eadir",
    "#recycle",
    "lost+found",
    // office programs and editors at work
    "~$*",
    "*.tmp",
    "*.swp",
    "*.swo",
    "*.kate-swp",
    "4913",
    "nppbackup",
    // programs that sync and download
    "~syncthing~*",
    "*.part",
    "*.filepart",
    "*.crdownload",
    "sync.ffs_db",
    "*.ffs_lock",
    // notes for those who look into the folder
    "readme",
    "readme.md",
    "readme.txt",
];

/// What another program left, by the name of it, if that tells. `allows` is true for what a name without its ending can
/// be there, `has` for what is there.
pub fn foreign(
    name: &str,
    is_folder: bool,
    allows: impl Fn(&str) -> bool,
    has: impl Fn(&str) -> bool,
) -> Option<Foreign> {
    let name = fold(name);
    if NOTHING.iter().any(|pattern| fits(pattern.as_bytes(), name.as_bytes())) {
        return Some(Foreign::Nothing);
    }
    let ending = if is_folder { "" } else { ".toml" };
    COPIES.iter().find_map(|(pattern, by)| {
        let (before, after) = pattern.split_once("{}")?;
        let after = if is_folder { after.strip_suffix(".toml")? } else { after };
        let rest = name.strip_prefix(before)?;
        let may_be = |stem: &&str| if *pattern == BESIDE { has(stem) } else { allows(stem) };
        let ends = (1..=rest.len()).rev().filter(|at| rest.is_char_boundary(*at));
        let fitting = ends.filter(|at| fits(after.as_bytes(), &rest.as_bytes()[*at..])).map(|at| &rest[..at]);
        let of = fitting.filter(|stem| allows(stem)).find(may_be)?;
        Some(Foreign::Copy { of: format!("{of}{ending}"), by: *by })
    })
}

/// True for a name that is made like a pattern: `%` stands for a number, `*` for anything.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    match pattern {
        [] => name.is_empty(),
        [b'*', rest @ ..] => (0..=name.len()).any(|at| fits(rest, &name[at..])),
        [b'%', rest @ ..] => {
            let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
            digits > 0 && fits(rest, &name[digits..])
        }
        [byte, rest @ ..] => name.first() == Some(byte) && fits(rest, &name[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vietnamese::is_slug;

    fn of(name: &str) -> Option<Foreign> {
        foreign(name, false, is_slug, |stem| stem == "yen-thanh")
    }

    #[test]
    fn copies_are_known_by_their_names() {
        for (name, by) in [
            ("yen-thanh.sync-conflict-20170115-101112-ABCDEFG.toml", "Syncthing"),
            ("yen-thanh (SFConflict an@example.org 2017-01-15-10-11-12).toml", "Seafile"),
            ("yen-thanh.Conflict.toml", "Resilio Sync"),
            ("yen-thanh_conflict-20170115-101112.toml", "ownCloud"),
            ("yen-thanh (Máy của An's conflicted copy 2017-01-15).toml", "Dropbox or Nextcloud"),
            ("yen-thanh (An's conflicted copy 2017-01-15 (1)).toml", "Dropbox or Nextcloud"),
            ("yen-thanh (conflicted copy 2017-01-15 101112).toml", "Dropbox or Nextcloud"),
            ("yen-thanh (conflicted copy An 2017-01-15 101112).toml", "Dropbox or Nextcloud"),
            ("yen-thanh (Case Conflict 1).toml", "a sync program"),
            ("yen-thanh [conflicted].toml", "a sync program"),
            ("yen-thanh (Bản sao xung đột của An 2017-01-15).toml", "a sync program"),
            ("yen-thanh_conf(2).toml", "Google Drive"),
            ("Bản sao của yen-thanh.toml", "Google Drive"),
            ("Ba\u{309}n sao cu\u{309}a yen-thanh.toml", "Google Drive"),
            ("Copy of yen-thanh.toml", "Google Drive"),
            ("yen-thanh - Copy.toml", "Windows"),
            ("yen-thanh - Copy (2).toml", "Windows"),
            ("yen-thanh - Sao chép.toml", "Windows"),
            ("yen-thanh copy.toml", "the Finder of macOS"),
            ("yen-thanh copy 2.toml", "the Finder of macOS"),
            ("yen-thanh bản sao.toml", "the Finder of macOS"),
            ("yen-thanh (copy).toml", "a file manager of Linux"),
            ("yen-thanh (another copy).toml", "a file manager of Linux"),
            ("yen-thanh (bản sao).toml", "a file manager of Linux"),
            ("yen-thanh (1).toml", "OneDrive, Google Drive or a browser"),
            ("yen-thanh(1).toml", "OneDrive, Google Drive or a browser"),
            ("yen-thanh 2.toml", "macOS or iCloud"),
            ("yen-thanh_LOCAL_1234.toml", "git mergetool"),
            ("yen-thanh.toml.orig", "git or patch"),
            ("yen-thanh.toml.rej", "git or patch"),
            ("#yen-thanh.toml#", "Emacs"),
            ("yen-thanh.toml~", "an editor"),
            ("yen-thanh.toml.bak", "an editor"),
            ("yen-thanh.bak", "an editor"),
            ("yen-thanh-DESKTOP-AB12CD3.toml", "OneDrive"),
            ("yen-thanh-Máy của An.toml", "OneDrive"),
        ] {
            let Some(Foreign::Copy { of, by: found }) = of(name) else { panic!("{name}") };
            assert_eq!((of.as_str(), found.en), ("yen-thanh.toml", by), "{name}");
        }
    }

    #[test]
    fn what_is_nobodys_record_is_nothing() {
        for name in [
            "Thumbs.db",
            "desktop.ini",
            "Icon\r",
            "~$yen-thanh.docx",
            "~WRL0001.tmp",
            "yen-thanh.toml.swp",
            "~syncthing~yen-thanh.toml.tmp",
            "README.md",
        ] {
            assert_eq!(of(name), Some(Foreign::Nothing), "{name}");
        }
    }

    #[test]
    fn other_names_tell_nothing() {
        for name in [
            "Yên Thanh.toml",
            "bao-cao.docx",
            "dien-cong-DESKTOP.toml",
            "copy.toml",
            "(1).toml",
            "~.toml",
            "",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_is_copied_like_a_file() {
        let folder = |name| foreign(name, true, |name| name.len() == 9, |name| name == "2016-2017");
        let copy = |by| Some(Foreign::Copy { of: "2016-2017".to_owned(), by });
        assert_eq!(folder("2016-2017 - Copy"), copy(t("Windows", "Windows")));
        assert_eq!(folder("2016-2017-LAPTOP"), copy(t("OneDrive", "OneDrive")));
        assert_eq!(folder("2016-2017-LAPTOP.toml"), copy(t("OneDrive", "OneDrive")));
        assert_eq!(folder("2017-2018-LAPTOP"), None);
    }
}
