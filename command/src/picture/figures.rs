//! The figures at the top of a picture.

use super::lives::{Act, Story};
use super::scale::{counted, time};

/// One line about the program.
pub fn subtitle(story: &Story) -> String {
    let mut parts = vec![counted(story.events, "event"), format!("in {}", time(story.duration))];
    parts.push(counted(story.threads, "thread"));
    if story.processes > 1 {
        parts.push(format!("{} processes", story.processes));
    }
    match &story.exit {
        Some(exit) => parts.push(exit.clone()),
        None if story.ends.is_empty() => parts.push("the trace has no end of the process".into()),
        None => {}
    }
    parts.join(" · ")
}

/// The figures at the top: the number, the thing, and whether it is bad.
pub fn figures(story: &Story) -> Vec<(usize, &'static str, bool)> {
    let events = || story.lives.iter().flat_map(|life| &life.events).chain(&story.strays);
    let ended = story.lives.iter().filter(|life| life.ended.is_some()).count();
    let asked = events().filter(|event| event.act == Act::Asked && !event.failed).count();
    let failed = events().filter(|event| event.failed).count();
    let reports = events().filter(|event| matches!(event.act, Act::Report(..))).count();
    vec![
        (story.lives.len(), "capsules made", false),
        (ended, "destroyed", false),
        (story.lives.len() - ended, "left at the end", false),
        (asked, "answers given", false),
        (failed, "calls failed", failed > 0),
        (reports, "reports", reports > 0),
    ]
}
