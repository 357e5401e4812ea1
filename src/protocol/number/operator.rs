//! The operators of two operands: which operand's slot is asked, in which order.

use crate::abi::{Py_TPFLAGS_LONG_SUBCLASS, PyNumberMethods, PyObject, binaryfunc};
use crate::protocol::suite;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, known, raise};

/// An operator: its slots, and its names in messages.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    slot: fn(&PyNumberMethods) -> binaryfunc,
    in_place: fn(&PyNumberMethods) -> binaryfunc,
    sign: &'static str,
    sign_in_place: &'static str,
    method: &'static str,
}

/// `a + b`
pub const ADD: Operator = Operator {
    slot: |suite| suite.nb_add,
    in_place: |suite| suite.nb_inplace_add,
    sign: "+",
    sign_in_place: "+=",
    method: "__add__",
};
/// `a - b`
pub const SUBTRACT: Operator = Operator {
    slot: |suite| suite.nb_subtract,
    in_place: |suite| suite.nb_inplace_subtract,
    sign: "-",
    sign_in_place: "-=",
    method: "__sub__",
};
/// `a * b`
pub const MULTIPLY: Operator = Operator {
    slot: |suite| suite.nb_multiply,
    in_place: |suite| suite.nb_inplace_multiply,
    sign: "*",
    sign_in_place: "*=",
    method: "__mul__",
};
/// `a @ b`
pub const MATRIX_MULTIPLY: Operator = Operator {
    slot: |suite| suite.nb_matrix_multiply,
    in_place: |suite| suite.nb_inplace_matrix_multiply,
    sign: "@",
    sign_in_place: "@=",
    method: "__matmul__",
};
/// `a // b`
pub const FLOOR_DIVIDE: Operator = Operator {
    slot: |suite| suite.nb_floor_divide,
    in_place: |suite| suite.nb_inplace_floor_divide,
    sign: "//",
    sign_in_place: "//=",
    method: "__floordiv__",
};
/// `a / b`
pub const TRUE_DIVIDE: Operator = Operator {
    slot: |suite| suite.nb_true_divide,
    in_place: |suite| suite.nb_inplace_true_divide,
    sign: "/",
    sign_in_place: "/=",
    method: "__truediv__",
};
/// `a % b`
pub const REMAINDER: Operator = Operator {
    slot: |suite| suite.nb_remainder,
    in_place: |suite| suite.nb_inplace_remainder,
    sign: "%",
    sign_in_place: "%=",
    method: "__mod__",
};
/// `divmod(a, b)`, which has no form in place.
pub const DIVMOD: Operator = Operator {
    slot: |suite| suite.nb_divmod,
    in_place: |_| None,
    sign: "divmod()",
    sign_in_place: "divmod()",
    method: "__divmod__",
};
/// `a << b`
pub const LSHIFT: Operator = Operator {
    slot: |suite| suite.nb_lshift,
    in_place: |suite| suite.nb_inplace_lshift,
    sign: "<<",
    sign_in_place: "<<=",
    method: "__lshift__",
};
/// `a >> b`
pub const RSHIFT: Operator = Operator {
    slot: |suite| suite.nb_rshift,
    in_place: |suite| suite.nb_inplace_rshift,
    sign: ">>",
    sign_in_place: ">>=",
    method: "__rshift__",
};
/// `a & b`
pub const AND: Operator = Operator {
    slot: |suite| suite.nb_and,
    in_place: |suite| suite.nb_inplace_and,
    sign: "&",
    sign_in_place: "&=",
    method: "__and__",
};
/// `a ^ b`
pub const XOR: Operator = Operator {
    slot: |suite| suite.nb_xor,
    in_place: |suite| suite.nb_inplace_xor,
    sign: "^",
    sign_in_place: "^=",
    method: "__xor__",
};
/// `a | b`
pub const OR: Operator = Operator {
    slot: |suite| suite.nb_or,
    in_place: |suite| suite.nb_inplace_or,
    sign: "|",
    sign_in_place: "|=",
    method: "__or__",
};

impl Operator {
    /// The answer of one slot; `None` when it is `NotImplemented`.
    #[inline(always)]
    fn ask(&self, slot: Slot, a: Obj<'_>, b: Obj<'_>) -> Result<Option<Ref>> {
        // SAFETY: the slot belongs to the type of one operand, and takes both in their order.
        let answer = unsafe { Ref::from_ptr(slot(a.as_ptr(), b.as_ptr())) };
        let answer = answer.ok_or_else(|| error::fetched_from_c(self.method))?;
        Ok((!answer.borrow().is(known::NOT_IMPLEMENTED)).then_some(answer))
    }

    /// The answer of the operands' number suites; `None` when neither answers. The right operand's slot is asked first if its
    /// type is a proper subtype, and not at all if it is the slot of the left operand.
    #[inline(always)]
    pub fn answer(&self, a: Obj<'_>, b: Obj<'_>) -> Result<Option<Ref>> {
        let left = suite::number(a).and_then(self.slot);
        if a.class() != b.class() {
            return self.answer_of_two(left, a, b);
        }
        left.map_or(Ok(None), |left| self.ask(left, a, b))
    }

    /// Works as [`Operator::answer`]. Out of line, for operands of different types.
    #[inline(never)]
    fn answer_of_two(&self, left: binaryfunc, a: Obj<'_>, b: Obj<'_>) -> Result<Option<Ref>> {
        let is_new = |right: &Slot| left.is_none_or(|left| !core::ptr::fn_addr_eq(left, *right));
        let right = suite::number(b).and_then(self.slot).filter(is_new);
        let right_first = left.is_some() && right.is_some() && b.class().is_subtype(a.class());
        let slots = if right_first { [right, left] } else { [left, right] };
        for slot in slots.into_iter().flatten() {
            if let Some(answer) = self.ask(slot, a, b)? {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// The answer of the left operand's slot for the form in place, or else that of [`Operator::answer`].
    #[inline(always)]
    pub fn answer_in_place(&self, a: Obj<'_>, b: Obj<'_>) -> Result<Option<Ref>> {
        if let Some(slot) = suite::number(a).and_then(self.in_place)
            && let Some(answer) = self.ask(slot, a, b)?
        {
            return Ok(Some(answer));
        }
        self.answer(a, b)
    }

    /// The answer for C of the slot of operands of one built-in type, unchanged (see `suite::is_trusted`), or that of `any` when the
    /// slot does not answer: a new reference, or NULL with an error. `None` for other operands.
    #[inline(always)]
    pub fn answer_as_c(&self, a: Obj<'_>, b: Obj<'_>, any: Any) -> Option<*mut PyObject> {
        if a.class() != b.class() || !suite::is_trusted(a) {
            return None;
        }
        let slot = suite::number(a).and_then(self.slot)?;
        // The slots of ints and floats answer for any two of them, so that this is a tail call.
        let is_answered = a.has_flag(Py_TPFLAGS_LONG_SUBCLASS) || a.is_exactly(known::FLOAT);
        // SAFETY: the slot belongs to the type of both operands.
        Some(unsafe { if is_answered { slot(a.as_ptr(), b.as_ptr()) } else { ask_as_c(slot, a, b, any) } })
    }

    /// [`Operator::answer_as_c`] of the operator in place, for a type that has no slot for the form in place.
    #[inline(always)]
    pub fn answer_in_place_as_c(&self, a: Obj<'_>, b: Obj<'_>, any: Any) -> Option<*mut PyObject> {
        match suite::number(a).and_then(self.in_place) {
            Some(_) => None,
            None => self.answer_as_c(a, b, any),
        }
    }

    /// The operator applied to two objects; TypeError when neither operand answers.
    #[inline(always)]
    pub fn apply(&self, a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
        self.answer(a, b)?.ok_or_else(|| refuse(self.sign, a, b))
    }

    /// The operator in place: the left operand may change itself, and is the result then.
    #[inline(always)]
    pub fn apply_in_place(&self, a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
        self.answer_in_place(a, b)?.ok_or_else(|| refuse(self.sign_in_place, a, b))
    }

    /// TypeError: the operator does not take these operands.
    pub fn refuse(&self, a: Obj<'_>, b: Obj<'_>, in_place: bool) -> Raised {
        refuse(if in_place { self.sign_in_place } else { self.sign }, a, b)
    }
}

/// A slot that a type has.
type Slot = unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> *mut PyObject;

/// An operator applied to any two objects.
pub type Any = fn(Obj<'_>, Obj<'_>) -> Result<Ref>;

/// The answer of a slot, or that of `any` when the slot does not answer. Out of line, as a tail call of [`Operator::answer_as_c`].
///
/// # Safety
/// The slot belongs to the type of both operands, which is a built-in one.
#[inline(never)]
unsafe fn ask_as_c(slot: Slot, a: Obj<'_>, b: Obj<'_>, any: Any) -> *mut PyObject {
    // SAFETY: the slot belongs to the type of both operands.
    let answer = unsafe { slot(a.as_ptr(), b.as_ptr()) };
    // NotImplemented is immortal, so its reference need not be dropped.
    if answer == known::NOT_IMPLEMENTED.as_ptr() { any(a, b).into_c() } else { answer }
}

#[cold]
#[inline(never)]
pub(super) fn refuse(sign: &str, a: Obj<'_>, b: Obj<'_>) -> Raised {
    let (a, b) = (a.class().name(), b.class().name());
    raise!(TypeError, "unsupported operand type(s) for {sign}: '{a}' and '{b}'")
}
