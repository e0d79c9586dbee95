package io.cleave.testbed.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What the program answered to one command line. */
record Spoken(int code, String out, String err) {
  static Spoken to(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Cleave.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Spoken(code, out.toString(), err.toString());
  }

  /** True for bad input: nothing but one line, and exit code 2. */
  boolean isOneLineOfRefusal() {
    return code == 2 && out.isEmpty() && err.startsWith("cleave: ") && err.lines().count() == 1;
  }
}
