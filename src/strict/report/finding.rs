//! A finding: one mistake, with its sentence and its places. It is made while the notes are open, and reported after
//! they are closed.

use super::kinds::Kind;
use crate::runtime::line::{Line, Quoted};
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::memory::fill;
use crate::strict::notes::record::Record;
use crate::strict::stack::place::Place;
use core::fmt;

/// The role of a place in a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The capsule was made.
    Made,
    /// The capsule was last renamed.
    Renamed,
    /// Another thread set something.
    Set,
    /// The capsule was destroyed.
    Destroyed,
    /// A call failed.
    Failed,
    /// The call that is being made.
    Used,
}

impl Role {
    /// The title of the list of callers.
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

/// The largest number of places in a finding.
pub const PLACES: usize = 5;

/// One mistake.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// The kind of mistake.
    pub kind: Kind,
    /// The capsule's address; 0 if there is none, or more than one.
    pub capsule: usize,
    /// The number of capsules that it is about.
    pub capsules: usize,
    /// The capsule's name, by which a report can be suppressed; `None` for NULL.
    pub name: Option<Line<160>>,
    /// One sentence about the mistake, with the names in it.
    pub sentence: Line<900>,
    /// The places, in the order of the report.
    pub places: [Option<(Role, Place)>; PLACES],
}

impl Finding {
    /// A finding without places.
    pub fn new(kind: Kind, sentence: fmt::Arguments<'_>) -> Self {
        Finding { kind, capsule: 0, capsules: 1, name: None, sentence: Line::of(sentence), places: [None; PLACES] }
    }

    /// A finding about a capsule, with the places where it was made, renamed, set and destroyed.
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

    /// The finding with one more place, if the place is known.
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

/// A name in quotes, or NULL, for a sentence.
pub fn quoted(name: Option<&[u8]>) -> Quoted<'_> {
    Quoted(name.map(|name| name.get(..160).unwrap_or(name)))
}

/// The number of findings that are kept for one call.
const MOST: usize = 4;

/// The findings of one call. Usually there are none, which takes no memory.
#[derive(Debug)]
pub struct Findings(Notes<Finding>);

impl Default for Findings {
    fn default() -> Self {
        Findings(Notes::new_in(Aside))
    }
}

impl Findings {
    /// Makes the allocator keep memory for findings, for the case that the system has no more.
    pub fn prepare() {
        let _ = Findings::default().room();
    }

    fn room(&mut self) -> Option<&mut Notes<Finding>> {
        self.0.try_reserve_exact(MOST - self.0.len()).ok()?;
        Some(&mut self.0)
    }

    /// Adds a finding, unless there are too many or there is no memory for it.
    pub fn add(&mut self, finding: Finding) {
        if self.0.len() < MOST
            && let Some(room) = self.room()
        {
            fill(room, [finding]);
        }
    }

    /// Each finding.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }
}
