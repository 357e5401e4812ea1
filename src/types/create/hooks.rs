//! The hooks that run when a class has been made: `__set_name__` of its attributes, and `__init_subclass__` of its
//! bases.

use crate::objects::dict::{self, Dict};
use crate::objects::{call, str};
use crate::protocol::text;
use crate::runtime::{Obj, Raised, Result, Type, error};
use crate::types::{class, descriptor};

/// Calls `__set_name__` of each attribute that has the method. An error gets a note that names the attribute.
pub fn set_names(this: Type<'_>) -> Result<()> {
    let hook = super::name_of("__set_name__")?;
    // The methods may change the class's dict.
    let attributes = dict::copy(class::attributes(this)?)?;
    for (name, value) in dict::entries(attributes.borrow()) {
        let value = value.borrow();
        let Some(found) = class::lookup(value.class(), hook.borrow())? else { continue };
        let method = descriptor::get(found.borrow(), Some(value), value.class())?;
        drop(found);
        let called = call::vectorcall(method.borrow(), &[this.as_obj(), name.borrow()], None);
        called.map_err(|raised| with_place(raised, this, name.borrow(), value))?;
    }
    Ok(())
}

/// The error, with a note that says where it was raised.
fn with_place(raised: Raised, this: Type<'_>, name: Obj<'_>, value: Obj<'_>) -> Raised {
    let pending = error::take();
    let shown = text::repr(name);
    error::put_back(pending);
    let Ok(shown) = shown else { return raised };
    let (kind, shown, owner) = (value.class().name(), str::as_text(shown.borrow()), this.name());
    error::with_note(
        raised,
        format_args!("Error calling __set_name__ on '{kind:.100}' instance {shown} in '{owner:.100}'"),
    )
}

/// Calls `__init_subclass__` of the bases with the keywords of the new class.
pub fn init_subclass(this: Type<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let hook = super::name_of("__init_subclass__")?;
    // `object` has the method, so that one is found unless a metaclass has left `object` out of the order.
    for base in class::mro(this).skip(1) {
        if let Some(found) = dict::get(class::attributes(base)?, hook.borrow())? {
            let method = descriptor::get(found.borrow(), None, this)?;
            return call::with_dict(method.borrow(), &[], keywords).map(drop);
        }
    }
    Ok(())
}
