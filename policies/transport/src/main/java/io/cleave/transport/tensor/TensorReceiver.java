package io.cleave.transport.tensor;

import com.google.protobuf.ByteString;
import io.cleave.transport.grpc.Form;
import io.cleave.transport.grpc.TensorHead;
import io.cleave.transport.tensor.TensorFault.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the chunks of one call together to tensors. Memory is taken as bytes arrive, so that an
 * announcement alone costs nothing; what must be decoded is when all is there.
 *
 * <p>Owned by one thread at a time. Closing gives the budget back; the tensors stay valid.
 */
public final class TensorReceiver implements AutoCloseable {
  /** Room made for a tensor at first; when it is full, four times as much is made. */
  private static final int FIRST_ROOM = 1 << 20;

  private static final int GROWTH = 4;

  private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

  private final List<AnnouncedTensor> announced;
  private final ByteBudget budget;
  private final List<ByteBuffer> wires = new ArrayList<>();
  private List<TensorValue> tensors = List.of();
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
    return wires.size() == announced.size();
  }

  /** True if the bytes of all tensors are their values: decoding is no work. */
  public boolean plain() {
    return announced.stream().allMatch(TensorReceiver::lasting);
  }

  /**
   * The tensors in the order of their heads, decoded when asked for first.
   *
   * @throws TensorFault if some are not complete, their bytes are not what they should be, or there
   *     is no memory for the values
   */
  public List<TensorValue> tensors() {
    if (!complete()) {
      throw new TensorFault(
          Kind.SIZE,
          "Only %d of %d bytes came before the end.".formatted(receivedBytes, announcedBytes()));
    }
    if (tensors.size() < wires.size()) {
      decode();
    }
    return tensors;
  }

  private void decode() {
    long start = System.nanoTime();
    List<TensorValue> decoded = new ArrayList<>();
    for (int i = 0; i < wires.size(); i++) {
      AnnouncedTensor tensor = announced.get(i);
      if (!lasting(tensor)) {
        take(tensor.valueBytes());
      }
      decoded.add(Decoding.decoded(tensor, wires.get(i)));
      if (!lasting(tensor)) {
        wires.set(i, NO_ROOM);
        give(tensor.wireBytes());
      }
    }
    tensors = List.copyOf(decoded);
    codecNanos += System.nanoTime() - start;
  }

  /**
   * Takes the next bytes.
   *
   * @throws TensorFault if they are more than announced, or if there is no memory for them
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
      makeRoom(announced.get(wires.size()));
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
    int size = (int) Math.min(tensor.wireBytes(), Math.max(FIRST_ROOM, (long) GROWTH * used));
    take(size);
    ByteBuffer room = ByteBuffer.allocate(size);
    room.put(wire.flip());
    give(used);
    wire = room;
  }

  /** Whether the received bytes become the value as they are. */
  private static boolean lasting(AnnouncedTensor tensor) {
    return tensor.plain() && tensor.head().getForm() == Form.RAW;
  }

  private void finishWhatIsThere() {
    while (!complete() && wire.position() == announced.get(wires.size()).wireBytes()) {
      wires.add(wire.flip());
      wire = NO_ROOM;
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
