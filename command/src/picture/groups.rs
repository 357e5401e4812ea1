//! The rows of a picture: a capsule, or all capsules that were made at one place, with those who asked.

use super::lives::{Act, Event, Life, Place, Story, shown};
use std::collections::{BTreeSet, HashMap};

/// The most capsules of one place that are drawn one by one. More share a row.
const APART: usize = 5;

/// The most rows of calls below a capsule.
const MOST: usize = 10;

/// Capsules that are drawn together.
pub struct Group<'a> {
    pub lives: Vec<&'a Life>,
    pub maker: Place,
    pub calls: Vec<Calls<'a>>,
    /// The rows of calls that are left out.
    pub left_out: usize,
    /// The reports of strict mode about them.
    pub reports: Vec<Reports<'a>>,
}

/// Equal calls from one place.
pub struct Calls<'a> {
    pub place: &'a Place,
    pub title: String,
    /// The outcome of the first one.
    pub outcome: &'a str,
    pub events: Vec<&'a Event>,
}

/// Reports of one kind.
pub struct Reports<'a> {
    pub kind: &'a str,
    pub is_error: bool,
    pub events: Vec<&'a Event>,
}

/// The groups of a story, in the order of their first capsules.
pub fn of(story: &Story) -> Vec<Group<'_>> {
    let mut made: HashMap<Place, usize> = HashMap::new();
    for life in &story.lives {
        *made.entry(life.maker()).or_default() += 1;
    }
    let mut index: HashMap<Place, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Life>> = Vec::new();
    for life in &story.lives {
        let maker = life.maker();
        let is_folded = made.get(&maker).is_some_and(|made| *made > APART);
        let known = if is_folded { index.get(&maker).copied() } else { None };
        match known.and_then(|known| groups.get_mut(known)) {
            Some(group) => group.push(life),
            None => {
                index.insert(maker, groups.len());
                groups.push(vec![life]);
            }
        }
    }
    groups.into_iter().map(Group::of).collect()
}

impl<'a> Group<'a> {
    fn of(lives: Vec<&'a Life>) -> Group<'a> {
        let maker = lives.first().map(|life| life.maker()).unwrap_or_default();
        let mut events: Vec<&Event> = lives.iter().flat_map(|life| &life.events).collect();
        events.sort_by_key(|event| event.at);
        let mut calls = calls(events.iter().copied().filter(|event| event.act != Act::Made));
        let left_out = calls.len().saturating_sub(MOST);
        // Calls that failed are shown before others.
        if left_out > 0 {
            calls.sort_by_key(|calls| !calls.failed());
            calls.truncate(MOST);
            calls.sort_by_key(|calls| calls.events.first().map(|event| event.at));
        }
        Group { maker, calls, left_out, reports: reports(events.into_iter()), lives }
    }

    /// The names, as many as fit a line.
    pub fn title(&self) -> String {
        let names: BTreeSet<Option<&str>> = self.lives.iter().map(|life| life.name.as_deref()).collect();
        let first = shown(self.lives.first().and_then(|life| life.name.as_deref()));
        if names.len() > 1 { format!("{first} and {} other names", names.len() - 1) } else { first }
    }

    pub fn ended(&self) -> usize {
        self.lives.iter().filter(|life| life.ended.is_some()).count()
    }

    /// The number of live capsules after each event that changes it.
    pub fn alive(&self) -> Vec<(usize, usize)> {
        let mut changes: Vec<(usize, isize)> = Vec::new();
        for life in &self.lives {
            changes.extend(life.made.map(|at| (at, 1)));
            changes.extend(life.ended.map(|at| (at, -1)));
        }
        changes.sort_unstable();
        let mut alive = 0_usize;
        let counted = changes.into_iter().map(|(at, change)| {
            alive = alive.saturating_add_signed(change);
            (at, alive)
        });
        counted.collect()
    }
}

impl Calls<'_> {
    pub fn failed(&self) -> bool {
        self.events.iter().any(|event| event.failed)
    }
}

/// The calls among events, equal ones together.
pub fn calls<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Calls<'a>> {
    let mut index: HashMap<(&Place, String, bool), usize> = HashMap::new();
    let mut all: Vec<Calls<'_>> = Vec::new();
    for event in events.filter(|event| !matches!(event.act, Act::Report(..) | Act::Destroyed)) {
        let title = title(event);
        let key = (&event.place, title, event.failed);
        match index.get(&key).and_then(|known| all.get_mut(*known)) {
            Some(known) => known.events.push(event),
            None => {
                let title = key.1.clone();
                index.insert(key, all.len());
                all.push(Calls { place: &event.place, title, outcome: &event.outcome, events: vec![event] });
            }
        }
    }
    all
}

fn title(event: &Event) -> String {
    let call = event.call.strip_prefix("PyCapsule_").unwrap_or(&event.call);
    match (&event.act, &event.name) {
        (Act::DestructionBegins, _) => "last reference dropped".into(),
        (_, Some(name)) => format!("{call}({})", shown(Some(name))),
        (Act::Renamed(None), _) => format!("{call}(NULL)"),
        _ if takes_name(call) => format!("{call}(NULL)"),
        _ => format!("{call}()"),
    }
}

fn takes_name(call: &str) -> bool {
    matches!(call, "GetPointer" | "IsValid" | "Import" | "New")
}

/// The reports among events, those of one kind and place together.
pub fn reports<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Reports<'a>> {
    let mut all: Vec<Reports<'_>> = Vec::new();
    for event in events {
        let Act::Report(is_error, kind) = &event.act else { continue };
        let is_same = |known: &Reports<'_>| {
            known.kind == kind && known.events.first().is_some_and(|first| first.place == event.place)
        };
        match all.iter_mut().find(|known| is_same(known)) {
            Some(known) => known.events.push(event),
            None => all.push(Reports { kind, is_error: *is_error, events: vec![event] }),
        }
    }
    all
}
