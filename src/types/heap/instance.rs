//! The slots by which instances of a class made at run time are traversed, cleared and destroyed (CPython: `subtype_traverse`,
//! `subtype_clear`, `subtype_dealloc`). They look after the fields that the classes made at run time have added, and then call the
//! slot of the nearest base that has another one.

use super::{Heap, members};
use crate::abi::*;
use crate::objects::weakref;
use crate::protocol::finalizer;
use crate::runtime::known::OBJECT;
use crate::runtime::reference::decref;
use crate::runtime::{Field, Obj, Type, gc};
use crate::types::instance_dict;
use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, fn_addr_eq};

/// The classes of an instance from its own to the nearest base with another slot, and that base.
struct Line<'a> {
    class: Type<'a>,
    base: Type<'a>,
}

impl<'a> Line<'a> {
    fn of(class: Type<'a>, is_own: impl Fn(Type<'a>) -> bool) -> Self {
        let mut base = class;
        while is_own(base) {
            base = base.base().unwrap_or(OBJECT);
        }
        Line { class, base }
    }

    /// The classes before the base.
    fn derived(&self) -> impl Iterator<Item = Type<'a>> {
        let base = self.base;
        core::iter::successors(Some(self.class), |class| class.base()).take_while(move |class| *class != base)
    }

    /// The fields of an instance for the members that the classes before the base have added: those of the kind that is an error
    /// while it is empty.
    fn added(&self, o: Obj<'a>) -> impl Iterator<Item = (&'a PyMemberDef, &'a Field)> {
        let tables = self.derived().filter_map(|class| class.as_obj().downcast()).map(|class: Heap<'_>| members(class));
        let rows = tables.flat_map(|(table, count)| (0..count).map(move |index| table.wrapping_add(index)));
        // SAFETY: a class has as many rows as it counts. At the offset of such a row its instances have NULL or a reference.
        rows.filter_map(move |row| unsafe {
            let row = &*row;
            (row.kind == Py_T_OBJECT_EX).then(|| (row, Field::at(o.as_ptr().byte_offset(row.offset).cast())))
        })
    }

    /// Drops the objects in the fields that the classes have added. Those of members that can't be set are not theirs.
    fn empty(&self, o: Obj<'a>) {
        self.added(o).filter(|(row, _)| row.flags & Py_READONLY == 0).for_each(|(_, field)| field.set(None));
    }

    /// Whether the classes before the base, and not the base, have given the instances a dict.
    fn adds_dict(&self) -> bool {
        self.class.fields().tp_dictoffset != 0 && self.base.fields().tp_dictoffset == 0
    }

    /// Whether the dict of an instance is at a place of which the base's slots do not know: a class from C may state another place than
    /// its base.
    fn moves_dict(&self) -> bool {
        self.class.fields().tp_dictoffset != self.base.fields().tp_dictoffset
    }

    /// Whether the classes before the base, and not the base, have given the instances weak references.
    fn adds_weak(&self) -> bool {
        self.class.fields().tp_weaklistoffset != 0 && self.base.fields().tp_weaklistoffset == 0
    }

    /// Whether the base's `tp_dealloc` does all that ends an instance, since the classes before it have added nothing.
    fn is_bare(&self, o: Obj<'a>) -> bool {
        let fields = self.class.fields();
        self.base.has_flag(Py_TPFLAGS_HAVE_GC)
            && fields.tp_finalize.is_none()
            && fields.tp_del.is_none()
            && !self.adds_weak()
            && !self.adds_dict()
            && self.added(o).next().is_none()
    }

    /// Whether these slots, and not those of the base, visit and drop the reference of an instance to its class.
    fn owns_class(&self) -> bool {
        self.class.has_flag(Py_TPFLAGS_HEAPTYPE) && !self.base.has_flag(Py_TPFLAGS_HEAPTYPE)
    }
}

/// `tp_traverse`
///
/// # Safety
/// `o` is an instance of a class that has this slot, and `visit` is called with an argument that came with it.
pub unsafe extern "C" fn traverse(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    let Some(visit) = visit else { return 0 };
    // SAFETY: the object is whole, and its references are shown to the visitor with the argument that came with it.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        let is_own =
            |class: Type<'_>| class.fields().tp_traverse.is_some_and(|slot| fn_addr_eq(slot, traverse as Traverse));
        let line = Line::of(this.class(), is_own);
        let fields = line.added(this).map(|(_, field)| field);
        let dict = line.moves_dict().then(|| instance_dict::place(this)).flatten();
        for field in fields.chain(dict).filter(|field| !field.is_null()) {
            let answer = visit(field.as_ptr(), argument);
            if answer != 0 {
                return answer;
            }
        }
        let tp_traverse = line.base.fields().tp_traverse;
        if line.owns_class() || line.class.has_flag(Py_TPFLAGS_HEAPTYPE) && tp_traverse.is_none() {
            let answer = visit(line.class.as_ptr().cast(), argument);
            if answer != 0 {
                return answer;
            }
        }
        tp_traverse.map_or(0, |slot| slot(o, Some(visit), argument))
    }
}

type Traverse = unsafe extern "C" fn(*mut PyObject, visitproc, *mut c_void) -> c_int;
type Clear = unsafe extern "C" fn(*mut PyObject) -> c_int;
type Dealloc = unsafe extern "C" fn(*mut PyObject);

/// `tp_clear`
///
/// # Safety
/// `o` is an instance of a class that has this slot.
pub unsafe extern "C" fn clear(o: *mut PyObject) -> c_int {
    // SAFETY: the object is whole, and the collector has found that no code that runs has borrowed from it.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        let is_own = |class: Type<'_>| class.fields().tp_clear.is_some_and(|slot| fn_addr_eq(slot, clear as Clear));
        let line = Line::of(this.class(), is_own);
        line.empty(this);
        if line.moves_dict() {
            drop_dict(this);
        }
        line.base.fields().tp_clear.map_or(0, |slot| slot(o))
    }
}

/// `tp_dealloc`: the finalizers, which may keep the instance alive, the weak references, the added fields and the dict, then the
/// `tp_dealloc` of the base, and the reference to the class.
///
/// # Safety
/// `o` is an instance of a class that has this slot, and no reference to it is left.
pub unsafe extern "C" fn dealloc(o: *mut PyObject) {
    // SAFETY: the object is whole until the base's tp_dealloc is called with it. It keeps its class alive.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        let is_own =
            |class: Type<'_>| class.fields().tp_dealloc.is_some_and(|slot| fn_addr_eq(slot, dealloc as Dealloc));
        let line = Line::of(this.class(), is_own);
        if !line.is_bare(this) && !end_added(this, &line) {
            return;
        }
        // A finalizer may have changed the class of the object.
        let class = Type::from_ptr_unchecked((*o).ob_type);
        let line = Line { class, base: line.base };
        let owned = line.owns_class();
        if let Some(tp_dealloc) = line.base.fields().tp_dealloc {
            tp_dealloc(o);
        }
        if owned {
            decref(NonNull::new_unchecked(class.as_ptr().cast()));
        }
    }
}

/// Ends the part of an instance that its classes have added to the base: calls the finalizers, and drops the weak references, the fields
/// and the dict. Returns whether the object still has to be destroyed.
///
/// # Safety
/// No reference to the object is left, and its tp_dealloc is running.
unsafe fn end_added(o: Obj<'_>, line: &Line<'_>) -> bool {
    let is_collected = line.class.has_flag(Py_TPFLAGS_HAVE_GC);
    if is_collected {
        gc::untrack(o);
    }
    // SAFETY: the functions have the condition of this one.
    unsafe {
        if !finalize(o, line.class, is_collected) {
            return false;
        }
        if is_collected && line.adds_weak() {
            weakref::end_of(o);
        }
        if !run_del(o, line.class) {
            return false;
        }
    }
    if is_collected {
        line.empty(o);
        if line.adds_dict() {
            drop_dict(o);
        }
        if line.base.has_flag(Py_TPFLAGS_HAVE_GC) {
            gc::track(o);
        }
    }
    true
}

/// Calls `tp_finalize`, if the class has one. Returns whether the object still has to be destroyed: the finalizer may have made a
/// reference to it.
///
/// # Safety
/// No reference to the object is left, and its tp_dealloc is running.
unsafe fn finalize(o: Obj<'_>, class: Type<'_>, is_collected: bool) -> bool {
    if class.fields().tp_finalize.is_none() {
        return true;
    }
    if is_collected {
        gc::track(o);
    }
    // SAFETY: no reference to the object is left, as promised.
    let is_dead = unsafe { !finalizer::call_at_end(o) };
    if is_dead && is_collected {
        gc::untrack(o);
    }
    is_dead
}

/// Calls `tp_del`, if the class has one. Returns whether the object still has to be destroyed.
///
/// # Safety
/// No reference to the object is left, and its tp_dealloc is running.
unsafe fn run_del(o: Obj<'_>, class: Type<'_>) -> bool {
    let Some(tp_del) = class.fields().tp_del else { return true };
    let is_collected = class.has_flag(Py_TPFLAGS_HAVE_GC);
    if is_collected {
        gc::track(o);
    }
    // SAFETY: the slot belongs to the object's class, and is called when no reference is left. It counts its own references.
    unsafe { tp_del(o.as_ptr()) };
    let is_dead = o.refcnt() == 0;
    if is_dead && is_collected {
        gc::untrack(o);
    }
    is_dead
}

/// Drops the dict of an instance, if it has one.
fn drop_dict(o: Obj<'_>) {
    instance_dict::place(o).into_iter().for_each(|place| place.set(None));
}
