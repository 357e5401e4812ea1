//! The report of the capsules that are left. Capsules that were made at one place share one report, and each is
//! reported once.

use crate::runtime::line::Line;
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::strict::memory::addresses::Addresses;
use crate::strict::notes;
use crate::strict::notes::record::Record;
use crate::strict::report::finding::{Finding, Role, quoted};
use crate::strict::report::kinds::Kind;
use crate::strict::report::{self, Then, suppress};
use crate::strict::stack::place::Place;
use core::fmt;

/// The numbers of the capsules that were reported.
static TOLD: Lock<Addresses> = Lock::new(Addresses::new());

/// A capsule that is left. After sorting, those of one report are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    kind: u8,
    made: Place,
    /// The hash of the name if `made` is unknown, so that different names have different reports; otherwise 0.
    apart: u64,
    number: u64,
    name: u64,
    capsule: usize,
}

/// The capsules that are left.
#[derive(Debug)]
pub struct Left(Notes<Item>);

impl Left {
    /// No capsules yet.
    pub const fn new() -> Self {
        Left(Notes::new_in(Aside))
    }

    /// Adds a capsule, unless it was reported before or its report is suppressed. Without memory it is left out.
    pub fn add(&mut self, kind: Kind, record: &Record) {
        let text = record.name.text();
        if TOLD.hold().contains(key(record.number)) || suppress::suppresses(kind, text) {
            return;
        }
        let name = text.map_or(0, hash);
        let apart = if record.made == Place::UNKNOWN { name } else { 0 };
        let (made, number, capsule) = (record.made, record.number, record.capsule);
        let _ = note(&mut self.0, Item { kind: kind as u8, made, apart, number, name, capsule });
    }

    /// Reports the capsules. The reports are ordered by the first capsule of each.
    pub fn tell(mut self) {
        self.0.sort_unstable();
        let mut groups: Notes<(u64, &[Item])> = Notes::new_in(Aside);
        for group in self.0.chunk_by(|one, other| one.report() == other.report()) {
            let _ = note(&mut groups, (group.first().map_or(0, |first| first.number), group));
        }
        groups.sort_unstable();
        for (_, group) in &groups {
            let Some(finding) = finding(group) else { continue };
            // They are recorded before the report, because its callback may search for leaks again.
            for item in *group {
                TOLD.hold().add(key(item.number));
            }
            report::tell_wanted(&finding, Then::GoOn);
        }
    }
}

impl Item {
    /// The key that the capsules of one report share.
    fn report(&self) -> (u8, Place, u64) {
        (self.kind, self.made, self.apart)
    }
}

/// A number as a key of the set.
fn key(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The hash of a name, never 0.
fn hash(name: &[u8]) -> u64 {
    // FNV-1a: because of its offset, even the hash of an empty name is not 0.
    let mixed = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    name.iter().fold(0xcbf2_9ce4_8422_2325, mixed)
}

/// The finding about a group; `None` when its first capsule was destroyed meanwhile.
fn finding(group: &[Item]) -> Option<Finding> {
    let first = group.first()?;
    let kind = Kind::ALL.into_iter().find(|kind| *kind as u8 == first.kind)?;
    let mut book = notes::open();
    let record = book.find(first.capsule).filter(|record| record.number == first.number && record.is_live())?;
    let mut finding = Finding::about(kind, record, format_args!(""));
    let is_same_name = group.iter().all(|item| item.name == first.name);
    finding.sentence = Line::of(format_args!(
        "{}",
        Sentence { kind, count: group.len(), name: is_same_name.then(|| record.name.text()), made: first.made }
    ));
    if group.len() > 1 {
        finding.capsules = group.len();
        finding.capsule = 0;
        finding.places = [None; _];
        finding = finding.at(Role::Made, first.made);
        if !is_same_name {
            finding.name = None;
        }
    }
    Some(finding)
}

/// The sentence about `count` capsules, with their name if all have the same.
struct Sentence<'a> {
    kind: Kind,
    count: usize,
    name: Option<Option<&'a [u8]>>,
    made: Place,
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_one = self.count == 1;
        match self.count {
            1 => f.write_str("the capsule")?,
            count => write!(f, "{count} capsules")?,
        }
        if let Some(name) = self.name {
            write!(f, " {}", quoted(name))?;
        }
        if !is_one && self.made != Place::UNKNOWN {
            f.write_str(", made at the same place,")?;
        }
        f.write_str(if is_one { " was never " } else { " were never " })?;
        match self.kind {
            Kind::DlpackUnconsumed if is_one => f.write_str("consumed nor destroyed: what it exports is never deleted"),
            Kind::DlpackUnconsumed => f.write_str("consumed nor destroyed: what they export is never deleted"),
            _ => f.write_str("destroyed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn sentences_name_the_capsules_and_their_number() {
        let told = |kind, count, name| Sentence { kind, count, name, made: Place::UNKNOWN }.to_string();
        assert_eq!(told(Kind::Leak, 1, Some(Some(&b"a"[..]))), "the capsule \"a\" was never destroyed");
        assert_eq!(told(Kind::Leak, 1, Some(None)), "the capsule NULL was never destroyed");
        assert_eq!(told(Kind::Leak, 2, Some(Some(b"a"))), "2 capsules \"a\" were never destroyed");
        assert_eq!(told(Kind::Leak, 2, None), "2 capsules were never destroyed");
        assert_eq!(
            told(Kind::DlpackUnconsumed, 3, None),
            "3 capsules were never consumed nor destroyed: what they export is never deleted"
        );
        assert_ne!(hash(b""), 0);
        assert_ne!(hash(b"a"), hash(b"b"));
    }
}
