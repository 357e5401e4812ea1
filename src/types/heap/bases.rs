//! The bases of a new class: the metaclass that they ask for, and the base whose layout its instances extend.

use crate::abi::*;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::known::OBJECT;
use crate::runtime::{Result, Type, raise};
use crate::types::{mro, ready};

/// The most derived of a metaclass and the classes of the bases (CPython: `_PyType_CalculateMetaclass`); TypeError when
/// none of them is derived from all the others.
pub fn metaclass<'a>(wanted: Type<'a>, bases: Tuple<'a>) -> Result<Type<'a>> {
    const CONFLICT: &str = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                            metaclasses of all its bases";
    let mut winner = wanted;
    for base in tuple::items(bases) {
        let class = base.class();
        if winner.is_subtype(class) {
            continue;
        }
        if !class.is_subtype(winner) {
            return Err(raise!(TypeError, "{CONFLICT}"));
        }
        winner = class;
    }
    Ok(winner)
}

/// The base whose layout the instances of a class made from all of them extend (CPython: `best_base`). The bases are
/// ready afterwards.
///
/// TypeError for a base that is not a type or may not be subclassed, and for two bases whose layouts exclude each
/// other.
pub fn best<'a>(bases: Tuple<'a>) -> Result<Type<'a>> {
    let mut best: Option<(Type<'a>, Type<'a>)> = None;
    for base in tuple::items(bases) {
        let base = base.as_type().ok_or_else(|| raise!(TypeError, "bases must be types"))?;
        // SAFETY: a type that is not ready has no other users yet.
        unsafe { ready::ready(base)? };
        if !base.has_flag(Py_TPFLAGS_BASETYPE) {
            return Err(raise!(TypeError, "type '{}' is not an acceptable base type", base.name()));
        }
        let layout = mro::layout_base(base);
        best = match best {
            Some((chosen, known)) if known.is_subtype(layout) => Some((chosen, known)),
            Some((_, known)) if !layout.is_subtype(known) => {
                return Err(raise!(TypeError, "multiple bases have instance lay-out conflict"));
            }
            _ => Some((base, layout)),
        };
    }
    // A tuple without bases stands for `object`.
    Ok(best.map_or(OBJECT, |(base, _)| base))
}
