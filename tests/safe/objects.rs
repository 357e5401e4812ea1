//! Objects of every kind, and the choice of some of them as the arguments of one call.

use pycapsule::objects::code::{self, frame, traceback};
use pycapsule::objects::context::{self, var};
use pycapsule::objects::{
    attributes, bytes, call, complex, dict, float, importlib, int, iterator, namespace, slice, str, tuple, weakref,
};
use pycapsule::runtime::{Layout, Ref, Result, Type, View, known};
use pycapsule::{Arg, Exc, Field, Given, Name, Obj, PyDictObject, PyListObject, PyTupleObject, Text, TypeArg};
use std::cell::Cell;

/// The number of kinds of objects.
pub const KINDS: usize = 32;

/// The arguments of one call. The first is the object at `start`, the next one stands `step` further, and so on.
pub struct Pick {
    objects: Vec<Ref>,
    next: Cell<usize>,
    step: usize,
    position: Cell<isize>,
    place: Field,
}

/// An object that could be made, since there is memory.
fn made<T: Into<Ref>>(object: Result<T>) -> Ref {
    object.unwrap_or_else(|_| panic!("there is memory")).into()
}

/// An object of a class, made by calling the class.
fn instance(class: Type<'_>, arguments: &[&Ref]) -> Ref {
    let arguments: Vec<_> = arguments.iter().map(|o| o.borrow()).collect();
    made(call::vectorcall(class.as_obj(), &arguments, None))
}

/// New objects, one of each kind.
fn one_of_each() -> [Ref; KINDS] {
    let name = made(str::from_str("name"));
    let pair = made(tuple::from_slice(&[name.borrow(), known::NONE]));
    let list = instance(known::LIST, &[&pair]);
    let module = instance(known::MODULE, &[&name]);
    let code = made(code::new_empty(b"file.c", b"name", 1));
    let globals = made(dict::new());
    let frame = made(match (code.borrow().downcast(), globals.borrow().downcast()) {
        (Some(code), Some(globals)) => frame::new(code, globals, None, || Ok(known::NONE.to_ref())),
        _ => panic!("they are a code object and a dict"),
    });
    let traceback = made(traceback::new(None, frame.borrow().downcast().unwrap_or_else(|| panic!("it is a frame"))));
    let variable = made(var::new(name.borrow(), None));
    let token = made(var::set(var::require(variable.borrow()).unwrap_or_else(|_| panic!("it is one")), known::NONE));
    [
        made(weakref::new(known::WEAK_REFERENCE, module.borrow(), None)),
        code,
        frame,
        traceback,
        made(context::new()),
        variable,
        token,
        known::NONE.to_ref(),
        known::TRUE.to_ref(),
        known::NOT_IMPLEMENTED.to_ref(),
        made(int::from_i64(1)),
        made(int::from_u64(u64::MAX)),
        made(float::from_f64(0.5)),
        made(complex::from_parts(complex::Complex { real: 0.5, imag: -1.0 })),
        made(slice::new(None, Some(pair.borrow()), None)),
        instance(known::RANGE, &[&made(int::from_i64(3))]),
        made(str::from_str("\u{20AC} and \u{1F4A7}")),
        made(bytes::from_slice(b"name")),
        module,
        instance(known::SET, &[&list]),
        instance(known::FROZENSET, &[&pair]),
        made(dict::new()),
        instance(Exc::ValueError.class(), &[&name]),
        instance(Exc::OSError.class(), &[&name, &name]),
        made(attributes::get_str(list.borrow(), "append")),
        made(namespace::new(importlib::SPEC, &[("name", name.borrow())])),
        made(iterator::of(pair.borrow())),
        Exc::OSError.class().as_obj().to_ref(),
        known::INT.as_obj().to_ref(),
        name,
        pair,
        list,
    ]
}

impl Pick {
    /// New objects, from which calls take their arguments.
    pub fn new(start: usize, step: usize) -> Self {
        Pick {
            objects: one_of_each().into(),
            next: Cell::new(start),
            step,
            position: Cell::new(start as isize - 2),
            place: Field::null(),
        }
    }

    /// The next object.
    pub fn obj(&self) -> Obj<'_> {
        let index = self.next.get();
        self.next.set(index + self.step + 1);
        self.objects[index % KINDS].borrow()
    }

    /// The next object as one of a layout, or else the first one that has the layout.
    pub fn view<L: Layout>(&self) -> View<'_, L> {
        let mut all = core::iter::once(self.obj()).chain(self.objects.iter().map(Ref::borrow));
        all.find_map(Obj::downcast).unwrap_or_else(|| panic!("there is an object of each layout"))
    }

    pub fn dict(&self) -> View<'_, PyDictObject> {
        self.view()
    }

    pub fn list(&self) -> View<'_, PyListObject> {
        self.view()
    }

    pub fn tuple(&self) -> View<'_, PyTupleObject> {
        self.view()
    }

    /// The class of the next object.
    pub fn kind(&self) -> Type<'_> {
        self.obj().class()
    }

    /// The next object for C, or NULL in place of `NotImplemented`.
    pub fn arg(&self) -> Arg<'_> {
        Some(self.obj()).filter(|o| !o.is(known::NOT_IMPLEMENTED))
    }

    /// A reference for a function that takes it over.
    pub fn given(&self) -> Given {
        self.arg().map(Obj::to_ref)
    }

    /// The class of the next object, or the object itself if it is a class.
    pub fn class(&self) -> TypeArg<'_> {
        self.arg().map(|o| o.as_type().unwrap_or(o.class()))
    }

    /// A place that holds the next object.
    pub fn place(&self) -> Option<&Field> {
        self.place.set(self.given());
        Some(&self.place)
    }

    pub fn position(&self) -> Option<&Cell<isize>> {
        Some(&self.position)
    }

    /// A small number, or the smallest or largest of all.
    pub fn size(&self) -> isize {
        [0, 1, -1, 2, isize::MIN, isize::MAX, 70][self.next.get() % 7]
    }

    pub fn index(&self) -> usize {
        self.size().unsigned_abs()
    }

    pub fn int(&self) -> i32 {
        self.size() as i32
    }

    pub fn text(&self) -> Text<'static> {
        [Text::null(), Text::new(c"name"), Text::new(c"\xFF")][self.next.get() % 3]
    }

    pub fn name(&self) -> Name {
        Name::new(c"name")
    }
}
