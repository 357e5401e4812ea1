// A test of the module `meter` with GoogleTest. Each test begins with a new interpreter, and fails when a capsule is left at its end.
#include "expect.h"
#include "meter.h"

#include <gtest/gtest.h>

class Module : public testing::Test {
protected:
    void SetUp() override {
        pycapsule_strict(1);
        checkpoint_ = pycapsule_checkpoint();
        Py_Initialize();
        module_ = PyImport_ImportModule("meter");
        ASSERT_NE(module_, nullptr);
    }

    void TearDown() override {
        Py_CLEAR(module_);
        EXPECT_EQ(Py_FinalizeEx(), 0);
        EXPECT_EQ(pycapsule_leaked_since(checkpoint_), 0u);
    }

    PyObject *module_ = nullptr;

private:
    std::uint64_t checkpoint_ = 0;
};

TEST_F(Module, HasAType) {
    PyObject *meter = PyObject_CallMethod(module_, "Meter", "si", "water", 40);
    ASSERT_NE(meter, nullptr);
    EXPECT_TRUE(is_text(PyObject_GetAttrString(meter, "name"), "water"));
    EXPECT_TRUE(is_text(PyObject_CallMethod(meter, "label", nullptr), "water: 40"));

    PyObject *number = PyLong_FromLong(5);
    EXPECT_EQ(PyObject_SetAttrString(meter, "name", number), -1);
    EXPECT_TRUE(failed(nullptr, PyExc_TypeError, "the name of a meter is a str, not int"));
    Py_XDECREF(number);
    Py_DECREF(meter);
}

TEST_F(Module, ParsesArguments) {
    PyObject *meter = PyObject_CallMethod(module_, "Meter", "s", "gas");
    ASSERT_NE(meter, nullptr);
    EXPECT_TRUE(is_long(PyObject_CallMethod(meter, "add", "i", 6), 6));
    EXPECT_TRUE(failed(PyObject_CallMethod(meter, "add", "s", "two"), PyExc_TypeError,
                       "'str' object cannot be interpreted as an integer"));
    EXPECT_TRUE(is_long(PyObject_CallMethod(module_, "total", "((OO))", meter, meter), 12));
    Py_DECREF(meter);
}

TEST_F(Module, HasACApi) {
    const MeterApi *api = static_cast<const MeterApi *>(PyCapsule_Import(METER_CAPSULE, 0));
    ASSERT_NE(api, nullptr);
    PyObject *meter = api->create("power", 1);
    ASSERT_NE(meter, nullptr);
    EXPECT_EQ(api->add(meter, 6), 0);
    EXPECT_TRUE(is_long(PyObject_GetAttrString(meter, "reading"), 7));
    EXPECT_EQ(api->add(Py_None, 1), -1);
    EXPECT_TRUE(failed(nullptr, PyExc_TypeError, "expected a meter, got NoneType"));
    Py_DECREF(meter);
}
