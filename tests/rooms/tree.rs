//! The files of a crate as modules, and the arrows between them.

use crate::source::{Path, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as FilePath;
use std::{fs, io};

/// How many re-exports are followed before a path counts as one that goes round.
const DEPTH: usize = 16;

pub struct File {
    /// Relative to the root of the sources.
    pub name: String,
    module: Vec<String>,
    source: Source,
}

/// One file uses another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    pub from: usize,
    pub to: usize,
    pub line: usize,
    pub path: String,
    /// A re-export. It says where an item is found, and not that this file needs it.
    pub is_export: bool,
}

pub struct Tree {
    pub files: Vec<File>,
    modules: BTreeMap<Vec<String>, usize>,
    /// For each module, the paths behind the names that `use` brings in.
    names: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
    globs: BTreeMap<Vec<String>, Vec<Vec<String>>>,
}

/// The name of the room that a file belongs to; `None` for the root of the crate.
fn room(module: &[String]) -> Option<&str> {
    module.first().map(String::as_str)
}

fn joined(module: &[String], rest: &[String]) -> Vec<String> {
    [module, rest].concat()
}

/// The names below a folder of its Rust files, in order, and their texts.
pub fn sources(root: &FilePath) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

impl Tree {
    pub fn read(root: &FilePath) -> io::Result<Self> {
        let files = sources(root)?;
        Ok(Self::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
    }

    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tree =
            Self { files: Vec::new(), modules: BTreeMap::new(), names: BTreeMap::new(), globs: BTreeMap::new() };
        for (name, text) in files {
            let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if ["mod", "lib"].contains(&module.last().map_or("", String::as_str)) {
                module.pop();
            }
            tree.add(File { name: name.to_owned(), module, source: Source::parse(text) });
        }
        tree
    }

    fn add(&mut self, file: File) {
        let index = self.files.len();
        self.modules.insert(file.module.clone(), index);
        for inline in &file.source.inline_modules {
            self.modules.insert(joined(&file.module, inline), index);
        }
        for used in &file.source.uses {
            let module = joined(&file.module, &used.path.inside);
            if used.is_glob {
                self.globs.entry(module).or_default().push(used.path.parts.clone());
            } else if let Some(name) = &used.name {
                self.names.entry(module).or_default().insert(name.clone(), used.path.parts.clone());
            }
        }
        self.files.push(file);
    }

    pub fn room(&self, file: usize) -> Option<&str> {
        room(&self.files[file].module)
    }

    pub fn rooms(&self) -> BTreeSet<&str> {
        (0..self.files.len()).filter_map(|file| self.room(file)).collect()
    }

    /// The path from the root of the crate; `None` for what is outside the crate, or local.
    fn absolute(&self, module: &[String], parts: &[String], depth: usize) -> Option<Vec<String>> {
        let (first, rest) = parts.split_first()?;
        match first.as_str() {
            _ if depth == 0 => None,
            "crate" => Some(rest.to_vec()),
            "self" => Some(joined(module, rest)),
            "super" => {
                let (_, parent) = module.split_last()?;
                let goes_on = rest.first().is_some_and(|next| next == "super");
                if goes_on { self.absolute(parent, rest, depth) } else { Some(joined(parent, rest)) }
            }
            _ if self.modules.contains_key(&joined(module, &parts[..1])) => Some(joined(module, parts)),
            name => {
                let used = self.names.get(module)?.get(name)?;
                // `use error::error;` must not look for itself for ever.
                let used = self.absolute(module, used, depth - 1)?;
                Some(joined(&used, rest))
            }
        }
    }

    /// The file that has what the absolute path names, through re-exports.
    fn follow(&self, path: &[String], depth: usize) -> Option<usize> {
        if depth == 0 {
            return None;
        }
        let length = (0..=path.len()).rev().find(|&length| self.modules.contains_key(&path[..length]))?;
        let (module, rest) = path.split_at(length);
        let file = self.modules[module];
        let Some((name, after)) = rest.split_first() else { return Some(file) };
        if let Some(used) = self.names.get(module).and_then(|names| names.get(name)) {
            let target = self.absolute(module, used, depth)?;
            return self.follow(&joined(&target, after), depth - 1);
        }
        if self.has_item(module, name) {
            return Some(file);
        }
        let globs = self.globs.get(module).into_iter().flatten();
        let targets = globs.filter_map(|glob| self.absolute(module, glob, depth));
        let mut found = targets.filter(|target| self.has_name(target, name));
        match found.next() {
            Some(target) => self.follow(&joined(&target, rest), depth - 1),
            None => Some(file),
        }
    }

    fn has_item(&self, module: &[String], name: &str) -> bool {
        self.modules.get(module).is_some_and(|&file| {
            let file = &self.files[file];
            let inside = &module[file.module.len()..];
            file.source.items.contains(&joined(inside, &[name.to_owned()]))
        })
    }

    fn has_name(&self, module: &[String], name: &str) -> bool {
        self.has_item(module, name)
            || self.modules.contains_key(&joined(module, &[name.to_owned()]))
            || self.names.get(module).is_some_and(|names| names.contains_key(name))
    }

    fn find(&self, file: usize, path: &Path) -> Option<usize> {
        let module = joined(&self.files[file].module, &path.inside);
        self.follow(&self.absolute(&module, &path.parts, DEPTH)?, DEPTH)
    }

    /// Every arrow between two files, but for those from and to the root of the crate, which has no room.
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = Vec::new();
        for (from, file) in self.files.iter().enumerate() {
            let mut add = |to: Option<usize>, path: &[String], line: usize, is_export: bool| {
                if let Some(to) = to.filter(|&to| to != from && self.room(from).is_some() && self.room(to).is_some()) {
                    arrows.push(Arrow { from, to, line, path: path.join("::"), is_export });
                }
            };
            let source = &file.source;
            for used in &source.uses {
                add(self.find(from, &used.path), &used.path.parts, used.path.line, used.is_public);
            }
            for path in &source.paths {
                add(self.find(from, path), &path.parts, path.line, false);
            }
            let exports: BTreeSet<&String> =
                source.uses.iter().filter(|used| used.is_public).filter_map(|used| used.name.as_ref()).collect();
            for word in source.words.iter().filter(|word| exports.contains(&word.parts[0])) {
                add(self.find(from, word), &word.parts, word.line, false);
            }
            for (name, line) in source.macro_calls.iter().filter(|(name, _)| !source.macros.contains(name)) {
                let mut makers = (0..self.files.len()).filter(|&maker| self.files[maker].source.macros.contains(name));
                if let (Some(maker), None) = (makers.next(), makers.next()) {
                    add(Some(maker), &[format!("{name}!")], *line, false);
                }
            }
        }
        arrows
    }

    /// Arrows through the linker: from a declaration in an `extern` block to each file that defines the symbol.
    pub fn linker_arrows(&self) -> Vec<Arrow> {
        let mut arrows = Vec::new();
        for (from, file) in self.files.iter().enumerate() {
            for (symbol, line) in &file.source.declared {
                for to in self.definers(symbol).into_iter().filter(|&to| to != from) {
                    arrows.push(Arrow { from, to, line: *line, path: symbol.clone(), is_export: false });
                }
            }
        }
        arrows
    }

    /// A macro that makes items may define a symbol too: a static type, say.
    fn definers(&self, symbol: &str) -> Vec<usize> {
        let all = |is_definer: &dyn Fn(&Source) -> bool| -> Vec<usize> {
            (0..self.files.len()).filter(|&file| is_definer(&self.files[file].source)).collect()
        };
        let plain = all(&|source| source.defined.contains(symbol));
        if plain.is_empty() { all(&|source| source.made.contains(symbol)) } else { plain }
    }

    /// Groups of files of one room, each of which can be reached from each other one by arrows that are no exports.
    pub fn circles(&self) -> Vec<Vec<usize>> {
        let mut next = vec![BTreeSet::new(); self.files.len()];
        let arrows = self.arrows();
        for arrow in arrows.iter().filter(|arrow| !arrow.is_export && self.room(arrow.from) == self.room(arrow.to)) {
            next[arrow.from].insert(arrow.to);
        }
        let reach: Vec<BTreeSet<usize>> = (0..next.len()).map(|start| reachable(&next, start)).collect();
        let mut circles = BTreeSet::new();
        for file in 0..next.len() {
            let circle: Vec<usize> = reach[file].iter().copied().filter(|&to| reach[to].contains(&file)).collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }
}

fn reachable(next: &[BTreeSet<usize>], start: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(file) = open.pop() {
        open.extend(next[file].iter().filter(|&&to| found.insert(to)));
    }
    found
}
