/* The four setters together: each returns 0, changes its own field and no other, takes no reference and sets no
 * error; each that fails returns -1 with an error and changes nothing.  Every order of calls is tried against a
 * model of a capsule, because a setter that disturbs another's field only shows after both were used.
 */
#include "tap.h"

static char storage[16];
static const char *const NAMES[] = {"a", "b", NULL, ""};
static int destructions[2] = {0, 0};

static void
first_destructor(PyObject *capsule)
{
    (void)capsule;
    destructions[0]++;
}

static void
second_destructor(PyObject *capsule)
{
    (void)capsule;
    destructions[1]++;
}

/* The fields that a capsule should hold. */
typedef struct {
    void *pointer;
    const char *name;
    void *context;
    PyCapsule_Destructor destructor;
} Model;

static int
agrees(PyObject *capsule, const Model *model)
{
    int same = PyCapsule_GetPointer(capsule, model->name) == model->pointer;
    same &= PyCapsule_GetName(capsule) == model->name;
    same &= PyCapsule_GetContext(capsule) == model->context;
    same &= PyCapsule_GetDestructor(capsule) == model->destructor;
    same &= Py_REFCNT(capsule) == 1;
    for (int i = 0; i < 4; i++) {
        same &= PyCapsule_IsValid(capsule, NAMES[i]) == (NAMES[i] == model->name);
    }
    return same;
}

enum { STEPS = 12 };
static const char *const STEP_TEXTS[STEPS] = {
    "SetPointer",           "SetPointer(another)",   "SetPointer(NULL)",    "SetName(\"b\")",
    "SetName(NULL)",        "SetName(\"\")",         "SetContext",          "SetContext(NULL)",
    "SetDestructor(first)", "SetDestructor(second)", "SetDestructor(NULL)", "GetPointer with a wrong name",
};

/* Applies one step to the capsule and to the model; true if the result is right and so is the error indicator. */
static int
apply(int step, PyObject *capsule, Model *model)
{
    int result = -2, want = 0;

    switch (step) {
    case 0:
    case 1:
        model->pointer = storage + 1 + step;
        result = PyCapsule_SetPointer(capsule, model->pointer);
        break;
    case 2:
        result = PyCapsule_SetPointer(capsule, NULL);
        want = -1;
        break;
    case 3:
    case 4:
    case 5:
        model->name = NAMES[step - 2];
        result = PyCapsule_SetName(capsule, model->name);
        break;
    case 6:
    case 7:
        model->context = step == 6 ? storage + 6 : NULL;
        result = PyCapsule_SetContext(capsule, model->context);
        break;
    case 8:
    case 9:
    case 10:
        model->destructor = step == 8 ? first_destructor : step == 9 ? second_destructor : NULL;
        result = PyCapsule_SetDestructor(capsule, model->destructor);
        break;
    default:
        result = PyCapsule_GetPointer(capsule, "wrong name") == NULL ? -1 : 0;
        want = -1;
        break;
    }
    int raised = PyErr_Occurred() != NULL && PyErr_ExceptionMatches(PyExc_ValueError);
    PyErr_Clear();
    return result == want && raised == (want == -1);
}

static void
test_each_alone(void)
{
    for (int step = 0; step < STEPS; step++) {
        PyObject *capsule = PyCapsule_New(storage, "a", NULL);
        Model model = {storage, NAMES[0], NULL, NULL};
        PyCapsule_SetName(capsule, NAMES[0]);
        ok(apply(step, capsule, &model), "%s returns its result", STEP_TEXTS[step]);
        ok(agrees(capsule, &model), "%s changes its own field and no other", STEP_TEXTS[step]);
        ok(apply(step, capsule, &model) && agrees(capsule, &model), "%s may be repeated", STEP_TEXTS[step]);
        PyCapsule_SetDestructor(capsule, NULL);
        Py_DECREF(capsule);
    }
}

static void
test_every_order_of_three(void)
{
    for (int first = 0; first < STEPS; first++) {
        int right = 0, ran = 0;
        for (int second = 0; second < STEPS; second++) {
            for (int third = 0; third < STEPS; third++) {
                PyObject *capsule = PyCapsule_New(storage, NAMES[0], first_destructor);
                Model model = {storage, NAMES[0], NULL, first_destructor};
                int good = apply(first, capsule, &model) && agrees(capsule, &model);
                good &= apply(second, capsule, &model) && agrees(capsule, &model);
                good &= apply(third, capsule, &model) && agrees(capsule, &model);
                right += good;
                destructions[0] = destructions[1] = 0;
                Py_DECREF(capsule);
                ran += destructions[0] == (model.destructor == first_destructor) &&
                       destructions[1] == (model.destructor == second_destructor);
            }
        }
        is_int(right, STEPS * STEPS, "%s and any two other steps leave what each step said", STEP_TEXTS[first]);
        is_int(ran, STEPS * STEPS, "the destructor that was set last runs once (%s)", STEP_TEXTS[first]);
    }
}

static void
test_two_capsules_do_not_mix(void)
{
    PyObject *left = PyCapsule_New(storage, NAMES[0], first_destructor);
    PyObject *right = PyCapsule_New(storage, NAMES[0], first_destructor);
    Model untouched = {storage, NAMES[0], NULL, first_destructor};
    Model changed = untouched;

    for (int step = 0; step < STEPS; step++) {
        apply(step, left, &changed);
        ok(agrees(left, &changed), "%s changes the capsule that it is given", STEP_TEXTS[step]);
        ok(agrees(right, &untouched), "%s changes no other capsule", STEP_TEXTS[step]);
    }
    Py_DECREF(left);
    Py_DECREF(right);
}

static void
test_setters_leave_an_error_alone(void)
{
    for (int step = 0; step < STEPS; step++) {
        PyObject *capsule = PyCapsule_New(storage, NAMES[0], NULL);
        int fails = step == 2 || step == 11;
        int result = -2;

        PyErr_SetString(PyExc_OSError, "from before");
        switch (step) {
        case 0: result = PyCapsule_SetPointer(capsule, storage + 1); break;
        case 1: result = PyCapsule_SetPointer(capsule, storage + 2); break;
        case 2: result = PyCapsule_SetPointer(capsule, NULL); break;
        case 3: result = PyCapsule_SetName(capsule, "b"); break;
        case 4: result = PyCapsule_SetName(capsule, NULL); break;
        case 5: result = PyCapsule_SetName(capsule, ""); break;
        case 6: result = PyCapsule_SetContext(capsule, storage); break;
        case 7: result = PyCapsule_SetContext(capsule, NULL); break;
        case 8: result = PyCapsule_SetDestructor(capsule, first_destructor); break;
        case 9: result = PyCapsule_SetDestructor(capsule, second_destructor); break;
        case 10: result = PyCapsule_SetDestructor(capsule, NULL); break;
        default: result = PyCapsule_GetPointer(capsule, "wrong") == NULL ? -1 : 0; break;
        }
        is_int(result, fails ? -1 : 0, "%s gives the same result while an error is set", STEP_TEXTS[step]);
        if (fails) {
            raises(PyExc_ValueError,
                   step == 2 ? "PyCapsule_SetPointer called with null pointer"
                             : "PyCapsule_GetPointer called with incorrect name",
                   "the error of %s replaces one from before", STEP_TEXTS[step]);
        } else {
            raises(PyExc_OSError, "from before", "%s leaves an error from before alone", STEP_TEXTS[step]);
        }
        Py_DECREF(capsule);
    }
}

/* A failing setter of one capsule must not spoil the answers of another afterwards. */
static void
test_after_a_failure(void)
{
    PyObject *capsule = PyCapsule_New(storage, "a", NULL);

    is_int(PyCapsule_SetName(Py_None, "x"), -1, "a setter of no capsule fails");
    ok(PyErr_Occurred() == PyExc_ValueError, "the error of a failing setter stays set");
    is_str(PyCapsule_GetName(capsule), "a", "GetName works while the error of a setter is set");
    is_ptr(PyCapsule_GetContext(capsule), NULL, "GetContext works while the error of a setter is set");
    ok(PyCapsule_GetDestructor(capsule) == NULL, "GetDestructor works while the error of a setter is set");
    is_ptr(PyCapsule_GetPointer(capsule, "a"), storage, "GetPointer works while the error of a setter is set");
    is_int(PyCapsule_IsValid(capsule, "b"), 0, "IsValid works while the error of a setter is set");
    raises(PyExc_ValueError, "PyCapsule_SetName called with invalid PyCapsule object",
           "the error of a setter stays until it is taken");
    no_error("the error of a setter is gone when it was taken");
    Py_DECREF(capsule);
}

static void
test_get_destructor(void)
{
    PyObject *capsule = PyCapsule_New(storage, "a", NULL);

    ok(PyCapsule_GetDestructor(capsule) == NULL, "a capsule made without a destructor has none");
    no_error("a destructor of NULL is no error");
    is_int(PyCapsule_SetDestructor(capsule, first_destructor), 0, "SetDestructor arms a capsule");
    ok(PyCapsule_GetDestructor(capsule) == first_destructor, "GetDestructor gives the very function");
    destructions[0] = destructions[1] = 0;
    is_int(PyCapsule_SetDestructor(capsule, second_destructor), 0, "SetDestructor replaces a destructor");
    is_int(PyCapsule_SetDestructor(capsule, NULL), 0, "SetDestructor of NULL disarms a capsule");
    ok(PyCapsule_GetDestructor(capsule) == NULL, "a disarmed capsule has no destructor");
    no_error("a disarmed capsule's destructor of NULL is no error");
    Py_DECREF(capsule);
    is_int(destructions[0] + destructions[1], 0, "a destructor that was replaced or disarmed never runs");
}

int
main(void)
{
    TAP_BEGIN();
    RUN(test_each_alone);
    RUN(test_every_order_of_three);
    RUN(test_two_capsules_do_not_mix);
    RUN(test_setters_leave_an_error_alone);
    RUN(test_after_a_failure);
    RUN(test_get_destructor);
    return TAP_END();
}
