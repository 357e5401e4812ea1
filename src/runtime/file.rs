//! Files that the options name. Opening a file must neither wait nor have an effect, whatever its name leads to: a pipe
//! would wait for its other end, and some devices start to work when they are opened.

use super::line::Line;
use core::ffi::{CStr, c_int};

/// Descriptors from this number on do not disturb programs that count on the lowest free number.
const OUT_OF_THE_WAY: c_int = 200;

/// The longest path, with its NUL.
const LONGEST: usize = libc::PATH_MAX as usize;

/// The numbers of the null device.
const NULL_DEVICE: (u32, u32) = (1, 3);

/// A path as the system expects it.
pub type Path = Line<LONGEST>;

/// A descriptor that a file was opened with.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// The descriptor. It is not closed when this is dropped.
    pub descriptor: c_int,
    /// Whether text that is written to the file is kept, and neither shown nor thrown away.
    pub is_out_of_sight: bool,
}

/// The reason for which a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The system returned an error.
    #[error("can't be {0}")]
    Error(&'static str),
    /// The name leads to something that is not a file of the wanted kind.
    #[error("is {0}, and must be {1}")]
    Kind(&'static str, &'static str),
    /// The complete path is longer than the system allows.
    #[error("is too long")]
    TooLong,
}

/// The kind of object that a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Regular,
    Terminal,
    Null,
    Other(&'static str),
}

/// A path of these parts; `None` when it is too long.
pub fn path(parts: &[&[u8]]) -> Option<Path> {
    let mut path = Path::new();
    parts.iter().for_each(|part| path.push(part));
    (path.as_bytes().len() < LONGEST).then_some(path)
}

/// Opens a regular file for reading.
pub fn open_for_reading(path: &CStr) -> Result<c_int, Refused> {
    let refused = Refused::Error("read");
    let wanted = |kind| match kind {
        Kind::Regular => Ok(()),
        Kind::Terminal | Kind::Null => Err(Refused::Kind("a device", "a regular file")),
        Kind::Other(kind) => Err(Refused::Kind(kind, "a regular file")),
    };
    open(path, libc::O_RDONLY, refused, wanted).map(|(descriptor, _)| descriptor)
}

/// Opens a file for appending, and creates it if it is missing. A terminal and the null device are allowed, too.
pub fn open_for_appending(path: &CStr) -> Result<File, Refused> {
    let refused = Refused::Error("opened for writing");
    let wanted = |kind| match kind {
        Kind::Regular | Kind::Terminal | Kind::Null => Ok(()),
        Kind::Other(kind) => {
            Err(Refused::Kind(kind, "a regular file, a terminal, /dev/null, or an open descriptor such as /dev/stderr"))
        }
    };
    let (descriptor, kind) = open(path, libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND, refused, wanted)?;
    Ok(File { descriptor, is_out_of_sight: kind == Kind::Regular })
}

/// A copy of a descriptor that can be written to. It may lead to anything, because the caller of the program has opened
/// it for that.
pub fn open_descriptor(number: c_int) -> Result<File, Refused> {
    // SAFETY: fcntl returns the flags of a descriptor and touches no memory; a number that is not a descriptor gives
    // -1.
    let flags = unsafe { libc::fcntl(number, libc::F_GETFL) };
    let copy = if flags < 0 || flags & libc::O_ACCMODE == libc::O_RDONLY { -1 } else { copy_out_of_the_way(number) };
    if copy < 0 {
        return Err(Refused::Error("opened for writing"));
    }
    Ok(File { descriptor: copy, is_out_of_sight: false })
}

/// The number of the descriptor that a path names.
pub fn descriptor_of(path: &[u8]) -> Option<c_int> {
    let digits = match path {
        b"/dev/stdout" => return Some(libc::STDOUT_FILENO),
        b"/dev/stderr" => return Some(libc::STDERR_FILENO),
        _ => path.strip_prefix(b"/dev/fd/").or_else(|| path.strip_prefix(b"/proc/self/fd/"))?,
    };
    core::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

fn open(
    path: &CStr,
    flags: c_int,
    refused: Refused,
    wanted: impl Fn(Kind) -> Result<(), Refused>,
) -> Result<(c_int, Kind), Refused> {
    // A path that does not lead to a file is not opened. If it is replaced at the last moment, the open still does not
    // wait.
    if let Some(before) = look(|status| {
        // SAFETY: the path ends with NUL, and `status` has room for a whole struct.
        unsafe { libc::stat(path.as_ptr(), status) }
    }) {
        wanted(kind_of(&before, || true))?;
    }
    // SAFETY: the path ends with NUL, and open only reads it.
    let first =
        unsafe { libc::open(path.as_ptr(), flags | libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_CLOEXEC, 0o666) };
    if first < 0 {
        return Err(refused);
    }
    // SAFETY: `status` has room for a whole struct, and `first` is open until the end of this function.
    let kind = match look(|status| unsafe { libc::fstat(first, status) }) {
        // SAFETY: isatty is called with `first`, which is open until the end of this function.
        Some(status) => kind_of(&status, || unsafe { libc::isatty(first) } == 1),
        None => Kind::Other("something else"),
    };
    let result = wanted(kind).map(|()| (copy_out_of_the_way(first), kind));
    // Writes to a terminal wait, as usual.
    // SAFETY: `first` is this function's own and is not used again; `copy` is the new descriptor.
    unsafe {
        libc::close(first);
        if let Ok((copy, Kind::Terminal)) = result {
            libc::fcntl(copy, libc::F_SETFL, flags & !(libc::O_CREAT | libc::O_NONBLOCK));
        }
    }
    result.and_then(|(copy, kind)| if copy < 0 { Err(refused) } else { Ok((copy, kind)) })
}

fn look(ask: impl FnOnce(&mut libc::stat) -> c_int) -> Option<libc::stat> {
    // SAFETY: all fields of the struct are numbers, for which zero is a value.
    let mut status = unsafe { core::mem::zeroed() };
    (ask(&mut status) == 0).then_some(status)
}

fn kind_of(status: &libc::stat, is_terminal: impl FnOnce() -> bool) -> Kind {
    match status.st_mode & libc::S_IFMT {
        libc::S_IFREG => Kind::Regular,
        libc::S_IFCHR if (libc::major(status.st_rdev), libc::minor(status.st_rdev)) == NULL_DEVICE => Kind::Null,
        libc::S_IFCHR if is_terminal() => Kind::Terminal,
        libc::S_IFDIR => Kind::Other("a folder"),
        libc::S_IFIFO => Kind::Other("a pipe"),
        libc::S_IFSOCK => Kind::Other("a socket"),
        _ => Kind::Other("a device"),
    }
}

/// A copy of a descriptor, with a number that programs hardly use if the process may have one; less than 0 if there can
/// be no more descriptors.
fn copy_out_of_the_way(descriptor: c_int) -> c_int {
    let copy = |from: c_int| {
        // SAFETY: fcntl makes a new descriptor and touches no memory; a number that is not a descriptor gives -1.
        unsafe { libc::fcntl(descriptor, libc::F_DUPFD_CLOEXEC, from) }
    };
    match copy(OUT_OF_THE_WAY) {
        high if high >= 0 => high,
        _ => copy(libc::STDERR_FILENO + 1),
    }
}

/// The working directory of the process; `None` when it was deleted, or its name is too long.
pub fn current_folder() -> Option<Path> {
    let mut buffer = [0u8; LONGEST];
    // SAFETY: getcwd writes no more than the length that it is given, which is the buffer's.
    let found = unsafe { !libc::getcwd(buffer.as_mut_ptr().cast(), buffer.len()).is_null() };
    let folder =
        CStr::from_bytes_until_nul(&buffer).ok().filter(|folder| found && folder.to_bytes().starts_with(b"/"))?;
    path(&[folder.to_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_descriptors() {
        for (path, number) in [("/dev/stdout", 1), ("/dev/stderr", 2), ("/dev/fd/0", 0), ("/proc/self/fd/63", 63)] {
            assert_eq!(descriptor_of(path.as_bytes()), Some(number), "{path}");
        }
        for path in
            ["/dev/fd/", "/dev/fd/x", "/dev/fd/+1", "/dev/fd/1/x", "/dev/fd/99999999999", "/dev/stdin", "stderr"]
        {
            assert_eq!(descriptor_of(path.as_bytes()), None, "{path}");
        }
    }
}
