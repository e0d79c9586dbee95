package io.cleave.agents.data;

/**
 * Which work a call is for: asked for twice, it is done once.
 *
 * @param device agent that has the frame
 * @param epoch the device's session
 * @param frame its number within the session
 * @param stage of the frame's plan
 */
public record FrameKey(String device, long epoch, long frame, int stage) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  public FrameKey {
    if (!device.matches(NAME)) {
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
