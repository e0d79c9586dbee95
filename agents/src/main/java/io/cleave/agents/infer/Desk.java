package io.cleave.agents.infer;

import io.cleave.agents.frame.Device;
import io.cleave.transport.tensor.TensorValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where posted frames are taken in, once there is a device behind it. */
@ApplicationScoped
public class Desk {
  private static final String RAW = "application/octet-stream";

  private volatile Optional<Behind> behind = Optional.empty();

  private record Behind(Device device, Posted posted, double deadlineSeconds) {}

  /**
   * From now on frames are taken in.
   *
   * @param deadlineSeconds for requests that name none; infinite for none
   */
  public void open(Device device, double deadlineSeconds) {
    behind = Optional.of(new Behind(device, new Posted(device.model()), deadlineSeconds));
  }

  /** From now on no frames are taken in. */
  public void close() {
    behind = Optional.empty();
  }

  Device device() {
    return behind().device();
  }

  List<TensorValue> inputs(String contentType, byte[] body) {
    String type = contentType.toLowerCase(Locale.ROOT).replaceAll(";.*", "").strip();
    if (type.equals(RAW)) {
      return behind().posted().raw(body);
    } else if (type.startsWith("image/")) {
      return behind().posted().image(body);
    }
    throw new BadRequest(
        415,
        "Send %s or an image, not '%.100s'."
            .formatted(RAW, contentType.replaceAll("\\p{Cntrl}", "?")));
  }

  double deadlineSeconds(Optional<String> header) {
    if (header.isEmpty()) {
      return behind().deadlineSeconds();
    }
    try {
      double ms = Double.parseDouble(header.get());
      if (ms > 0 && ms < Double.POSITIVE_INFINITY) {
        return ms / 1e3;
      }
    } catch (NumberFormatException notANumber) {
      throw badDeadline(header.get());
    }
    throw badDeadline(header.get());
  }

  private Behind behind() {
    return behind.orElseThrow(
        () -> new BadRequest(503, "This agent takes no frames now, or has no role of a device."));
  }

  private static BadRequest badDeadline(String value) {
    return new BadRequest(
        400,
        "%s must be a number of milliseconds above 0, not '%.100s'."
            .formatted(InferResource.DEADLINE, value.replaceAll("\\p{Cntrl}", "?")));
  }
}
