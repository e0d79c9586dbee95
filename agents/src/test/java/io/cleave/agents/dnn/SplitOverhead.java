package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.transport.tensor.TensorValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what splitting a network costs on one machine without a link: front and rest, one after
 * the other, over the whole. What is compared runs in turns, the time is the processor's for this
 * thread, which does all the work, and a low quantile of each is taken: other load on the machine
 * counts little.
 *
 * <pre>SplitOverhead [zoo:resnet18 [rounds]]</pre>
 */
final class SplitOverhead {
  private static final int CUTS = 8;

  private final Turns turns;
  private final int rounds;

  private SplitOverhead(int rounds) {
    this.turns = new Turns(rounds);
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws IOException {
    String source = arguments.length > 0 ? arguments[0] : "zoo:resnet18";
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Path folder = Files.createTempDirectory("models");
    try (SliceLibrary library = new SliceLibrary(SliceLimits.USUAL)) {
      Model model = new ModelStore(folder).open(source, Map.of());
      new SplitOverhead(rounds).measure(model, library);
      Files.delete(model.file());
    } finally {
      Files.delete(folder);
    }
  }

  private void measure(Model model, SliceLibrary library) {
    DnnGraph graph = model.graph();
    List<LayerSet> cuts = cuts(graph);
    List<TensorValue> input = List.of(Floats.noise(graph.tensor(0), 1));
    turns.run(
        () -> {
          turns.timed("whole", () -> library.run(model, graph.all(), input));
          for (LayerSet near : cuts) {
            String cut = name(graph, near);
            List<TensorValue> sent =
                turns.timed("front " + cut, () -> library.run(model, near, input));
            turns.timed("rest " + cut, () -> library.run(model, graph.all().minus(near), sent));
            turns.timed("copy out " + cut, () -> copies(sent, false));
            turns.timed("copy in " + cut, () -> copies(sent, true));
          }
        });
    System.out.printf(
        "%s, %d rounds, %.0f %% quantile%n", graph.name(), rounds, 100 * Turns.QUANTILE);
    System.out.printf("whole %.2f ms%n", turns.low("whole"));
    System.out.println("cut behind        bytes  front ms  rest ms  copies ms  split / whole");
    for (LayerSet near : cuts) {
      String cut = name(graph, near);
      double front = turns.low("front " + cut);
      double rest = turns.low("rest " + cut);
      System.out.printf(
          "%-12s %10d %9.2f %8.2f %10.3f %14.3f%n",
          cut,
          graph.cut(near).size().bytes(),
          front,
          rest,
          turns.low("copy out " + cut) + turns.low("copy in " + cut),
          (front + rest) / turns.low("whole"));
    }
  }

  /** Some cuts, evenly spread, with work on both sides. */
  private static List<LayerSet> cuts(DnnGraph graph) {
    List<LayerSet> all = new ArrayList<>();
    LegalCuts.forEach(
        graph,
        near -> {
          if (near.size() > 1 && near.size() < graph.size()) {
            all.add(near);
          }
        });
    List<LayerSet> some = new ArrayList<>();
    for (int i = 0; i < CUTS; i++) {
      some.add(all.get(i * (all.size() - 1) / (CUTS - 1)));
    }
    return some;
  }

  private static String name(DnnGraph graph, LayerSet near) {
    return graph.layer(near.stream().max().orElseThrow()).name() + "/" + near.size();
  }

  /** What the engine's binding does with a tensor on its way out to the heap, or in from there. */
  private static int copies(List<TensorValue> values, boolean direct) {
    int bytes = 0;
    for (TensorValue value : values) {
      ByteBuffer room =
          direct
              ? ByteBuffer.allocateDirect(value.byteCount())
              : ByteBuffer.allocate(value.byteCount());
      bytes += room.put(value.data()).position();
    }
    return bytes;
  }
}
