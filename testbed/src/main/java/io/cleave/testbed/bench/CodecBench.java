package io.cleave.testbed.bench;

import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What putting tensors of a size into a codec's form and back costs, by the classes with which
 * agents do it. A round is about 4 MB of tensors that are all different: of one tensor again and
 * again a processor knows the branches by heart, as it never does of frames, and pictures of one
 * size differ in what they take. Of many rounds the lowest decile counts, by the thread's processor
 * time: others may be at work.
 */
public final class CodecBench {
  private static final double ROUND_MEGABYTES = 4;
  private static final int SIDE = 56;
  private static final int CHUNK = 64 << 10;
  private static final double LIKENESS = 0.9; // of neighbours in a row
  private static final double DECILE = 0.1;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<TensorValue> layers = new ArrayList<>();
  private final List<TensorValue> pictures = new ArrayList<>();

  /**
   * @param megabytes of a tensor like what a layer makes: channels of 56 x 56, neighbours alike,
   *     negative values cut off; and of one like a photograph, for codecs that serve no other
   */
  public CodecBench(double megabytes) {
    for (long seed = 1; seed <= Math.max(1, Math.round(ROUND_MEGABYTES / megabytes)); seed++) {
      layers.add(layer(megabytes, seed));
      pictures.add(DeadLeaves.picture(side(megabytes), seed));
    }
  }

  private static int side(double megabytes) {
    return (int) Math.round(Math.sqrt(megabytes * 1e6 / (Float.BYTES * DeadLeaves.COLOURS)));
  }

  private static TensorValue layer(double megabytes, long seed) {
    int channels = (int) Math.max(1, Math.round(megabytes * 1e6 / (Float.BYTES * SIDE * SIDE)));
    ByteBuffer data =
        ByteBuffer.allocateDirect(Float.BYTES * channels * SIDE * SIDE)
            .order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(seed);
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
   * @param ratio bytes on the wire for each byte of fp32
   * @param measured seconds of encoding and decoding together for each byte of fp32
   * @param stated the same as the cost model counts it
   */
  public record Figures(double ratio, double measured, double stated) {}

  /** Measures a codec over at least one round. */
  public Figures of(Codec codec, int rounds) {
    List<TensorValue> values = codec.servesAll() ? layers : pictures;
    Spread encode = new Spread();
    Spread decode = new Spread();
    double wireBytes = 0;
    for (int round = 0; round < rounds; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      List<EncodedTensor> encoded = encoded(values, codec);
      encode.add((THREADS.getCurrentThreadCpuTime() - start) * 1e-9);
      decode.add(decodingNanos(encoded) * 1e-9);
      wireBytes = encoded.stream().mapToLong(tensor -> tensor.head().getWireBytes()).sum();
    }
    double bytes = values.stream().mapToLong(TensorValue::byteCount).sum();
    double stated = values.stream().mapToDouble(value -> stated(codec, value)).sum();
    double measured = encode.quantile(DECILE) + decode.quantile(DECILE);
    return new Figures(wireBytes / bytes, measured / bytes, stated / bytes);
  }

  private static double stated(Codec codec, TensorValue value) {
    return codec.seconds(
        new Tensor(value.name(), new TensorShape(value.shape()), ElementType.FLOAT32, 0));
  }

  private static List<EncodedTensor> encoded(List<TensorValue> values, Codec codec) {
    CodecForm form = CodecForm.of(codec);
    List<EncodedTensor> encoded = new ArrayList<>(values.size());
    for (TensorValue value : values) {
      encoded.add(form.encoded(value));
    }
    return encoded;
  }

  private static long decodingNanos(List<EncodedTensor> encoded) {
    TensorChunks chunks = new TensorChunks(encoded);
    try (TensorReceiver receiver =
        new TensorReceiver(chunks.heads(), TensorLimits.DEFAULT, new ByteBudget(1 << 30))) {
      while (chunks.hasNext()) {
        receiver.accept(chunks.next(CHUNK));
      }
      long start = THREADS.getCurrentThreadCpuTime();
      List<TensorValue> received = receiver.tensors();
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      if (received.size() != encoded.size()) {
        throw new IllegalStateException(
            "%d tensors went, %d came.".formatted(encoded.size(), received.size()));
      }
      return nanos;
    }
  }
}
