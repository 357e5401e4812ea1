//! `Include/longobject.h`: integers.
