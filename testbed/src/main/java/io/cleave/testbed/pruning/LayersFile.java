package io.cleave.testbed.pruning;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** The file that says how wide each layer of a pruned network is, and what crosses behind it. */
public final class LayersFile {
  private LayersFile() {}

  /** A row for each layer of each seed. */
  public static void write(CsvWriter csv, List<PrunedSeed> results) {
    csv.writeRecord(
        "seed", "layer", "operator", "channels", "channels_left", "bytes", "bytes_left");
    for (PrunedSeed result : results) {
      DnnGraph whole = result.whole().graph();
      DnnGraph pruned = result.pruned().graph();
      for (int i = 1; i < whole.size(); i++) {
        Layer layer = whole.layer(i);
        Tensor before = whole.tensor(layer.outputs().get(0));
        Tensor after = pruned.tensor(pruned.layer(i).outputs().get(0));
        csv.writeRecord(
            String.valueOf(result.seed()),
            layer.name(),
            layer.operator(),
            String.valueOf(before.shape().dim(1)),
            String.valueOf(after.shape().dim(1)),
            String.valueOf(before.size().bytes()),
            String.valueOf(after.size().bytes()));
      }
    }
  }

  /**
   * The graphs of all seeds' pruned networks: work and sizes as they are, whichever filters went.
   *
   * @param file as {@link #write} made it
   * @param whole the network before any filter went
   * @throws UserError if the file cannot be read, or is another network's
   */
  public static List<DnnGraph> graphs(Path file, TrainedNetwork whole) {
    return List.copyOf(byName(file, whole).values());
  }

  /**
   * The same by what stands in the column of seeds, in its order.
   *
   * @throws UserError if the file cannot be read, or is another network's
   */
  public static Map<String, DnnGraph> byName(Path file, TrainedNetwork whole) {
    Map<String, Map<String, Integer>> left = new TreeMap<>(); // by seed and layer
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        left.computeIfAbsent(row.getField("seed"), key -> new LinkedHashMap<>())
            .put(row.getField("layer"), Integer.valueOf(row.getField("channels_left")));
      }
    } catch (IOException error) {
      throw new UserError(
          "%s cannot be read. Make it: ./cleave train pruned --network FILE --out FOLDER"
              .formatted(file));
    } catch (IllegalArgumentException | NoSuchElementException error) {
      // numbers or columns that are none
      throw new UserError("%s cannot be used: %s".formatted(file, error.getMessage()));
    }
    Map<String, DnnGraph> graphs = new LinkedHashMap<>();
    left.forEach(
        (name, widths) -> graphs.put(name, whole.without(gone(file, whole, widths)).graph()));
    return graphs;
  }

  private static Map<String, BitSet> gone(
      Path file, TrainedNetwork whole, Map<String, Integer> widths) {
    Map<String, BitSet> gone = new LinkedHashMap<>();
    for (FilterGroup group : whole.filters().all()) {
      int stay = widths.getOrDefault(group.layer(), 0);
      if (stay < 1 || stay > group.filters()) {
        throw new UserError(
            "%s leaves %d of the %d filters of '%s'. Maybe it is another network's."
                .formatted(file, stay, group.filters(), group.layer()));
      }
      BitSet some = new BitSet();
      some.set(stay, group.filters());
      gone.put(group.layer(), some);
    }
    return gone;
  }
}
