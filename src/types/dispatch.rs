//! TEMP
use crate::runtime::{Result, Type};
/// TEMP
pub fn fill(_: Type<'_>) -> Result<()> {
    Ok(())
}
