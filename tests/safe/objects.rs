//! Objects of every kind, and the choice of some of them as the arguments of one call.

use pycapsule::objects::code::{self, frame, traceback};
use pycapsule::objects::context::{self, var};
use pycapsule::objects::{
    attributes, bytes, call, complex, dict, float, importlib, int, iterator, namespace, slice, str, tuple, weakref,
};
use pycapsule::runtime::{Layout, Ref, Result, Type, View, known};
use pycapsule::{Arg, Exc, Field, Given, Name, Obj, PyDictObject, PyListObject, PyTupleObject, Text, TypeArg};
use std::cell::{Cell, OnceCell};

/// The number of kinds of objects.
pub const KINDS: usize = 32;

/// The arguments of one call. The first is the object at `start`, the next one stands `step` further, and so on.
pub struct Pick {
    /// One object of each kind, made when it is asked for.
    objects: [OnceCell<Ref>; KINDS],
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

/// The places of the objects from which others are made.
const MODULE: usize = 18;
const CODE: usize = 1;
const FRAME: usize = 2;
const VARIABLE: usize = 5;
const NAME: usize = 29;
const PAIR: usize = 30;
const LIST: usize = 31;

/// A frame of the code object among the objects.
fn new_frame(pick: &Pick) -> Ref {
    let globals = made(dict::new());
    made(match (pick.at(CODE).downcast(), globals.borrow().downcast()) {
        (Some(code), Some(globals)) => frame::new(code, globals, None, || Ok(known::NONE.to_ref())),
        _ => panic!("they are a code object and a dict"),
    })
}

/// A new object of a kind.
fn new_object(pick: &Pick, kind: usize) -> Ref {
    let at = |kind| pick.at(kind).to_ref();
    match kind {
        0 => made(weakref::new(known::WEAK_REFERENCE, pick.at(MODULE), None)),
        CODE => made(code::new_empty(b"file.c", b"name", 1)),
        FRAME => new_frame(pick),
        3 => made(traceback::new(None, pick.at(FRAME).downcast().unwrap_or_else(|| panic!("it is a frame")))),
        4 => made(context::new()),
        VARIABLE => made(var::new(pick.at(NAME), None)),
        6 => {
            let variable = var::require(pick.at(VARIABLE)).unwrap_or_else(|_| panic!("it is one"));
            made(var::set(variable, known::NONE))
        }
        7 => known::NONE.to_ref(),
        8 => known::TRUE.to_ref(),
        9 => known::NOT_IMPLEMENTED.to_ref(),
        10 => made(int::from_i64(1)),
        11 => made(int::from_u64(u64::MAX)),
        12 => made(float::from_f64(0.5)),
        13 => made(complex::from_parts(complex::Complex { real: 0.5, imag: -1.0 })),
        14 => made(slice::new(None, Some(pick.at(PAIR)), None)),
        15 => instance(known::RANGE, &[&made(int::from_i64(3))]),
        16 => made(str::from_str("\u{20AC} and \u{1F4A7}")),
        17 => made(bytes::from_slice(b"name")),
        MODULE => instance(known::MODULE, &[&at(NAME)]),
        19 => instance(known::SET, &[&at(PAIR)]),
        20 => instance(known::FROZENSET, &[&at(PAIR)]),
        21 => made(dict::new()),
        22 => instance(Exc::ValueError.class(), &[&at(NAME)]),
        23 => instance(Exc::OSError.class(), &[&at(NAME), &at(NAME)]),
        24 => made(attributes::get_str(pick.at(LIST), "append")),
        25 => made(namespace::new(importlib::SPEC, &[("name", pick.at(NAME))])),
        26 => made(iterator::of(pick.at(PAIR))),
        27 => Exc::OSError.class().as_obj().to_ref(),
        28 => known::INT.as_obj().to_ref(),
        NAME => made(str::from_str("name")),
        PAIR => made(tuple::from_slice(&[pick.at(NAME), known::NONE])),
        LIST => instance(known::LIST, &[&at(PAIR)]),
        _ => panic!("there is no such kind"),
    }
}

impl Pick {
    /// The object of a kind.
    fn at(&self, kind: usize) -> Obj<'_> {
        self.objects[kind].get_or_init(|| new_object(self, kind)).borrow()
    }

    /// New objects, from which calls take their arguments.
    pub fn new(start: usize, step: usize) -> Self {
        Pick {
            objects: [const { OnceCell::new() }; KINDS],
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
        self.at(index % KINDS)
    }

    /// The next object as one of a layout, or else the first one that has the layout.
    pub fn view<L: Layout>(&self) -> View<'_, L> {
        let mut all = core::iter::once(self.obj()).chain((0..KINDS).map(|kind| self.at(kind)));
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
