package io.cleave.policies.tiling;

import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.Arrays;

/**
 * What no sharing of a run can be quicker than, if each machine does one piece after the other: all
 * machines work from the first moment to the last.
 *
 * <p>A machine that makes a share s of the output is given at least s of the input, makes at least
 * s of each layer, and gives back s of the output, one after the other; the shares are 1 together,
 * and those of a layer as much more as {@link Overlap} says. Weighing each machine's time by what
 * it does a second adds up to the bound: the dual of sharing every layer at will. Where a piece may
 * need less than its share ({@link Divisible#dense}) nothing is known. <b>Source:</b> our own.
 * <b>Complexity:</b> O(layers) a machine and a question.
 */
final class LeastTime {
  private final Observation observation;
  private final Divisible run;
  private final double sizeFactor;
  private final Footprint whole;
  private final double[] weighed; // [layer] the least over the machines of speed times its seconds
  private double speed; // runs a second, all machines together

  LeastTime(Observation observation, Terms terms, Divisible run) {
    this.observation = observation;
    this.run = run;
    this.sizeFactor = terms.codec().sizeFactor();
    this.whole = run.funnel().footprint(run.whole());
    this.weighed = new double[run.layers().size()];
    Arrays.fill(weighed, Double.POSITIVE_INFINITY);
  }

  /** Of all machines that can be reached. */
  static double of(Observation observation, Terms terms, Divisible run) {
    LeastTime least = new LeastTime(observation, terms, run);
    Crew.ranked(observation).forEach(least::with);
    return least.seconds();
  }

  /** One machine more. */
  void with(int node) {
    double[] seconds = whole.layerSeconds(observation.node(node).times());
    double all = Arrays.stream(seconds).sum();
    if (node != Stage.DEVICE) {
      LinkState link = observation.server(node).link();
      all += sizeFactor * whole.inputBits() / link.up().bitsPerSecond();
      all += sizeFactor * whole.outputBits() / link.down().bitsPerSecond();
    }
    speed += 1 / all;
    for (int layer = 0; layer < seconds.length; layer++) {
      weighed[layer] = Math.min(weighed[layer], seconds[layer] / all);
    }
  }

  /** Seconds if nothing is computed twice; 0 if nothing is known. */
  double seconds() {
    return run.dense() ? 1 / speed : 0;
  }

  /**
   * Seconds of a grid; 0 if nothing is known.
   *
   * @param axis that is cut into so many pieces
   * @param down the pieces along it
   * @param other that is cut into so many besides
   * @param across the pieces along that, 1 if it is not cut
   */
  double seconds(int axis, int down, int other, int across) {
    if (!run.dense()) {
      return 0;
    }
    double shares = 1;
    for (int layer = 0; layer < weighed.length; layer++) {
      double times =
          run.overlap().times(layer, axis, down) * run.overlap().times(layer, other, across);
      shares += weighed[layer] * (times - 1);
    }
    return shares / speed;
  }
}
