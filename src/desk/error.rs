//! What stops a deed: not a fault of the data, but of the call, the machine or the moment. Each has its exit code.

use crate::model::text::{Said, t};
use crate::say;
use crate::store::{OpenError, is_held};
use std::fmt;
use std::io;
use std::path::Path;

/// How a deed ended, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Well = 0,
    /// The data have faults, or a table is incomplete.
    Faults = 1,
    /// Wrong usage.
    Use = 2,
    /// Nothing to work on.
    Nothing = 3,
    /// Could not read or write.
    Io = 4,
    /// It was changed by someone else.
    Changed = 5,
    /// Interrupted.
    Interrupted = 130,
}

/// What stops a deed.
#[derive(Clone, Debug)]
pub struct Error {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong.
    pub message: Said,
    /// What to do.
    pub help: Said,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// A call that cannot be understood or carried out.
    pub fn wrong_use(message: Said, help: Said) -> Error {
        Error { exit: Exit::Use, message, help }
    }

    /// What was given or written has faults.
    pub fn faults(message: Said, help: Said) -> Error {
        Error { exit: Exit::Faults, message, help }
    }

    /// There is nothing to work on.
    pub fn nothing(message: Said, help: Said) -> Error {
        Error { exit: Exit::Nothing, message, help }
    }

    /// The operating system refuses. A pipe that was closed at its other end is success.
    pub fn io(path: &Path, error: &io::Error) -> Error {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Error { exit: Exit::Well, message: Said::default(), help: Said::default() };
        }
        let why = match error.kind() {
            _ if is_held(error) => {
                t("chương trình khác đang mở tệp này", "another program has this file open")
            }
            io::ErrorKind::NotFound => t("không có tệp hay thư mục này", "there is no such file or folder"),
            io::ErrorKind::PermissionDenied => t("không có quyền", "permission denied"),
            io::ErrorKind::FileTooLarge => t("quá lớn", "it is too large"),
            io::ErrorKind::StorageFull => t("ổ đĩa đã đầy", "the disk is full"),
            io::ErrorKind::ReadOnlyFilesystem => t("ổ đĩa chỉ cho đọc", "the disk is read-only"),
            io::ErrorKind::NotADirectory => t("không phải là thư mục", "it is not a folder"),
            io::ErrorKind::AlreadyExists => t("đã có sẵn", "it already exists"),
            io::ErrorKind::IsADirectory => t("đây là thư mục, không phải tệp", "it is a folder, not a file"),
            _ => return Error { exit: Exit::Io, message: refused(path, error), help: Said::default() },
        };
        let help = match error.kind() {
            _ if is_held(error) => say!(
                "đóng tệp ấy trong Excel, Word hay chương trình khác, rồi chạy lại",
                "close it in Excel, Word or whatever has it open, and run it again"
            ),
            io::ErrorKind::PermissionDenied if cfg!(windows) => say!(
                "xem lại quyền; nếu tệp đang mở trong Excel, Word hay chương trình khác thì đóng lại rồi chạy lại",
                "see who may write there; if Excel, Word or another program has it open, close it and run it again"
            ),
            io::ErrorKind::StorageFull => {
                say!("dọn bớt ổ đĩa rồi chạy lại", "free some space and run it again")
            }
            _ => Said::default(),
        };
        Error { exit: Exit::Io, message: say!("{path}: {why}", "{path}: {why}", [path, why]), help }
    }
}

/// What the system says in words of its own, which are those of its language.
fn refused(path: &Path, error: &io::Error) -> Said {
    let error = error.to_string();
    say!(
        "{path}: hệ điều hành từ chối ({error})",
        "{path}: the operating system refuses ({error})",
        [path, error]
    )
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Error {
        match error {
            OpenError::Missing => Error::nothing(
                say!(
                    "không có sổ nào ở đây (không thấy ttht.toml)",
                    "there is no register here (no ttht.toml)"
                ),
                say!("lập sổ mới: ttht init", "make one: ttht init"),
            ),
            OpenError::Newer(format) => Error {
                exit: Exit::Io,
                message: say!(
                    "sổ này dùng định dạng {format}, mới hơn phiên bản ttht trên máy",
                    "this register has format {format}, which is newer than the ttht on this computer",
                    [format]
                ),
                help: say!(
                    "cài phiên bản ttht mới hơn; sổ không bị thay đổi",
                    "install a newer ttht; the register was not touched"
                ),
            },
            OpenError::Io(path, error) => Error::io(&path, &error),
            OpenError::Odd(path) => Error {
                exit: Exit::Io,
                message: say!(
                    "{path}: đây không phải là tệp thường",
                    "{path}: this is not an ordinary file",
                    [path = path.as_path()]
                ),
                help: say!("xoá nó rồi chạy lại", "delete it and run the command again"),
            },
            OpenError::Journal(path) => Error {
                exit: Exit::Io,
                message: say!(
                    "{path}: không phải là nhật ký do chương trình này ghi; để nguyên",
                    "{path}: this is no journal that this program writes; it is left alone",
                    [path = path.as_path()]
                ),
                help: say!(
                    "xem các tệp của sổ có đúng không (git status), rồi xoá nó",
                    "see whether the records are right (git status), then delete it"
                ),
            },
            OpenError::Begun(path, error) => Error {
                help: say!(
                    "thay đổi mới được ghi một phần; khắc phục nguyên nhân rồi chạy lệnh bất kỳ, ttht sẽ ghi nốt hoặc trả lại \
                     như cũ",
                    "the change is half made; remove the cause and run any command: it is finished or taken back"
                ),
                ..Error::io(&path, &error)
            },
        }
    }
}
