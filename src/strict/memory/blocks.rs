//! The blocks into which the program's allocator has divided its memory. They are needed to search the block that an
//! address leads to.
//!
//! glibc's malloc keeps the sizes in memory, one block after the other. When AddressSanitizer or valgrind's memcheck
//! has replaced malloc, the tool knows which memory around an address is open. Other allocators can't be read.

use super::addresses::{Addresses, Range};
use super::maps::{Kind, Mapping};
use super::readable::{self, Window};
use super::tools;
use crate::runtime::memory::aside::{Aside, Notes, note, sanitizer as function};

const WORD: usize = size_of::<usize>();

/// A block: the range of the addresses that lead to it. One more word at its end belongs to it too.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    start: usize,
    length: usize,
    /// Whether the program mapped this memory itself, instead of getting it from malloc.
    is_plain: bool,
}

/// The source of blocks. Each block is returned once.
#[derive(Debug)]
pub enum Blocks {
    /// glibc's malloc: the blocks, in order, and the addresses of those that were returned.
    Malloc(Notes<Block>, Addresses),
    /// A tool: the addresses of the blocks that were returned, the memory in which blocks may be, and the large blocks
    /// that were returned, for which the tool is not asked again.
    Tool(Addresses, Notes<Mapping>, Notes<Range>),
    /// They can't be found.
    Unknown,
}

/// Receives the memory that has to be searched in any case.
pub trait Roots {
    /// Memory of the allocator that could not be divided into blocks.
    fn unknown(&mut self, range: Range);
    /// Memory that the program has mapped, or a thread's stack.
    fn plain(&mut self, range: Range);
}

impl Blocks {
    /// Finds the blocks in the process's memory. `None` without memory for the list.
    pub fn find(mappings: Notes<Mapping>, roots: &mut dyn Roots) -> Option<Self> {
        let memory = mappings.iter().filter(|mapping| mapping.may_have_blocks());
        if tools::knows_blocks() {
            return Some(Blocks::Tool(Addresses::new(), mappings, Notes::new_in(Aside)));
        }
        if !is_malloc_glibcs() {
            memory.for_each(|mapping| roots.unknown((mapping.start, mapping.end)));
            return Some(Blocks::Unknown);
        }
        let mut chunks = Chunks { blocks: Notes::new_in(Aside), window: Window::new()?, freed: freed_mark(), roots };
        for mapping in &mappings {
            match mapping.kind {
                Kind::Heap => chunks.walk(mapping.start, mapping.end)?,
                Kind::Anonymous => chunks.anonymous(mapping)?,
                Kind::Stack | Kind::File => {}
            }
        }
        Some(Blocks::Malloc(chunks.blocks, Addresses::new()))
    }

    /// Forgets which blocks were returned.
    pub fn forget(&mut self) {
        match self {
            Blocks::Malloc(_, met) => *met = Addresses::new(),
            Blocks::Tool(met, _, large) => {
                *met = Addresses::new();
                large.clear();
            }
            Blocks::Unknown => {}
        }
    }

    /// The block that an address leads to, unless it was returned before: the range to search. `is_systems` says that
    /// the address was found in a variable of a system library. Such a variable counts only if it leads to malloc's
    /// blocks, because these libraries know the stacks of all threads, even of those that have ended.
    pub fn meet(&mut self, address: usize, is_systems: bool) -> Option<Range> {
        match self {
            Blocks::Malloc(blocks, met) => {
                let number = blocks.partition_point(|block| block.start <= address).checked_sub(1)?;
                let block = *blocks.get(number)?;
                let is_in = address - block.start < block.length;
                let leads = is_in && !(block.is_plain && (is_systems || is_thread(address)));
                (leads && met.add(block.start)).then_some((block.start, block.start + block.length + WORD))
            }
            Blocks::Tool(met, mappings, large) => {
                const LARGE: usize = 1 << 16;
                if large.iter().any(|(start, end)| (*start..*end).contains(&address)) {
                    return None;
                }
                let number = mappings.partition_point(|mapping| mapping.start <= address).checked_sub(1)?;
                let mapping = mappings.get(number).filter(|mapping| address < mapping.end)?;
                if !mapping.may_have_blocks() || is_systems || is_thread(address) {
                    return None;
                }
                let (start, end) = tools::open_around(address, mapping.start, mapping.end)?;
                if end - start >= LARGE {
                    note(large, (start, end))?;
                }
                met.add(start).then_some((start, end))
            }
            Blocks::Unknown => None,
        }
    }
}

/// Whether an address is that of a thread's control block, which is at the end of its stack and contains its own
/// address twice.
fn is_thread(address: usize) -> bool {
    const ALIGNMENT: usize = 64;
    let knows_itself = |offset: usize| readable::read_word(address.wrapping_add(offset)) == Some(address);
    address.is_multiple_of(ALIGNMENT) && knows_itself(0) && knows_itself(2 * WORD)
}

/// Whether the program's malloc is the C library's own.
fn is_malloc_glibcs() -> bool {
    let home = |name| {
        let mut info = core::mem::MaybeUninit::<libc::Dl_info>::uninit();
        // SAFETY: `dladdr` accepts any address, and fills `info` when it does not return 0.
        unsafe { (libc::dladdr(function(name), info.as_mut_ptr()) != 0).then(|| info.assume_init().dli_fbase) }
    };
    let malloc = home(c"malloc");
    malloc.is_some() && malloc == home(c"gnu_get_libc_version") && malloc == home(c"free")
}

/// The mark that malloc writes into the second word of a freed block that it keeps for reuse.
fn freed_mark() -> Option<usize> {
    let mark = |size: usize| {
        // SAFETY: the block is freed once, and only its address is used after that.
        let address = unsafe {
            let block = libc::malloc(size);
            let address = block.addr();
            libc::free(block);
            address
        };
        readable::read_word(address.wrapping_add(WORD))
    };
    mark(24).filter(|first| *first != 0 && mark(40) == Some(*first))
}

/// The search for malloc's blocks.
struct Chunks<'a> {
    blocks: Notes<Block>,
    window: Window,
    /// The mark of a freed block.
    freed: Option<usize>,
    roots: &'a mut dyn Roots,
}

/// Sizes are multiples of this; the bits below are flags.
const UNIT: usize = 16;
/// The smallest size.
const LEAST: usize = 2 * UNIT;
/// Flag: the block before is in use.
const PREVIOUS_USED: usize = 1;
/// Flag: the block is mapped by itself.
const MAPPED: usize = 2;
/// The memory of each arena but the first begins at a multiple of this.
const ARENA: usize = 64 << 20;

impl Chunks<'_> {
    /// Records the blocks of a part of malloc's memory. `None` without memory for that.
    fn walk(&mut self, start: usize, end: usize) -> Option<()> {
        /// The range in which the first block is searched for. The allocator's own data precede it.
        const BEFORE: usize = 1 << 14;
        let mut first = start.next_multiple_of(UNIT);
        while !self.leads_to(first, end) {
            first += UNIT;
            if first >= (start + BEFORE).min(end) {
                self.roots.unknown((start, end));
                return Some(());
            }
        }
        self.roots.unknown((start, first));
        let mut at = first;
        while let Some(size) = size_of_chunk(&mut self.window, at, end) {
            let next = at + size;
            let payload = at + 2 * WORD;
            // Whether a block is in use is recorded in the block after it. The last block has none after it: it is the
            // free rest.
            let is_used = next < end && self.window.word(next + WORD).is_some_and(|size| size & PREVIOUS_USED != 0);
            let is_freed = self.freed.is_some() && self.window.word(payload + WORD) == self.freed;
            if is_used && !is_freed {
                note(&mut self.blocks, Block { start: payload, length: size - 2 * WORD, is_plain: false })?;
            }
            at = next;
        }
        Some(())
    }

    /// Whether blocks that begin here fill the memory up to its end, or up to the fence at the end of an arena's part.
    fn leads_to(&mut self, mut at: usize, end: usize) -> bool {
        while let Some(size) = size_of_chunk(&mut self.window, at, end) {
            at += size;
        }
        at == end || end - at <= LEAST && self.window.word(at + WORD).is_some_and(|word| word & !(UNIT - 1) <= UNIT)
    }

    /// Divides a mapping without a file into arenas' parts and the program's own memory.
    fn anonymous(&mut self, mapping: &Mapping) -> Option<()> {
        // Everything from `own` on belongs to the program: its memory may continue beyond an address where an arena
        // could begin.
        let (mut own, mut at) = (mapping.start, mapping.start);
        while at < mapping.end {
            let next = (at + 1).next_multiple_of(ARENA).min(mapping.end);
            if let Some(end) = self.arena_end(at).filter(|end| *end <= next) {
                self.plain(own, at)?;
                self.walk(at, end)?;
                own = end;
            }
            at = next;
        }
        self.plain(own, mapping.end)
    }

    /// Records a range of the program's own memory, if it is not empty.
    fn plain(&mut self, start: usize, end: usize) -> Option<()> {
        if start < end {
            self.roots.plain((start, end));
            note(&mut self.blocks, Block { start, length: end - start - WORD, is_plain: true })?;
        }
        Some(())
    }

    /// The end of the arena's part that begins here, if one does. Its first words are its arena and its size.
    fn arena_end(&mut self, start: usize) -> Option<usize> {
        const PAGE: usize = 4096;
        if !start.is_multiple_of(ARENA) {
            return None;
        }
        let mut word = |number: usize| self.window.word(start + number * WORD);
        let (arena, before, size) = (word(0)?, word(1)?, word(2)?);
        // The first part of an arena has no part before it, and contains the arena itself.
        let knows_arena = arena.is_multiple_of(WORD) && (before != 0 || arena & !(ARENA - 1) == start);
        let has_size = size.is_multiple_of(PAGE) && (PAGE..=ARENA).contains(&size);
        (knows_arena && before.is_multiple_of(ARENA) && has_size).then_some(start + size)
    }
}

/// The size of the block at an address, if one can be there.
fn size_of_chunk(window: &mut Window, at: usize, end: usize) -> Option<usize> {
    let word = window.word(at.checked_add(WORD).filter(|place| *place < end)?)?;
    let size = word & !(UNIT - 1);
    let is_one = word & MAPPED == 0 && word & (UNIT / 2) == 0 && size >= LEAST && size <= end - at;
    is_one.then_some(size)
}
