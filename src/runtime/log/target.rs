//! The files of the log and of the trace. The log is standard error, or the file of `log_path`, which is named on standard
//! error once, so that the person who runs the program knows where to look.
//!
//! They are opened while the options are read, so nothing here may read an option, or allocate memory.

use crate::runtime::errno;
use crate::runtime::file::{self, File, Path, Refused};
use crate::runtime::line::{Line, OneLine};
use crate::runtime::lock::Once;
use crate::runtime::lossy::Lossy;
use crate::runtime::process;
use crate::runtime::stderr::{Report, write_all};
use core::ffi::c_int;
use core::fmt::{self, Write};
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};

/// The file that an option names.
struct Target {
    /// The path from the root, since a program may change its working directory; with `%p` and `%%` as in the option.
    pattern: Path,
    /// Whether each process has a file of its own.
    is_per_process: bool,
}

/// A receiver of lines: standard error, or the file that an option names.
pub struct Sink {
    target: Once<Target>,
    /// The file, and the process that opened it, in one number; 0 for standard error.
    open: AtomicU64,
}

/// The receiver of the log.
pub static LOG: Sink = Sink::new();
/// The receiver of the trace.
pub static TRACE: Sink = Sink::new();

/// The last process whose log was named on standard error.
static NAMED: AtomicI32 = AtomicI32::new(0);

/// Whether each `%` of a path has a meaning.
pub fn is_pattern(path: &[u8]) -> bool {
    pieces(path).all(|piece| piece != Piece::Unknown)
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a [u8]),
    Process,
    Unknown,
}

/// The parts of a path.
fn pieces(mut rest: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    core::iter::from_fn(move || {
        let (piece, length) = match rest {
            [] => return None,
            [b'%', b'p', ..] => (Piece::Process, 2),
            [b'%', b'%', ..] => (Piece::Text(b"%"), 2),
            [b'%', ..] => (Piece::Unknown, 1),
            text => {
                let length = text.iter().position(|byte| *byte == b'%').unwrap_or(text.len());
                (Piece::Text(text.get(..length).unwrap_or_default()), length)
            }
        };
        rest = rest.get(length..).unwrap_or_default();
        Some(piece)
    })
}

impl Target {
    fn of(path: &[u8]) -> Option<Target> {
        let is_per_process = pieces(path).any(|piece| piece == Piece::Process);
        let folder = if path.starts_with(b"/") { None } else { file::current_folder() };
        let pattern = match folder {
            // A percent sign in the name of the directory stands for itself.
            Some(folder) => {
                let mut pattern = Path::new();
                for part in folder.as_bytes().split_inclusive(|byte| *byte == b'%') {
                    pattern.push(part);
                    pattern.push(if part.ends_with(b"%") { b"%" } else { b"" });
                }
                file::path(&[pattern.as_bytes(), b"/", path])?
            }
            None => file::path(&[path])?,
        };
        Some(Target { pattern, is_per_process })
    }

    /// This process's file.
    fn path(&self) -> Option<Path> {
        let number = Line::<12>::of(format_args!("{}", process::id()));
        pieces(self.pattern.as_bytes()).try_fold(Path::new(), |path, piece| {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Process => number.as_bytes(),
                Piece::Unknown => b"%",
            };
            file::path(&[path.as_bytes(), text])
        })
    }

    fn open(&self) -> Result<File, Refused> {
        file::open_for_appending(self.path().ok_or(Refused::TooLong)?.with_nul())
    }
}

const OUT_OF_SIGHT: u64 = 1 << 31;

fn file_of(kept: u64) -> File {
    let descriptor = c_int::try_from(kept & (OUT_OF_SIGHT - 1)).unwrap_or(libc::STDERR_FILENO);
    File { descriptor, is_out_of_sight: kept & OUT_OF_SIGHT != 0 }
}

impl Sink {
    const fn new() -> Self {
        Sink { target: Once::new(), open: AtomicU64::new(0) }
    }

    /// Opens the file. A path that stands for standard error changes nothing.
    pub fn open(&'static self, path: &[u8]) -> Result<(), Refused> {
        let file = match file::descriptor_of(path) {
            Some(libc::STDERR_FILENO) => return Ok(()),
            Some(descriptor) => file::open_descriptor(descriptor)?,
            None => {
                let target = Target::of(path).ok_or(Refused::TooLong)?;
                self.target.get_or_init(|| target).open()?
            }
        };
        self.keep(0, file);
        Ok(())
    }

    /// Keeps a file in place of the previous one. Returns the file that is kept, because another thread may have been
    /// faster.
    fn keep(&'static self, before: u64, file: File) -> File {
        let sight = if file.is_out_of_sight { OUT_OF_SIGHT } else { 0 };
        let kept = u64::from(process::id().unsigned_abs()) << 32 | sight | u64::from(file.descriptor.unsigned_abs());
        match self.open.compare_exchange(before, kept, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => file,
            Err(other) => {
                // SAFETY: this thread has opened the descriptor, and no other thread knows it.
                unsafe { libc::close(file.descriptor) };
                file_of(other)
            }
        }
    }

    /// This process's file. A child that was forked opens its own, if each process has one.
    fn current(&'static self) -> File {
        const STANDARD_ERROR: File = File { descriptor: libc::STDERR_FILENO, is_out_of_sight: false };
        let kept = self.open.load(Ordering::Acquire);
        if kept == 0 {
            return STANDARD_ERROR;
        }
        match self.own_target() {
            Some(target) if kept >> 32 != u64::from(process::id().unsigned_abs()) => {
                target.open().map_or(STANDARD_ERROR, |file| self.keep(kept, file))
            }
            _ => file_of(kept),
        }
    }

    fn own_target(&'static self) -> Option<&'static Target> {
        self.target.get().filter(|target| target.is_per_process)
    }

    /// Names the file on standard error, before the first text is written to it.
    fn name(&'static self, file: &File) {
        let me = process::id();
        if !file.is_out_of_sight || NAMED.load(Ordering::Relaxed) == me {
            return;
        }
        let before = NAMED.swap(me, Ordering::Relaxed);
        if before != me
            && (before == 0 || self.own_target().is_some())
            && let Some(path) = self.target.get().and_then(Target::path)
        {
            let path = OneLine(Lossy(path.as_bytes()));
            let _ = writeln!(Report::new(), "=={me}==pycapsule: the log is {path}");
        }
    }
}

/// The descriptor of this process's log.
pub(super) fn descriptor() -> c_int {
    LOG.current().descriptor
}

/// Writes a whole text to the log. If its file can't be written to any more, the text goes to standard error.
pub fn write(text: &[u8]) {
    let file = LOG.current();
    LOG.name(&file);
    if write_all(file.descriptor, text).is_err() && file.descriptor != libc::STDERR_FILENO {
        // Write errors are ignored: there is nowhere to report them.
        let _ = write_all(libc::STDERR_FILENO, text);
    }
}

/// Whether the trace has ended, because a line could not be written.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Writes a whole line to the trace. After the first line that can't be written, which standard error tells, none is
/// written any more.
pub fn write_trace(line: &[u8]) {
    if IS_CUT.load(Ordering::Relaxed) {
        return;
    }
    // The program does not expect that a call of the library changes this.
    let errno = errno::get();
    if write_all(TRACE.current().descriptor, line).is_err() {
        cut(format_args!("{}", errno::text(errno::get())));
    }
    errno::set(errno);
}

/// Ends the trace, and says why on standard error, once.
pub(super) fn cut(reason: fmt::Arguments<'_>) {
    if !IS_CUT.swap(true, Ordering::Relaxed) {
        let _ = writeln!(Report::new(), "=={}==pycapsule: the trace ends here: {reason}", process::id());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn the_file_of_a_process() {
        let path = |path: &[u8]| Target::of(path).and_then(|target| target.path()).map(|path| path.to_string());
        let me = process::id();
        assert_eq!(path(b"/a/%p.%%p%p"), Some(format!("/a/{me}.%p{me}")));
        let here = std::env::current_dir().unwrap();
        assert_eq!(path(b"log"), Some(format!("{}/log", here.display())));
        assert_eq!(path(&[b'/'; 4095]).map(|path| path.len()), Some(4095));
        assert_eq!(path(&[b'/'; 4096]), None);
        assert_eq!(path(&[b'a'; 4095]), None);
        assert!(is_pattern(b"a%%b%p") && is_pattern(b"") && !is_pattern(b"%d") && !is_pattern(b"a%"));
    }
}
