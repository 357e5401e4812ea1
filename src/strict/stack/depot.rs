//! The recorded stacks. Each is kept once, as a list of numbers of addresses. Each address is kept once too, with its
//! shared object, because that may be unloaded before a report is written.

use super::cfi::{self, Step};
use super::loaded;
use crate::runtime::line::Line;
use crate::runtime::lock::{Guard, Lock};
use crate::runtime::memory::aside::{Aside, Notes, copy, note};
use crate::runtime::memory::{HashOf, fill};
use crate::strict::memory::addresses;
use crate::strict::signals;
use hashbrown::HashTable;

/// The number of callers that are kept of a stack.
pub const DEPTH: usize = 16;

/// Limits of memory. When the stacks take `AMPLE` words, new ones are cut to `FEW` callers, so that more of them are
/// equal. When they take `MOST` words, no new one is kept.
const AMPLE: usize = 1 << 22;
const FEW: usize = 4;
const MOST: usize = 1 << 24;

/// A return address, and its shared object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The return address.
    pub address: usize,
    /// The index of the object in the depot's modules, or [`NO_MODULE`].
    module: u32,
}

const NO_MODULE: u32 = u32::MAX;
const NOWHERE: Frame = Frame { address: 0, module: NO_MODULE };

/// The callers of a place, the innermost first.
#[derive(Debug, Clone, Copy)]
pub struct Stack {
    frames: [Frame; DEPTH],
    depth: usize,
}

impl IntoIterator for Stack {
    type Item = Frame;
    type IntoIter = core::iter::Take<core::array::IntoIter<Frame, DEPTH>>;

    fn into_iter(self) -> Self::IntoIter {
        self.frames.into_iter().take(self.depth)
    }
}

impl Frame {
    /// The address at which its object was loaded, and the path of its file.
    pub fn module<const N: usize>(self) -> Option<(usize, Line<N>)> {
        let depot = open()?;
        let module = depot.modules.get(self.module as usize)?;
        let mut path = Line::new();
        path.push(&module.path);
        Some((module.base, path))
    }
}

/// A return address, with its object and step. They are valid while the number of unloaded objects is `unloaded`.
#[derive(Debug)]
struct Spot {
    frame: Frame,
    unloaded: u32,
    /// The step to the caller's frame.
    step: Step,
}

/// The program or a shared object: the address at which it was loaded, and the path of its file.
#[derive(Debug)]
struct Module {
    base: usize,
    path: Notes<u8>,
}

/// The object that contains an address.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The address at which the object is loaded.
    pub base: usize,
    /// The path of its file.
    pub path: Line<512>,
}

/// All stacks, addresses and objects that are kept.
#[derive(Debug)]
pub struct Depot {
    spots: Notes<Spot>,
    spot_index: HashTable<u32, Aside>,
    /// The stacks: each is a length, followed by that many numbers of spots.
    words: Notes<u32>,
    /// The beginning of each stack in `words`.
    index: HashTable<u32, Aside>,
    modules: Notes<Module>,
}

static DEPOT: Lock<Depot> = Lock::new(Depot {
    spots: Notes::new_in(Aside),
    spot_index: HashTable::new_in(Aside),
    words: Notes::new_in(Aside),
    index: HashTable::new_in(Aside),
    modules: Notes::new_in(Aside),
});

/// Opens the depot. While the process is ending, only if that needs no waiting, because the interrupted thread may have
/// it open.
pub fn open() -> Option<Guard<Depot>> {
    if signals::is_ending() { DEPOT.try_hold() } else { Some(DEPOT.hold()) }
}

impl Depot {
    /// The number of an address, and the step to its caller. An address is learned when it is new, and again after an
    /// object was unloaded. `found` is its object, in case it can't be found here.
    pub fn spot(&mut self, address: usize, unloaded: u32, found: Option<&Found>) -> Option<(u32, Step)> {
        let number = match self.known(address, unloaded) {
            Some(number) => number,
            None => self.learn(address, unloaded, found)?,
        };
        self.spots.get(number as usize).map(|spot| (number, spot.step))
    }

    /// The number of an address, unless it has to be learned.
    pub fn known(&self, address: usize, unloaded: u32) -> Option<u32> {
        let is_valid = |number: &u32| {
            let spot = self.spots.get(*number as usize);
            spot.is_some_and(|spot| spot.frame.address == address && spot.unloaded == unloaded)
        };
        self.spot_index.find(addresses::hash(address), is_valid).copied()
    }

    fn learn(&mut self, address: usize, unloaded: u32, found: Option<&Found>) -> Option<u32> {
        const SPARE: usize = 4 * DEPTH;
        // The call instruction is before the return address, and may be the function's last.
        let region = loaded::find(address.wrapping_sub(1));
        let step = region.map_or(Step::Unknown, |region| cfi::step(address.wrapping_sub(1), &region));
        let found = region.map(|region| Found { base: region.base, path: region.path() }).or(found.copied());
        let module = found.map_or(Some(NO_MODULE), |found| self.module(&found))?;
        let frame = Frame { address, module };
        let hash = addresses::hash(address);
        let spots = &self.spots;
        let is_same =
            |number: &u32| spots.get(*number as usize).is_some_and(|spot| spot.frame == frame && spot.step == step);
        if let Some(number) = self.spot_index.find(hash, is_same).copied() {
            self.spots.get_mut(number as usize)?.unloaded = unloaded;
            return Some(number);
        }
        let spots = &self.spots;
        let hash_of: HashOf<'_, u32> =
            &|number| spots.get(*number as usize).map_or(0, |spot| addresses::hash(spot.frame.address));
        // While the process is ending, the heap may be corrupt, so nothing is allocated.
        if !signals::is_ending() {
            self.spot_index.try_reserve(SPARE, hash_of).ok()?;
            self.spots.try_reserve(SPARE).ok()?;
        } else if self.spot_index.capacity() == self.spot_index.len() || self.spots.capacity() == self.spots.len() {
            return None;
        }
        let number = self.spots.len().try_into().ok()?;
        fill(&mut self.spots, [Spot { frame, unloaded, step }]);
        // Room was reserved above, so the hash function is not called.
        self.spot_index.insert_unique(hash, number, |_| 0);
        Some(number)
    }

    fn module(&mut self, found: &Found) -> Option<u32> {
        let same = |module: &Module| module.base == found.base && *module.path == *found.path.as_bytes();
        let number = match self.modules.iter().position(same) {
            Some(number) => number,
            None if signals::is_ending() => return Some(NO_MODULE),
            None => {
                note(&mut self.modules, Module { base: found.base, path: copy(found.path.as_bytes())? })?;
                self.modules.len() - 1
            }
        };
        number.try_into().ok()
    }

    /// Keeps the stack of these spots, the innermost first. Returns its beginning.
    pub fn keep(&mut self, spots: &[u32]) -> Option<u32> {
        const SPARE: usize = 4;
        let words = &self.words;
        let spots = if words.len() < AMPLE { spots } else { spots.get(..FEW).unwrap_or(spots) };
        let key = hash(spots);
        if let Some(start) = self.index.find(key, |start| stack_at(words, *start) == spots) {
            return Some(*start);
        }
        if words.len() > MOST {
            return None;
        }
        let hash_of: HashOf<'_, u32> = &|start| hash(stack_at(words, *start));
        if !signals::is_ending() {
            self.index.try_reserve(SPARE, hash_of).ok()?;
            self.words.try_reserve(SPARE * (DEPTH + 1)).ok()?;
        } else if self.index.capacity() == self.index.len() || self.words.capacity() - self.words.len() <= spots.len() {
            return None;
        }
        let start = self.words.len().try_into().ok()?;
        fill(&mut self.words, [spots.len() as u32]);
        fill(&mut self.words, spots.iter().copied());
        // Room was reserved above, so the hash function is not called.
        self.index.insert_unique(key, start, |_| 0);
        Some(start)
    }

    /// The stack that begins there.
    pub fn stack(&self, start: u32) -> Stack {
        let mut stack = Stack { frames: [NOWHERE; DEPTH], depth: 0 };
        for (place, number) in stack.frames.iter_mut().zip(stack_at(&self.words, start)) {
            *place = self.spots.get(*number as usize).map_or(NOWHERE, |spot| spot.frame);
            stack.depth += 1;
        }
        stack
    }

    /// The address at which the object of a stack's innermost caller is loaded.
    pub fn module_of(&self, start: u32) -> Option<usize> {
        let innermost = self.spots.get(*stack_at(&self.words, start).first()? as usize)?;
        self.modules.get(innermost.frame.module as usize).map(|module| module.base)
    }
}

fn stack_at(words: &[u32], start: u32) -> &[u32] {
    let rest = words.get(start as usize..).unwrap_or_default();
    let Some((length, rest)) = rest.split_first() else { return &[] };
    rest.get(..*length as usize).unwrap_or_default()
}

fn hash(spots: &[u32]) -> u64 {
    spots.iter().fold(0, |hash, spot| addresses::hash((hash.rotate_left(5) ^ u64::from(*spot)) as usize))
}
