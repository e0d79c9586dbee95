package io.cleave.agents.machine;

import io.cleave.agents.dnn.Model;
import io.cleave.agents.dnn.Step;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.wire.ModelReference;
import io.cleave.transport.tensor.TensorValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs for a machine: layer n takes n ms by a clock of its own, and layer 1 also waits to be
 * released.
 */
final class Jobs {
  private static final Model MODEL =
      new Model(
          new ModelReference("zoo:resnet18", "0".repeat(64), Map.of()),
          Zoo.RESNET18.graph(),
          Path.of("nowhere.onnx"));

  private final AtomicLong clock = new AtomicLong();
  private final List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  static SliceRun layer(int layer) {
    return new SliceRun(MODEL, LayerSet.of(layer), List.of());
  }

  /** What a job of one step comes to. */
  static Outcome.Finished finished(Outcome.Times times, boolean overrun) {
    return new Outcome.Finished(
        List.of(), times, List.of(times.computeSeconds()), overrun, Optional.empty());
  }

  /** Layer n takes n ms times the factor. */
  static Pace paced(double factor) {
    return Pace.of(
        graph -> {
          double[] seconds = new double[graph.size()];
          Arrays.setAll(seconds, i -> factor * i * 1e-3);
          return LayerTimes.of(seconds, 0);
        },
        1);
  }

  Machine machine(Pace pace) {
    return new Machine(pace, this::engine, clock::get);
  }

  /** What runs a layer. */
  List<TensorValue> engine(Model model, Step step, List<TensorValue> inputs) {
    int layer = step.layers().stream().findFirst().orElseThrow();
    ran.add(layer);
    if (layer == 1) {
      begun.countDown();
      await(release);
    }
    pass(layer * 1_000_000L);
    return List.of();
  }

  /** The layers that ran so far. */
  List<Integer> ran() {
    return List.copyOf(ran);
  }

  long nanos() {
    return clock.get();
  }

  void pass(long nanos) {
    clock.addAndGet(nanos);
  }

  void awaitBegun() {
    await(begun);
  }

  void release() {
    release.countDown();
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("What is waited for did not happen in 20 s.");
      }
    } catch (InterruptedException error) {
      throw new AssertionError(error);
    }
  }
}
