//! Places in a program: who called whom when a capsule was made, renamed, destroyed or used. Each stack is kept once,
//! with the shared objects that its addresses lie in, since those may be unloaded before a report is written.

use super::line::Line;
use super::{addresses, crash};
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside::{Aside, Notes, copy, note};
use crate::runtime::memory::{HashOf, fill};
use crate::runtime::options;
use core::ffi::{CStr, c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
use hashbrown::HashTable;

/// How many callers are kept.
pub const DEPTH: usize = 16;

/// How many addresses are taken, of which the first are the library's own: few are enough nearly always, and each costs.
const TAKEN: usize = 64;
const TAKEN_FIRST: usize = DEPTH + 8;

/// A stack of callers that is kept; `UNKNOWN` where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

/// An address to return to, and the shared object that it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The address.
    pub address: usize,
    /// Which of the modules, if any.
    module: u32,
}

const NO_MODULE: u32 = u32::MAX;
const NOWHERE: Frame = Frame { address: 0, module: NO_MODULE };

/// The callers, the innermost first.
#[derive(Debug, Clone, Copy)]
pub struct Stack {
    frames: [Frame; DEPTH],
    depth: usize,
}

/// The program, or a shared object: where it was loaded, and from what file.
#[derive(Debug)]
struct Module {
    base: usize,
    path: Notes<u8>,
}

/// What is kept.
#[derive(Debug)]
struct Depot {
    stacks: Notes<Stack>,
    index: HashTable<usize, Aside>,
    modules: Notes<Module>,
}

static DEPOT: Lock<Depot> =
    Lock::new(Depot { stacks: Notes::new_in(Aside), index: HashTable::new_in(Aside), modules: Notes::new_in(Aside) });

// The C library's own unwinder, which is loaded when it is first used.
#[cfg(target_env = "gnu")]
unsafe extern "C" {
    fn backtrace(buffer: *mut *mut c_void, size: c_int) -> c_int;
}

impl Place {
    /// No place.
    pub const UNKNOWN: Place = Place(0);

    /// The callers of the library's function that runs.
    pub fn here() -> Place {
        if !options::get().backtrace {
            return Place::UNKNOWN;
        }
        let mut addresses = [null_mut(); TAKEN];
        let addresses = callers(&mut addresses);
        if addresses.is_empty() {
            return Place::UNKNOWN;
        }
        let hash = hash(addresses);
        if let Some(place) = DEPOT.hold().find(hash, addresses) {
            return place;
        }
        // Asking the loader takes its lock, under which a module may be calling us: so ours is not held meanwhile.
        let mut modules = Modules::default();
        let mut stack = Stack { frames: [NOWHERE; DEPTH], depth: addresses.len() };
        for (frame, address) in stack.frames.iter_mut().zip(addresses) {
            frame.address = address.addr();
        }
        modules.locate(&stack);
        let mut depot = DEPOT.hold();
        // Another thread may have been quicker.
        depot.find(hash, addresses).or_else(|| depot.keep(hash, stack, &modules)).unwrap_or(Place::UNKNOWN)
    }

    /// The stack of this place; none if it is unknown.
    pub fn stack(self) -> Option<Stack> {
        DEPOT.hold().stacks.get(self.0.checked_sub(1)? as usize).copied()
    }

    /// Where the object is loaded that the innermost caller lies in.
    pub fn module(self) -> Option<usize> {
        let frame = *self.stack()?.frames().first()?;
        DEPOT.hold().modules.get(frame.module as usize).map(|module| module.base)
    }
}

impl Stack {
    /// The callers, the innermost first.
    pub fn frames(&self) -> &[Frame] {
        self.frames.get(..self.depth).unwrap_or_default()
    }
}

impl IntoIterator for Stack {
    type Item = Frame;
    type IntoIter = core::iter::Take<core::array::IntoIter<Frame, DEPTH>>;

    fn into_iter(self) -> Self::IntoIter {
        self.frames.into_iter().take(self.depth)
    }
}

impl Frame {
    /// Where its object was loaded, and from what file.
    pub fn module<const N: usize>(self) -> Option<(usize, Line<N>)> {
        let depot = DEPOT.hold();
        let module = depot.modules.get(self.module as usize)?;
        let mut path = Line::new();
        path.push(&module.path);
        Some((module.base, path))
    }
}

impl Depot {
    fn find(&self, hash: u64, addresses: &[*mut c_void]) -> Option<Place> {
        let same = |number: &usize| {
            let stack = self.stacks.get(*number);
            stack.is_some_and(|stack| {
                stack.frames().iter().map(|frame| frame.address).eq(addresses.iter().map(|a| a.addr()))
            })
        };
        self.index.find(hash, same).map(|number| Place(*number as u32 + 1))
    }

    /// Keeps a stack, and makes room for some more: one of them may come when malloc is broken.
    fn keep(&mut self, hash: u64, mut stack: Stack, found: &Modules) -> Option<Place> {
        const SPARE: usize = 4;
        let is_full = self.stacks.capacity() == self.stacks.len() || self.index.capacity() == self.index.len();
        if !crash::is_near() {
            self.stacks.try_reserve(SPARE).ok()?;
            let hash_of: HashOf<'_, usize> = &|number| self.stacks.get(*number).map_or(0, stack_hash);
            self.index.try_reserve(SPARE, hash_of).ok()?;
        } else if is_full {
            return None;
        }
        for (frame, module) in stack.frames.iter_mut().zip(&found.0) {
            if let Some(module) = module {
                frame.module = self.module(module)?;
            }
        }
        let number: u32 = self.stacks.len().try_into().ok()?;
        fill(&mut self.stacks, [stack]);
        // There is room, as was seen to.
        let hash_of: HashOf<'_, usize> = &|_| 0;
        self.index.insert_unique(hash, number as usize, hash_of);
        Some(Place(number + 1))
    }

    fn module(&mut self, found: &Found) -> Option<u32> {
        let same = |module: &Module| module.base == found.base && *module.path == *found.path.as_bytes();
        let number = match self.modules.iter().position(same) {
            Some(number) => number,
            None if crash::is_near() => return Some(NO_MODULE),
            None => {
                note(&mut self.modules, Module { base: found.base, path: copy(found.path.as_bytes())? })?;
                self.modules.len() - 1
            }
        };
        number.try_into().ok()
    }
}

fn hash(addresses: &[*mut c_void]) -> u64 {
    addresses.iter().fold(0, |hash, address| mix(hash, address.addr()))
}

fn stack_hash(stack: &Stack) -> u64 {
    stack.frames().iter().fold(0, |hash, frame| mix(hash, frame.address))
}

fn mix(so_far: u64, address: usize) -> u64 {
    so_far.rotate_left(5) ^ addresses::hash(address)
}

/// The addresses that lead out of the library, the innermost first.
fn callers(addresses: &mut [*mut c_void; TAKEN]) -> &[*mut c_void] {
    for most in [TAKEN_FIRST, TAKEN] {
        let taken = take(addresses.get_mut(..most).unwrap_or_default());
        let after = outside(addresses.get(..taken).unwrap_or_default());
        if after < taken {
            return addresses.get(after..taken.min(after + DEPTH)).unwrap_or_default();
        }
    }
    &[]
}

/// The index of the first address outside the library, behind those in it.
fn outside(taken: &[*mut c_void]) -> usize {
    let Some((start, end)) = own_range() else { return 0 };
    let own = |address: &*mut c_void| (start..end).contains(&address.addr());
    // A sanitizer's stand-in for the unwinder may stand before us.
    let first = taken.iter().position(own).unwrap_or_default();
    taken.iter().skip(first).position(|address| !own(address)).map_or(taken.len(), |count| first + count)
}

#[cfg(target_env = "gnu")]
fn take(addresses: &mut [*mut c_void]) -> usize {
    // SAFETY: the buffer has room for so many.
    let taken = unsafe { backtrace(addresses.as_mut_ptr(), addresses.len() as c_int) };
    usize::try_from(taken).unwrap_or_default()
}

#[cfg(not(target_env = "gnu"))]
fn take(_: &mut [*mut c_void]) -> usize {
    0
}

/// What the loader says about an address.
#[derive(Debug, Clone, Copy)]
struct Found {
    base: usize,
    path: Line<512>,
}

/// For each frame, the object that it lies in.
#[derive(Debug, Default)]
struct Modules([Option<Found>; DEPTH]);

impl Modules {
    fn locate(&mut self, stack: &Stack) {
        each_object(&mut |object| {
            for (frame, found) in stack.frames().iter().zip(&mut self.0) {
                if found.is_none() && object.contains(frame.address) {
                    *found = Some(Found { base: object.base, path: object.path() });
                }
            }
        });
    }
}

/// An object as the loader shows it.
pub struct Object<'a> {
    /// What is added to its addresses.
    pub base: usize,
    /// Whether it is the program itself.
    pub is_program: bool,
    /// Its thread-local variables, those of the thread that asks: where they begin, and how many bytes they are.
    pub locals: Option<(usize, usize)>,
    name: &'a CStr,
    segments: &'a [libc::Elf64_Phdr],
}

impl Object<'_> {
    /// The segments that are loaded: where each begins, its length, and whether it can be written.
    pub fn segments(&self) -> impl Iterator<Item = (usize, usize, bool)> {
        let loaded = self.segments.iter().filter(|segment| segment.p_type == libc::PT_LOAD);
        loaded.map(|segment| {
            let start = self.base.wrapping_add(segment.p_vaddr as usize);
            (start, segment.p_memsz as usize, segment.p_flags & libc::PF_W != 0)
        })
    }

    /// Whether an address lies in it.
    pub fn contains(&self, address: usize) -> bool {
        self.segments().any(|(start, length, _)| (start..start.saturating_add(length)).contains(&address))
    }

    /// The file's path.
    pub fn path<const N: usize>(&self) -> Line<N> {
        let mut path = Line::new();
        if self.is_program && self.name.is_empty() {
            let mut buffer = [0u8; N];
            // SAFETY: the buffer is that long.
            let length = unsafe { libc::readlink(c"/proc/self/exe".as_ptr(), buffer.as_mut_ptr().cast(), N) };
            path.push(usize::try_from(length).ok().and_then(|length| buffer.get(..length)).unwrap_or_default());
        } else {
            path.push(self.name.to_bytes());
        }
        path
    }
}

/// Shows each object that is loaded. The loader's lock is held meanwhile.
pub fn each_object(look: &mut dyn FnMut(&Object<'_>)) {
    struct Visit<'a> {
        look: &'a mut dyn FnMut(&Object<'_>),
        first: bool,
    }
    unsafe extern "C" fn visit(info: *mut libc::dl_phdr_info, _: libc::size_t, data: *mut c_void) -> c_int {
        // SAFETY: the loader hands out a whole description, and what `each_object` gave it.
        unsafe {
            let visit = &mut *data.cast::<Visit<'_>>();
            let info = &*info;
            let is_program = core::mem::replace(&mut visit.first, false);
            let name = if info.dlpi_name.is_null() { c"" } else { CStr::from_ptr(info.dlpi_name) };
            let segments = core::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum.into());
            let template = segments.iter().find(|segment| segment.p_type == libc::PT_TLS);
            let locals = template.map(|segment| (info.dlpi_tls_data.addr(), segment.p_memsz as usize));
            let locals = locals.filter(|(start, _)| *start != 0);
            (visit.look)(&Object { base: info.dlpi_addr as usize, is_program, locals, name, segments });
        }
        0
    }
    let mut visitor = Visit { look, first: true };
    // SAFETY: the callback gets the visitor, which outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(visit), (&raw mut visitor).cast()) };
}

/// Where the library itself lies; `None` when it is a part of the program, so that its code can't be told from the
/// program's.
fn own_range() -> Option<(usize, usize)> {
    use core::sync::atomic::AtomicUsize;
    static LOOKED: AtomicBool = AtomicBool::new(false);
    static RANGE: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];
    let [start, end] = &RANGE;
    if !LOOKED.load(Relaxed) {
        let me = own_range as fn() -> Option<(usize, usize)> as usize;
        each_object(&mut |object| {
            if !object.is_program && object.contains(me) {
                start.store(object.segments().map(|(start, ..)| start).min().unwrap_or_default(), Relaxed);
                end.store(
                    object.segments().map(|(start, length, _)| start + length).max().unwrap_or_default(),
                    Relaxed,
                );
            }
        });
        LOOKED.store(true, Relaxed);
    }
    let range = (start.load(Relaxed), end.load(Relaxed));
    (range.1 != 0).then_some(range)
}

/// Whether an address lies in the library, where it is a shared object of its own.
pub fn is_own(address: usize) -> bool {
    own_range().is_some_and(|(start, end)| (start..end).contains(&address))
}

/// Whether the library is a shared object of its own, so that callers can be told from it.
pub fn is_apart() -> bool {
    own_range().is_some()
}
