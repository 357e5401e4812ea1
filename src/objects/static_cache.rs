//! Static caches of immortal objects, one object for each of a few values: small ints, single characters and bytes. All
//! of a cache are made on first use. If they were in the library's file, they would cost space, and a relocation each
//! at start.

use crate::runtime::Obj;
use crate::runtime::local::Local;
use crate::runtime::lock::Lock;
use core::cell::{Cell, UnsafeCell};
use core::mem::MaybeUninit;

/// A static table of immortal objects.
pub struct StaticCache<T, const N: usize> {
    made: Lock<bool>,
    objects: UnsafeCell<[MaybeUninit<T>; N]>,
}

// SAFETY: a thread that holds the lock makes the objects, and every thread has held the lock before it sees one. From
// then on they are immortal objects, which threads may share.
unsafe impl<T, const N: usize> Sync for StaticCache<T, N> {}

impl<T, const N: usize> StaticCache<T, N> {
    /// A table whose objects are not made yet.
    ///
    /// # Safety
    /// A `T` is an object: its layout begins with an immortal head.
    pub const unsafe fn new() -> Self {
        StaticCache { made: Lock::new(false), objects: UnsafeCell::new([const { MaybeUninit::uninit() }; N]) }
    }

    /// The object at an index, which is less than N. `make` makes the object at an index. `known` is a flag of this
    /// thread, which is set after the thread has checked under the lock once, because tools that check threads
    /// understand a lock.
    #[inline]
    pub fn get(&'static self, index: usize, known: &Local<Cell<bool>>, make: impl Fn(usize) -> T) -> Obj<'static> {
        // A tail call, so that the fast path keeps nothing for afterwards.
        if !known.get() {
            return self.get_first(index, known, make);
        }
        self.at(index)
    }

    #[inline(always)]
    fn at(&'static self, index: usize) -> Obj<'static> {
        let objects = self.objects.get().cast::<T>();
        // SAFETY: the index is inside the table, and its objects existed before a thread's flag was set.
        unsafe { Obj::from_static(objects.add(index.min(N - 1))) }
    }

    #[cold]
    #[inline(never)]
    fn get_first(&'static self, index: usize, known: &Local<Cell<bool>>, make: impl Fn(usize) -> T) -> Obj<'static> {
        self.make(make);
        known.set(true);
        self.at(index)
    }

    fn make(&'static self, make: impl Fn(usize) -> T) {
        let mut made = self.made.hold();
        if !*made {
            let objects = self.objects.get().cast::<T>();
            // SAFETY: there is room for N objects. No thread reads them yet, because under the lock they are marked as
            // not made.
            (0..N).for_each(|index| unsafe { objects.add(index).write(make(index)) });
            *made = true;
        }
    }
}
