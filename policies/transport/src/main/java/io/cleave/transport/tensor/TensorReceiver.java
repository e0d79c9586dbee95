package io.cleave.transport.tensor;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the chunks of one call together to tensors and decodes each as soon as it is there. Memory
 * is taken as bytes arrive, so that an announcement alone costs nothing.
 *
 * <p>Owned by one thread at a time. Closing gives the budget back; the tensors stay valid.
 */
public final class TensorReceiver implements AutoCloseable {
  /** Room made for a tensor at first; doubled when it is full. */
  private static final int FIRST_ROOM = 1 << 20;

  private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

  private final List<AnnouncedTensor> announced;
  private final ByteBudget budget;
  private final List<TensorValue> tensors = new ArrayList<>();
  private ByteBuffer wire = NO_ROOM;
  private long budgetHeld;
  private long receivedBytes;
  private long codecNanos;

  /**
   * Expects the tensors of these heads.
   *
   * @throws TensorFault if a head is not sound
   */
  public TensorReceiver(List<TensorHead> heads, TensorLimits limits, ByteBudget budget) {
    this.announced = AnnouncedTensor.check(heads, limits);
    this.budget = budget;
    finishWhatIsThere();
  }

  /** Bytes that the heads announce, of all tensors together. */
  public long announcedBytes() {
    return announced.stream().mapToLong(AnnouncedTensor::wireBytes).sum();
  }

  /** Bytes of them that have arrived. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** Seconds spent on decoding so far. */
  public double codecSeconds() {
    return codecNanos * 1e-9;
  }

  /** True once every tensor is there. */
  public boolean complete() {
    return tensors.size() == announced.size();
  }

  /**
   * The tensors in the order of their heads.
   *
   * @throws TensorFault if some are not complete
   */
  public List<TensorValue> tensors() {
    if (!complete()) {
      throw new TensorFault(
          Kind.SIZE,
          "Only %d of %d bytes came before the end.".formatted(receivedBytes, announcedBytes()));
    }
    return List.copyOf(tensors);
  }

  /**
   * Takes the next bytes.
   *
   * @throws TensorFault if they are more than announced, not what they should be, or if there is no
   *     memory for them
   */
  public void accept(ByteString chunk) {
    receivedBytes += chunk.size();
    ByteBuffer rest = chunk.asReadOnlyByteBuffer();
    while (rest.hasRemaining()) {
      if (complete()) {
        throw new TensorFault(
            Kind.SIZE,
            "%d bytes came where %d were announced.".formatted(receivedBytes, announcedBytes()));
      }
      makeRoom(announced.get(tensors.size()));
      int size = Math.min(rest.remaining(), wire.remaining());
      wire.put(rest.slice(rest.position(), size));
      rest.position(rest.position() + size);
      finishWhatIsThere();
    }
  }

  private void makeRoom(AnnouncedTensor tensor) {
    if (wire.hasRemaining()) {
      return;
    }
    int used = wire.position();
    int size = (int) Math.min(tensor.wireBytes(), Math.max(FIRST_ROOM, 2L * used));
    take(size);
    ByteBuffer room = lasting(tensor) ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    room.put(wire.flip());
    give(used);
    wire = room;
  }

  /** Whether the received bytes become the value as they are. */
  private static boolean lasting(AnnouncedTensor tensor) {
    return tensor.plain() && tensor.head().getForm() == Form.RAW;
  }

  private void finishWhatIsThere() {
    while (!complete() && wire.position() == announced.get(tensors.size()).wireBytes()) {
      AnnouncedTensor tensor = announced.get(tensors.size());
      long start = System.nanoTime();
      if (!lasting(tensor)) {
        take(tensor.valueBytes());
      }
      tensors.add(Decoding.decoded(tensor, wire.flip()));
      if (!lasting(tensor)) {
        give(tensor.wireBytes());
      }
      wire = NO_ROOM;
      codecNanos += System.nanoTime() - start;
    }
  }

  private void take(long bytes) {
    if (!budget.take(bytes)) {
      throw new TensorFault(
          Kind.MEMORY,
          "No memory for %d bytes: %d are held by all calls. Maybe too many frames come at once."
              .formatted(bytes, budget.held()));
    }
    budgetHeld += bytes;
  }

  private void give(long bytes) {
    budget.give(bytes);
    budgetHeld -= bytes;
  }

  @Override
  public void close() {
    give(budgetHeld);
    wire = NO_ROOM;
  }
}
