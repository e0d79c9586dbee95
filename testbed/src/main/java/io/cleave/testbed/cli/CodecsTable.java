package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.codecs.Judge;
import java.io.PrintWriter;
import java.util.Locale;

/** What codecs make of a network's tensors, for people. */
final class CodecsTable {
  private CodecsTable() {}

  static void print(DnnGraph graph, CodecStudy.Result result, Judge judge, PrintWriter out) {
    for (CodecStudy.Row row : result.rows()) {
      if (row.codec() == Codec.FP32) {
        out.printf("%s, %s, %d bytes%n", row.tensor(), shape(graph, row.tensor()), row.bytes());
      }
      out.printf(
          Locale.ROOT,
          "  %-13s %9.0f bytes %7.4f%s%n",
          row.codec(),
          row.wireBytes(),
          row.factor(),
          answers(row, judge));
    }
    out.println(known(result.frames(), judge));
    out.flush();
  }

  private static String shape(DnnGraph graph, String name) {
    return graph.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .map(Tensor::shape)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static String answers(CodecStudy.Row row, Judge judge) {
    String changed = String.format(Locale.ROOT, "   other answers %5.2f %%", 100 * row.changed());
    return switch (judge) {
      case LABELS -> String.format(Locale.ROOT, "   right %6.2f %%", 100 * row.right()) + changed;
      case SAME_ANSWER -> changed;
      case NOBODY -> "";
    };
  }

  private static String known(int frames, Judge judge) {
    return switch (judge) {
      case LABELS -> "Frames: %d, labelled.".formatted(frames);
      case SAME_ANSWER ->
          "Frames: %d, which nobody labelled. Each answer that is another counts as a right one lost: the most that can be."
              .formatted(frames);
      case NOBODY ->
          "Frames: %d, bytes alone. Nothing is known of answers; planners take it that none is lost."
              .formatted(frames);
    };
  }
}
