//! E0382: a block of memory that was freed can't be used again.
pub fn twice(block: pycapsule::Block) {
    pycapsule::PyMem_Free(Some(block));
    pycapsule::PyMem_Free(Some(block));
}
