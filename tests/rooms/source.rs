//! The parts of a source file that matter for arrows: its `use` trees, paths, items, macros and C declarations.

use crate::tokens::{Token, tokens};
use std::collections::BTreeSet;

/// A path as it is written, from the inline module (if any) that it is written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    pub inside: Vec<String>,
    pub parts: Vec<String>,
    pub line: usize,
}

/// One leaf of a `use` tree.
#[derive(Debug)]
pub struct Use {
    pub path: Path,
    /// The name that it brings in; `None` for `*` and `as _`.
    pub name: Option<String>,
    pub is_glob: bool,
    pub is_public: bool,
}

#[derive(Debug, Default)]
pub struct Source {
    pub uses: Vec<Use>,
    pub paths: Vec<Path>,
    /// Words that stand alone: a name of a `pub use` that the file uses itself is found among them.
    pub words: Vec<Path>,
    pub inline_modules: BTreeSet<Vec<String>>,
    pub items: BTreeSet<Vec<String>>,
    pub macros: BTreeSet<String>,
    pub macro_calls: Vec<(String, usize)>,
    /// Functions and statics with a body or value.
    pub defined: BTreeSet<String>,
    /// Every word in the calls of macros that make items.
    pub made: BTreeSet<String>,
    /// Functions and statics of `extern "C" { … }` blocks.
    pub declared: Vec<(String, usize)>,
}

/// The construct that an open bracket belongs to.
#[derive(PartialEq)]
enum Open {
    Module(String),
    Extern,
    ItemMacro,
    Other,
}

const ITEMS: [&str; 8] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static"];

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    open: Vec<Open>,
    source: Source,
}

impl Source {
    pub fn parse(text: &str) -> Self {
        let mut parser = Parser { tokens: tokens(text), at: 0, open: Vec::new(), source: Self::default() };
        while parser.at < parser.tokens.len() {
            parser.step();
        }
        parser.source
    }
}

impl Parser {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn is(&self, ahead: usize, text: &str) -> bool {
        self.text(self.at + ahead) == text
    }

    fn is_word(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(Token::is_word)
    }

    fn line(&self) -> usize {
        self.tokens[self.at].line
    }

    /// The token before this one.
    fn last(&self) -> &str {
        self.at.checked_sub(1).map_or("", |last| self.text(last))
    }

    fn inside(&self) -> Vec<String> {
        let names = self.open.iter().filter_map(|open| if let Open::Module(name) = open { Some(name) } else { None });
        names.cloned().collect()
    }

    fn with_inside(&self, name: &str) -> Vec<String> {
        let mut path = self.inside();
        path.push(name.to_owned());
        path
    }

    fn is_item_level(&self) -> bool {
        self.open.iter().all(|open| matches!(open, Open::Module(_)))
    }

    fn step(&mut self) {
        if self.skips_tests() {
        } else if self.is(0, "pub") && self.is(1, "(") {
            self.skip_group(1);
            self.step_use(true);
        } else if self.is(0, "pub") {
            self.at += 1;
            self.step_use(true);
        } else if self.is(0, "use") {
            self.step_use(false);
        } else if self.is(0, "mod") && self.is_word(1) && self.is(2, "{") {
            let name = self.text(self.at + 1).to_owned();
            self.source.inline_modules.insert(self.with_inside(&name));
            self.open.push(Open::Module(name));
            self.at += 3;
        } else if self.is(0, "mod") && self.is(2, ";") {
            self.at += 3;
        } else if self.is(0, "extern") && self.is(1, "\"\"") && self.is(2, "{") {
            self.open.push(Open::Extern);
            self.at += 3;
        } else if self.is(0, "macro_rules") && self.is(1, "!") {
            self.source.macros.insert(self.text(self.at + 2).to_owned());
            self.at += 3;
        } else if self.is_word(0) {
            self.word();
        } else {
            match self.text(self.at) {
                "{" | "(" | "[" => self.open.push(Open::Other),
                "}" | ")" | "]" => drop(self.open.pop()),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes on behind the group of brackets that begins `ahead` tokens from here.
    fn skip_group(&mut self, ahead: usize) {
        self.at += ahead;
        let mut depth = 0;
        while self.at < self.tokens.len() {
            depth += i32::from(["{", "(", "["].iter().any(|open| self.is(0, open)));
            depth -= i32::from(["}", ")", "]"].iter().any(|close| self.is(0, close)));
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Goes on behind the item after `#[cfg(test)]`, if that stands here.
    fn skips_tests(&mut self) -> bool {
        let wanted = ["#", "[", "cfg", "(", "test", ")", "]"];
        if !wanted.iter().enumerate().all(|(ahead, text)| self.is(ahead, text)) {
            return false;
        }
        self.at += wanted.len();
        while self.at < self.tokens.len() && !self.is(0, ";") && !self.is(0, "{") {
            if self.is(0, "(") || self.is(0, "[") { self.skip_group(0) } else { self.at += 1 }
        }
        self.skip_group(0);
        true
    }

    fn step_use(&mut self, is_public: bool) {
        if self.is(0, "use") {
            self.at += 1;
            self.use_tree(&[], is_public);
        }
    }

    /// One tree, up to its `,`, `}` or `;`.
    fn use_tree(&mut self, before: &[String], is_public: bool) {
        let line = self.line();
        let mut parts = before.to_vec();
        let mut name = None;
        let mut is_glob = false;
        loop {
            match self.text(self.at) {
                "" | "," | "}" | ";" => break,
                "{" => {
                    self.at += 1;
                    while !self.is(0, "}") && self.at < self.tokens.len() {
                        self.use_tree(&parts, is_public);
                        self.at += usize::from(self.is(0, ","));
                    }
                    self.at += 1;
                    return;
                }
                "*" => is_glob = true,
                "as" => {
                    name = Some(self.text(self.at + 1).to_owned());
                    self.at += 1;
                }
                "::" | "$" => {}
                // `{self}` is the path before it.
                "self" if !parts.is_empty() => {}
                part => parts.push(part.to_owned()),
            }
            self.at += 1;
        }
        let name = name.or_else(|| parts.last().cloned()).filter(|name| name != "_" && !is_glob);
        let path = Path { inside: self.inside(), parts, line };
        self.source.uses.push(Use { path, name, is_glob, is_public });
    }

    /// A word, or the path that it begins.
    fn word(&mut self) {
        let (word, line) = (self.text(self.at).to_owned(), self.line());
        if self.open.contains(&Open::ItemMacro) {
            self.source.made.insert(word.clone());
        }
        let is_item = ITEMS.contains(&word.as_str()) && self.is_word(1) && !["*", "raw"].contains(&self.last());
        if is_item {
            self.item(&word);
            self.at += 1;
            return;
        }
        if [".", "::", "fn"].contains(&self.last()) {
            self.at += 1;
            return;
        }
        let mut parts = vec![word];
        self.at += 1;
        while self.is(0, "::") && self.is_word(1) {
            parts.push(self.text(self.at + 1).to_owned());
            self.at += 2;
        }
        let is_macro = self.is(0, "!") && ["{", "(", "["].iter().any(|open| self.is(1, open));
        let path = Path { inside: self.inside(), parts, line };
        match path.parts.as_slice() {
            // A macro with a path is found by the path.
            [name] if is_macro => self.source.macro_calls.push((name.clone(), line)),
            [_] => self.source.words.push(path),
            _ => self.source.paths.push(path),
        }
        if is_macro {
            self.open.push(if self.is_item_level() { Open::ItemMacro } else { Open::Other });
            self.at += 2;
        }
    }

    fn item(&mut self, keyword: &str) {
        let name_at = self.at + if self.is(1, "mut") { 2 } else { 1 };
        let (name, line) = (self.text(name_at).to_owned(), self.line());
        if self.is_item_level() || self.open.last() == Some(&Open::Extern) {
            self.source.items.insert(self.with_inside(&name));
        }
        if self.open.last() == Some(&Open::Extern) {
            self.source.declared.push((name, line));
        } else if ["fn", "static"].contains(&keyword) {
            self.source.defined.insert(name);
        }
    }
}
