package io.cleave.testbed.codecs;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.onnx.TrainedNetwork;
import java.util.List;
import java.util.Locale;

/**
 * What codecs do to one seed's network, cut by cut.
 *
 * @param seed of order and distortions of the images
 * @param rows each codec at each cut, as the network has them
 */
public record CodedSeed(long seed, List<CodecStudy.Row> rows) {
  public CodedSeed {
    rows = List.copyOf(rows);
  }

  /** Asks a network at all its cuts; milliseconds an image and cut. */
  public static CodedSeed of(long seed, TrainedNetwork network, LabelledImages test) {
    return new CodedSeed(seed, rows(network, test));
  }

  /** The same, of whatever network. */
  public static List<CodecStudy.Row> rows(TrainedNetwork network, LabelledImages test) {
    OnnxSlicer slicer = OnnxSlicer.of(network.name(), network.bytes());
    return CodecStudy.of(slicer, Shown.of(slicer.graph(), test), done -> {}).rows();
  }

  /**
   * A row for each codec at each cut of each seed.
   *
   * @param before what codecs did to the network that all began with
   */
  public static void write(CsvWriter csv, List<CodecStudy.Row> before, List<CodedSeed> results) {
    csv.writeRecord(
        "seed",
        "tensor",
        "codec",
        "bytes",
        "wire_bytes_before",
        "wire_bytes",
        "right_before_percent",
        "right_percent");
    for (CodedSeed result : results) {
      for (int i = 0; i < before.size(); i++) {
        CodecStudy.Row then = before.get(i);
        CodecStudy.Row now = result.rows().get(i);
        csv.writeRecord(
            String.valueOf(result.seed()),
            now.tensor(),
            now.codec().name(),
            String.valueOf(now.bytes()),
            String.format(Locale.ROOT, "%.0f", then.wireBytes()),
            String.format(Locale.ROOT, "%.0f", now.wireBytes()),
            String.format(Locale.ROOT, "%.2f", 100 * then.right()),
            String.format(Locale.ROOT, "%.2f", 100 * now.right()));
      }
    }
  }
}
