//! `Include/pylifecycle.h`: initialising and finalising.
