//! Exception instances: how they are made, their common attributes, and their text.

use super::behaviour::Behaviour;
use super::layout::{Exception, Head, Instance, expect, is_instance};
use crate::abi::*;
use crate::objects::convert;
use crate::objects::dict::Dict;
use crate::objects::slots;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, constants, dict, list, str, tuple};
use crate::protocol::{attribute, text};
use crate::runtime::known::TRACEBACK;
use crate::runtime::{Field, Obj, Own, Ref, Result, Type, gc, instance, raise};

use core::cell::{Cell, UnsafeCell};
use core::mem::offset_of;

/// The behaviour of `BaseException`.
pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    size: size_of::<Head>(),
    new: slots::new(new),
    init: slots::init(init),
    str: slots::unary(text),
    repr: slots::unary(repr),
    dealloc: slots::dealloc::<Head>(),
    traverse: slots::traverse::<Head>(),
    clear: slots::clear::<Head>(),
    methods: (&raw mut METHODS).cast(),
    members: (&raw mut MEMBERS).cast(),
    getset: (&raw mut GETSET).cast(),
};

/// The behaviour that classes derived from `BaseException` inherit.
pub(super) const PLAIN: Behaviour = BEHAVIOUR.without_tables();

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__suppress_context__".as_ptr(),
        kind: Py_T_BOOL,
        offset: offset_of!(Head, suppress_context) as Py_ssize_t,
        ..PyMemberDef::END
    },
    PyMemberDef::END,
];

static mut METHODS: [PyMethodDef; 5] = [
    slots::method_noargs(c"__reduce__", reduce),
    slots::method_o(c"__setstate__", set_state),
    slots::method_o(c"with_traceback", with_traceback),
    slots::method_o(c"add_note", add_note),
    PyMethodDef::END,
];

static mut GETSET: [PyGetSetDef; 6] = [
    slots::getset(c"__dict__", own_attributes, set_own_attributes),
    slots::getset(c"args", get_args, set_args),
    slots::getset(c"__traceback__", get_traceback, set_traceback),
    slots::getset(c"__context__", get_context, set_context),
    slots::getset(c"__cause__", get_cause, set_cause),
    PyGetSetDef::END,
];

/// Whether the object is a class derived from `BaseException` (CPython: `PyExceptionClass_Check`).
pub fn is_class(o: Obj<'_>) -> bool {
    o.as_type().is_some_and(|class| class.has_flag(Py_TPFLAGS_BASE_EXC_SUBCLASS))
}

/// A new exception with these arguments.
pub(super) fn new(class: Type<'_>, args: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: `allocate` has just made the instance, with a count of 1, which becomes this reference. Its fields are
    // NULL, which is valid for them.
    let exception = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    expect::<Head>(exception.borrow())?.cells().args.set(Some(args.to_ref()));
    gc::track(exception.borrow());
    Ok(exception)
}

/// An exception of a built-in class with only the common head, with these arguments.
pub(super) fn new_plain(class: Type<'static>, args: Ref) -> Result<Ref> {
    new_with(|| blank_head(class, args))
}

/// A new exception of a built-in class, whose layout is `L`. The fields are made only after the memory is allocated,
/// because dropping a field does not drop its reference.
#[inline(always)]
pub(super) fn new_with<L: Instance>(fields: impl FnOnce() -> L) -> Result<Ref> {
    // SAFETY: the fields are those of an exception, with a head whose count is 1. Exceptions take part in collection.
    unsafe {
        let exception = instance::write_new::<_, true>(fields)?;
        gc::track_new(exception.borrow());
        Ok(exception)
    }
}

/// The head of a new exception of a built-in class.
pub(super) fn blank_head(class: Type<'static>, args: Ref) -> Head {
    Head {
        ob_base: UnsafeCell::new(PyObject { ob_refcnt: 1, ob_type: class.as_ptr() }),
        dict: Field::null(),
        args: Field::owning(args),
        notes: Field::null(),
        traceback: Field::null(),
        context: Field::null(),
        cause: Field::null(),
        suppress_context: Cell::new(0),
    }
}

/// Stores the arguments as `args`; TypeError for keyword arguments.
pub(super) fn init(exception: Exception<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    no_keywords(exception.class(), keywords)?;
    exception.cells().args.set(Some(args.to_ref()));
    Ok(())
}

/// TypeError when there are keyword arguments.
pub(super) fn no_keywords(class: Type<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    match keywords {
        Some(keywords) if dict::len(keywords) > 0 => {
            Err(raise!(TypeError, "{}() takes no keyword arguments", class.name()))
        }
        _ => Ok(()),
    }
}

/// The `args` tuple.
pub fn args(exception: Exception<'_>) -> Own<PyTupleObject> {
    exception.cells().args.get_as().unwrap_or_else(|| tuple::empty().to_own())
}

/// The value of a field as an attribute; None for an empty field.
fn attribute_of(field: &Field) -> Ref {
    field.get().unwrap_or_else(|| constants::NONE.to_ref())
}

fn get_args(exception: Exception<'_>) -> Result<Ref> {
    Ok(attribute_of(&exception.cells().args))
}

fn set_args(exception: Exception<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "args may not be deleted"))?;
    let value = convert::to_tuple(value)?;
    exception.cells().args.set(Some(value.into_ref()));
    Ok(())
}

/// Replaces `args` by another tuple (CPython: `PyException_SetArgs`).
pub fn replace_args(exception: Exception<'_>, value: Obj<'_>) -> Result<()> {
    if !tuple::check(value) {
        return Err(raise!(SystemError, "the args of an exception must be a tuple, not '{}'", value.class().name()));
    }
    exception.cells().args.set(Some(value.to_ref()));
    Ok(())
}

/// The traceback of an object that is an exception, if it has one.
pub fn traceback(o: Obj<'_>) -> Option<Ref> {
    o.downcast::<Head>()?.cells().traceback.get()
}

fn get_traceback(exception: Exception<'_>) -> Result<Ref> {
    Ok(attribute_of(&exception.cells().traceback))
}

/// Sets `__traceback__`: to a traceback, or to nothing by None.
pub fn set_traceback(exception: Exception<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__traceback__ may not be deleted"))?;
    let value = Some(value).filter(|value| !value.is(constants::NONE));
    if value.is_some_and(|value| !value.is_exactly(TRACEBACK)) {
        return Err(raise!(TypeError, "__traceback__ must be a traceback or None"));
    }
    exception.cells().traceback.set(value.map(Obj::to_ref));
    Ok(())
}

fn get_context(exception: Exception<'_>) -> Result<Ref> {
    Ok(attribute_of(&exception.cells().context))
}

fn set_context(exception: Exception<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__context__ may not be deleted"))?;
    if !value.is(constants::NONE) && !is_instance(value) {
        return Err(raise!(TypeError, "exception context must be None or derive from BaseException"));
    }
    exception.cells().context.set((!value.is(constants::NONE)).then(|| value.to_ref()));
    Ok(())
}

fn get_cause(exception: Exception<'_>) -> Result<Ref> {
    Ok(attribute_of(&exception.cells().cause))
}

fn set_cause(exception: Exception<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "__cause__ may not be deleted"))?;
    if !value.is(constants::NONE) && !is_instance(value) {
        return Err(raise!(TypeError, "exception cause must be None or derive from BaseException"));
    }
    raise_from(exception, (!value.is(constants::NONE)).then(|| value.to_ref()));
    Ok(())
}

/// Sets `__cause__`, and with it `__suppress_context__` (CPython: `PyException_SetCause`).
pub fn raise_from(exception: Exception<'_>, value: Option<Ref>) {
    exception.cells().suppress_context.set(1);
    exception.cells().cause.set(value);
}

/// `__dict__`: the attributes that were set on the exception, in a dict that is made on first use.
fn own_attributes(exception: Exception<'_>) -> Result<Ref> {
    match exception.cells().dict.get() {
        Some(attributes) => Ok(attributes),
        None => {
            let attributes = dict::new()?;
            exception.cells().dict.set(Some(attributes.clone().into_ref()));
            Ok(attributes.into_ref())
        }
    }
}

fn set_own_attributes(exception: Exception<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = value.ok_or_else(|| raise!(TypeError, "cannot delete __dict__"))?;
    if !dict::check(value) {
        let class = value.class();
        return Err(raise!(TypeError, "__dict__ must be set to a dictionary, not a '{}'", class.name()));
    }
    exception.cells().dict.set(Some(value.to_ref()));
    Ok(())
}

/// `__reduce__`: the class, the arguments, and the attributes that were set, if there are any.
fn reduce(exception: Exception<'_>) -> Result<Ref> {
    reduce_with(exception, args(exception).borrow(), exception.cells().dict.get())
}

/// The tuple that `__reduce__` returns: the class, these arguments, and these attributes if there are any.
pub(super) fn reduce_with(exception: Exception<'_>, args: Tuple<'_>, attributes: Option<Ref>) -> Result<Ref> {
    let class = exception.as_obj().class().as_obj();
    let parts = match attributes {
        Some(attributes) => tuple::from_slice(&[class, *args, attributes.borrow()]),
        None => tuple::from_slice(&[class, *args]),
    };
    Ok(parts?.into_ref())
}

/// `__setstate__`: sets the attributes in a dict; None stands for no attributes.
fn set_state(exception: Exception<'_>, state: Obj<'_>) -> Result<Ref> {
    if !state.is(constants::NONE) {
        let state = state.downcast().ok_or_else(|| raise!(TypeError, "state is not a dictionary"))?;
        for (key, value) in dict::entries(state) {
            attribute::set(*exception, key.borrow(), Some(value.borrow()))?;
        }
    }
    Ok(constants::NONE.to_ref())
}

fn with_traceback(exception: Exception<'_>, value: Obj<'_>) -> Result<Ref> {
    set_traceback(exception, Some(value))?;
    Ok(exception.to_ref())
}

/// Appends a note to the list `__notes__`, which is made first if there is none.
pub(super) fn add_note(exception: Exception<'_>, note: Obj<'_>) -> Result<Ref> {
    if !str::check(note) {
        return Err(raise!(TypeError, "add_note() argument must be str, not {}", arguments::kind(note)));
    }
    let name = str::intern(str::from_str("__notes__")?)?;
    let notes = match attribute::find(*exception, name.borrow())? {
        Some(notes) => notes.downcast().map_err(|_| raise!(TypeError, "Cannot add note: __notes__ is not a list"))?,
        None => {
            let notes = list::new()?;
            attribute::set(*exception, name.borrow(), Some(*notes.borrow()))?;
            notes
        }
    };
    list::append(notes.borrow(), note)?;
    Ok(constants::NONE.to_ref())
}

/// Makes an exception that was being handled the context of a new one. If the new one is in the old one's chain of
/// contexts, it is removed from there, so that the contexts form no cycle.
#[inline]
pub(super) fn chain(exception: Obj<'_>, handled: Option<Ref>) {
    if let (Some(handled), Some(exception)) = (handled, exception.downcast()) {
        chain_after(exception, handled);
    }
}

/// The context of an exception, if it has one.
fn context_of(exception: &Ref) -> Option<Ref> {
    exception.borrow().downcast::<Head>()?.cells().context.get()
}

#[cold]
fn chain_after(exception: Exception<'_>, handled: Ref) {
    if handled.borrow().is(exception.as_obj()) {
        return;
    }
    let (mut at, mut slow, mut advance) = (handled.clone(), handled.clone(), false);
    while let Some(next) = context_of(&at) {
        if next.borrow().is(exception.as_obj()) {
            if let Some(at) = at.borrow().downcast::<Head>() {
                at.cells().context.set(None);
            }
            break;
        }
        at = next;
        // The walk has met the slow pointer again, so the chain had a cycle before.
        if at == slow {
            break;
        }
        if advance && let Some(next) = context_of(&slow) {
            slow = next;
        }
        advance = !advance;
    }
    exception.cells().context.set(Some(handled));
}

/// `str()` of an exception: empty without arguments, the text of a single argument, or that of the tuple.
pub(super) fn text(exception: Exception<'_>) -> Result<Ref> {
    let args = args(exception);
    match tuple::items(args.borrow()) {
        [] => str::from_str(""),
        [argument] => text::to_str(*argument),
        _ => text::to_str(args.as_obj()),
    }
}

/// `NAME(ARGUMENTS)`, where NAME is the part after the last dot of the class's name.
fn repr(exception: Exception<'_>) -> Result<Ref> {
    let args = args(exception);
    let mut text = str::Builder::new();
    text.push_format(format_args!("{}", exception.class().short_name()))?;
    match tuple::items(args.borrow()) {
        [argument] => {
            text.push_str("(")?;
            text.push_object(text::repr(*argument)?.borrow())?;
            text.push_str(")")?;
        }
        _ => text.push_object(text::repr(args.as_obj())?.borrow())?,
    }
    text.finish()
}
