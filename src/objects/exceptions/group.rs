//! BaseExceptionGroup, and ExceptionGroup, which is derived from it at run time: several exceptions raised together.

use super::behaviour::Behaviour;
use super::layout::{Exception, Group, expect};
use super::{instance, is_class, is_instance, matches};
use crate::abi::*;
use crate::objects::attributes;
use crate::objects::convert;
use crate::objects::dict;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, call, class_lookup, constants, list, slots, str, tuple};
use crate::protocol::{attribute, callable, sequence, text, truth};
use crate::runtime::known;
use crate::runtime::{Obj, Own, Ref, Result, Type, raise, stack};

use core::mem::offset_of;
use core::sync::atomic::{AtomicPtr, Ordering};

pub(super) const GROUP: Behaviour = Behaviour {
    new: slots::new(new),
    init: slots::init(init),
    str: slots::unary(text),
    repr: slots::unary(repr),
    methods: (&raw mut METHODS).cast(),
    members: (&raw mut MEMBERS).cast(),
    ..Behaviour::of_layout::<Group>()
};

static mut METHODS: [PyMethodDef; 5] = [
    class_lookup::CLASS_GETITEM,
    slots::method_o(c"derive", derive),
    slots::method_o(c"split", split),
    slots::method_o(c"subgroup", subgroup),
    PyMethodDef::END,
];

static mut MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"message", offset_of!(Group, msg)).read_only(),
    PyMemberDef::object(c"exceptions", offset_of!(Group, excs)).read_only(),
    PyMemberDef::END,
];

/// The class `ExceptionGroup` after its first use, or NULL.
static EXCEPTION_GROUP: AtomicPtr<PyTypeObject> = AtomicPtr::new(core::ptr::null_mut());

/// The class `ExceptionGroup`. It is made on first use, because it has two bases, and a static class has only one.
pub fn exception_group() -> Result<Type<'static>> {
    if EXCEPTION_GROUP.load(Ordering::Acquire).is_null() {
        let bases = [Exc::BaseExceptionGroup, Exc::Exception].map(|base| base.class().as_obj());
        let (name, namespace) = (str::from_str("ExceptionGroup")?, dict::new()?);
        dict::set_str(namespace.borrow(), "__module__", str::from_str("builtins")?.borrow())?;
        let bases = tuple::from_slice(&bases)?;
        let parts = [name.borrow(), bases.as_obj(), namespace.as_obj()];
        let made = call::vectorcall(known::TYPE.as_obj(), &parts, None)?;
        let class = made.as_ptr().cast();
        let raced = EXCEPTION_GROUP.compare_exchange(core::ptr::null_mut(), class, Ordering::AcqRel, Ordering::Acquire);
        if raced.is_ok() {
            made.borrow().immortalize();
        }
    }
    // SAFETY: the pointer was set above or by another thread, to a class that is immortal.
    Ok(unsafe { Type::from_ptr_unchecked(EXCEPTION_GROUP.load(Ordering::Acquire)) })
}

/// The exceptions in a group.
pub fn exceptions(group: Exception<'_, Group>) -> Own<PyTupleObject> {
    group.cells().excs.get_as().unwrap_or_else(|| tuple::empty().to_own())
}

fn new(class: Type<'_>, args: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    let [message, given] = tuple::items(args) else {
        let count = tuple::len(args);
        return Err(raise!(TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)"));
    };
    if !str::check(*message) {
        let kind = arguments::kind(*message);
        return Err(raise!(TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not {kind}"));
    }
    if !sequence::check(*given) {
        return Err(raise!(TypeError, "second argument (exceptions) must be a sequence"));
    }
    let shown = if list::check(*given) || tuple::check(*given) { None } else { Some(text::repr(*given)?) };
    let exceptions = convert::to_tuple(*given)?;
    let class = class_for(class, exceptions.borrow())?;
    let group = instance::new(class, args, None)?;
    let fields = expect::<Group>(group.borrow())?.cells();
    fields.msg.set(Some(message.to_ref()));
    fields.excs.set(Some(exceptions.into_ref()));
    fields.excs_str.set(shown);
    Ok(group)
}

/// `BaseExceptionGroup(message, exceptions)`: keeps the arguments, as each exception does.
fn init(group: Exception<'_, Group>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    // The slot is the class's own, as in CPython. The compiler would merge a function of the same code with
    // BaseException's, and the class would inherit the slot.
    instance::init(core::hint::black_box(group).as_exception(), args, keywords)
}

/// The class for a group of these exceptions. BaseExceptionGroup becomes ExceptionGroup if all of them are Exceptions.
/// A class derived from Exception accepts Exceptions only.
fn class_for<'a>(class: Type<'a>, exceptions: Tuple<'_>) -> Result<Type<'a>> {
    if tuple::len(exceptions) == 0 {
        return Err(raise!(ValueError, "second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(index) = tuple::items(exceptions).iter().position(|item| !is_instance(*item)) {
        return Err(raise!(ValueError, "Item {index} of second argument (exceptions) is not an exception"));
    }
    let exception = Exc::Exception.class();
    let only_exceptions = tuple::items(exceptions).iter().all(|item| item.is_a(exception));
    let exception_group = exception_group()?;
    if only_exceptions {
        return Ok(if class == Exc::BaseExceptionGroup.class() { exception_group } else { class });
    }
    if class == exception_group {
        return Err(raise!(TypeError, "Cannot nest BaseExceptions in an ExceptionGroup"));
    }
    if class.is_subtype(exception) {
        return Err(raise!(TypeError, "Cannot nest BaseExceptions in '{}'", class.name()));
    }
    Ok(class)
}

/// `MESSAGE (N sub-exceptions)`
fn text(group: Exception<'_, Group>) -> Result<Ref> {
    let message = group.cells().msg.get();
    let count = tuple::len(exceptions(group).borrow());
    let plural = if count == 1 { "" } else { "s" };
    let mut text = str::Builder::new();
    text.push_object(text::to_str(message.as_ref().map_or(constants::NONE, Ref::borrow))?.borrow())?;
    text.push_format(format_args!(" ({count} sub-exception{plural})"))?;
    text.finish()
}

/// `NAME(MESSAGE, EXCEPTIONS)`. The exceptions are shown as the original sequence was at that time.
fn repr(group: Exception<'_, Group>) -> Result<Ref> {
    let args = instance::args(group.as_exception());
    let class = group.class();
    let exceptions = exceptions(group);
    let shown = match group.cells().excs_str.get() {
        Some(shown) => shown,
        None if tuple::items(args.borrow()).get(1).is_some_and(|given| list::check(*given)) => {
            text::repr(*list::from_slice(tuple::items(exceptions.borrow()))?.borrow())?
        }
        None => text::repr(exceptions.as_obj())?,
    };
    let message = group.cells().msg.get();
    let message = text::repr(message.as_ref().map_or(constants::NONE, Ref::borrow))?;
    let mut text = str::Builder::new();
    text.push_format(format_args!("{}(", class.short_name()))?;
    text.push_object(message.borrow())?;
    text.push_str(", ")?;
    text.push_object(shown.borrow())?;
    text.push_str(")")?;
    text.finish()
}

/// A group of other exceptions with the same message.
fn derive(group: Exception<'_, Group>, exceptions: Obj<'_>) -> Result<Ref> {
    let message = group.cells().msg.get();
    let message = message.as_ref().map_or(constants::NONE, Ref::borrow);
    let args = tuple::from_slice(&[message, exceptions])?;
    call::call(Exc::BaseExceptionGroup.class().as_obj(), args.borrow(), None)
}

/// A condition for picking exceptions from a group.
#[derive(Clone, Copy)]
enum Matcher<'a> {
    /// A class, or a tuple of classes.
    Class(Obj<'a>),
    /// Called with each exception.
    Predicate(Obj<'a>),
}

impl<'a> Matcher<'a> {
    fn of(value: Obj<'a>) -> Result<Self> {
        if callable::is_callable(value) && value.as_type().is_none() {
            return Ok(Matcher::Predicate(value));
        }
        let all = |tuple: Tuple<'_>| tuple::items(tuple).iter().all(|item| is_class(*item));
        if is_class(value) || value.downcast_exactly(tuple::TUPLE).is_some_and(all) {
            return Ok(Matcher::Class(value));
        }
        Err(raise!(
            TypeError,
            "expected an exception type, a tuple of exception types, or a callable (other than a class)"
        ))
    }

    fn accepts(self, exception: Obj<'_>) -> Result<bool> {
        match self {
            Matcher::Class(class) => Ok(matches(exception, class, || {})),
            Matcher::Predicate(predicate) => {
                let answer = call::call(predicate, tuple::from_slice(&[exception])?.borrow(), None)?;
                truth::truth(answer.borrow())
            }
        }
    }
}

/// The part of an exception that is picked, and the rest, each with the groups around it.
struct Parts {
    picked: Option<Ref>,
    rest: Option<Ref>,
}

/// Splits an exception. The rest is only made if it is wanted.
fn parts(exception: Obj<'_>, matcher: Matcher<'_>, want_rest: bool) -> Result<Parts> {
    if matcher.accepts(exception)? {
        return Ok(Parts { picked: Some(exception.to_ref()), rest: None });
    }
    let Some(group) = exception.downcast::<Group>() else {
        return Ok(Parts { picked: None, rest: want_rest.then(|| exception.to_ref()) });
    };
    stack::enter(" in exceptiongroup_split_recursive")?;
    let (picked, rest) = (list::new()?, list::new()?);
    for inner in tuple::items(exceptions(group).borrow()) {
        let inner = parts(*inner, matcher, want_rest)?;
        for (part, list) in [(inner.picked, &picked), (inner.rest, &rest)] {
            if let Some(part) = part {
                list::append(list.borrow(), part.borrow())?;
            }
        }
    }
    Ok(Parts { picked: subset(group, picked)?, rest: subset(group, rest)? })
}

/// A group of some of a group's exceptions, with the same message, traceback, context, cause and notes. `None` for no
/// exceptions.
fn subset(group: Exception<'_, Group>, exceptions: Own<PyListObject>) -> Result<Option<Ref>> {
    if list::len(exceptions.borrow()) == 0 {
        return Ok(None);
    }
    let derive = attributes::get_str(*group, "derive")?;
    let derived = call::vectorcall(derive.borrow(), &[exceptions.as_obj()], None)?;
    let Some(part) = derived.borrow().downcast::<Group>() else {
        return Err(raise!(TypeError, "derive must return an instance of BaseExceptionGroup"));
    };
    let (from, to) = (&group.cells().head, &part.cells().head);
    to.traceback.set(from.traceback.get());
    to.context.set(from.context.get());
    instance::raise_from(part.as_exception(), from.cause.get());
    let name = str::intern(str::from_str("__notes__")?)?;
    let notes = attribute::find(*group, name.borrow())?;
    if let Some(notes) = notes.filter(|notes| sequence::check(notes.borrow())) {
        let copy = convert::to_list(notes.borrow())?;
        attribute::set(derived.borrow(), name.borrow(), Some(*copy.borrow()))?;
    }
    Ok(Some(derived))
}

/// The picked part and the rest, as a tuple; None stands for nothing.
fn split(group: Exception<'_, Group>, matcher: Obj<'_>) -> Result<Ref> {
    let parts = parts(*group, Matcher::of(matcher)?, true)?;
    let or_none = |part: &Option<Ref>| part.as_ref().map_or(constants::NONE, Ref::borrow).to_ref();
    tuple::from_slice(&[or_none(&parts.picked).borrow(), or_none(&parts.rest).borrow()]).map(Own::into_ref)
}

/// The picked part alone, or None.
fn subgroup(group: Exception<'_, Group>, matcher: Obj<'_>) -> Result<Ref> {
    let parts = parts(*group, Matcher::of(matcher)?, false)?;
    Ok(parts.picked.unwrap_or_else(|| constants::NONE.to_ref()))
}
