//! The one table of slots, with the facts that CPython 3.14 has in `typeslots.h`, `inherit_slots` and `slotdefs`.

use super::{Dispatcher as D, Group as G, Inherit as I, Part, Place, Slot, Wrapper as W};
use crate::abi::PyAsyncMethods as Async;
use crate::abi::PyBufferProcs as Buffer;
use crate::abi::PyHeapTypeObject;
use crate::abi::PyMappingMethods as Mapping;
use crate::abi::PyNumberMethods as Number;
use crate::abi::PySequenceMethods as Sequence;
use crate::abi::PyTypeObject as Class;
use core::mem::offset_of;

/// A slot of the type object that corresponds to no Python method.
const fn plain(id: u8, name: &'static str, offset: usize, inherit: I) -> Slot {
    class(id, name, offset, inherit, &[], W::Nothing, D::Nothing)
}

/// A field that is inherited like a slot. It has no id, because a spec can't set it.
const fn field(name: &'static str, offset: usize, inherit: I) -> Slot {
    plain(0, name, offset, inherit)
}

/// A slot of the type object itself.
const fn class(
    id: u8,
    name: &'static str,
    offset: usize,
    inherit: I,
    names: &'static [&'static str],
    wrapper: W,
    dispatcher: D,
) -> Slot {
    Slot { id, name, place: Place::Class(offset), names, inherit, wrapper, dispatcher }
}

/// A slot of a part. Each but `am_send` is inherited alone.
const fn part(part: Part, id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    Slot { id, name, place: Place::Part(part, offset), names, inherit: I::Alone, wrapper, dispatcher }
}

type Names = &'static [&'static str];

const fn number(id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    part(Part::Number, id, name, offset, names, wrapper, dispatcher)
}

const fn sequence(id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    part(Part::Sequence, id, name, offset, names, wrapper, dispatcher)
}

const fn mapping(id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    part(Part::Mapping, id, name, offset, names, wrapper, dispatcher)
}

const fn asynchronous(id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    part(Part::Async, id, name, offset, names, wrapper, dispatcher)
}

const fn buffer(id: u8, name: &'static str, offset: usize, names: Names, wrapper: W, dispatcher: D) -> Slot {
    part(Part::Buffer, id, name, offset, names, wrapper, dispatcher)
}

/// In the order of `Py_LT` to `Py_GE`.
const COMPARISONS: Names = &["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];

/// Every slot. The parts are in the order in which CPython searches them, because some names belong to slots of two
/// parts.
#[rustfmt::skip]
pub static SLOTS: &[Slot] = &[
    plain(52, "tp_dealloc", offset_of!(Class, tp_dealloc), I::Alone),
    // These two have names, but no function of their own, so that a class made by `type()` has neither.
    class(57, "tp_getattr", offset_of!(Class, tp_getattr), I::Group(G::Getattr),
        &["__getattribute__", "__getattr__"], W::Nothing, D::Nothing),
    class(68, "tp_setattr", offset_of!(Class, tp_setattr), I::Group(G::Setattr),
        &["__setattr__", "__delattr__"], W::Nothing, D::Nothing),
    class(66, "tp_repr", offset_of!(Class, tp_repr), I::Alone, &["__repr__"], W::Unary, D::Unary),
    class(59, "tp_hash", offset_of!(Class, tp_hash), I::Group(G::Compare), &["__hash__"], W::Hash, D::Hash),
    class(50, "tp_call", offset_of!(Class, tp_call), I::Alone, &["__call__"], W::Call, D::Call),
    class(70, "tp_str", offset_of!(Class, tp_str), I::Alone, &["__str__"], W::Unary, D::Unary),
    class(58, "tp_getattro", offset_of!(Class, tp_getattro), I::Group(G::Getattr),
        &["__getattribute__", "__getattr__"], W::Binary, D::Getattr),
    class(69, "tp_setattro", offset_of!(Class, tp_setattro), I::Group(G::Setattr),
        &["__setattr__", "__delattr__"], W::Setattr, D::Setattr),
    plain(56, "tp_doc", offset_of!(Class, tp_doc), I::Never),
    plain(71, "tp_traverse", offset_of!(Class, tp_traverse), I::WithGc),
    plain(51, "tp_clear", offset_of!(Class, tp_clear), I::WithGc),
    class(67, "tp_richcompare", offset_of!(Class, tp_richcompare), I::Group(G::Compare),
        COMPARISONS, W::Compare, D::Compare),
    field("tp_weaklistoffset", offset_of!(Class, tp_weaklistoffset), I::FromBase),
    class(62, "tp_iter", offset_of!(Class, tp_iter), I::Alone, &["__iter__"], W::Unary, D::Iter),
    class(63, "tp_iternext", offset_of!(Class, tp_iternext), I::Alone, &["__next__"], W::Next, D::Next),
    plain(64, "tp_methods", offset_of!(Class, tp_methods), I::Never),
    plain(72, "tp_members", offset_of!(Class, tp_members), I::Never),
    plain(73, "tp_getset", offset_of!(Class, tp_getset), I::Never),
    plain(48, "tp_base", offset_of!(Class, tp_base), I::Never),
    class(54, "tp_descr_get", offset_of!(Class, tp_descr_get), I::Alone, &["__get__"], W::DescrGet, D::DescrGet),
    class(55, "tp_descr_set", offset_of!(Class, tp_descr_set), I::Alone,
        &["__set__", "__delete__"], W::DescrSet, D::DescrSet),
    field("tp_dictoffset", offset_of!(Class, tp_dictoffset), I::FromBase),
    class(60, "tp_init", offset_of!(Class, tp_init), I::Alone, &["__init__"], W::Init, D::Init),
    plain(47, "tp_alloc", offset_of!(Class, tp_alloc), I::Alone),
    class(65, "tp_new", offset_of!(Class, tp_new), I::New, &["__new__"], W::New, D::New),
    plain(74, "tp_free", offset_of!(Class, tp_free), I::Free),
    plain(61, "tp_is_gc", offset_of!(Class, tp_is_gc), I::Alone),
    plain(49, "tp_bases", offset_of!(Class, tp_bases), I::Never),
    plain(53, "tp_del", offset_of!(Class, tp_del), I::Never),
    class(80, "tp_finalize", offset_of!(Class, tp_finalize), I::Alone, &["__del__"], W::Del, D::Finalize),
    field("tp_vectorcall_offset", offset_of!(Class, tp_vectorcall_offset), I::Alone),
    plain(82, "tp_vectorcall", offset_of!(Class, tp_vectorcall), I::Never),
    Slot { place: Place::Heap(offset_of!(PyHeapTypeObject, ht_token)), ..plain(83, "tp_token", 0, I::Never) },

    asynchronous(77, "am_await", offset_of!(Async, am_await), &["__await__"], W::Unary, D::Unary),
    asynchronous(78, "am_aiter", offset_of!(Async, am_aiter), &["__aiter__"], W::Unary, D::Unary),
    asynchronous(79, "am_anext", offset_of!(Async, am_anext), &["__anext__"], W::Unary, D::Unary),
    Slot { inherit: I::Never, ..asynchronous(81, "am_send", offset_of!(Async, am_send), &[], W::Nothing, D::Nothing) },

    number(7, "nb_add", offset_of!(Number, nb_add), &["__add__", "__radd__"], W::Operator, D::Operator),
    number(36, "nb_subtract", offset_of!(Number, nb_subtract), &["__sub__", "__rsub__"], W::Operator, D::Operator),
    number(29, "nb_multiply", offset_of!(Number, nb_multiply), &["__mul__", "__rmul__"], W::Operator, D::Operator),
    number(34, "nb_remainder", offset_of!(Number, nb_remainder), &["__mod__", "__rmod__"], W::Operator, D::Operator),
    number(10, "nb_divmod", offset_of!(Number, nb_divmod), &["__divmod__", "__rdivmod__"], W::Operator, D::Operator),
    number(33, "nb_power", offset_of!(Number, nb_power), &["__pow__", "__rpow__"], W::Power, D::Power),
    number(30, "nb_negative", offset_of!(Number, nb_negative), &["__neg__"], W::Unary, D::Unary),
    number(32, "nb_positive", offset_of!(Number, nb_positive), &["__pos__"], W::Unary, D::Unary),
    number(6, "nb_absolute", offset_of!(Number, nb_absolute), &["__abs__"], W::Unary, D::Unary),
    number(9, "nb_bool", offset_of!(Number, nb_bool), &["__bool__"], W::Predicate, D::Truth),
    number(27, "nb_invert", offset_of!(Number, nb_invert), &["__invert__"], W::Unary, D::Unary),
    number(28, "nb_lshift", offset_of!(Number, nb_lshift), &["__lshift__", "__rlshift__"], W::Operator, D::Operator),
    number(35, "nb_rshift", offset_of!(Number, nb_rshift), &["__rshift__", "__rrshift__"], W::Operator, D::Operator),
    number(8, "nb_and", offset_of!(Number, nb_and), &["__and__", "__rand__"], W::Operator, D::Operator),
    number(38, "nb_xor", offset_of!(Number, nb_xor), &["__xor__", "__rxor__"], W::Operator, D::Operator),
    number(31, "nb_or", offset_of!(Number, nb_or), &["__or__", "__ror__"], W::Operator, D::Operator),
    number(26, "nb_int", offset_of!(Number, nb_int), &["__int__"], W::Unary, D::Unary),
    number(11, "nb_float", offset_of!(Number, nb_float), &["__float__"], W::Unary, D::Unary),
    number(14, "nb_inplace_add", offset_of!(Number, nb_inplace_add), &["__iadd__"], W::Binary, D::Binary),
    number(23, "nb_inplace_subtract", offset_of!(Number, nb_inplace_subtract), &["__isub__"], W::Binary, D::Binary),
    number(18, "nb_inplace_multiply", offset_of!(Number, nb_inplace_multiply), &["__imul__"], W::Binary, D::Binary),
    number(21, "nb_inplace_remainder", offset_of!(Number, nb_inplace_remainder), &["__imod__"], W::Binary, D::Binary),
    number(20, "nb_inplace_power", offset_of!(Number, nb_inplace_power), &["__ipow__"], W::Ternary, D::Power),
    number(17, "nb_inplace_lshift", offset_of!(Number, nb_inplace_lshift), &["__ilshift__"], W::Binary, D::Binary),
    number(22, "nb_inplace_rshift", offset_of!(Number, nb_inplace_rshift), &["__irshift__"], W::Binary, D::Binary),
    number(15, "nb_inplace_and", offset_of!(Number, nb_inplace_and), &["__iand__"], W::Binary, D::Binary),
    number(25, "nb_inplace_xor", offset_of!(Number, nb_inplace_xor), &["__ixor__"], W::Binary, D::Binary),
    number(19, "nb_inplace_or", offset_of!(Number, nb_inplace_or), &["__ior__"], W::Binary, D::Binary),
    number(12, "nb_floor_divide", offset_of!(Number, nb_floor_divide),
        &["__floordiv__", "__rfloordiv__"], W::Operator, D::Operator),
    number(37, "nb_true_divide", offset_of!(Number, nb_true_divide),
        &["__truediv__", "__rtruediv__"], W::Operator, D::Operator),
    number(16, "nb_inplace_floor_divide", offset_of!(Number, nb_inplace_floor_divide),
        &["__ifloordiv__"], W::Binary, D::Binary),
    number(24, "nb_inplace_true_divide", offset_of!(Number, nb_inplace_true_divide),
        &["__itruediv__"], W::Binary, D::Binary),
    number(13, "nb_index", offset_of!(Number, nb_index), &["__index__"], W::Unary, D::Unary),
    number(75, "nb_matrix_multiply", offset_of!(Number, nb_matrix_multiply),
        &["__matmul__", "__rmatmul__"], W::Operator, D::Operator),
    number(76, "nb_inplace_matrix_multiply", offset_of!(Number, nb_inplace_matrix_multiply),
        &["__imatmul__"], W::Binary, D::Binary),

    mapping(4, "mp_length", offset_of!(Mapping, mp_length), &["__len__"], W::Length, D::Length),
    mapping(5, "mp_subscript", offset_of!(Mapping, mp_subscript), &["__getitem__"], W::Binary, D::Binary),
    mapping(3, "mp_ass_subscript", offset_of!(Mapping, mp_ass_subscript),
        &["__setitem__", "__delitem__"], W::AssignKey, D::AssignKey),

    sequence(45, "sq_length", offset_of!(Sequence, sq_length), &["__len__"], W::Length, D::Length),
    sequence(40, "sq_concat", offset_of!(Sequence, sq_concat), &["__add__"], W::Binary, D::Nothing),
    sequence(46, "sq_repeat", offset_of!(Sequence, sq_repeat), &["__mul__", "__rmul__"], W::Repeat, D::Nothing),
    sequence(44, "sq_item", offset_of!(Sequence, sq_item), &["__getitem__"], W::Item, D::Item),
    sequence(39, "sq_ass_item", offset_of!(Sequence, sq_ass_item),
        &["__setitem__", "__delitem__"], W::AssignItem, D::AssignItem),
    sequence(41, "sq_contains", offset_of!(Sequence, sq_contains), &["__contains__"], W::Contains, D::Contains),
    sequence(42, "sq_inplace_concat", offset_of!(Sequence, sq_inplace_concat), &["__iadd__"], W::Binary, D::Nothing),
    sequence(43, "sq_inplace_repeat", offset_of!(Sequence, sq_inplace_repeat), &["__imul__"], W::Repeat, D::Nothing),

    buffer(1, "bf_getbuffer", offset_of!(Buffer, bf_getbuffer), &["__buffer__"], W::Buffer, D::Buffer),
    buffer(2, "bf_releasebuffer", offset_of!(Buffer, bf_releasebuffer),
        &["__release_buffer__"], W::ReleaseBuffer, D::ReleaseBuffer),
];
