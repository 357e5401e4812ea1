//! The extension module `counter` with PyO3: a class, arguments, and a value in the capsule `counter._C_API`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// The C API that `counter._C_API` holds.
pub struct CounterApi {
    /// The largest amount that a counter takes at once.
    pub limit: i64,
}

/// Counts.
#[pyclass]
pub struct Counter {
    #[pyo3(get, set)]
    name: String,
    #[pyo3(get)]
    count: i64,
}

#[pymethods]
impl Counter {
    #[new]
    #[pyo3(signature = (name, count = 0))]
    fn new(name: String, count: i64) -> Self {
        Self { name, count }
    }

    #[pyo3(signature = (amount, /, *, times = 1))]
    fn add(&mut self, amount: i64, times: i64) -> PyResult<i64> {
        if amount < 0 {
            return Err(PyValueError::new_err("a counter does not count down"));
        }
        self.count += amount * times;
        Ok(self.count)
    }

    fn __repr__(&self) -> String {
        format!("Counter({}, {})", self.name, self.count)
    }
}

/// The module.
#[pymodule]
pub mod counter {
    #[pymodule_export]
    use super::Counter;
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let api = PyCapsule::new_with_value(module.py(), CounterApi { limit: 1000 }, c"counter._C_API")?;
        module.add("_C_API", api)
    }
}
