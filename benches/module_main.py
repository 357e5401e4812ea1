# Runs the benchmark program where it is an extension module: in build/bench/pypy.
import os
import sys

folder = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "..", "build", "bench", "pypy")
sys.path[:0] = [folder, os.path.join(folder, "modules")]

import bench

sys.exit(bench.main(*sys.argv[1:]))
