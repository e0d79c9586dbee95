package io.cleave.agents.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SliceCacheTest {
  private static final long PLENTY = 1L << 30;

  @TempDir Path folder;
  private Model model;

  @BeforeEach
  void open() {
    model = new ModelStore(folder).open("zoo:small-residual", Map.of());
  }

  private static LayerSet upTo(int layer) {
    return LayerSet.range(0, layer + 1);
  }

  @Test
  void letsGoOfWhatWasNotUsedForLongest() {
    try (SliceLibrary library = new SliceLibrary(new SliceLimits(2, PLENTY, 1))) {
      library.prepare(model, upTo(1));
      library.prepare(model, upTo(2));
      library.prepare(model, upTo(1)); // used again
      library.prepare(model, upTo(3));
      assertThat(library.ready(model, upTo(1))).isTrue();
      assertThat(library.ready(model, upTo(2))).isFalse();
      assertThat(library.ready(model, upTo(3))).isTrue();
      assertThat(library.made()).isEqualTo(3);
    }
  }

  @Test
  void letsGoOfWhatDoesNotFitInMemoryButKeepsTheLatest() {
    try (SliceLibrary library = new SliceLibrary(new SliceLimits(64, 1, 1))) {
      library.prepare(model, upTo(1));
      library.prepare(model, upTo(2));
      assertThat(library.ready(model, upTo(1))).isFalse();
      assertThat(library.ready(model, upTo(2))).isTrue();
    }
  }

  @Test
  void manyRunAtOnceThoughOnlyOneIsKept() throws InterruptedException, ExecutionException {
    TensorValue input = Floats.noise(model.graph().tensor(0), 8);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SliceLibrary roomy = new SliceLibrary(SliceLimits.USUAL);
        SliceLibrary narrow = new SliceLibrary(new SliceLimits(1, PLENTY, 1))) {
      List<Future<List<TensorValue>>> answers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        LayerSet layers = upTo(1 + i % 5);
        answers.add(threads.submit(() -> narrow.run(model, layers, List.of(input))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get())
            .isEqualTo(roomy.run(model, upTo(1 + i % 5), List.of(input)));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void runsNothingOnceItIsClosed() {
    DnnGraph graph = model.graph();
    SliceLibrary library = new SliceLibrary(SliceLimits.USUAL);
    library.prepare(model, graph.all());
    library.close();
    assertThat(library.ready(model, graph.all())).isFalse();
    assertThatThrownBy(
            () -> library.run(model, graph.all(), List.of(Floats.noise(graph.tensor(0), 1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void refusesLimitsOfNothing() {
    assertThatThrownBy(() -> new SliceLimits(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }
}
