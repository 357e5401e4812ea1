//! Exception instances: how they are made, their common attributes, and their text.

use super::Behaviour;
use crate::abi::*;
use crate::objects::{arguments, attribute, constants, dict, list, object, sequence, str, tuple};
use crate::runtime::{Field, Obj, Ref, Result, Type, gc, instance, raise};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// What `BaseException` does.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    size: size_of::<PyBaseExceptionObject>(),
    new: Some(new_slot),
    init: Some(init_slot),
    str: Some(str_slot),
    repr: Some(repr_slot),
    methods: (&raw mut METHODS).cast(),
    members: (&raw mut MEMBERS).cast(),
    getset: (&raw mut GETSET).cast(),
};

/// What a class made from it does that says nothing else.
pub(super) const PLAIN: Behaviour = BEHAVIOUR.without_tables();

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__suppress_context__".as_ptr(),
        kind: Py_T_BOOL,
        offset: core::mem::offset_of!(PyBaseExceptionObject, suppress_context) as Py_ssize_t,
        ..PyMemberDef::END
    },
    PyMemberDef::END,
];

static mut METHODS: [PyMethodDef; 5] = [
    method!(c"__reduce__", METH_NOARGS, reduce),
    method!(c"__setstate__", METH_O, set_state),
    method!(c"with_traceback", METH_O, with_traceback),
    method!(c"add_note", METH_O, add_note),
    PyMethodDef::END,
];

static mut GETSET: [PyGetSetDef; 6] = [
    getset!(c"__dict__", own_attributes, set_own_attributes),
    getset!(c"args", get_args, set_args),
    getset!(c"__traceback__", get_traceback, set_traceback),
    getset!(c"__context__", get_context, set_context),
    getset!(c"__cause__", get_cause, set_cause),
    PyGetSetDef::END,
];

/// Whether the object is a class made from `BaseException` (CPython: `PyExceptionClass_Check`).
pub fn is_class(o: Obj<'_>) -> bool {
    o.as_type().is_some_and(|class| class.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS))
}

/// Whether the object is an exception (CPython: `PyExceptionInstance_Check`).
pub fn is_instance(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS)
}

/// A new exception with these arguments.
pub(super) fn new(class: Type<'_>, args: Obj<'_>, _: Option<Obj<'_>>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance, its fields all NULL.
    let exception = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    args_field(exception.borrow()).set(Some(args.to_ref()));
    gc::track(exception.borrow());
    Ok(exception)
}
new_slot!(new_slot = new);

/// An exception of a built-in class that has nothing but the common head, with these arguments.
pub(super) fn new_plain(class: Type<'static>, args: Ref) -> Result<Ref> {
    let o = instance::reserve::<true>(size_of::<PyBaseExceptionObject>())?;
    // SAFETY: there is room for the head, and it is written whole.
    let exception = unsafe {
        o.cast::<PyBaseExceptionObject>().write(blank_head(class, args));
        Ref::from_ptr_unchecked(o.as_ptr())
    };
    gc::track_new(exception.borrow());
    Ok(exception)
}

/// The head of a new exception of a built-in class.
pub(super) fn blank_head(class: Type<'static>, args: Ref) -> PyBaseExceptionObject {
    PyBaseExceptionObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: class.as_ptr() },
        dict: core::ptr::null_mut(),
        args: args.into_ptr(),
        notes: core::ptr::null_mut(),
        traceback: core::ptr::null_mut(),
        context: core::ptr::null_mut(),
        cause: core::ptr::null_mut(),
        suppress_context: 0,
    }
}

/// Takes the arguments over, and refuses keywords.
pub(super) fn init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    no_keywords(exception.class(), keywords)?;
    args_field(exception).set(Some(args.to_ref()));
    Ok(())
}
init_slot!(init_slot = init);

/// TypeError when there are keyword arguments.
pub(super) fn no_keywords(class: Type<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    match keywords {
        Some(keywords) if dict::len(keywords) > 0 => {
            Err(raise!(TypeError, "{}() takes no keyword arguments", class.name()))
        }
        _ => Ok(()),
    }
}

fn args_field(exception: Obj<'_>) -> &Field {
    field!(exception, PyBaseExceptionObject, args)
}

/// The `args` tuple.
pub fn args(exception: Obj<'_>) -> Ref {
    args_field(exception).get().unwrap_or_else(|| tuple::empty().to_ref())
}

fn get_args(exception: Obj<'_>) -> Result<Ref> {
    Ok(args_field(exception).get().unwrap_or_else(|| constants::NONE.to_ref()))
}

fn set_args(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "args may not be deleted"))?;
    args_field(exception).set(Some(sequence::to_tuple(value)?));
    Ok(())
}

/// Replaces `args` by another tuple (CPython: `PyException_SetArgs`).
pub fn replace_args(exception: Obj<'_>, value: Obj<'_>) -> Result<()> {
    if !tuple::check(value) {
        return Err(raise!(SystemError, "the args of an exception must be a tuple, not '{}'", value.class().name()));
    }
    args_field(exception).set(Some(value.to_ref()));
    Ok(())
}

/// `__traceback__`, if there is one.
pub fn traceback(exception: Obj<'_>) -> &Field {
    field!(exception, PyBaseExceptionObject, traceback)
}

fn get_traceback(exception: Obj<'_>) -> Result<Ref> {
    Ok(traceback(exception).get().unwrap_or_else(|| constants::NONE.to_ref()))
}

/// Sets `__traceback__`. No Python code runs here, so there are no traceback objects: None is all it can be.
pub fn set_traceback(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__traceback__ may not be deleted"))?;
    if !value.is(constants::NONE) {
        return Err(raise!(TypeError, "__traceback__ must be a traceback or None"));
    }
    traceback(exception).set(None);
    Ok(())
}

/// `__context__`: the exception that was being handled when this one was raised.
pub fn context(exception: Obj<'_>) -> &Field {
    field!(exception, PyBaseExceptionObject, context)
}

fn get_context(exception: Obj<'_>) -> Result<Ref> {
    Ok(context(exception).get().unwrap_or_else(|| constants::NONE.to_ref()))
}

fn set_context(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__context__ may not be deleted"))?;
    if !value.is(constants::NONE) && !is_instance(value) {
        return Err(raise!(TypeError, "exception context must be None or derive from BaseException"));
    }
    context(exception).set((!value.is(constants::NONE)).then(|| value.to_ref()));
    Ok(())
}

/// `__cause__`: the exception that this one was raised from.
pub fn cause(exception: Obj<'_>) -> &Field {
    field!(exception, PyBaseExceptionObject, cause)
}

fn get_cause(exception: Obj<'_>) -> Result<Ref> {
    Ok(cause(exception).get().unwrap_or_else(|| constants::NONE.to_ref()))
}

fn set_cause(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__cause__ may not be deleted"))?;
    if !value.is(constants::NONE) && !is_instance(value) {
        return Err(raise!(TypeError, "exception cause must be None or derive from BaseException"));
    }
    raise_from(exception, (!value.is(constants::NONE)).then(|| value.to_ref()));
    Ok(())
}

/// Sets `__cause__`, and with it `__suppress_context__` (CPython: `PyException_SetCause`).
pub fn raise_from(exception: Obj<'_>, value: Option<Ref>) {
    // SAFETY: an exception has this layout.
    unsafe { (*exception.cast::<PyBaseExceptionObject>()).suppress_context = 1 };
    cause(exception).set(value);
}

/// `__dict__`: the attributes set on the exception, in a dict that is made on first use.
fn own_attributes(exception: Obj<'_>) -> Result<Ref> {
    let field = field!(exception, PyBaseExceptionObject, dict);
    match field.get() {
        Some(attributes) => Ok(attributes),
        None => {
            let attributes = dict::new()?;
            field.set(Some(attributes.clone()));
            Ok(attributes)
        }
    }
}

fn set_own_attributes(exception: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "cannot delete __dict__"))?;
    if !dict::check(value) {
        let class = value.class();
        return Err(raise!(TypeError, "__dict__ must be set to a dictionary, not a '{}'", class.name()));
    }
    field!(exception, PyBaseExceptionObject, dict).set(Some(value.to_ref()));
    Ok(())
}

/// What an exception can be made from again: its class, its arguments, and the attributes set on it if there are any.
fn reduce(exception: Obj<'_>) -> Result<Ref> {
    reduce_with(exception, args(exception).borrow(), field!(exception, PyBaseExceptionObject, dict).get())
}

/// The same, with these arguments and these attributes.
pub(super) fn reduce_with(exception: Obj<'_>, args: Obj<'_>, attributes: Option<Ref>) -> Result<Ref> {
    let class = exception.class().as_obj();
    match attributes {
        Some(attributes) => tuple::from_slice(&[class, args, attributes.borrow()]),
        None => tuple::from_slice(&[class, args]),
    }
}

/// Sets the attributes that a dict holds; None stands for none.
fn set_state(exception: Obj<'_>, state: Obj<'_>) -> Result<Ref> {
    if !state.is(constants::NONE) {
        if !dict::check(state) {
            return Err(raise!(TypeError, "state is not a dictionary"));
        }
        let mut position = 0;
        while let Some((key, value, next)) = dict::next(state, position) {
            let (key, value) = (key.to_ref(), value.to_ref());
            attribute::set(exception, key.borrow(), Some(value.borrow()))?;
            position = next;
        }
    }
    Ok(constants::NONE.to_ref())
}

fn with_traceback(exception: Obj<'_>, value: Obj<'_>) -> Result<Ref> {
    set_traceback(exception, Some(value))?;
    Ok(exception.to_ref())
}

/// Appends a note to the list `__notes__`, which is made first if there is none.
pub(super) fn add_note(exception: Obj<'_>, note: Obj<'_>) -> Result<Ref> {
    if !str::check(note) {
        return Err(raise!(TypeError, "add_note() argument must be str, not {}", arguments::kind(note)));
    }
    let name = str::intern(str::from_str("__notes__")?)?;
    let notes = match attribute::get_optional(exception, name.borrow())? {
        Some(notes) if list::check(notes.borrow()) => notes,
        Some(_) => return Err(raise!(TypeError, "Cannot add note: __notes__ is not a list")),
        None => {
            let notes = list::new()?;
            attribute::set(exception, name.borrow(), Some(notes.borrow()))?;
            notes
        }
    };
    list::append(notes.borrow(), note)?;
    Ok(constants::NONE.to_ref())
}

/// Makes an exception that was being handled the context of a new one. If the new one stands in the old one's chain of
/// contexts it is taken out there, so that no ring comes about.
#[inline]
pub(super) fn chain(exception: Obj<'_>, handled: Option<Ref>) {
    if let Some(handled) = handled {
        chain_after(exception, handled);
    }
}

#[cold]
fn chain_after(exception: Obj<'_>, handled: Ref) {
    if handled.borrow().is(exception) {
        return;
    }
    let (mut at, mut slow, mut advance) = (handled.clone(), handled.clone(), false);
    while let Some(next) = context(at.borrow()).get() {
        if next.borrow().is(exception) {
            context(at.borrow()).set(None);
            break;
        }
        at = next;
        // A ring that was there before: the walk has come round to where the slow one is.
        if at == slow {
            break;
        }
        if advance && let Some(next) = context(slow.borrow()).get() {
            slow = next;
        }
        advance = !advance;
    }
    context(exception).set(Some(handled));
}

/// `str()` of an exception: nothing, the one argument's text, or the tuple's.
pub(super) fn text(exception: Obj<'_>) -> Result<Ref> {
    let args = args(exception);
    match tuple::items(args.borrow()) {
        [] => str::from_str(""),
        [argument] => object::to_str(*argument),
        _ => object::to_str(args.borrow()),
    }
}
slot!(str_slot(o) -> *mut PyObject = text);

/// `NAME(ARGUMENTS)`, where NAME is what follows the last dot of the class's name.
fn repr(exception: Obj<'_>) -> Result<Ref> {
    let args = args(exception);
    let mut text = str::Builder::new();
    text.push_format(format_args!("{}", exception.class().short_name()))?;
    match tuple::items(args.borrow()) {
        [argument] => {
            text.push_str("(")?;
            text.push_object(object::repr(*argument)?.borrow())?;
            text.push_str(")")?;
        }
        _ => text.push_object(object::repr(args.borrow())?.borrow())?,
    }
    text.finish()
}
slot!(repr_slot(o) -> *mut PyObject = repr);

/// The fields of the common head that own references: from `dict` to `cause`.
#[inline]
fn head_fields(o: Obj<'_>) -> &[Field; 6] {
    const FIRST: usize = core::mem::offset_of!(PyBaseExceptionObject, dict);
    const { assert!(core::mem::offset_of!(PyBaseExceptionObject, cause) == FIRST + 5 * size_of::<Field>()) };
    // SAFETY: an exception has these fields, one after the other; a cell has the layout of what it holds.
    unsafe { &*o.as_ptr().byte_add(FIRST).cast() }
}

/// Whether exceptions of a class have more than the common head.
#[inline(always)]
fn has_more(class: &Type<'_>) -> bool {
    class.fields().tp_basicsize > size_of::<PyBaseExceptionObject>() as Py_ssize_t
}

/// Shows each field besides the head's that owns a reference, in the order of their places, until `look` gives something
/// else than 0; gives that. They are the members of the built-in classes that an exception is made from, as far as they
/// have more than the head.
fn each_more<'a>(o: Obj<'a>, look: &mut dyn FnMut(&'a Field) -> c_int) -> c_int {
    let mut next = Some(o.class());
    while let Some(class) = next.filter(has_more) {
        if class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) {
            let mut after = 0;
            let next = |after| members(class.fields().tp_members).filter(move |row| row.offset > after);
            while let Some(row) = next(after).filter(|row| row.kind == _Py_T_OBJECT).min_by_key(|row| row.offset) {
                after = row.offset;
                // SAFETY: an instance of the class has such a field at the row's offset.
                match look(unsafe { Field::at(o.as_ptr().byte_offset(row.offset).cast()) }) {
                    0 => {}
                    stop => return stop,
                }
            }
        }
        next = class.base();
    }
    0
}

/// Lets go of what every field holds, in CPython's order, so that destructors run in that order too: first the fields of
/// the class itself, and of the head's the context last.
#[inline(always)]
fn empty(o: Obj<'_>) {
    if has_more(&o.class()) {
        each_more(o, &mut |field| {
            field.set(None);
            0
        });
    }
    let [attributes, args, notes, traceback, context, cause] = head_fields(o);
    for field in [attributes, args, notes, traceback, cause, context] {
        field.set(None);
    }
}

/// The rows of a table of members.
fn members(table: *mut PyMemberDef) -> impl Iterator<Item = &'static PyMemberDef> {
    // SAFETY: the tables of the built-in classes end at a row without a name, before which the walk stops; one that is
    // not there has no first row.
    core::iter::successors(unsafe { table.as_ref() }, |row| unsafe { (&raw const **row).add(1).as_ref() })
        .take_while(|row| !row.name.is_null())
}

/// # Safety
/// `o` is an exception nobody refers to any more.
pub(super) unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract.
    unsafe {
        let exception = Obj::from_ptr_unchecked(o);
        gc::untrack(exception);
        empty(exception);
        instance::free_often(NonNull::new_unchecked(o));
    }
}

/// # Safety
/// `o` is an exception.
pub(super) unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract; a visitor keeps nothing. An instance owns a class made at run time.
    unsafe {
        let exception = Obj::from_ptr_unchecked(o);
        if exception.class().has_flag(Py_TPFLAGS_HEAPTYPE) {
            visit!(visit, argument, exception.class().as_obj().as_ptr());
        }
        for field in head_fields(exception) {
            visit!(visit, argument, field.as_ptr());
        }
        each_more(exception, &mut |field| {
            visit!(visit, argument, field.as_ptr());
            0
        })
    }
}

/// # Safety
/// `o` is an exception that the collector found unreachable.
pub(super) unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract.
    empty(unsafe { Obj::from_ptr_unchecked(o) });
    0
}
