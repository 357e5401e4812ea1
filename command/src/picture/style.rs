//! Texts and colours of pictures.

use std::fmt::Write;

/// Colours of modules, on light and on dark ground.
pub const COLOURS: [(&str, &str); 8] = [
    ("#2563eb", "#7aa7ff"),
    ("#0d8a6a", "#45d3a8"),
    ("#b45f06", "#f0a95a"),
    ("#7c3aed", "#b79bff"),
    ("#be2f7d", "#f58bc0"),
    ("#4d7c0f", "#a3d65c"),
    ("#0e7490", "#5cc7e0"),
    ("#6b5b4a", "#c9b49c"),
];

/// A text for XML.
pub fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            control if control.is_control() => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// The text, cut to a number of characters.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.push('…');
    short
}

/// The style of the picture. A page has the same.
pub fn style(modules: &[String]) -> String {
    let mut light = String::new();
    let mut dark = String::new();
    for (at, (on_light, on_dark)) in COLOURS.iter().enumerate().take(modules.len()) {
        let _ = write!(light, "--m{at}:{on_light};");
        let _ = write!(dark, "--m{at}:{on_dark};");
    }
    format!(
        ".life{{--ground:#fdfcfa;--ink:#1f2328;--faint:#6a7178;--line:#e6e2da;--band:#f6f3ed;--bad:#cf222e;--warn:#a15c00;{light}}}
@media(prefers-color-scheme:dark){{.life{{--ground:#15181c;--ink:#e8e6e3;--faint:#959ca4;--line:#2b3036;--band:#1b1f24;--bad:#ff7b72;--warn:#e3a33f;{dark}}}}}
.life text{{font:12px ui-sans-serif,system-ui,'Segoe UI','DejaVu Sans',sans-serif;fill:var(--ink)}}
.life .name{{font:600 14px ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}}
.life .call{{font:12px ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}}
.life .faint{{fill:var(--faint)}}
.life .small{{font-size:11px}}
.life .count{{font-size:11px;font-weight:600;fill:var(--ground)}}
.life .bad{{fill:var(--bad)}}
.life .warn{{fill:var(--warn)}}
.life .title{{font-size:22px;font-weight:650}}
.life .strong{{font-size:20px;font-weight:650}}
.life .middle{{text-anchor:middle}}
.life .end{{text-anchor:end}}
"
    )
}

/// A sentence in lines of about `most` characters.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let full =
            lines.last().is_some_and(|line| !line.is_empty() && line.chars().count() + 1 + word.chars().count() > most);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&cut(word, most));
        }
    }
    lines
}
