//! A window that the program was opened in: on Windows a double click opens one, which would go before anyone has read it.

use super::ask::terminal;
use crate::model::text::Lang;
use crate::say;
use std::env;

/// Variables that whoever types at a prompt has: of the command prompt, of Windows Terminal, of Git Bash and its like.
const OF_PROMPTS: [&str; 5] = ["PROMPT", "WT_SESSION", "TERM", "SHELL", "MSYSTEM"];

/// Keeps a window that goes with the program until it was read, and says how the program is used.
pub fn keep(words: &[String], lang: Lang) {
    if !cfg!(windows) || !terminal::is_there() || !is_own(words, |name| env::var(name).ok()) {
        return;
    }
    let said = say!(
        "\nttht dùng trong cửa sổ lệnh: ở thư mục có ttht.exe, gõ cmd vào ô địa chỉ rồi nhấn Enter; sau đó gõ: ttht --help\n\
         Nhấn Enter để đóng cửa sổ này. ",
        "\nttht is used at a prompt: in the folder of ttht.exe type cmd into the address bar and press Enter; then type: ttht --help\n\
         Press Enter to close this window. "
    );
    // Whatever is typed, or nothing more to be read, closes it.
    let _ = terminal::line(said.get(lang));
}

/// True if nobody has typed the call: it says nothing, and no prompt is around it. PowerShell has no variable of its own,
/// but names the folder of the user's modules, as the system itself does not.
fn is_own(words: &[String], variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_of = |path: &str, folder: &str| {
        let folder = variable(folder).unwrap_or_default().to_lowercase();
        !folder.is_empty() && path.to_lowercase().starts_with(&folder)
    };
    let systems = ["ProgramFiles", "ProgramFiles(x86)", "SystemRoot"];
    let modules = variable("PSModulePath").unwrap_or_default();
    let mut modules = modules.split(';').filter(|path| !path.is_empty());
    words.len() == 1
        && OF_PROMPTS.iter().all(|name| variable(name).is_none())
        && modules.all(|path| systems.iter().any(|folder| is_of(path, folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_kept_where_no_prompt_is_around_the_call() {
        let system = [
            ("ProgramFiles", r"C:\Program Files"),
            ("SystemRoot", r"C:\Windows"),
            (
                "PSModulePath",
                r"C:\Program Files\WindowsPowerShell\Modules;C:\WINDOWS\system32\WindowsPowerShell\v1.0\Modules",
            ),
        ];
        let own = |words: &[&str], more: Option<(&str, &str)>| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let all = more.into_iter().chain(system);
            is_own(&words, |name| {
                all.clone().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
            })
        };
        assert!(own(&["ttht.exe"], None));
        assert!(!own(&["ttht", "check"], None));
        for more in [
            ("PROMPT", "$P$G"),
            ("WT_SESSION", "1"),
            ("TERM", "xterm"),
            (
                "PSModulePath",
                r"C:\Users\An\Documents\WindowsPowerShell\Modules;C:\Program Files\WindowsPowerShell\Modules",
            ),
        ] {
            assert!(!own(&["ttht"], Some(more)), "{more:?}");
        }
    }
}
