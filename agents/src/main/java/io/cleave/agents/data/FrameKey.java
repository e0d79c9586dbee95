package io.cleave.agents.data;

import io.cleave.transport.json.AgentName;
import java.util.Optional;

/**
 * Which work a call is for: asked for twice, it is done once.
 *
 * @param device agent that has the frame
 * @param epoch the device's session
 * @param frame its number within the session
 * @param stage of the frame's plan; a piece of a shared one has a number of its own
 * @param handOver for that stage, if it is about one and not about the stage's own work
 */
public record FrameKey(
    String device, long epoch, long frame, int stage, Optional<HandOver> handOver) {
  /** A stage's own work. */
  public FrameKey(String device, long epoch, long frame, int stage) {
    this(device, epoch, frame, stage, Optional.empty());
  }

  public FrameKey {
    if (!AgentName.isValid(device)) {
      throw new IllegalArgumentException(
          "A device's name is 1 to 64 letters, digits, '.', '_' or '-', not %s."
              .formatted(Messages.quote(device)));
    }
    if (epoch < 0 || frame < 0 || stage < 0) {
      throw new IllegalArgumentException(
          "Epoch, frame and stage are at least 0, not %d, %d, %d.".formatted(epoch, frame, stage));
    }
  }

  /** The work of the stage for which something is handed over. */
  public FrameKey work() {
    return new FrameKey(device, epoch, frame, stage);
  }

  /** Something that is handed over for that stage. */
  public FrameKey with(HandOver handed) {
    return new FrameKey(device, epoch, frame, stage, Optional.of(handed));
  }

  /**
   * The same of another machine's piece, of those that make a tensor together.
   *
   * @param further by how many machines it is behind this one
   */
  public FrameKey neighbour(int further) {
    return new FrameKey(device, epoch, frame, stage + further);
  }
}
