//! `Include/ceval.h`: letting go of the GIL and taking it back.
