//! `Include/pystate.h`: thread states and the GIL.
