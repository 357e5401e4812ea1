//! A lexer that is just good enough to find paths: it drops comments, and text in quotes becomes an empty text.

/// A word, `::`, or a single character of punctuation.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_word_part)
    }
}

fn is_word_part(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

pub fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: source.chars().collect(), at: 0, line: 1 };
    let mut tokens = Vec::new();
    while let Some(c) = lexer.peek(0) {
        let line = lexer.line;
        if let Some(text) = lexer.token(c) {
            tokens.push(Token { text, line });
        }
    }
    tokens
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.line += usize::from(self.peek(0) == Some('\n'));
            self.at += 1;
        }
    }

    fn skip_while(&mut self, is_part: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&is_part) {
            self.skip(1);
        }
    }

    /// Reads from `c`, the next character, on. `None`: nothing that the parser wants to see.
    fn token(&mut self, c: char) -> Option<String> {
        match (c, self.peek(1)) {
            ('/', Some('/')) => self.skip_while(|c| c != '\n'),
            ('/', Some('*')) => self.skip_block_comment(),
            ('"', _) => return Some(self.skip_quoted('"')),
            ('\'', Some('\\')) => return Some(self.skip_quoted('\'')),
            ('\'', Some(_)) if self.peek(2) == Some('\'') => return Some(self.skip_quoted('\'')),
            ('\'', _) => {
                self.skip(1);
                self.skip_while(is_word_part);
            }
            (':', Some(':')) => {
                self.skip(2);
                return Some("::".into());
            }
            _ if is_word_part(c) => return Some(self.word()),
            _ => {
                self.skip(1);
                return (!c.is_whitespace()).then(|| c.to_string());
            }
        }
        None
    }

    fn word(&mut self) -> String {
        let start = self.at;
        self.skip_while(is_word_part);
        let word: String = self.chars[start..self.at].iter().collect();
        let hashes = (0..).take_while(|&i| self.peek(i) == Some('#')).count();
        match (word.as_str(), self.peek(hashes)) {
            ("r" | "br" | "cr", Some('"')) => self.skip_raw_text(hashes),
            ("b" | "c", Some('"')) if hashes == 0 => self.skip_quoted('"'),
            ("r", _) if hashes == 1 => {
                self.skip(1);
                self.word()
            }
            _ => word,
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (None, _) => return,
                (Some('/'), Some('*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (Some('*'), Some('/')) => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.skip(1),
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_quoted(&mut self, quote: char) -> String {
        self.skip(1);
        while let Some(c) = self.peek(0).filter(|&c| c != quote) {
            self.skip(if c == '\\' { 2 } else { 1 });
        }
        self.skip(1);
        format!("{quote}{quote}")
    }

    fn skip_raw_text(&mut self, hashes: usize) -> String {
        self.skip(hashes + 1);
        let is_end = |lexer: &Self| {
            lexer.peek(0).is_none_or(|c| c == '"') && (1..=hashes).all(|i| lexer.peek(i).is_none_or(|c| c == '#'))
        };
        while !is_end(self) {
            self.skip(1);
        }
        self.skip(hashes + 1);
        "\"\"".into()
    }
}
