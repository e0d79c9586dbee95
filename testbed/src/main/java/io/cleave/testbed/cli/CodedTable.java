package io.cleave.testbed.cli;

import io.cleave.policies.plan.Codec;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.codecs.CodedSeed;
import io.cleave.testbed.tiles.Spread;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What came of learning to bear a codec, for people. */
final class CodedTable {
  private CodedTable() {}

  static void print(List<CodecStudy.Row> before, List<CodedSeed> results, PrintWriter out) {
    out.printf(
        "Right, %%: before, after (%d seeds); share of fp32's bytes, after%n", results.size());
    TextTable right = new TextTable(2);
    for (int i = 0; i < before.size(); i++) {
      int row = i;
      CodecStudy.Row then = before.get(i);
      if (changesValues(then.codec())) {
        right.row(
            then.tensor(),
            then.codec().name(),
            String.format(Locale.ROOT, "%.2f", 100 * then.right()),
            Spread.of(results.stream().map(seed -> seed.rows().get(row).right()).toList())
                .percent(),
            Spread.of(results.stream().map(seed -> seed.rows().get(row).factor()).toList())
                .percent());
      }
    }
    right.lines().forEach(line -> out.println("  " + line));
    out.flush();
  }

  /** Others do to values what one of these does; FP32 stands for the network as it is. */
  private static boolean changesValues(Codec codec) {
    return switch (codec) {
      case FP32, FP16, INT8, INT8_CHANNEL, INT4, JPEG -> true;
      case INT4_ZEROS, FP32_LZ4, FP16_LZ4, INT8_LZ4 -> false;
    };
  }
}
