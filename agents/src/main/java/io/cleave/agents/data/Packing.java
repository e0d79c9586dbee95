package io.cleave.agents.data;

import io.cleave.policies.plan.Codec;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.tensor.Deflation;

/**
 * How a call's float tensors travel, both ways.
 *
 * @param form of their values
 * @param up whether deflating what goes up pays
 * @param down whether deflating what comes down pays
 */
public record Packing(Form form, Deflation up, Deflation down) {
  /** A plan's codec, without compression, so that the bytes are those that the plan counts on. */
  public static Packing of(Codec codec) {
    return new Packing(form(codec), Deflation.NEVER, Deflation.NEVER);
  }

  private static Form form(Codec codec) {
    return switch (codec) {
      case FP32 -> Form.RAW;
      case FP16 -> Form.FLOAT16;
      case INT8 -> Form.INT8;
    };
  }

  /** True if what goes up goes as it lies in memory: encoding is no work. */
  boolean plain() {
    return form == Form.RAW && up.equals(Deflation.NEVER);
  }

  double downlinkBitsPerSecond() {
    double rate = down.linkBitsPerSecond();
    return rate < Double.POSITIVE_INFINITY ? rate : 0;
  }
}
