package io.cleave.testbed.split;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.NetworkHalf;
import io.cleave.policies.learning.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Training steps across a cut, each beside the same step of the undivided network: the near half
 * here, the far half in a process of its own, activations and slopes as bytes between them.
 */
public final class SplitStep {
  private final SplitNetwork split;
  private final int batch;
  private final double rate;
  private final LongSupplier nanos;

  /**
   * @param batch images a step, at least 1
   * @param rate by which weights change, above 0
   * @param nanos a clock
   */
  public SplitStep(SplitNetwork split, int batch, double rate, LongSupplier nanos) {
    this.split = split;
    this.batch = batch;
    this.rate = rate;
    this.nanos = nanos;
  }

  /**
   * One step.
   *
   * @param loss mean cross entropy, of the halves
   * @param undivided the same of the whole network
   * @param traffic what crossed
   * @param seconds where time went
   * @param slopesApart the most by which a slope differs from the undivided step's, as a share of
   *     the largest slope by the same weight
   * @param weightsApart the same of weights after the step
   */
  public record Step(
      double loss,
      double undivided,
      Traffic traffic,
      Seconds seconds,
      double slopesApart,
      double weightsApart) {}

  /** Bytes of activations that went up and of slopes that came down. */
  public record Traffic(long up, long down) {}

  /**
   * Where a step's time went.
   *
   * @param forward of the near half
   * @param far until the slopes are back: both transfers and the far half's way there and back
   * @param backward of the near half
   * @param whole the same step undivided, here
   */
  public record Seconds(double forward, double far, double backward, double whole) {}

  /**
   * What came of it.
   *
   * @param pid of the far half's process
   */
  public record Outcome(long pid, List<Step> steps) {
    public Outcome {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Makes so many steps, each with the next images.
   *
   * @param log of the far half's process
   * @throws IOException if the far half is lost
   */
  public Outcome run(LabelledImages images, int steps, Path log) throws IOException {
    try (NetworkHalf whole = new NetworkHalf(split.trunk(), split.whole(), split.seed());
        NetworkHalf near = new NetworkHalf(split.trunk(), split.near(), split.seed());
        FarSide far = FarSide.start(split, log)) {
      List<Step> done = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        done.add(step(new Sides(whole, near, far), images, step * batch));
      }
      return new Outcome(far.pid(), done);
    }
  }

  private record Sides(NetworkHalf whole, NetworkHalf near, FarSide far) {}

  private Step step(Sides sides, LabelledImages images, int from) throws IOException {
    Map<String, Signal> shown = shown(images, from);
    long[] labels = labels(images, from);
    long start = nanos.getAsLong();
    NetworkHalf.Turn all = sides.whole().turn(shown, labels, List.of());
    long undivided = nanos.getAsLong();
    Map<String, Signal> crossing = sides.near().forward(shown);
    long forward = nanos.getAsLong();
    NetworkHalf.Turn turn = sides.far().turn(crossing, labels);
    long turned = nanos.getAsLong();
    sides.near().backward(turn.slopes());
    long backward = nanos.getAsLong();
    sides.whole().descend(rate);
    sides.near().descend(rate);
    sides.far().descend(rate);
    FarSide.State state = sides.far().state();
    return new Step(
        turn.loss(),
        all.loss(),
        new Traffic(SignalStream.bytes(crossing), SignalStream.bytes(turn.slopes())),
        new Seconds(
            (forward - undivided) / 1e9,
            (turned - forward) / 1e9,
            (backward - turned) / 1e9,
            (undivided - start) / 1e9),
        apart(sides.whole().slopes(), joined(sides.near().slopes(), state.slopes())),
        apart(sides.whole().weights(), joined(sides.near().weights(), state.weights())));
  }

  private Map<String, Signal> shown(LabelledImages images, int from) {
    float[] pixels = new float[batch * images.pixelsEach()];
    for (int i = 0; i < batch; i++) {
      images.copyTo((from + i) % images.count(), pixels, i * images.pixelsEach());
    }
    long[] shape = {batch, images.views(), images.height(), images.width()};
    return Map.of(SplitNetwork.IMAGES, new Signal(shape, pixels));
  }

  private long[] labels(LabelledImages images, int from) {
    long[] labels = new long[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = images.label((from + i) % images.count());
    }
    return labels;
  }

  private static Map<String, float[]> joined(Map<String, float[]> one, Map<String, float[]> other) {
    Map<String, float[]> both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }

  /** Of all weights the worst; a weight that is missing on one side is an error of ours. */
  private static double apart(Map<String, float[]> expected, Map<String, float[]> actual) {
    if (!expected.keySet().equals(actual.keySet())) {
      throw new IllegalStateException(
          "The halves have the weights %s, the whole %s."
              .formatted(actual.keySet(), expected.keySet()));
    }
    double worst = 0;
    for (Map.Entry<String, float[]> entry : expected.entrySet()) {
      float[] figures = entry.getValue();
      float[] ours = Objects.requireNonNull(actual.get(entry.getKey()));
      double largest = 0;
      double most = 0;
      for (int i = 0; i < figures.length; i++) {
        largest = Math.max(largest, Math.abs(figures[i]));
        most = Math.max(most, Math.abs((double) figures[i] - ours[i]));
      }
      worst = Math.max(worst, most == 0 ? 0 : most / largest);
    }
    return worst;
  }
}
