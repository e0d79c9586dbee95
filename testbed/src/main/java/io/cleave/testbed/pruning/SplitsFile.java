package io.cleave.testbed.pruning;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.SubGraph;
import io.cleave.policies.onnx.TrainedNetwork;
import io.cleave.policies.partition.PrunedSplit;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What two-step pruning made of a network for each cut and share of filters: a row a seed with what
 * the last exit answered rightly, and beside it {@code .layers.csv} with how wide its layers are.
 * Its first row is the network as it was.
 */
public final class SplitsFile {
  private static final double PERCENT = 100;

  private final DnnGraph whole;
  private final Map<String, Answers> answers;
  private final List<PrunedSplit.Variant> variants;
  private final Answers unpruned;

  /** Right answers to images that say what is best, and to those that only tell the result. */
  private record Answers(List<Double> validation, List<Double> test) {
    static double mean(List<Double> of) {
      return of.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  private SplitsFile(
      DnnGraph whole,
      Map<String, Answers> answers,
      List<PrunedSplit.Variant> variants,
      Answers unpruned) {
    this.whole = whole;
    this.answers = answers;
    this.variants = variants;
    this.unpruned = unpruned;
  }

  /**
   * Reads it.
   *
   * @param network before any filter went
   * @throws UserError if it cannot be read, or is another network's
   */
  public static SplitsFile read(Path file, TrainedNetwork network) {
    Map<String, Answers> answers = new LinkedHashMap<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord row : csv) {
        Answers of =
            answers.computeIfAbsent(
                row.getField("cut") + " " + row.getField("share"),
                any -> new Answers(new ArrayList<>(), new ArrayList<>()));
        of.validation().add(Double.parseDouble(row.getField("validation_percent")) / PERCENT);
        of.test().add(Double.parseDouble(row.getField("test_percent")) / PERCENT);
      }
    } catch (IOException | IllegalArgumentException | NoSuchElementException error) {
      // numbers or columns that are none
      throw new UserError("%s cannot be used: %s".formatted(file, error.getMessage()));
    }
    if (answers.isEmpty()) {
      throw new UserError("%s has no rows; the first is the network as it was.".formatted(file));
    }
    String first = answers.keySet().iterator().next();
    Answers unpruned = answers.get(first);
    if (unpruned == null) {
      throw new IllegalStateException(first);
    }
    List<PrunedSplit.Variant> variants = new ArrayList<>();
    Path layers = Path.of(file.toString().replaceAll("\\.csv$", ".layers.csv"));
    LayersFile.byName(layers, network)
        .forEach(
            (name, graph) -> {
              Answers of = answers.get(name);
              if (of == null) {
                throw new UserError("%s has no row of '%s'.".formatted(file, name));
              }
              double loss = Answers.mean(unpruned.validation()) - Answers.mean(of.validation());
              variants.addAll(PrunedSplit.cuts(name, trunk(graph), loss));
            });
    return new SplitsFile(trunk(network.graph()), answers, List.copyOf(variants), unpruned);
  }

  /** As far as the last exit. */
  private static DnnGraph trunk(DnnGraph graph) {
    return SubGraph.leadingTo(graph, graph.outputs().get(graph.outputs().size() - 1)).graph();
  }

  /** The network as it was, as far as its last exit. */
  public DnnGraph whole() {
    return whole;
  }

  /** For each cut and share one at each cut; losses are those of the validation images. */
  public List<PrunedSplit.Variant> variants() {
    return variants;
  }

  /** Of the test images, as a share. */
  public double rightOfWhole() {
    return Answers.mean(unpruned.test());
  }

  /** What a variant loses of the test images' right answers, as a share; 0 for the whole. */
  public double testLoss(String variant) {
    Answers of = answers.get(variant);
    return of == null ? 0 : rightOfWhole() - Answers.mean(of.test());
  }
}
