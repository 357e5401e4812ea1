//! The picture as a page: the figures, the picture, and a table of events for each capsule. It has all in it, so that it works from a
//! disk without a network.

use super::figures::{figures, subtitle};
use super::groups;
use super::lives::{Act, Event, Life, Story, shown};
use super::scale::{count, counted, time};
use super::style::{style, xml};
use super::svg;
use std::fmt::Write;

/// The most capsules whose events are listed, and the most events of each.
const LISTED: usize = 200;
const EVENTS: usize = 200;

const STYLE: &str = "
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:14px/1.5 ui-sans-serif,system-ui,'Segoe UI','DejaVu Sans',sans-serif}
main{max-width:1280px;margin:0 auto;padding:0 0 48px}
header,section{padding:0 28px}
h1{font-size:26px;font-weight:650;letter-spacing:-.01em;margin:40px 0 2px}
h2{font-size:18px;margin:34px 0 10px}
.faint{color:var(--faint)}
.path{font:12px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:12px;margin:24px 0 20px;padding:0;list-style:none}
.figures li{flex:1 1 120px;background:var(--band);border-radius:10px;padding:12px 16px}
.figures b{display:block;font-size:26px;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
.bad{color:var(--bad)}
.warn{color:var(--warn)}
.scroll{overflow-x:auto}
.scroll svg{display:block}
details{border-top:1px solid var(--line)}
summary{cursor:pointer;padding:9px 0;display:flex;gap:14px;align-items:baseline}
summary code{font-weight:600}
summary .faint{margin-left:auto;text-align:right}
code{font:13px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:2px 0 16px;font-size:13px}
th{text-align:left;font-weight:500;color:var(--faint);padding:3px 14px 3px 0;border-bottom:1px solid var(--line)}
td{vertical-align:top;padding:4px 14px 4px 0;border-bottom:1px solid var(--line)}
td:nth-child(n+4){white-space:nowrap}
td code{overflow-wrap:normal}
td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums;color:var(--faint)}
input{font:inherit;color:inherit;background:var(--band);border:1px solid var(--line);border-radius:8px;padding:6px 12px;width:320px;max-width:100%}
";

/// Shows the capsules whose text has the words of the box.
const SCRIPT: &str = "
const box = document.getElementById('find');
box.addEventListener('input', () => {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const one of document.querySelectorAll('details')) {
    const text = one.textContent.toLowerCase();
    one.hidden = !words.every(word => text.includes(word));
  }
});
";

/// The page.
pub fn page(story: &Story) -> String {
    let groups = groups::of(story);
    let (picture, modules) = svg::body(story, &groups);
    let program = story.program.rsplit('/').next().unwrap_or_default();
    let mut boxes = String::new();
    for (number, thing, is_bad) in figures(story) {
        let class = if is_bad { " class=\"bad\"" } else { "" };
        let _ = write!(boxes, "<li><b{class}>{}</b><span class=\"faint\">{thing}</span></li>", count(number));
    }
    let crash = if story.crashed { " bad" } else { "" };
    format!(
        "<!doctype html>
<html lang=\"en\" class=\"life\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>The capsules of {name}</title>
<style>{colours}{STYLE}</style>
</head>
<body>
<main>
<header>
<h1>The capsules of {name}</h1>
<div class=\"faint path\">{path}</div>
<div class=\"faint{crash}\">{subtitle}</div>
<ul class=\"figures\">{boxes}</ul>
</header>
<div class=\"scroll\">{picture}</div>
<section>
{details}</section>
</main>
<script>{SCRIPT}</script>
</body>
</html>
",
        name = xml(program),
        path = xml(&story.program),
        colours = style(&modules),
        subtitle = xml(&subtitle(story)),
        details = details(story),
    )
}

/// The capsules whose events are listed: those with trouble first, then the others in their order.
fn details(story: &Story) -> String {
    let mut listed: Vec<&Life> = story.lives.iter().collect();
    listed.sort_by_key(|life| (!life.has_trouble(), life.process, life.number));
    let left_out = listed.len().saturating_sub(LISTED);
    listed.truncate(LISTED);
    let mut out = String::from(
        "<h2>Each capsule</h2>\n<p><input id=\"find\" type=\"search\" placeholder=\"Find a name, a function, a file …\"></p>\n",
    );
    for life in listed {
        let what = format!("{} · {}", life.maker().in_words(), counted(life.events.len(), "event"));
        let state = if life.ended.is_some() { "destroyed" } else { "left at the end" };
        let class = if life.has_trouble() { "bad" } else { "faint" };
        let _ = writeln!(
            out,
            "<details><summary><span class=\"faint\" style=\"margin:0;min-width:5ch\">{}</span><code>{}</code><span class=\"{class}\" style=\"margin:0\">{state}{}</span><span class=\"faint\">{}</span></summary>{}</details>",
            count(usize::try_from(life.number).unwrap_or_default()),
            xml(&shown(life.name.as_deref())),
            if life.has_trouble() { ", with trouble" } else { "" },
            xml(&what),
            table(&life.events, story)
        );
    }
    if left_out > 0 {
        let _ = writeln!(
            out,
            "<p class=\"faint\">… and {}, without trouble; the trace has their events.</p>",
            counted(left_out, "more capsule")
        );
    }
    if !story.strays.is_empty() {
        let _ = writeln!(
            out,
            "<details><summary><code>no capsule</code><span class=\"faint\">{}</span></summary>{}</details>",
            counted(story.strays.len(), "event"),
            table(&story.strays, story)
        );
    }
    out
}

fn table(events: &[Event], story: &Story) -> String {
    let mut out = String::from(
        "<table><tr><th>time</th><th>event</th><th>result</th><th>references</th><th>caller</th><th>thread</th></tr>",
    );
    for event in events.iter().take(EVENTS) {
        let class = match &event.act {
            Act::Report(true, _) => "bad",
            Act::Report(false, _) => "warn",
            _ if event.failed => "bad",
            _ => "",
        };
        let thread = if story.processes > 1 {
            format!("{} of {}", event.thread, event.process)
        } else {
            event.thread.to_string()
        };
        let references = event.references.map(|references| references.to_string()).unwrap_or_default();
        let _ = write!(
            out,
            "<tr class=\"{class}\"><td>{}</td><td><code>{}</code></td><td>{}</td><td>{references}</td><td>{}</td><td>{thread}</td></tr>",
            time(event.time),
            xml(&what(event)),
            xml(&event.outcome),
            xml(&if event.act == Act::Destroyed { String::new() } else { event.place.in_words() })
        );
    }
    out += "</table>";
    if events.len() > EVENTS {
        let _ = write!(out, "<p class=\"faint\">… and {}</p>", counted(events.len() - EVENTS, "more event"));
    }
    out
}

fn what(event: &Event) -> String {
    match &event.act {
        Act::DestructionBegins => "the last reference is dropped".into(),
        Act::Destroyed => "the end".into(),
        Act::Report(_, kind) => format!("report: {kind}"),
        _ => match &event.name {
            Some(name) => format!("{}({})", event.call, shown(Some(name))),
            None => event.call.clone(),
        },
    }
}
