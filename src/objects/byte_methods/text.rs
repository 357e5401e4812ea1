//! The methods about text: `decode`, `hex`, `fromhex`.

use super::{Kind, hex};
use crate::abi::PyObject;
use crate::objects::arguments::Signature;
use crate::objects::call;
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::str::{self, Codec, Handler};
use crate::runtime::{Obj, Ref, Result, View};

const DECODE: Signature<2> = Signature { function: "decode", names: ["encoding", "errors"], required: 0 };

pub(super) fn decode<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [encoding, errors] = DECODE.parse(arguments, keywords)?;
    let (encoding, errors) = (DECODE.text(0, &encoding)?, DECODE.text(1, &errors)?);
    let (encoding, errors) = (encoding.unwrap_or("utf-8").as_bytes(), errors.map(str::as_bytes));
    match (Codec::direct(encoding), codecs::handler(errors)) {
        // Such a codec may call a function of the program, so it gets a copy of the bytes.
        (None, _) | (_, Handler::Registered(_)) => codecs::decode_object(*o, Some(encoding), errors),
        // SAFETY: decoding runs no code of the program.
        (Some(codec), handler) => unsafe {
            K::with(o, |bytes| match bytes {
                [] => Ok(str::empty().to_ref()),
                _ => str::decode(bytes, codec, handler),
            })
        },
    }
}

const HEX: Signature<2> = Signature { function: "hex", names: ["sep", "bytes_per_sep"], required: 0 };

pub(super) fn hex_method<K: Kind>(o: View<'_, K>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let [separator, group] = HEX.parse(arguments, keywords)?;
    let group = hex::group(group.as_ref().map(Ref::borrow))?;
    let _kept = K::keep(o);
    let separator = separator.as_ref().map(|separator| hex::separator(separator.borrow())).transpose()?;
    // SAFETY: making text runs no code of the program.
    unsafe { K::with(o, |bytes| hex::shown(bytes, separator, group)) }
}

/// The object of a class whose bytes are written in hexadecimal digits (a class method).
pub(super) fn from_hex<K: Kind>(class: View<'_, PyObject>, digits: Obj<'_>) -> Result<Ref> {
    let made = K::of(&hex::of_argument(digits)?)?;
    if class.is(made.borrow().class().as_obj()) {
        return Ok(made);
    }
    call::vectorcall(*class, &[made.borrow()], None)
}
