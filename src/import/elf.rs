//! The symbols that a shared object needs, read from its file without loading it. The file may be anything: each offset
//! is checked, each table is bounded, and a file that is not as expected gives nothing.

use crate::runtime::memory::{self, Array, Malloc};
use core::ops::ControlFlow;

/// The largest number of entries of a table that are read.
const PROGRAM_HEADERS: usize = 256;
const DYNAMIC_ENTRIES: usize = 1024;
const SYMBOLS: u64 = 1 << 20;

/// The longest name that is read; a longer one is passed over.
const NAME: usize = 512;

/// The symbol table index of an undefined symbol, and the binding of a symbol that has to be found.
const UNDEFINED: u16 = 0;
const GLOBAL: u8 = 1;

/// A way to read a file: fills the buffer from an offset, and returns the number of bytes that there were.
pub trait Source {
    /// Reads at an offset.
    fn read(&self, offset: u64, buffer: &mut [u8]) -> usize;
}

impl Source for [u8] {
    fn read(&self, offset: u64, buffer: &mut [u8]) -> usize {
        let rest = usize::try_from(offset).ok().and_then(|offset| self.get(offset..)).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        count
    }
}

/// An open file.
#[derive(Debug)]
pub struct Descriptor(pub core::ffi::c_int);

impl Source for Descriptor {
    fn read(&self, offset: u64, buffer: &mut [u8]) -> usize {
        let Ok(offset) = libc::off_t::try_from(offset) else { return 0 };
        // SAFETY: the call writes at most as many bytes as the buffer has.
        let count = unsafe { libc::pread(self.0, buffer.as_mut_ptr().cast(), buffer.len(), offset) };
        usize::try_from(count).unwrap_or(0)
    }
}

/// Exactly `N` bytes at an offset.
fn bytes<const N: usize>(file: &(impl Source + ?Sized), offset: u64) -> Option<[u8; N]> {
    let mut buffer = [0; N];
    (file.read(offset, &mut buffer) == N).then_some(buffer)
}

/// A number of two, four or eight bytes in a table's entry.
fn number(entry: &[u8], at: usize, size: usize) -> u64 {
    let bytes = entry.get(at..at + size).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The dynamic tables of a shared object, as offsets in the file.
#[derive(Debug)]
pub struct Tables<'a, S: ?Sized> {
    file: &'a S,
    symbols: u64,
    count: u64,
    names: u64,
    names_size: u64,
    /// The offsets of the names of the libraries that it needs.
    needed: Array<u64>,
}

/// A part of the file that is mapped at an address: address, offset and size.
type Segment = (u64, u64, u64);

fn offset_of(segments: &[Segment], address: u64) -> Option<u64> {
    segments.iter().find_map(|(start, offset, size)| {
        let inside = address.checked_sub(*start)?;
        if inside < *size { offset.checked_add(inside) } else { None }
    })
}

impl<'a, S: Source + ?Sized> Tables<'a, S> {
    /// The tables of a file; `None` if it is no shared object of 64 bits in the order of bytes of this machine.
    pub fn of(file: &'a S) -> Option<Self> {
        const LOAD: u64 = 1;
        const DYNAMIC: u64 = 2;
        let header: [u8; 64] = bytes(file, 0)?;
        if !header.starts_with(b"\x7fELF\x02\x01") || number(&header, 54, 2) != 56 {
            return None;
        }
        let mut segments = Array::new_in(Malloc);
        let mut dynamic = None;
        let start = number(&header, 32, 8);
        for index in 0..number(&header, 56, 2).min(PROGRAM_HEADERS as u64) {
            let entry: [u8; 56] = bytes(file, start.checked_add(index * 56)?)?;
            let (offset, address, size) = (number(&entry, 8, 8), number(&entry, 16, 8), number(&entry, 32, 8));
            match number(&entry, 0, 4) {
                LOAD => keep(&mut segments, (address, offset, size))?,
                DYNAMIC => dynamic = Some((offset, size)),
                _ => {}
            }
        }
        Self::of_dynamic(file, &segments, dynamic?)
    }

    fn of_dynamic(file: &'a S, segments: &[Segment], (start, size): (u64, u64)) -> Option<Self> {
        let [mut symbols, mut names, mut names_size, mut hash, mut gnu_hash] = [None; 5];
        let mut needed = Array::new_in(Malloc);
        for index in 0..(size / 16).min(DYNAMIC_ENTRIES as u64) {
            let entry: [u8; 16] = bytes(file, start.checked_add(index * 16)?)?;
            let value = number(&entry, 8, 8);
            match number(&entry, 0, 8) {
                0 => break,
                1 => keep(&mut needed, value)?,
                4 => hash = Some(value),
                5 => names = Some(value),
                6 => symbols = Some(value),
                10 => names_size = Some(value),
                0x6fff_fef5 => gnu_hash = Some(value),
                _ => {}
            }
        }
        // Both tables of hashes say how many symbols there are. GNU's has only those that are defined, which come last.
        let count = match (gnu_hash, hash) {
            (Some(table), _) => number(&bytes::<8>(file, offset_of(segments, table)?)?, 4, 4),
            (None, Some(table)) => number(&bytes::<8>(file, offset_of(segments, table)?)?, 4, 4),
            (None, None) => return None,
        };
        Some(Tables {
            file,
            symbols: offset_of(segments, symbols?)?,
            count: count.min(SYMBOLS),
            names: offset_of(segments, names?)?,
            names_size: names_size?,
            needed,
        })
    }

    /// Passes the name of each symbol that has to be found when the file is loaded to a function, until that stops.
    pub fn each_undefined(&self, mut look: impl FnMut(&[u8]) -> ControlFlow<()>) {
        let mut buffer = [0; NAME];
        // The first symbol is none.
        for index in 1..self.count {
            let Some(at) = self.symbols.checked_add(index * 24) else { return };
            let Some(entry) = bytes::<24>(self.file, at) else { return };
            let is_wanted =
                number(&entry, 6, 2) == u64::from(UNDEFINED) && number(&entry, 4, 1) >> 4 == u64::from(GLOBAL);
            if is_wanted
                && let Some(name) = self.name(number(&entry, 0, 4), &mut buffer)
                && look(name).is_break()
            {
                return;
            }
        }
    }

    /// Passes the name of each library that the file needs to a function.
    pub fn each_needed(&self, mut look: impl FnMut(&[u8])) {
        let mut buffer = [0; NAME];
        for offset in &self.needed {
            if let Some(name) = self.name(*offset, &mut buffer) {
                look(name);
            }
        }
    }

    /// The name at an offset in the table of names.
    fn name<'b>(&self, offset: u64, buffer: &'b mut [u8; NAME]) -> Option<&'b [u8]> {
        let room = usize::try_from(self.names_size.checked_sub(offset)?).ok()?.min(NAME);
        let count = self.file.read(self.names.checked_add(offset)?, buffer.get_mut(..room)?);
        let name = buffer.get(..count)?;
        let end = name.iter().position(|byte| *byte == 0)?;
        name.get(..end).filter(|name| !name.is_empty())
    }
}

/// Appends to a table; `None` without memory.
fn keep<T>(table: &mut Array<T>, item: T) -> Option<()> {
    table.try_reserve(1).ok()?;
    memory::fill(table, [item]);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    fn undefined(file: &[u8]) -> Option<Vec<String>> {
        let tables = Tables::of(file)?;
        let mut names = Vec::new();
        tables.each_undefined(|name| {
            names.push(String::from_utf8_lossy(name).into_owned());
            ControlFlow::Continue(())
        });
        Some(names)
    }

    #[test]
    fn this_program_has_undefined_symbols() {
        let file = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        // The start-up code's: under AddressSanitizer the program defines `malloc` and most other functions itself.
        assert!(undefined(&file).unwrap().iter().any(|name| name == "__libc_start_main"));
        let mut needed = Vec::new();
        Tables::of(file.as_slice()).unwrap().each_needed(|name| needed.push(name.to_vec()));
        assert!(needed.iter().any(|name| name.starts_with(b"libc.so")));
    }

    #[test]
    fn any_bytes_are_survived() {
        let whole = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let head = whole.get(..1 << 16).unwrap();
        for text in [&b""[..], b"\x7fELF", b"\x7fELF\x02\x01", &[0; 64], &head[..63], &head[..64], head] {
            let _ = undefined(text);
        }
        // Each byte of the headers in turn has another value.
        for at in 0..1024 {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = head.to_vec();
                changed[at] = value;
                let _ = undefined(&changed);
            }
        }
    }
}
