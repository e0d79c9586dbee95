package io.cleave.traces;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the recordings of one format. */
@FunctionalInterface
interface TraceReader {
  Trace read(Path file, ReadOptions options) throws IOException;
}
