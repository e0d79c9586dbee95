package io.cleave.agents.data;

import io.cleave.policies.plan.Codec;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.Deflation;
import io.cleave.transport.tensor.Lossless;
import io.cleave.transport.tensor.Lz4;

/**
 * How a call's float tensors travel, both ways.
 *
 * @param form of their values
 * @param up what makes fewer bytes go up
 * @param down what makes fewer bytes come down
 */
public record Packing(Form form, Lossless up, Lossless down) {
  /** A plan's codec. */
  public static Packing of(Codec codec) {
    CodecForm form = CodecForm.of(codec);
    return new Packing(form.form(), form.lossless(), form.lossless());
  }

  /** True if what goes up goes as it lies in memory: encoding is no work. */
  boolean plain() {
    return form == Form.RAW && up.equals(Deflation.NEVER);
  }

  /** At which deflating what comes down pays; 0: nothing is deflated. */
  double downlinkBitsPerSecond() {
    return down instanceof Deflation deflation && !down.equals(Deflation.NEVER)
        ? deflation.linkBitsPerSecond()
        : 0;
  }

  boolean lz4Answer() {
    return down == Lz4.BLOCK;
  }
}
