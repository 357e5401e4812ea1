//! Which capsules something leads to at the end of a program. It is looked for conservatively, as LeakSanitizer does: a word
//! that could be the address of a block is taken for one. So a leak may be missed where a number looks like an address, or
//! where an address was left behind; but what is held is not taken for a leak.
//!
//! The search begins with the variables of the program and its shared objects, of which the registry of modules is one, with
//! those that are this thread's own, and with the part of the stack that is in use. It goes on in each block of memory that
//! something leads to, and so through objects, their dicts, and what a program allocates or maps itself.

use super::addresses::Addresses;
use super::blocks::{Blocks, Range, Roots};
use super::maps::{self, Mapping};
use super::place;
use super::readable::Window;
use super::{frames, notes, tools};
use crate::runtime::memory::aside::{self, Aside, Notes, note};
use crate::runtime::{gc, stack};

const WORD: usize = size_of::<usize>();

/// A mapping that is larger is no stack, and is not looked at without need.
const STACK: usize = 1 << 32;
/// More than this of one block is not looked at, and then there is no telling what is lost.
const MOST: usize = 1 << 32;

/// What leads where.
pub struct Reachable {
    /// The capsules that live.
    capsules: Addresses,
    /// Those that something leads to.
    reached: Addresses,
    /// The collector's heads, and the anchors of its rings: their links hold nothing.
    heads: Addresses,
    /// Where blocks and capsules lie: what leads elsewhere is passed over quickly.
    parts: Notes<Range>,
    blocks: Blocks,
    window: Window,
    todo: Notes<Range>,
    /// Whether some memory was not looked at, since it is too much.
    is_cut: bool,
}

/// What is looked at first, besides variables.
struct Search {
    ranges: Notes<Range>,
    /// Whether memory that was mapped is: other threads' stacks lie there.
    with_plain: bool,
    /// The stack of the thread that looks, if that runs on its own.
    stack: Option<usize>,
}

impl Roots for Search {
    fn unknown(&mut self, range: Range) {
        if self.stack.is_none_or(|stack| !(range.0..range.1).contains(&stack)) {
            // Without memory for it, what only this leads to is reported.
            let _ = note(&mut self.ranges, range);
        }
    }

    fn plain(&mut self, range: Range) {
        if self.with_plain && range.1 - range.0 < STACK {
            self.unknown(range);
        }
    }
}

impl Reachable {
    /// Finds the capsules that something leads to: with what a function of this thread and its callers hold, if there is
    /// one. `None` where it can't be found out, since the memory is not known.
    pub fn find(function: Option<&Registers>) -> Option<Self> {
        let (here, end) = stack::in_use();
        let start = function.map_or(end, Registers::stack);
        let mappings = maps::all()?;
        let other_threads = maps::has_other_threads();
        // A tool's own memory is not to be told from a stack.
        if other_threads && tools::knows_blocks() {
            return None;
        }
        let is_own_stack = stack::is_own();
        let own_stack = is_own_stack.then_some(here);
        let mut search = Search { ranges: Notes::new_in(Aside), with_plain: other_threads, stack: own_stack };
        if is_own_stack {
            note(&mut search.ranges, (start, end))?;
        }
        // On a coroutine's stack, what waits on the first one is not done yet.
        if other_threads || !is_own_stack {
            mappings.iter().filter(|mapping| mapping.kind == maps::Kind::Stack).for_each(
                |Mapping { start, end, .. }| {
                    search.unknown((*start, *end));
                },
            );
        }
        let (mut capsules, mut heads) = (Addresses::new(), Addresses::new());
        let mut parts = Notes::new_in(Aside);
        // What leads to this thread's stack, as the note of where it ends does, does not make it more than it is.
        let has_blocks = |mapping: &&Mapping| {
            mapping.may_have_blocks() && own_stack.is_none_or(|here| !(mapping.start..mapping.end).contains(&here))
        };
        let (mut of_other_threads, me) = (Notes::new_in(Aside), notes::this_thread());
        for mapping in mappings.iter().filter(has_blocks) {
            note(&mut parts, (mapping.start, mapping.end))?;
        }
        for record in notes::open().live() {
            capsules.add(record.capsule);
            if other_threads && (record.maker != me || record.other_user.is_some_and(|user| user != me)) {
                note(&mut of_other_threads, record.capsule)?;
            }
            if !lies_in(&parts, record.capsule) {
                note(&mut parts, (record.capsule, record.capsule + 1))?;
                parts.sort_unstable();
            }
        }
        gc::each_head(&mut |head| {
            heads.add(head);
        });
        let blocks = Blocks::find(mappings, &mut search)?;
        let todo = Notes::new_in(Aside);
        let (reached, window) = (Addresses::new(), Window::new()?);
        let mut reachable = Reachable { capsules, reached, heads, parts, blocks, window, todo, is_cut: false };
        // A register of a thread that runs may hold what that one has made or used.
        for capsule in &of_other_threads {
            reachable.lead(*capsule, false);
        }
        if !is_own_stack {
            reachable.lead(here, false);
        }
        for word in function.into_iter().flat_map(|registers| registers.0) {
            reachable.lead(word, false);
        }
        reachable.variables();
        for range in &search.ranges {
            reachable.scan(*range, false);
        }
        reachable.follow();
        (!reachable.is_cut).then_some(reachable)
    }

    /// Looks at the variables of the program and its shared objects, and at those of them that are this thread's own.
    fn variables(&mut self) {
        let mut ranges = Notes::new_in(Aside);
        place::each_object(&mut |object| {
            let is_systems = frames::is_system_file(object.path::<256>().as_bytes());
            let variables = object.segments().filter(|(_, _, writable)| *writable);
            let variables = variables.map(|(start, length, _)| (start, length)).chain(object.locals);
            for (start, length) in variables {
                let _ = note(&mut ranges, ((start, start.saturating_add(length)), is_systems));
            }
        });
        for (range, is_systems) in &ranges {
            self.scan(*range, *is_systems);
        }
        self.scan(thread_block(), true);
    }

    /// Whether something leads to a capsule.
    pub fn contains(&self, capsule: usize) -> bool {
        self.reached.contains(capsule)
    }

    /// Of capsules that nothing leads to those that no other of them leads to either; of a circle one.
    pub fn not_held_by_others(mut self, capsules: &Notes<usize>) -> Option<Notes<usize>> {
        let first = self.not_held_by_earlier(&mut capsules.iter())?;
        self.not_held_by_earlier(&mut first.iter().rev())
    }

    fn not_held_by_earlier(&mut self, capsules: &mut dyn Iterator<Item = &usize>) -> Option<Notes<usize>> {
        self.reached = Addresses::new();
        self.blocks.forget();
        let mut left = Notes::new_in(Aside);
        for capsule in capsules {
            if !self.reached.contains(*capsule) {
                self.lead(*capsule, false);
                self.follow();
                note(&mut left, *capsule)?;
            }
        }
        Some(left)
    }

    fn follow(&mut self) {
        while let Some(range) = self.todo.pop() {
            self.scan(range, false);
        }
    }

    /// Looks for what the words of some memory lead to, but for what lies in our own notes.
    fn scan(&mut self, range: Range, is_systems: bool) {
        /// Our notes lie in larger pieces.
        const SMALL: usize = 1 << 16;
        let whole = range.1.saturating_sub(range.0);
        self.is_cut |= whole > MOST;
        let range = (range.0, range.1.min(range.0.saturating_add(MOST)));
        if whole < SMALL {
            self.scan_part(range, is_systems);
        } else {
            without(range, &own(), &mut |part| self.scan_part(part, is_systems));
        }
    }

    fn scan_part(&mut self, (start, end): Range, is_systems: bool) {
        const PAGE: usize = 4096;
        let mut at = start.next_multiple_of(WORD);
        let mut window = core::mem::replace(&mut self.window, Window::empty());
        while at + WORD <= end {
            let bytes = window.look(at, end - at);
            for (number, word) in bytes.as_chunks::<WORD>().0.iter().enumerate() {
                let (word, place) = (usize::from_ne_bytes(*word), at + number * WORD);
                let is_link = || self.heads.contains(place) || self.heads.contains(place.wrapping_sub(WORD));
                if lies_in(&self.parts, word) && !is_link() && tools::is_written(place) {
                    self.lead(word, is_systems);
                }
            }
            let read = bytes.len() - bytes.len() % WORD;
            // A page that can't be read is passed over.
            at = if read > 0 { at + read } else { (at + 1).next_multiple_of(PAGE) };
        }
        self.window = window;
    }

    /// Follows a word, which may be an address.
    fn lead(&mut self, word: usize, is_systems: bool) {
        if self.capsules.contains(word) {
            self.reached.add(word);
        }
        if let Some((start, end)) = self.blocks.meet(word, is_systems) {
            // A capsule is its block, or stands behind a collector's head in it.
            for capsule in [start, start.wrapping_add(2 * WORD)] {
                if self.capsules.contains(capsule) {
                    self.reached.add(capsule);
                }
            }
            // Without memory, what only this leads to is reported.
            let _ = note(&mut self.todo, (start, end));
        }
    }
}

/// Whether an address lies in one of some ranges, which are in order.
fn lies_in(ranges: &[Range], address: usize) -> bool {
    let number = ranges.partition_point(|(start, _)| *start <= address);
    number.checked_sub(1).and_then(|number| ranges.get(number)).is_some_and(|(_, end)| address < *end)
}

/// Where our own notes lie, in order.
fn own() -> Notes<Range> {
    let mut count = 0;
    let mut own: Notes<Range> = Notes::new_in(Aside);
    aside::each_region(&mut |_, _| count += 1);
    // Room for those that this, and what comes, makes.
    if own.try_reserve_exact(count + 64).is_ok() {
        aside::each_region(&mut |start, bytes| {
            if own.len() < own.capacity() {
                let _ = note(&mut own, (start, start + bytes));
            }
        });
    }
    own.sort_unstable();
    own
}

/// The parts of a range that do not lie in others, which are in order.
fn without((start, end): Range, others: &[Range], part: &mut dyn FnMut(Range)) {
    let mut at = start;
    for (from, to) in others.iter().filter(|(from, to)| *from < end && *to > start) {
        if at < *from {
            part((at, *from));
        }
        at = at.max(*to);
    }
    if at < end {
        part((at, end));
    }
}

/// The stack's pointer in a function, and the registers that it keeps for its caller.
#[derive(Debug)]
pub struct Registers([usize; 7]);

impl Registers {
    /// Those of the function that asks.
    #[inline(always)]
    pub fn now() -> Self {
        let mut kept = [0; 7];
        #[cfg(target_arch = "x86_64")]
        // SAFETY: writes registers to an array.
        unsafe {
            core::arch::asm!(
                "mov [{kept}], rsp",
                "mov [{kept} + 8], rbx",
                "mov [{kept} + 16], rbp",
                "mov [{kept} + 24], r12",
                "mov [{kept} + 32], r13",
                "mov [{kept} + 40], r14",
                "mov [{kept} + 48], r15",
                kept = in(reg) kept.as_mut_ptr(),
                options(nostack, preserves_flags),
            );
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            kept[0] = stack::in_use().0;
        }
        Registers(kept)
    }

    fn stack(&self) -> usize {
        self.0[0]
    }
}

/// What the C library keeps of this thread, with the values that belong to its keys.
#[cfg(all(target_env = "gnu", target_arch = "x86_64"))]
fn thread_block() -> Range {
    const SIZE: usize = 2304;
    let start: usize;
    // SAFETY: reads the thread's pointer, which stands where it leads to.
    unsafe { core::arch::asm!("mov {}, fs:[0]", out(reg) start, options(nostack, readonly, preserves_flags)) };
    (start, start + SIZE)
}

#[cfg(not(all(target_env = "gnu", target_arch = "x86_64")))]
fn thread_block() -> Range {
    (0, 0)
}
