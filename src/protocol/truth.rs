//! The truth of an object.

use crate::runtime::{Obj, Result, error, known};

/// `bool(o)`.
#[inline]
pub fn truth(o: Obj<'_>) -> Result<bool> {
    if o.is(known::TRUE) {
        return Ok(true);
    }
    if o.is(known::FALSE) || o.is(known::NONE) {
        return Ok(false);
    }
    let fields = o.class().fields();
    // SAFETY: each suite is NULL or whole, and lives as long as the type, to which its slots belong.
    let answer = unsafe {
        if let Some(nb_bool) = fields.tp_as_number.as_ref().and_then(|suite| suite.nb_bool) {
            nb_bool(o.as_ptr()) as isize
        } else if let Some(mp_length) = fields.tp_as_mapping.as_ref().and_then(|suite| suite.mp_length) {
            mp_length(o.as_ptr())
        } else if let Some(sq_length) = fields.tp_as_sequence.as_ref().and_then(|suite| suite.sq_length) {
            sq_length(o.as_ptr())
        } else {
            1
        }
    };
    if answer < 0 { Err(error::fetched_from_c("__bool__")) } else { Ok(answer > 0) }
}
