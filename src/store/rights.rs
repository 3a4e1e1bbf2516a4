//! Who may read and write a file: what is replaced keeps its owner and mode, and what a register has for itself is open to
//! whoever its folder is open to.

#[cfg(unix)]
pub use unix::{close, hand_on, inherit, keep, share};

#[cfg(unix)]
mod unix {
    use std::fs::{File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
    use std::path::Path;

    /// Has a file created for its owner only.
    pub fn close(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    /// Gives a file the mode of another one and, where the system allows it, its owner and group.
    pub fn keep(file: &File, like: &Metadata) -> io::Result<()> {
        let mut mode = like.mode() & 0o7777;
        if !give(file, like) {
            // Another group may do no more than everyone.
            mode = (mode & !0o2070) | (mode & 0o7) << 3;
        }
        file.set_permissions(Permissions::from_mode(mode))
    }

    /// Gives a new file the group of the folder that it will lie in, if that folder hands its group on. Where the
    /// system does not allow it, writing the file counts for more.
    pub fn inherit(file: &File, folder: &Metadata) {
        if folder.mode() & 0o2000 != 0 {
            let _ = fchown(file, None, Some(folder.gid()));
        }
    }

    /// Shares a new folder as the folder in which it lies, if that one is shared by a group.
    pub fn hand_on(folder: &Path, above: &Metadata) {
        if above.mode() & 0o2000 != 0 {
            share(folder, above);
        }
    }

    /// Opens a file or folder that `ttht` has for itself in a register to all for whom the folder of the register is
    /// open. What belongs to someone else stays as it is.
    pub fn share(path: &Path, root: &Metadata) {
        let Ok(file) = File::open(path) else { return };
        let Ok(now) = file.metadata() else { return };
        let mode = root.mode() & if now.is_dir() { 0o2777 } else { 0o666 };
        if (now.uid(), now.gid(), now.mode() & 0o2777) != (root.uid(), root.gid(), mode) {
            give(&file, root);
            let _ = file.set_permissions(Permissions::from_mode(mode));
        }
    }

    /// Gives a file away. False if not even the group could be given.
    fn give(file: &File, like: &Metadata) -> bool {
        let (owner, group) = (Some(like.uid()), Some(like.gid()));
        fchown(file, owner, group).or_else(|_| fchown(file, None, group)).is_ok()
    }
}

/// Elsewhere a file has the rights of its folder by itself.
#[cfg(not(unix))]
pub fn close(_: &mut std::fs::OpenOptions) {}

/// Gives a file the mode of another one.
#[cfg(not(unix))]
pub fn keep(file: &std::fs::File, like: &std::fs::Metadata) -> std::io::Result<()> {
    file.set_permissions(like.permissions())
}

/// Elsewhere a file has the rights of its folder by itself.
#[cfg(not(unix))]
pub fn inherit(_: &std::fs::File, _: &std::fs::Metadata) {}

/// Elsewhere a folder has the rights of the one in which it lies by itself.
#[cfg(not(unix))]
pub fn hand_on(_: &std::path::Path, _: &std::fs::Metadata) {}

/// Elsewhere a file has the rights of its folder by itself.
#[cfg(not(unix))]
pub fn share(_: &std::path::Path, _: &std::fs::Metadata) {}
