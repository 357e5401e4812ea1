/* Runs a fuzz target once, on the file that is named, in a process of its own. */
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
    static uint8_t data[1 << 16];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t size;

    if (file == NULL) {
        fprintf(stderr, "usage: once FILE\n");
        return 2;
    }
    size = fread(data, 1, sizeof data, file);
    fclose(file);
    LLVMFuzzerInitialize(&argc, &argv);
    return LLVMFuzzerTestOneInput(data, size);
}
