//! Places in a program: the callers when a capsule was made, renamed, destroyed or used.
//!
//! The C library's unwinder looks each address up every time, which is slow. So the unwind table is read only once for
//! each address (`cfi`), and a step then only reads the stack. The C library's unwinder is used for a stack that is not
//! the thread's own, or that has a frame whose table `cfi` can't read.

use super::cfi::{Register, Step};
use super::depot::{self, DEPTH, Depot, Found, Stack};
use super::loaded::{self, each_object, own_range};
use crate::runtime::{options, stack};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

/// The largest number of addresses that the unwinder is asked for. The first are the library's own. Each takes time,
/// and a few nearly always suffice, so it is first asked for `TAKEN_FIRST`.
pub const TAKEN: usize = 64;
const TAKEN_FIRST: usize = DEPTH + 8;

/// A stack of callers that is kept; `UNKNOWN` if there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

// glibc's unwinder, which is loaded on first use.
#[cfg(target_env = "gnu")]
unsafe extern "C" {
    fn backtrace(buffer: *mut *mut c_void, size: c_int) -> c_int;
}

/// Sets up for recording stacks. Loads the unwinder, because a signal handler must not.
pub fn prepare() {
    loaded::prepare();
    take(&mut [null_mut(); 1]);
}

impl Place {
    /// No place.
    pub const UNKNOWN: Place = Place(0);

    /// The number of the place; 0 for no place.
    pub fn number(self) -> u32 {
        self.0
    }

    fn kept_at(start: u32) -> Option<Place> {
        start.checked_add(1).map(Place)
    }

    /// The callers of the library.
    pub fn here() -> Place {
        if !options::get().backtrace {
            return Place::UNKNOWN;
        }
        // This takes the loader's lock, under which a module may be calling the library, so no lock of the library is
        // held here.
        let unloaded = loaded::unloaded();
        let frame = RealFrame::this();
        let end = stack::in_use().1;
        let quick = depot::open().and_then(|mut depot| {
            let (spots, count) = walk(frame, end, |address| depot.spot(address, unloaded, None))?;
            depot.keep(spots.get(..count)?)
        });
        quick.and_then(Place::kept_at).unwrap_or_else(|| Place::asked_for(unloaded))
    }

    /// The callers of the library, found by the C library's unwinder.
    #[cold]
    fn asked_for(unloaded: u32) -> Place {
        let mut addresses = [null_mut(); TAKEN];
        let addresses = callers(&mut addresses);
        let are_known = depot::open()
            .is_some_and(|depot| addresses.iter().all(|address| depot.known(address.addr(), unloaded).is_some()));
        let mut found = [None; DEPTH];
        if !are_known {
            locate(addresses, &mut found);
        }
        let keep = |depot: &mut Depot| {
            let mut spots = [0; DEPTH];
            for ((address, found), spot) in addresses.iter().zip(&found).zip(&mut spots) {
                (*spot, _) = depot.spot(address.addr(), unloaded, found.as_ref())?;
            }
            depot.keep(spots.get(..addresses.len()).filter(|spots| !spots.is_empty())?)
        };
        depot::open().and_then(|mut depot| keep(&mut depot)).and_then(Place::kept_at).unwrap_or(Place::UNKNOWN)
    }

    /// The stack of this place, unless it is unknown.
    pub fn stack(self) -> Option<Stack> {
        let start = self.0.checked_sub(1)?;
        Some(depot::open()?.stack(start))
    }

    /// The address at which the innermost caller's object is loaded.
    pub fn module(self) -> Option<usize> {
        let start = self.0.checked_sub(1)?;
        depot::open()?.module_of(start)
    }
}

/// A frame of the running thread, from its registers.
#[derive(Clone, Copy)]
struct RealFrame {
    address: usize,
    stack: usize,
    frame: usize,
}

impl RealFrame {
    /// The frame of the function into which this is inlined, at this place in it.
    #[inline(always)]
    fn this() -> Self {
        let (address, stack, frame);
        // SAFETY: the instructions only copy registers into the outputs.
        #[cfg(target_arch = "x86_64")]
        unsafe {
            core::arch::asm!("lea {}, [rip]", "mov {}, rsp", "mov {}, rbp", out(reg) address, out(reg) stack, out(reg) frame,
                options(nomem, nostack, preserves_flags));
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            (address, stack, frame) = (0, 0, 0);
        }
        RealFrame { address, stack, frame }
    }

    /// The caller's frame, on a stack with this end. `None` if it would not be on the stack.
    fn caller(self, from: Register, offset: i32, frame_pointer: Option<i32>, end: usize) -> Option<Self> {
        let base = match from {
            Register::Stack => self.stack,
            Register::Frame => self.frame,
        };
        let stack = base.checked_add_signed(offset as isize)?;
        // The frames of a function's callers are above its own.
        let read = |place: usize| {
            let is_on_stack = (self.stack..end).contains(&place) && place.is_multiple_of(size_of::<usize>());
            // SAFETY: the word is aligned and between the stack pointer and the end of this thread's stack, which is
            // mapped.
            is_on_stack.then(|| unsafe { core::ptr::with_exposed_provenance::<usize>(place).read_volatile() })
        };
        let frame = match frame_pointer {
            Some(offset) => read(stack.checked_add_signed(offset as isize)?)?,
            None => self.frame,
        };
        let address = read(stack.checked_sub(size_of::<usize>())?)?;
        (stack > self.stack).then_some(RealFrame { address, stack, frame })
    }
}

/// The spots of the library's callers, the innermost first, and their number; `None` if not all are found.
fn walk(
    mut frame: RealFrame,
    end: usize,
    mut spot: impl FnMut(usize) -> Option<(u32, Step)>,
) -> Option<([u32; DEPTH], usize)> {
    let own = own_range().unwrap_or_default();
    let mut spots = [0; DEPTH];
    let mut count = 0;
    for _ in 0..TAKEN {
        let (number, step) = spot(frame.address)?;
        // The library's own functions come first, and are left out.
        if count > 0 || !(own.0..own.1).contains(&frame.address) {
            *spots.get_mut(count)? = number;
            count += 1;
        }
        match step {
            _ if count == DEPTH => break,
            Step::End => break,
            Step::Unknown => return None,
            Step::To { from, offset, frame_pointer } => frame = frame.caller(from, offset, frame_pointer, end)?,
        }
    }
    (count > 0).then_some((spots, count))
}

/// The return addresses of the library's callers, the innermost first, found by the C library's unwinder. It works even
/// if the options disable stacks.
pub fn callers(addresses: &mut [*mut c_void; TAKEN]) -> &[*mut c_void] {
    for most in [TAKEN_FIRST, TAKEN] {
        let taken = take(addresses.get_mut(..most).unwrap_or_default());
        let after = outside(addresses.get(..taken).unwrap_or_default());
        if after < taken {
            return addresses.get(after..taken.min(after + DEPTH)).unwrap_or_default();
        }
    }
    &[]
}

/// The index of the first address outside the library, after those inside it.
fn outside(taken: &[*mut c_void]) -> usize {
    let Some((start, end)) = own_range() else { return 0 };
    let own = |address: &*mut c_void| (start..end).contains(&address.addr());
    // A sanitizer may have replaced the unwinder, and then its function precedes the library's.
    let first = taken.iter().position(own).unwrap_or_default();
    taken.iter().skip(first).position(|address| !own(address)).map_or(taken.len(), |count| first + count)
}

#[cfg(target_env = "gnu")]
fn take(addresses: &mut [*mut c_void]) -> usize {
    // SAFETY: the call writes at most `addresses.len()` addresses into the slice.
    let taken = unsafe { backtrace(addresses.as_mut_ptr(), addresses.len() as c_int) };
    usize::try_from(taken).unwrap_or_default()
}

#[cfg(not(target_env = "gnu"))]
fn take(_: &mut [*mut c_void]) -> usize {
    0
}

/// Asks the loader which object each address lies in.
fn locate(addresses: &[*mut c_void], places: &mut [Option<Found>; DEPTH]) {
    each_object(&mut |object| {
        for (address, found) in addresses.iter().zip(&mut *places) {
            if found.is_none() && object.contains(address.addr()) {
                *found = Some(Found { base: object.base, path: object.path() });
            }
        }
    });
}

#[cfg(all(test, target_env = "gnu", target_arch = "x86_64"))]
mod tests {
    use super::*;
    use std::hint::black_box;
    use std::vec::Vec;

    fn addresses(stack: Option<Stack>) -> Vec<usize> {
        stack.into_iter().flatten().map(|frame| frame.address).collect()
    }

    /// Records the stack in both ways at the end of this many calls, each with a frame of another size.
    #[inline(never)]
    fn compare(calls: usize) -> (Vec<usize>, Vec<usize>) {
        let frame = black_box([calls; 40]);
        let both = match calls {
            0 => {
                let unloaded = loaded::unloaded();
                let walked =
                    walk(RealFrame::this(), stack::in_use().1, |address| depot::open()?.spot(address, unloaded, None));
                let start = walked.and_then(|(spots, count)| depot::open()?.keep(spots.get(..count)?));
                let walked = start.and_then(Place::kept_at).and_then(Place::stack);
                (addresses(walked), addresses(Place::asked_for(unloaded).stack()))
            }
            _ if calls.is_multiple_of(2) => compare(calls - 1),
            _ => [()].iter().map(|()| compare(calls - 1)).next().unwrap_or_default(),
        };
        black_box(frame);
        both
    }

    #[test]
    fn a_walk_finds_what_the_unwinder_finds() {
        prepare();
        let on_a_thread = || std::thread::spawn(|| compare(6)).join().unwrap_or_default();
        for (walked, asked) in [compare(0), compare(3), compare(12), on_a_thread()] {
            // The innermost frame is this function's, which has continued since.
            let walked = walked.get(1..).unwrap_or_default();
            let start = asked.iter().position(|address| Some(address) == walked.first());
            let asked = start.and_then(|start| asked.get(start..)).unwrap_or_default();
            assert!(asked.len() > 5, "{walked:x?} {asked:x?}");
            assert!(walked.iter().zip(asked).all(|(walked, asked)| walked == asked), "{walked:x?} {asked:x?}");
        }
    }
}
