//! The methods of `type`.

use super::own_attributes::this;
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{class_check, constants, convert, dict, dir, int, slots};
use crate::runtime::{Obj, Ref, Result, Type, View};
use crate::types::{mro, subclasses};

type Class<'a> = View<'a, PyTypeObject>;

pub(super) static mut METHODS: [PyMethodDef; 8] = [
    slots::method_noargs(c"mro", |class: Class<'_>| {
        convert::to_list(*mro::compute(this(class), super::own_attributes::bases(this(class))?.borrow())?.borrow())
            .map(Into::into)
    }),
    slots::method_noargs(c"__subclasses__", |class: Class<'_>| subclasses::to_list(this(class)).map(Into::into)),
    slots::method_keywords(c"__prepare__", |_: Class<'_>, _: Tuple<'_>, _: Option<Dict<'_>>| {
        dict::new().map(Into::into)
    })
    .of_class(c"__prepare__($cls, name, bases, /, **kwds)\n--\n\n"),
    slots::method_o(c"__instancecheck__", |class: Class<'_>, o: Obj<'_>| {
        class_check::own_is_instance(o, *class).map(|answer| constants::bool(answer).to_ref())
    })
    .with_doc(c"__instancecheck__($self, instance, /)\n--\n\n"),
    slots::method_o(c"__subclasscheck__", |class: Class<'_>, o: Obj<'_>| {
        class_check::own_is_subclass(o, *class).map(|answer| constants::bool(answer).to_ref())
    })
    .with_doc(c"__subclasscheck__($self, subclass, /)\n--\n\n"),
    slots::method_noargs(c"__dir__", dir),
    slots::method_noargs(c"__sizeof__", |class: Class<'_>| int::from_i64(size(this(class)) as i64)),
    PyMethodDef::END,
];

/// `__dir__`: the names of the attributes of the class and of its bases.
fn dir(class: Class<'_>) -> Result<Ref> {
    let names = dict::new()?;
    dir::add_names_of_class(names.borrow(), *class)?;
    dict::keys(names.borrow()).map(Into::into)
}

/// The bytes of the type object.
fn size(class: Type<'_>) -> usize {
    if class.has_flag(Py_TPFLAGS_HEAPTYPE) { size_of::<PyHeapTypeObject>() } else { size_of::<PyTypeObject>() }
}
