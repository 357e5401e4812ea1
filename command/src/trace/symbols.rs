//! The functions and lines of addresses in compiled files, from their symbols and debug information.

use addr2line::Loader;
use object::{Object, ObjectSymbol};
use std::collections::HashMap;
use std::fs;

/// A function that an address is in, with its line where that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub line: Option<(String, u32)>,
}

/// The files that were read, by their paths.
#[derive(Default)]
pub struct Files(HashMap<String, File>);

struct File {
    /// The debug information; `None` for a file that is gone or damaged.
    lines: Option<Loader>,
    /// Address, size and name of each symbol, sorted.
    symbols: Vec<(u64, u64, String)>,
}

impl Files {
    fn get(&mut self, path: &str) -> &File {
        self.0.entry(path.to_owned()).or_insert_with(|| File { lines: Loader::new(path).ok(), symbols: symbols(path) })
    }

    /// The functions that were compiled into each other at a return address, the innermost first.
    pub fn callers(&mut self, path: &str, address: u64) -> Vec<Function> {
        // The call is before the address to which it returns.
        let address = address.wrapping_sub(1);
        let file = self.get(path);
        let symbol = file.symbol(address).map(|(name, _)| name);
        let mut found = Vec::new();
        if let Some(mut frames) = file.lines.as_ref().and_then(|lines| lines.find_frames(address).ok()) {
            while let Ok(Some(frame)) = frames.next() {
                let name = frame.function.and_then(|name| name.demangle().ok().map(|name| name.into_owned()));
                let line = frame.location.and_then(|place| Some((place.file?.to_owned(), place.line?)));
                found.extend(name.or_else(|| symbol.clone()).map(|name| Function { name, line }));
            }
        }
        if found.is_empty() {
            found.extend(symbol.map(|name| Function { name, line: None }));
        }
        found
    }

    /// The symbol that has an address, and the distance from its begin.
    pub fn symbol(&mut self, path: &str, address: u64) -> Option<(String, u64)> {
        self.get(path).symbol(address)
    }
}

impl File {
    fn symbol(&self, address: u64) -> Option<(String, u64)> {
        // A label in a function begins later than the function does.
        const LABELS: usize = 8;
        let after = self.symbols.partition_point(|(start, ..)| *start <= address);
        let near = self.symbols.get(after.saturating_sub(LABELS)..after)?;
        let (start, _, name) = near.iter().rev().find(|(start, size, _)| address - start < (*size).max(1))?;
        Some((name.clone(), address - start))
    }
}

/// The symbols of a file, from all of them when the file has them.
fn symbols(path: &str) -> Vec<(u64, u64, String)> {
    let Ok(bytes) = fs::read(path) else { return Vec::new() };
    let Ok(file) = object::File::parse(bytes.as_slice()) else { return Vec::new() };
    let defined = file.symbols().chain(file.dynamic_symbols()).filter(|symbol| symbol.is_definition());
    let named = defined.filter_map(|symbol| {
        let name = symbol.name().ok().filter(|name| !name.is_empty())?;
        Some((symbol.address(), symbol.size(), name.to_owned()))
    });
    let mut symbols: Vec<_> = named.collect();
    symbols.sort();
    symbols
}
