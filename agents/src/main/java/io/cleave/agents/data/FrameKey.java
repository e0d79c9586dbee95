package io.cleave.agents.data;

import io.cleave.transport.json.AgentName;

/**
 * Which work a call is for: asked for twice, it is done once.
 *
 * @param device agent that has the frame
 * @param epoch the device's session
 * @param frame its number within the session
 * @param stage of the frame's plan; a piece of a shared one has a number of its own
 */
public record FrameKey(String device, long epoch, long frame, int stage) {
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
}
