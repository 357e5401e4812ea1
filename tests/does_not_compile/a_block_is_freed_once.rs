//! E0382: a block of memory that was freed is gone.
pub fn twice(block: pycapsule::Block) {
    pycapsule::PyMem_Free(Some(block));
    pycapsule::PyMem_Free(Some(block));
}
