//! `Include/modsupport.h`: what extension modules add to themselves.
