//! Objects of which there is one for each of a few values: small ints, single characters and bytes. They are made when the
//! first of them is asked for, since in the library's file each would need its bytes, a relocation, and a page at start.

use crate::runtime::Obj;
use crate::runtime::local::Local;
use crate::runtime::lock::Lock;
use core::cell::{Cell, UnsafeCell};
use core::mem::MaybeUninit;

/// A static table of objects, which are immortal.
pub struct Shelf<T, const N: usize> {
    made: Lock<bool>,
    objects: UnsafeCell<[MaybeUninit<T>; N]>,
}

// SAFETY: the objects are made by the thread that holds the lock, which every thread has held before it sees one; from
// then on they are objects as others are.
unsafe impl<T, const N: usize> Sync for Shelf<T, N> {}

impl<T, const N: usize> Shelf<T, N> {
    /// A table whose objects are not made yet.
    ///
    /// # Safety
    /// A `T` is an object: its layout begins with an immortal head.
    pub const unsafe fn new() -> Self {
        Shelf { made: Lock::new(false), objects: UnsafeCell::new([const { MaybeUninit::uninit() }; N]) }
    }

    /// The object at an index, which is less than N. `known` is false in threads that have not looked yet: a thread looks
    /// under the lock once, which tools that watch threads follow. `make` makes the object at an index.
    #[inline]
    pub fn get(&'static self, index: usize, known: &Local<Cell<bool>>, make: impl Fn(usize) -> T) -> Obj<'static> {
        if !known.get() {
            self.make(make);
            known.set(true);
        }
        let objects = self.objects.get().cast::<T>();
        // SAFETY: the index is inside the table, whose objects were made before this thread knew.
        unsafe { Obj::from_static(objects.add(index.min(N - 1))) }
    }

    #[cold]
    #[inline(never)]
    fn make(&'static self, make: impl Fn(usize) -> T) {
        let mut made = self.made.hold();
        if !*made {
            let objects = self.objects.get().cast::<T>();
            // SAFETY: room for N objects, which nobody has seen, since the lock says that they are not made.
            (0..N).for_each(|index| unsafe { objects.add(index).write(make(index)) });
            *made = true;
        }
    }
}
