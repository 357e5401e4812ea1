//! `Include/floatobject.h`: floating-point numbers.
