//! A finding: one thing that is wrong, with its sentence and its places. It is made while the notes are locked, and
//! reported when they no longer are.

use super::kinds::Kind;
use super::line::Line;
use super::notes::Record;
use super::place::Place;
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::memory::fill;
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

/// How many findings of one call are kept.
const MOST: usize = 4;

/// What one call brings to light: mostly nothing, which takes no memory.
#[derive(Debug)]
pub struct Findings(Notes<Finding>);

impl Default for Findings {
    fn default() -> Self {
        Findings(Notes::new_in(Aside))
    }
}

impl Findings {
    /// Has memory for some lie ready, for when the system has no more.
    pub fn prepare() {
        let _ = Findings::default().room();
    }

    fn room(&mut self) -> Option<&mut Notes<Finding>> {
        self.0.try_reserve_exact(MOST - self.0.len()).ok()?;
        Some(&mut self.0)
    }

    /// Adds one; what is too much is left out.
    pub fn add(&mut self, finding: Finding) {
        if self.0.len() < MOST
            && let Some(room) = self.room()
        {
            fill(room, [finding]);
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }
}
