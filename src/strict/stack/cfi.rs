//! The layout of a function's frame at an address in it, read from the unwind tables (`.eh_frame`, in the language of
//! DWARF's call frame information). Only the part of the language that compilers write for ordinary functions is
//! implemented. For everything else the answer is `Unknown`, and the C library's unwinder is used, which implements it
//! all.

use super::loaded::Region;

/// The step from a frame to its caller's: the stack pointer before the call, just above the return address, and the
/// place where the caller's frame pointer is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The table is missing or not implemented.
    Unknown,
    /// There is no caller.
    End,
    /// The caller's stack pointer, as an offset from a register.
    To {
        /// The register.
        from: Register,
        /// The offset.
        offset: i32,
        /// The place where the caller's frame pointer is saved, as an offset from its stack pointer; `None` if it is
        /// still in its register.
        frame_pointer: Option<i32>,
    },
}

/// A register from which frames are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// `rsp`.
    Stack,
    /// `rbp`.
    Frame,
}

/// DWARF's numbers of registers on x86-64.
const RBP: u64 = 6;
const RSP: u64 = 7;
const RIP: u64 = 16;

/// Encodings of pointers: four signed bytes, relative to their own address or to the beginning of the index; and four
/// unsigned bytes.
const HERE_4: u8 = 0x1b;
const INDEX_4: u8 = 0x3b;
const UNSIGNED_4: u8 = 0x03;

/// The step to the caller from an address in an object.
pub fn step(address: usize, object: &Region) -> Step {
    if cfg!(not(target_arch = "x86_64")) || object.eh_frame.is_null() {
        return Step::Unknown;
    }
    find(address, object).and_then(|entry| entry.run(address)).unwrap_or(Step::Unknown)
}

/// A reader of an object's memory from an address on, which stops at the object's end.
#[derive(Clone, Copy)]
struct Reader {
    at: usize,
    end: usize,
    object: *const u8,
}

impl Reader {
    fn new(at: usize, object: &Region) -> Self {
        let at = if at >= object.start.addr() { at } else { object.end.addr() };
        Reader { at, end: object.end.addr(), object: object.start }
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let next = self.at.checked_add(N).filter(|next| *next <= self.end)?;
        // SAFETY: `new` and the check above keep the address within the object. The readers start at its index and
        // follow it to its tables, all of which are in segments that are mapped while the object is loaded.
        let bytes = unsafe { self.object.with_addr(self.at).cast::<[u8; N]>().read_unaligned() };
        self.at = next;
        Some(bytes)
    }

    fn u8(&mut self) -> Option<u8> {
        self.bytes().map(u8::from_ne_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.bytes().map(u32::from_ne_bytes)
    }

    /// An address: four signed bytes, relative to `base`.
    fn pointer(&mut self, base: usize) -> Option<usize> {
        self.bytes().map(i32::from_ne_bytes).map(|offset| base.wrapping_add_signed(offset as isize))
    }

    /// An unsigned LEB128 number; the bits above 64 are lost.
    fn unsigned(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    }

    /// A signed LEB128 number.
    fn signed(&mut self) -> Option<i64> {
        let start = self.at;
        let value = self.unsigned()?;
        let bits = 7 * (self.at - start);
        let unused = 64_u32.saturating_sub(bits as u32);
        Some((value << unused).cast_signed() >> unused)
    }

    fn skip(&mut self, length: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(length).ok()?).filter(|at| *at <= self.end)?;
        Some(())
    }

    /// A reader of the entry that begins here, after its length.
    fn entry(mut self) -> Option<Reader> {
        const LONG: u32 = u32::MAX;
        let length = self.u32().filter(|length| *length != 0 && *length != LONG)?;
        self.end = self.at.checked_add(length as usize).filter(|end| *end <= self.end)?;
        Some(self)
    }
}

/// The table's entry of a function.
struct Entry {
    /// The function's address.
    start: usize,
    /// The instructions: those shared by all functions of its kind, then its own.
    programs: [Reader; 2],
    code_unit: u64,
    data_unit: i64,
}

/// Finds the entry of the function at an address in the object's index: a sorted list of pairs, a function's address
/// and its entry's address.
fn find(address: usize, object: &Region) -> Option<Entry> {
    let index = object.eh_frame.addr();
    let mut reader = Reader::new(index, object);
    let [version, pointer, count, table] = reader.bytes()?;
    if (version, pointer, count, table) != (1, HERE_4, UNSIGNED_4, INDEX_4) {
        return None;
    }
    reader.skip(4)?;
    let count = reader.u32()? as usize;
    let first = reader.at;
    let pair = |number: usize| Reader { at: first.wrapping_add(8 * number), ..reader };
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if pair(middle).pointer(index)? <= address {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let mut found = pair(low.checked_sub(1)?);
    found.skip(4)?;
    let function = Reader::new(found.pointer(index)?, object);
    entry(function, object).filter(|(_, length)| length.contains(&address)).map(|(entry, _)| entry)
}

/// Reads an entry, and the range of its function.
fn entry(function: Reader, object: &Region) -> Option<(Entry, core::ops::Range<usize>)> {
    let mut function = function.entry()?;
    let place = function.at;
    let kind = Reader::new(place.checked_sub(function.u32()? as usize)?, object).entry()?;
    let (mut entry, has_more) = kind_of(kind)?;
    let start = function.at;
    entry.start = function.pointer(start)?;
    let length = function.u32()? as usize;
    if has_more {
        let length = function.unsigned()?;
        function.skip(length)?;
    }
    entry.programs[1] = function;
    let range = entry.start..entry.start.checked_add(length)?;
    Some((entry, range))
}

/// Reads the part shared by functions of a kind (DWARF: the common information entry). Also returns whether their
/// entries have augmentation data.
fn kind_of(mut kind: Reader) -> Option<(Entry, bool)> {
    kind.u32().filter(|mark| *mark == 0)?;
    let version = kind.u8().filter(|version| matches!(version, 1 | 3))?;
    let mut letters = [0; 8];
    let mut count = 0;
    loop {
        match kind.u8()? {
            0 => break,
            letter => *letters.get_mut(count)? = letter,
        }
        count += 1;
    }
    let (code_unit, data_unit) = (kind.unsigned()?, kind.signed()?);
    let link = if version == 1 { u64::from(kind.u8()?) } else { kind.unsigned()? };
    let letters = letters.get(..count)?;
    let has_more = letters.first() == Some(&b'z');
    // Without 'z' the length of the augmentation data is unknown.
    if link != RIP || !has_more {
        return None;
    }
    let length = kind.unsigned()?;
    let mut more = kind;
    kind.skip(length)?;
    for letter in letters.get(1..)? {
        match letter {
            b'R' => drop(more.u8().filter(|way| *way == HERE_4)?),
            b'L' => drop(more.u8()?),
            b'P' => {
                let length = match more.u8()? & 0x0f {
                    0x00 | 0x04 | 0x0c => 8,
                    0x02 | 0x0a => 2,
                    0x03 | 0x0b => 4,
                    _ => return None,
                };
                more.skip(length)?;
            }
            // For example 'S': a signal's frame, which contains all registers.
            _ => return None,
        }
    }
    letters.contains(&b'R').then_some((Entry { start: 0, programs: [kind; 2], code_unit, data_unit }, true))
}

/// The state of the registers at an address in the function.
#[derive(Clone, Copy)]
struct Row {
    /// The caller's stack pointer as a register and an offset; `None` if it is an expression.
    stack: Option<(u64, i64)>,
    /// The place where the caller's frame pointer is saved.
    frame_pointer: Kept,
    /// The place where the return address is saved.
    link: Kept,
}

/// The place where the caller's value of a register is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// It is still in the register.
    InRegister,
    /// In memory, at this offset from the caller's stack pointer.
    At(i64),
    /// It is lost.
    Nowhere,
    /// In another register, or at the address of an expression.
    Elsewhere,
}

impl Row {
    fn set(&mut self, register: u64, kept: Kept) {
        match register {
            RBP => self.frame_pointer = kept,
            RIP => self.link = kept,
            _ => {}
        }
    }

    /// Restores a register's rule to that of the function's beginning.
    fn restore(&mut self, register: u64, first: &Row) {
        match register {
            RBP => self.frame_pointer = first.frame_pointer,
            RIP => self.link = first.link,
            _ => {}
        }
    }

    fn step(&self) -> Option<Step> {
        if self.link == Kept::Nowhere {
            return Some(Step::End);
        }
        let (register, offset) = self.stack?;
        let from = match register {
            RSP => Register::Stack,
            RBP => Register::Frame,
            _ => return None,
        };
        let frame_pointer = match self.frame_pointer {
            Kept::InRegister => None,
            Kept::At(offset) => Some(offset.try_into().ok()?),
            Kept::Nowhere | Kept::Elsewhere => return None,
        };
        let is_usual = self.link == Kept::At(-8);
        is_usual.then_some(Step::To { from, offset: offset.try_into().ok()?, frame_pointer })
    }
}

impl Entry {
    /// Follows the instructions up to an address, and returns the step from there.
    fn run(&self, address: usize) -> Option<Step> {
        const DEPTH: usize = 8;
        let start = Row { stack: None, frame_pointer: Kept::InRegister, link: Kept::InRegister };
        let (mut row, mut first, mut at) = (start, start, self.start as u64);
        let mut rows = [start; DEPTH];
        let mut depth = 0;
        for mut program in self.programs {
            while program.at < program.end {
                let code = program.u8()?;
                let low = u64::from(code & 0x3f);
                let mut advance = 0;
                match (code >> 6, code & 0x3f) {
                    (1, _) => advance = low,
                    (2, _) => row.set(low, self.kept_at(program.unsigned()?)?),
                    (3, _) => row.restore(low, &first),
                    (_, 0x00) => {}
                    (_, 0x02) => advance = program.u8()?.into(),
                    (_, 0x03) => advance = program.bytes().map(u16::from_ne_bytes)?.into(),
                    (_, 0x04) => advance = program.u32()?.into(),
                    (_, 0x05) => {
                        let register = program.unsigned()?;
                        row.set(register, self.kept_at(program.unsigned()?)?);
                    }
                    (_, 0x06) => row.restore(program.unsigned()?, &first),
                    (_, 0x07) => row.set(program.unsigned()?, Kept::Nowhere),
                    (_, 0x08) => row.set(program.unsigned()?, Kept::InRegister),
                    (_, 0x09) => {
                        row.set(program.unsigned()?, Kept::Elsewhere);
                        program.unsigned()?;
                    }
                    (_, 0x0a) => {
                        *rows.get_mut(depth)? = row;
                        depth += 1;
                    }
                    (_, 0x0b) => {
                        depth = depth.checked_sub(1)?;
                        row = *rows.get(depth)?;
                    }
                    (_, 0x0c) => row.stack = Some((program.unsigned()?, program.unsigned()?.try_into().ok()?)),
                    (_, 0x0d) => row.stack = Some((program.unsigned()?, row.stack?.1)),
                    (_, 0x0e) => row.stack = Some((row.stack?.0, program.unsigned()?.try_into().ok()?)),
                    (_, 0x0f) => {
                        row.stack = None;
                        let length = program.unsigned()?;
                        program.skip(length)?;
                    }
                    (_, 0x10 | 0x16) => {
                        row.set(program.unsigned()?, Kept::Elsewhere);
                        let length = program.unsigned()?;
                        program.skip(length)?;
                    }
                    (_, 0x11) => {
                        let register = program.unsigned()?;
                        row.set(register, Kept::At(program.signed()?.checked_mul(self.data_unit)?));
                    }
                    (_, 0x2e) => drop(program.unsigned()?),
                    _ => return None,
                }
                at = at.checked_add(advance.checked_mul(self.code_unit)?)?;
                if at > address as u64 {
                    return row.step();
                }
            }
            first = row;
        }
        row.step()
    }

    fn kept_at(&self, units: u64) -> Option<Kept> {
        i64::try_from(units).ok()?.checked_mul(self.data_unit).map(Kept::At)
    }
}
