package io.cleave.testbed.live;

import io.cleave.policies.answers.ImageOrder;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.testbed.world.FrameRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a real agent wrote down of one frame.
 *
 * @param number from 0, in the order of arrival
 * @param arrivalUnixSeconds on the agent's clock
 * @param latencySeconds from arrival to the first answer
 * @param promise what was known when it started
 * @param bytes that really crossed
 * @param ending how it ended
 * @param parts of the latency, as far as the plan's way got
 * @param busy the device's processor
 * @param answer what its exit said, if the network has exits
 */
public record MeasuredFrame(
    long number,
    double arrivalUnixSeconds,
    double latencySeconds,
    Promise promise,
    Bytes bytes,
    Ending ending,
    Parts parts,
    Busy busy,
    Answer answer) {
  /**
   * @param exit at which it left, 1 for the first; empty if all outputs answered
   * @param right whether that was the class of the image shown; empty if nobody knows
   */
  public record Answer(OptionalInt exit, Optional<Boolean> right) {}

  /**
   * @param plan stages, codec and hedge
   * @param planVersion of the decision in force; 0 for the safe plan
   * @param latencySeconds that the plan predicted
   * @param uplinkBitsPerSecond estimated; 0 if none was
   */
  public record Promise(
      Plan plan, long planVersion, double latencySeconds, double uplinkBitsPerSecond) {}

  /** On the wire, a cancelled rest not counted. */
  public record Bytes(double uplink, double downlink) {}

  /**
   * @param hedgeWon the device's own continuation answered first
   * @param rescued the device answered since a stage failed or was late
   * @param late after the deadline
   * @param zeros pieces that did not come in time and were taken for zeros
   */
  public record Ending(boolean hedgeWon, boolean rescued, boolean late, int zeros) {
    /** True if the plan led to a server and the device answered all the same. */
    public boolean byDevice() {
      return hedgeWon || rescued;
    }
  }

  /** Seconds of each part of the way; 0 where it did not come to that. */
  public record Parts(
      double device, double codec, double uplink, double queue, double remote, double downlink) {}

  /** Seconds that the device computed for the frame: by plan, and beside the awaited answer. */
  public record Busy(double plan, double hedge) {}

  /**
   * Whom its plan led to first; empty for nobody.
   *
   * @param servers names by node number minus one
   */
  String helper(List<String> servers) {
    return promise.plan().stages().stream()
        .flatMap(stage -> stage.nodes().stream())
        .filter(node -> node != Stage.DEVICE)
        .map(node -> servers.get(node - 1))
        .findFirst()
        .orElse("");
  }

  /**
   * What is the same for all frames of a run.
   *
   * @param startUnixSeconds when the trace began
   * @param power of the device
   * @param seed by which images were shown
   * @param images how many there are; 0 if others were shown
   */
  record Run(double startUnixSeconds, EnergyModel power, long seed, int images) {}

  /**
   * The same as the simulated world tells it. Energy is what the device's class draws in the
   * measured times: the board idles for what is left of the latency, and the radio moves data
   * during the measured transfers.
   *
   * @param run in which it was
   */
  FrameRecord record(Run run) {
    EnergyModel power = run.power();
    double hedge = power.computeWatts() * busy.hedge();
    double idle = Math.max(0, latencySeconds - busy.plan() - busy.hedge());
    double joules =
        power.computeWatts() * busy.plan()
            + hedge
            + power.idleWatts() * idle
            + power.radio().sendJoules(8 * bytes.uplink(), parts.uplink())
            + power.radio().receiveJoules(8 * bytes.downlink(), parts.downlink());
    return new FrameRecord(
        number,
        arrivalUnixSeconds - run.startUnixSeconds(),
        latencySeconds,
        promise.plan(),
        new FrameRecord.Outcome(
            promise.latencySeconds(),
            8 * bytes.uplink(),
            joules,
            hedge,
            ending.byDevice(),
            ending.zeros()),
        answered(run));
  }

  private Optional<FrameRecord.Answered> answered(Run run) {
    return answer.right().isEmpty() || run.images() == 0
        ? Optional.empty()
        : Optional.of(
            new FrameRecord.Answered(
                ImageOrder.place(run.seed(), number, run.images()),
                answer.exit().orElse(1), // a network without exits has its output alone
                answer.right().get()));
  }
}
