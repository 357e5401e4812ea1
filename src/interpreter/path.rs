//! Names of files and directories as the system expects them: bytes that end with a NUL.

use crate::objects::bytes;
use crate::objects::str::{self, Handler};
use crate::runtime::errno;
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::{Obj, Ref, Result, raise};
use core::ffi::CStr;
use core::fmt;
use core::mem::MaybeUninit;

/// A path. It contains no NUL except the one at its end.
#[derive(Debug, PartialEq, Eq)]
pub struct Path(Array<u8>);

/// The kind of entry that a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A directory.
    Folder,
    /// Another kind of entry.
    Other,
    /// The system returned an error, such as that there is no entry. The number is `errno`'s.
    Nothing(i32),
}

/// The bytes before the first NUL, which usually are all.
fn until_nul(part: &[u8]) -> &[u8] {
    if part.contains(&0) { part.split(|byte| *byte == 0).next().unwrap_or_default() } else { part }
}

impl Path {
    /// A path of these parts. The bytes of a part after a NUL are left out.
    fn from_parts(parts: &[&[u8]]) -> Result<Self> {
        Self::with_room(parts, 0)
    }

    /// A path of these parts, with room for `room` bytes more.
    fn with_room(parts: &[&[u8]], room: usize) -> Result<Self> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut path = Array::new_in(Malloc);
        memory::reserve(&mut path, length + room + 1)?;
        for part in parts {
            memory::extend(&mut path, until_nul(part))?;
        }
        memory::fill(&mut path, [0]);
        Ok(Path(path))
    }

    /// The absolute path, relative to the working directory. An empty path is that directory itself.
    pub fn absolute(path: &[u8]) -> Result<Self> {
        let path = path.strip_prefix(b"./").unwrap_or(path);
        if path.starts_with(b"/") {
            return Self::from_parts(&[path]);
        }
        // SAFETY: without a buffer, getcwd allocates as much as it needs, and the memory is freed here.
        unsafe {
            let current = libc::getcwd(core::ptr::null_mut(), 0);
            if current.is_null() {
                return Self::from_parts(&[path]);
            }
            let folder = Self::from_parts(&[CStr::from_ptr(current).to_bytes()]);
            libc::free(current.cast());
            if path.is_empty() || path == b"." { folder } else { folder?.join(path) }
        }
    }

    /// This path without `.` and `..` in it, and without doubled slashes (CPython: `os.path.normpath`).
    pub fn normalized(&self) -> Result<Self> {
        let mut parts: Array<&[u8]> = Array::new_in(Malloc);
        for part in self.as_bytes().split(|byte| *byte == b'/') {
            match part {
                b"" | b"." => {}
                b".." => drop(parts.pop()),
                part => memory::push(&mut parts, part)?,
            }
        }
        let mut path = Self::from_parts(&[])?;
        parts.iter().try_for_each(|part| path.push(b"/").and_then(|()| path.push(part)))?;
        if parts.is_empty() { Self::from_parts(&[b"/"]) } else { Ok(path) }
    }

    /// An entry of `sys.path` as an absolute path; `None` for an object that is not a `str`.
    pub fn of_entry(entry: Obj<'_>) -> Result<Option<Self>> {
        let Some(entry) = entry.downcast() else { return Ok(None) };
        let encoded = str::to_utf8_escaped(entry)?;
        match bytes::as_slice(encoded.borrow()) {
            path if path.contains(&0) => Err(raise!(ValueError, "stat: embedded null character in path")),
            path => Self::absolute(path).map(Some),
        }
    }

    /// The path of an entry in this directory, with room for an ending.
    pub fn join(&self, name: &[u8]) -> Result<Self> {
        const ENDING: usize = 48;
        let folder = self.as_bytes();
        Self::with_room(&[folder.strip_suffix(b"/").unwrap_or(folder), b"/", name], ENDING)
    }

    /// Replaces everything after the first `length` bytes by an ending.
    pub fn end_with(&mut self, length: usize, ending: &[&[u8]]) -> Result<()> {
        // Room for all of it is made before anything is changed, because a path always has a NUL at its end.
        memory::reserve(&mut self.0, ending.iter().map(|part| part.len()).sum())?;
        self.0.truncate(length.min(self.as_bytes().len()));
        for part in ending {
            memory::extend(&mut self.0, until_nul(part))?;
        }
        self.0.push(0);
        Ok(())
    }

    /// A new path of the first `length` bytes.
    pub fn beginning(&self, length: usize) -> Result<Self> {
        Self::from_parts(&[self.as_bytes().get(..length).unwrap_or_default()])
    }

    fn push(&mut self, part: &[u8]) -> Result<()> {
        memory::reserve(&mut self.0, part.len())?;
        self.0.pop();
        part.split(|byte| *byte == 0).try_for_each(|piece| memory::extend(&mut self.0, piece))?;
        memory::push(&mut self.0, 0)
    }

    /// The bytes, without the NUL.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.split_last().map_or(&[], |(_, path)| path)
    }

    /// The path as a C string.
    pub fn as_c_str(&self) -> &CStr {
        // SAFETY: the NUL at the end is the only one.
        unsafe { CStr::from_bytes_with_nul_unchecked(&self.0) }
    }

    /// The path as a `str`. Bytes that are not UTF-8 become surrogates, as in CPython.
    pub fn to_object(&self) -> Result<Ref> {
        str::decode_utf8(self.as_bytes(), Handler::SurrogateEscape)
    }

    /// The kind of entry that the path leads to, through links.
    pub fn kind(&self) -> Kind {
        Kind::of(&self.look())
    }

    /// The status of the entry that the path leads to, or the system's error number.
    pub fn look(&self) -> Result<libc::stat, i32> {
        let mut found = MaybeUninit::<libc::stat>::uninit();
        // SAFETY: the path is NUL-terminated, and the status is read only if the call succeeded.
        unsafe {
            match libc::stat(self.as_c_str().as_ptr(), found.as_mut_ptr()) {
                0 => Ok(found.assume_init()),
                _ => Err(*libc::__errno_location()),
            }
        }
    }
}

impl Kind {
    /// The kind of an entry, from the result of [`Path::look`].
    pub fn of(seen: &Result<libc::stat, i32>) -> Self {
        match seen {
            Err(number) => Kind::Nothing(*number),
            Ok(seen) => match seen.st_mode & libc::S_IFMT {
                libc::S_IFREG => Kind::File,
                libc::S_IFDIR => Kind::Folder,
                _ => Kind::Other,
            },
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Lossy(self.as_bytes()).fmt(f)
    }
}

/// The kind in words, for the lines of verbose mode.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::File => f.write_str("is a file"),
            Kind::Folder => f.write_str("is a folder"),
            Kind::Other => f.write_str("is neither a file nor a folder"),
            Kind::Nothing(number) => errno::text(*number).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Path};
    use crate::runtime::Result;
    use std::os::unix::ffi::OsStrExt;
    use std::prelude::rust_2024::*;

    fn shown(path: Result<Path>) -> String {
        path.map_or_else(|_| "an error".into(), |path| path.to_string())
    }

    fn normalized(path: &str) -> String {
        shown(Path::absolute(path.as_bytes()).and_then(|path| path.normalized()))
    }

    #[test]
    fn normalized_as_python_does() {
        assert_eq!(normalized("/"), "/");
        assert_eq!(normalized("///"), "/");
        assert_eq!(normalized("/a/b"), "/a/b");
        assert_eq!(normalized("/a/./b//c/"), "/a/b/c");
        assert_eq!(normalized("/a/b/../c"), "/a/c");
        assert_eq!(normalized("/../../a/.."), "/");
        assert_eq!(normalized("/.a/..b/c..."), "/.a/..b/c...");
    }

    #[test]
    fn absolute_from_the_current_folder() {
        let folder = std::env::current_dir().unwrap_or_default();
        let folder = folder.as_os_str().as_bytes();
        let within = |path: &[u8]| Path::absolute(path).map(|path| path.as_bytes().to_vec());
        assert_eq!(within(b""), Ok(folder.to_vec()));
        assert_eq!(within(b"."), Ok(folder.to_vec()));
        assert_eq!(within(b"./a"), Ok([folder, b"/a"].concat()));
        assert_eq!(within(b"a/../b"), Ok([folder, b"/a/../b"].concat()));
        assert_eq!(within(b"/a\0b"), Ok(b"/a".to_vec()));
    }

    #[test]
    fn joined_with_one_slash() {
        let joined = |folder: &str, name: &[u8]| shown(Path::absolute(folder.as_bytes()).and_then(|f| f.join(name)));
        assert_eq!(joined("/a", b"b.so"), "/a/b.so");
        assert_eq!(joined("/a/", b"b"), "/a/b");
        assert_eq!(joined("/", b"b"), "/b");
    }

    #[test]
    fn what_a_path_leads_to() {
        let kind = |path: &str| Path::absolute(path.as_bytes()).map(|path| path.kind());
        assert_eq!(kind("/"), Ok(Kind::Folder));
        assert_eq!(kind(file!()), Ok(Kind::File));
        assert_eq!(kind("/dev/null"), Ok(Kind::Other));
        assert_eq!(kind("/no such folder/file"), Ok(Kind::Nothing(libc::ENOENT)));
        assert_eq!(Kind::Nothing(libc::ENOENT).to_string(), "No such file or directory");
    }
}
