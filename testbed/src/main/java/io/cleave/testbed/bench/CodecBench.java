package io.cleave.testbed.bench;

import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ByteBudget;
import io.cleave.transport.tensor.CodecForm;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.EncodedTensor;
import io.cleave.transport.tensor.TensorChunks;
import io.cleave.transport.tensor.TensorLimits;
import io.cleave.transport.tensor.TensorReceiver;
import io.cleave.transport.tensor.TensorValue;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What putting a tensor into a codec's form and back costs, by the classes with which agents do it.
 * Of many rounds the lowest decile counts, by the thread's processor time: others may be at work.
 */
public final class CodecBench {
  private static final int SIDE = 56;
  private static final int CHUNK = 64 << 10;
  private static final double LIKENESS = 0.9; // of neighbours in a row
  private static final double DECILE = 0.1;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TensorValue layer;
  private final TensorValue picture;

  /**
   * @param megabytes of a tensor like what a layer makes: channels of 56 x 56, neighbours alike,
   *     negative values cut off; and of one like a photograph, for codecs that serve no other
   */
  public CodecBench(double megabytes) {
    this.layer = layer(megabytes);
    this.picture = DeadLeaves.picture(side(megabytes), 1);
  }

  private static int side(double megabytes) {
    return (int) Math.round(Math.sqrt(megabytes * 1e6 / (Float.BYTES * DeadLeaves.COLOURS)));
  }

  private static TensorValue layer(double megabytes) {
    int channels = (int) Math.max(1, Math.round(megabytes * 1e6 / (Float.BYTES * SIDE * SIDE)));
    ByteBuffer data =
        ByteBuffer.allocateDirect(Float.BYTES * channels * SIDE * SIDE)
            .order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(1);
    double before = 0;
    while (data.hasRemaining()) {
      before = LIKENESS * before + random.nextGaussian();
      data.putFloat((float) Math.max(0, before));
    }
    return new TensorValue(
        "x",
        ElementKind.FLOAT32,
        List.of(1L, (long) channels, (long) SIDE, (long) SIDE),
        data.flip());
  }

  /**
   * What a codec did.
   *
   * @param wireBytes of the tensor
   * @param valueBytes of it as fp32
   * @param encodeSeconds lowest decile
   * @param decodeSeconds lowest decile
   */
  public record Figures(
      long wireBytes, long valueBytes, double encodeSeconds, double decodeSeconds) {
    /** Bytes on the wire for each byte of fp32. */
    public double ratio() {
      return (double) wireBytes / valueBytes;
    }

    /** Seconds of both together for each byte of fp32. */
    public double secondsPerByte() {
      return (encodeSeconds + decodeSeconds) / valueBytes;
    }
  }

  /** Measures a codec; the first third of the rounds warms up. */
  public Figures of(Codec codec, int rounds) {
    CodecForm form = CodecForm.of(codec);
    TensorValue value = codec.servesAll() ? layer : picture;
    Spread encode = new Spread();
    Spread decode = new Spread();
    long bytes = 0;
    for (int round = -rounds / 2; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      EncodedTensor encoded = form.encoded(value);
      long encoding = THREADS.getCurrentThreadCpuTime() - start;
      long decoding = decodingNanos(encoded);
      if (round >= 0) {
        encode.add(encoding * 1e-9);
        decode.add(decoding * 1e-9);
      }
      bytes = encoded.head().getWireBytes();
    }
    return new Figures(bytes, value.byteCount(), encode.quantile(DECILE), decode.quantile(DECILE));
  }

  private static long decodingNanos(EncodedTensor encoded) {
    TensorChunks chunks = new TensorChunks(List.of(encoded));
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(1 << 30))) {
      while (chunks.hasNext()) {
        receiver.accept(chunks.next(CHUNK));
      }
      long start = THREADS.getCurrentThreadCpuTime();
      List<TensorValue> received = receiver.tensors();
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      if (received.size() != 1) {
        throw new IllegalStateException("One tensor went, %d came.".formatted(received.size()));
      }
      return nanos;
    }
  }
}
