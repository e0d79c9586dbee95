package io.cleave.testbed.cli;

import io.cleave.policies.answers.ExitStudy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What exits are worth, for people. */
final class ExitsTable {
  private ExitsTable() {}

  static void print(List<String> outputs, ExitStudy study, PrintWriter print) {
    for (int exit = 0; exit < outputs.size(); exit++) {
      print.printf(
          Locale.ROOT,
          "%-8s %.2f %% of %d test images%n",
          outputs.get(exit),
          100 * study.test().accuracy(exit),
          study.test().images());
    }
    print.flush();
  }
}
