//! A finding: one thing that is wrong, with its sentence and its places. It is made while the notes are locked, and
//! reported when they no longer are.

use super::kinds::Kind;
use super::line::Line;
use super::notes::Record;
use super::place::Place;
use core::fmt;

/// What happened at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The capsule was made.
    Made,
    /// It was given its name last.
    Renamed,
    /// Another thread set something.
    Set,
    /// It was destroyed.
    Destroyed,
    /// A call failed.
    Failed,
    /// It is used now.
    Used,
}

impl Role {
    /// How the list of callers is introduced.
    pub const fn title(self) -> &'static str {
        match self {
            Role::Made => "made here",
            Role::Renamed => "last renamed here",
            Role::Set => "set by another thread here",
            Role::Destroyed => "destroyed here",
            Role::Failed => "failed here",
            Role::Used => "used here",
        }
    }
}

/// How many places a finding can have.
pub const PLACES: usize = 5;

/// One thing that is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// The capsule's address; 0 if there is none, or more than one.
    pub capsule: usize,
    /// How many capsules it is about.
    pub capsules: usize,
    /// The capsule's name, by which it can be suppressed; `None` for NULL.
    pub name: Option<Line<160>>,
    /// What is wrong, in one sentence with the names in it.
    pub sentence: Line<900>,
    /// Where, in the order in which it is told.
    pub places: [Option<(Role, Place)>; PLACES],
}

impl Finding {
    /// A finding without places.
    pub fn new(kind: Kind, sentence: fmt::Arguments<'_>) -> Self {
        Finding { kind, capsule: 0, capsules: 1, name: None, sentence: Line::of(sentence), places: [None; PLACES] }
    }

    /// A finding about a capsule: with where it was made, renamed and destroyed.
    pub fn about(kind: Kind, record: &Record, sentence: fmt::Arguments<'_>) -> Self {
        let mut finding = Finding::new(kind, sentence);
        finding.capsule = record.capsule;
        finding.name = record.name.text().map(|name| {
            let mut line = Line::new();
            line.push(name);
            line
        });
        finding
            .at(Role::Made, record.made)
            .at(Role::Renamed, record.renamed)
            .at(Role::Set, record.set_elsewhere)
            .at(Role::Destroyed, record.destroyed)
    }

    /// With one place more, if it is known.
    pub fn at(mut self, role: Role, place: Place) -> Self {
        if place != Place::UNKNOWN
            && let Some(free) = self.places.iter_mut().find(|place| place.is_none())
        {
            *free = Some((role, place));
        }
        self
    }

    /// The place of this role.
    pub fn place(&self, role: Role) -> Place {
        let found = self.places.iter().flatten().find(|(its, _)| *its == role);
        found.map_or(Place::UNKNOWN, |(_, place)| *place)
    }
}

/// What one call brings to light.
#[derive(Debug, Default)]
pub struct Findings([Option<Finding>; 4]);

impl Findings {
    /// Adds one; what is too much is left out.
    pub fn add(&mut self, finding: Finding) {
        if let Some(free) = self.0.iter_mut().find(|finding| finding.is_none()) {
            *free = Some(finding);
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter().flatten()
    }
}
