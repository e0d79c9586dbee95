package io.cleave.policies.tiling;

import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.List;

/**
 * What no sharing of a run can be quicker than, if each machine does one piece after the other: all
 * machines work from the first moment to the last, and nothing is computed twice.
 *
 * <p>A machine that makes a share s of the output is given at least s of the input, makes at least
 * s of each layer, and gives back s of the output, one after the other; the shares are 1 together.
 * Where that does not hold ({@link Divisible#dense}) nothing is known. <b>Source:</b> our own.
 * <b>Complexity:</b> O(layers x machines).
 */
final class LeastTime {
  private final Observation observation;
  private final double sizeFactor;
  private final List<Integer> crew;

  LeastTime(Observation observation, Terms terms) {
    this.observation = observation;
    this.sizeFactor = terms.codec().sizeFactor();
    this.crew = Crew.ranked(observation);
  }

  /** Seconds; 0 if nothing is known. */
  double of(Divisible run) {
    double[] least = byCrew(run);
    return least[least.length - 1];
  }

  /**
   * The same of the first machines in the order of {@link Crew#ranked}.
   *
   * @return [count less 1] seconds
   */
  double[] byCrew(Divisible run) {
    double[] least = new double[crew.size()];
    if (!run.dense()) {
      return least;
    }
    Footprint whole = run.funnel().footprint(run.whole());
    double up = sizeFactor * whole.inputBits();
    double down = sizeFactor * whole.outputBits();
    double rate = 0; // runs a second, all machines together
    for (int i = 0; i < least.length; i++) {
      int node = crew.get(i);
      double work = whole.seconds(observation.node(node).times());
      work -= observation.node(node).times().startSeconds();
      if (node != Stage.DEVICE) {
        LinkState link = observation.server(node).link();
        work += up / link.up().bitsPerSecond() + down / link.down().bitsPerSecond();
      }
      rate += 1 / work;
      least[i] = 1 / rate;
    }
    return least;
  }
}
