//! The capsules that are reachable at the end of a program. The search is conservative, as LeakSanitizer's is: every
//! word that could be the address of a block is taken for one. So a leak is missed if a number looks like an address,
//! or if an address was left behind. But a reachable capsule is never reported as a leak.
//!
//! The search begins with the variables of the program and its shared objects, with this thread's own variables, and
//! with the part of the stack that is in use. The registry of modules is one of these variables. The search continues
//! in each reachable block of memory, and so passes through objects, their dicts, and memory that the program allocates
//! or maps.

use crate::runtime::memory::aside::{self, Aside, Notes, note};
use crate::runtime::{gc, stack};
use crate::strict::memory::addresses::{Addresses, Range};
use crate::strict::memory::blocks::{Blocks, Roots};
use crate::strict::memory::maps::{self, Mapping};
use crate::strict::memory::readable::Window;
use crate::strict::memory::tools;
use crate::strict::notes;
use crate::strict::notes::record::ThreadId;
use crate::strict::stack::loaded;

const WORD: usize = size_of::<usize>();

/// A larger mapping is not a thread's stack, and is searched only when it is reachable.
const STACK: usize = 1 << 32;
/// A longer range is not searched to its end. Then it is unknown which capsules are lost.
const MOST: usize = 1 << 32;

/// The search, and its result.
pub struct Reachable {
    /// The live capsules.
    capsules: Addresses,
    /// The reachable capsules.
    reached: Addresses,
    /// The collector's heads, and the anchors of its rings. Their links do not hold an object.
    heads: Addresses,
    /// The memory that contains blocks and capsules, so that other words are skipped quickly.
    parts: Notes<Range>,
    blocks: Blocks,
    window: Window,
    /// Blocks that are still to be searched.
    todo: Notes<Range>,
    /// Whether a range was too long to be searched to its end.
    is_cut: bool,
}

/// The ranges that are searched first, besides variables.
struct Search {
    ranges: Notes<Range>,
    /// Whether memory that the program has mapped belongs to them, because it contains other threads' stacks.
    with_plain: bool,
    /// An address in the stack of this thread, if it runs on its own stack. That stack is searched separately.
    stack: Option<usize>,
}

impl Roots for Search {
    fn unknown(&mut self, range: Range) {
        if self.stack.is_none_or(|stack| !(range.0..range.1).contains(&stack)) {
            // Without memory for the range, capsules that are reachable only through it are reported.
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
    /// Finds the reachable capsules. `function` is the frame of this thread from which the stack is searched, if any
    /// function of the program is still running. `None` if too little is known about the memory.
    pub fn find(function: Option<&Registers>) -> Option<Self> {
        let (here, end) = stack::in_use();
        let start = function.map_or(end, Registers::stack);
        let mappings = maps::all()?;
        let other_threads = maps::has_other_threads();
        // A tool's own memory can't be distinguished from a thread's stack.
        if other_threads && tools::knows_blocks() {
            return None;
        }
        let is_own_stack = stack::is_own();
        let own_stack = is_own_stack.then_some(here);
        let mut search = Search { ranges: Notes::new_in(Aside), with_plain: other_threads, stack: own_stack };
        if is_own_stack {
            note(&mut search.ranges, (start, end))?;
        }
        // On a coroutine's stack, functions that wait on the first stack may still hold capsules.
        if other_threads || !is_own_stack {
            mappings.iter().filter(|mapping| mapping.kind == maps::Kind::Stack).for_each(
                |Mapping { start, end, .. }| {
                    search.unknown((*start, *end));
                },
            );
        }
        let (mut capsules, mut heads) = (Addresses::new(), Addresses::new());
        let mut parts = Notes::new_in(Aside);
        // This thread's stack is not searched as a block, because the part below the frames in use holds nothing.
        let has_blocks = |mapping: &&Mapping| {
            mapping.may_have_blocks() && own_stack.is_none_or(|here| !(mapping.start..mapping.end).contains(&here))
        };
        let (mut of_other_threads, me) = (Notes::new_in(Aside), ThreadId::current());
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
        // The registers of another thread can't be read, and may hold a capsule that it has made or used.
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

    /// Searches the variables of the program and its shared objects, thread-local ones of this thread too.
    fn variables(&mut self) {
        let mut ranges = Notes::new_in(Aside);
        loaded::each_object(&mut |object| {
            let is_systems = loaded::is_system_file(object.path::<256>().as_bytes());
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

    /// Whether a capsule is reachable.
    pub fn contains(&self, capsule: usize) -> bool {
        self.reached.contains(capsule)
    }

    /// Of some unreachable capsules, those that are not reachable from the others. Of a cycle one is left.
    pub fn not_held_by_others(mut self, capsules: &Notes<usize>) -> Option<Notes<usize>> {
        let first = self.not_held_by_earlier(&mut capsules.iter())?;
        self.not_held_by_earlier(&mut first.iter().rev())
    }

    /// Of some capsules, those that are not reachable from an earlier one.
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

    /// Searches the blocks that are still to be searched, and those that they lead to.
    fn follow(&mut self) {
        while let Some(range) = self.todo.pop() {
            self.scan(range, false);
        }
    }

    /// Searches a range for addresses, except the ranges of the checker's own memory.
    fn scan(&mut self, range: Range, is_systems: bool) {
        /// The checker's memory is mapped in larger pieces.
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
            // Skips a page that can't be read.
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
            // A capsule is at the beginning of its block, or after a collector's head.
            for capsule in [start, start.wrapping_add(2 * WORD)] {
                if self.capsules.contains(capsule) {
                    self.reached.add(capsule);
                }
            }
            // Without memory for the range, capsules that are reachable only through this block are reported.
            let _ = note(&mut self.todo, (start, end));
        }
    }
}

/// Whether an address is in one of the ranges, which are sorted.
fn lies_in(ranges: &[Range], address: usize) -> bool {
    let number = ranges.partition_point(|(start, _)| *start <= address);
    number.checked_sub(1).and_then(|number| ranges.get(number)).is_some_and(|(_, end)| address < *end)
}

/// The checker's own memory, sorted.
fn own() -> Notes<Range> {
    let mut count = 0;
    let mut own: Notes<Range> = Notes::new_in(Aside);
    aside::each_region(&mut |_, _| count += 1);
    // Reserving needs some more room, because it may map more memory, and later notes may, too.
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

/// Calls `part` with the parts of a range that are in none of the others, which are sorted.
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

/// The stack pointer in a function, and the registers that the function has to preserve for its caller.
#[derive(Debug)]
pub struct Registers([usize; 7]);

impl Registers {
    /// The registers of the function into which this is inlined.
    #[inline(always)]
    pub fn now() -> Self {
        let mut kept = [0; 7];
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the instructions write seven words, and the array has seven.
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

/// The C library's control block of this thread, with the values of its keys (`pthread_setspecific`).
#[cfg(all(target_env = "gnu", target_arch = "x86_64"))]
fn thread_block() -> Range {
    const SIZE: usize = 2304;
    let start: usize;
    // SAFETY: on x86-64 with glibc, the word at fs:0 is the address of the control block itself.
    unsafe { core::arch::asm!("mov {}, fs:[0]", out(reg) start, options(nostack, readonly, preserves_flags)) };
    (start, start + SIZE)
}

#[cfg(not(all(target_env = "gnu", target_arch = "x86_64")))]
fn thread_block() -> Range {
    (0, 0)
}
