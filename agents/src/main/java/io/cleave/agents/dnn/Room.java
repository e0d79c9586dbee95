package io.cleave.agents.dnn;

import io.cleave.transport.tensor.TensorValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside the heap, where the inputs of a run lie: the engine reads no other. It is kept
 * from run to run, since the system gives fresh memory page by page, on a virtual machine at up to
 * 3 ms a megabyte. Owned by one run at a time.
 */
final class Room {
  /** Where one value ends another begins, on the next line of the processor's cache. */
  private static final int ALIGNMENT = 64;

  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /** The same values outside the heap; copied if they are not there, and valid until the next. */
  List<TensorValue> laid(List<TensorValue> values) {
    int needed = values.stream().mapToInt(Room::room).reduce(0, Math::addExact);
    if (memory.capacity() < needed) {
      memory = ByteBuffer.allocateDirect(needed);
    }
    List<TensorValue> laid = new ArrayList<>();
    int from = 0;
    for (TensorValue value : values) {
      laid.add(value.data().isDirect() ? value : copied(value, from));
      from += room(value);
    }
    return laid;
  }

  private TensorValue copied(TensorValue value, int from) {
    ByteBuffer place = memory.slice(from, value.byteCount()).order(ByteOrder.LITTLE_ENDIAN);
    place.put(value.data()).flip();
    return new TensorValue(value.name(), value.kind(), value.shape(), place);
  }

  private static int room(TensorValue value) {
    return value.data().isDirect()
        ? 0
        : Math.multiplyExact((value.byteCount() + ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
  }
}
