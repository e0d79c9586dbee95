package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.agents.machine.Machine;
import io.cleave.agents.machine.Outcome;
import io.cleave.agents.machine.Pace;
import io.cleave.agents.machine.SliceRun;
import io.cleave.agents.machine.Work;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.memory.Need;
import io.cleave.policies.memory.SliceNeed;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the cost model says of memory, and what real slices hold. */
final class MemoryTest {
  /** What an ONNX file has besides weights: names, shapes, attributes, constants. */
  private static final double STRUCTURE = 0.02;

  private static final long STRUCTURE_BYTES = 64 << 10;

  @TempDir Path folder;
  private ModelStore store;
  private SliceLibrary library;

  @BeforeEach
  void open() {
    store = new ModelStore(folder);
    library = new SliceLibrary(SliceLimits.USUAL);
  }

  @AfterEach
  void close() {
    library.close();
  }

  private Model model(Zoo zoo) {
    return store.open("zoo:" + zoo.id(), Map.of());
  }

  private static List<TensorValue> inputs(DnnGraph graph, Step step) {
    return Frontier.of(graph, step).inputs().stream().map(Tensors::zeros).toList();
  }

  /** Layer by layer on the real engine, tensors let go behind their last reader. */
  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {"SMALL_CHAIN", "SMALL_RESIDUAL", "RESNET18"})
  void tensorsThatAreAliveAreThoseThatAreForetold(Zoo zoo) {
    Model model = model(zoo);
    DnnGraph graph = model.graph();
    Map<String, TensorValue> alive = new LinkedHashMap<>();
    graph.layer(0).outputs().forEach(t -> keep(Tensors.zeros(graph.tensor(t)), alive));
    long peak = bytes(alive);
    for (int layer = 1; layer < graph.size(); layer++) {
      List<TensorValue> read =
          graph.layer(layer).inputs().stream().map(t -> alive.get(graph.tensor(t).name())).toList();
      library.run(model, LayerSet.of(layer), read).forEach(made -> keep(made, alive));
      peak = Math.max(peak, bytes(alive));
      int now = layer;
      for (int tensor : graph.layer(layer).inputs()) {
        boolean input = graph.tensor(tensor).producer() == 0;
        boolean again = IntStream.of(graph.consumers(tensor)).anyMatch(reader -> reader > now);
        if (!input && !again && !graph.outputs().contains(tensor)) {
          alive.remove(graph.tensor(tensor).name());
        }
      }
    }
    assertThat(peak).isEqualTo(SliceNeed.of(graph, graph.all()).tensorBytes());
  }

  private static void keep(TensorValue value, Map<String, TensorValue> alive) {
    alive.put(value.name(), value);
  }

  private static long bytes(Map<String, TensorValue> alive) {
    return alive.values().stream().mapToLong(TensorValue::byteCount).sum();
  }

  @Test
  void filesOfSlicesAreTheWeightsThatAreForetold() {
    Model model = model(Zoo.RESNET18);
    DnnGraph graph = model.graph();
    for (int cut : new int[] {5, 20, 40}) {
      LayerSet far = LayerSet.range(cut, graph.size());
      long before = library.heldBytes();
      library.prepare(model, far);
      checkFile(library.heldBytes() - before, SliceNeed.of(graph, far));
    }
  }

  @Test
  void filesOfPiecesAreTheWeightsThatAreForetold() {
    Model model = model(Zoo.TINY_YOLOV2);
    DnnGraph graph = model.graph();
    LayerSet run = LayerSet.range(1, 9);
    Piece tile = Piece.tile(new Span(0, 20), new Span(13, 40));
    library.prepare(model, Step.piece(run, tile));
    checkFile(library.heldBytes(), SliceNeed.of(graph, run, Footprint.of(graph, run, tile)));
  }

  private static void checkFile(long bytes, Need need) {
    assertThat(bytes)
        .isBetween(
            need.weightBytes(), (long) (need.weightBytes() * (1 + STRUCTURE)) + STRUCTURE_BYTES);
  }

  /** Of one slice its inputs and outputs are seen, what lives within it is not. */
  @Test
  void aMachineMeasuresTheTensorsOfItsRuns() {
    Model model = model(Zoo.RESNET18);
    DnnGraph graph = model.graph();
    Step rest = Step.of(LayerSet.range(10, graph.size()));
    try (Machine machine = new Machine(Pace.NONE, library)) {
      List<TensorValue> inputs = inputs(graph, rest);
      Outcome outcome =
          machine
              .submit(Work.of(machine.nanos(), new SliceRun(model, rest.layers(), inputs)))
              .outcome()
              .join();
      assertThat(outcome).isInstanceOf(Outcome.Finished.class);
      Frontier ends = Frontier.of(graph, rest);
      long measured = machine.peakTensorBytes();
      assertThat(measured).isEqualTo(bytes(ends.inputs()) + bytes(ends.outputs()));
      assertThat(measured).isLessThanOrEqualTo(SliceNeed.of(graph, rest.layers()).tensorBytes());
    }
  }

  private static long bytes(List<Tensor> tensors) {
    return tensors.stream().mapToLong(tensor -> tensor.size().bytes()).sum();
  }
}
