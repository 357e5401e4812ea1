//! The order in which a class and its ancestors are searched (CPython: `tp_mro`, the C3 linearization).

use crate::abi::*;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{constants, dict};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Raised, Result, Type, View, raise};

/// The classes in which an attribute is looked for, in order: the class first (CPython: `tp_mro`). A class that is not
/// ready has no order yet: the chain of its bases stands for it.
pub fn of(class: Type<'_>) -> impl Iterator<Item = Type<'_>> {
    let linear = known(class);
    let mut base = if linear.is_none() { Some(class) } else { None };
    let mut linear = linear.map(tuple::items).unwrap_or_default().iter();
    core::iter::from_fn(move || {
        if let Some(next) = linear.next() {
            // SAFETY: an item of the tuple of types, which lives as long as the class.
            return Some(unsafe { Type::from_ptr_unchecked(next.as_ptr().cast()) });
        }
        let next = base?;
        base = next.base();
        Some(next)
    })
}

/// The order that a class has already.
#[inline(always)]
pub fn known(class: Type<'_>) -> Option<Tuple<'_>> {
    // SAFETY: tp_mro is NULL or a tuple of types, kept alive by the class.
    unsafe { Obj::from_ptr(class.fields().tp_mro).map(|order| View::new_unchecked(order)) }
}

/// The order of a class with these bases: a new tuple (CPython: `type.mro`). TypeError for a base that is not ready,
/// for one that is there twice, and for bases that allow no order.
pub fn compute(class: Type<'_>, bases: Tuple<'_>) -> Result<Own<PyTupleObject>> {
    for base in types(bases) {
        if known(base).is_none() {
            return Err(raise!(TypeError, "Cannot extend an incomplete type '{}'", base.name()));
        }
    }
    with_first(class, &merge(bases)?)
}

/// A new tuple of one class, followed by others.
pub fn with_first(class: Type<'_>, others: &[Type<'_>]) -> Result<Own<PyTupleObject>> {
    let mut all: Array<Obj<'_>> = Array::new_in(Malloc);
    memory::reserve(&mut all, others.len() + 1)?;
    memory::fill(&mut all, [class.as_obj()].into_iter().chain(others.iter().map(|class| class.as_obj())));
    tuple::from_slice(&all)
}

/// The classes in a tuple.
pub fn types<'a>(classes: Tuple<'a>) -> impl Iterator<Item = Type<'a>> {
    tuple::items(classes).iter().filter_map(|class| class.as_type())
}

/// The bases of a class.
pub fn bases(class: Type<'_>) -> impl Iterator<Item = Type<'_>> {
    // SAFETY: tp_bases is NULL or a tuple, kept alive by the class.
    let bases = unsafe { Obj::from_ptr(class.fields().tp_bases) }.and_then(Obj::downcast);
    bases.into_iter().flat_map(types)
}

/// The nearest class, up the bases, that gave instances their size (CPython: `solid_base`).
pub fn layout_base(mut class: Type<'_>) -> Type<'_> {
    let size = |class: Type<'_>| (class.fields().tp_basicsize, class.fields().tp_itemsize);
    while let Some(base) = class.base().filter(|base| size(*base) == size(class)) {
        class = base;
    }
    class
}

/// The order in which the ancestors of a class are searched after the class itself: each class before its own bases,
/// and bases in the order given.
pub fn merge(bases: Tuple<'_>) -> Result<Array<Type<'_>>> {
    // The order has to contain each row as a subsequence: the order of each base, and the list of bases.
    let mut rows: Array<Row<'_>> = Array::new_in(Malloc);
    for (i, base) in tuple::items(bases).iter().enumerate() {
        if tuple::items(bases).iter().take(i).any(|other| other.is(*base)) {
            return Err(raise!(TypeError, "duplicate base class {}", Names(base.as_type().as_slice())));
        }
        memory::push(&mut rows, Row::collect(base.as_type().into_iter().flat_map(of))?)?;
    }
    memory::push(&mut rows, Row::collect(types(bases))?)?;

    let mut order = Array::new_in(Malloc);
    while rows.iter().any(|row| row.head().is_some()) {
        let stands_later = |candidate: Type<'_>| rows.iter().any(|row| row.later().any(|later| later == candidate));
        let Some(next) = rows.iter().filter_map(Row::head).find(|candidate| !stands_later(*candidate)) else {
            return Err(inconsistent(&rows));
        };
        memory::push(&mut order, next)?;
        rows.iter_mut().for_each(|row| row.pass(next));
    }
    Ok(order)
}

/// A list of classes that are merged into an order, and the number of them that already are in it.
struct Row<'a>(Array<Type<'a>>, usize);

impl<'a> Row<'a> {
    fn collect(classes: impl Iterator<Item = Type<'a>>) -> Result<Self> {
        let mut row = Array::new_in(Malloc);
        for class in classes {
            memory::push(&mut row, class)?;
        }
        Ok(Row(row, 0))
    }

    /// The first class that is not yet in the order.
    fn head(&self) -> Option<Type<'a>> {
        self.0.get(self.1).copied()
    }

    /// The classes after the head.
    fn later(&self) -> impl Iterator<Item = Type<'a>> {
        self.0.iter().skip(self.1 + 1).copied()
    }

    /// Moves on if this class is the head.
    fn pass(&mut self, class: Type<'_>) {
        self.1 += usize::from(self.head().is_some_and(|head| head == class));
    }
}

/// TypeError: each class that could come next would precede a class that has to come before it.
fn inconsistent(rows: &[Row<'_>]) -> Raised {
    match heads_of(rows) {
        Ok(heads) => {
            raise!(TypeError, "Cannot create a consistent method resolution order (MRO) for bases {}", Names(&heads))
        }
        Err(raised) => raised,
    }
}

/// The classes that could come next, each once. As in CPython, a class without a hash raises the error of a dict's key.
fn heads_of<'a>(rows: &[Row<'a>]) -> Result<Array<Type<'a>>> {
    let known = dict::new()?;
    let mut heads = Array::new_in(Malloc);
    for head in rows.iter().filter_map(Row::head) {
        let count = dict::len(known.borrow());
        dict::set(known.borrow(), head.as_obj(), constants::NONE)?;
        if dict::len(known.borrow()) > count {
            memory::push(&mut heads, head)?;
        }
    }
    Ok(heads)
}

/// Shows the names of classes, without their modules.
struct Names<'a>(&'a [Type<'a>]);

impl core::fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (i, class) in self.0.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}{}", class.short_name())?;
        }
        Ok(())
    }
}
