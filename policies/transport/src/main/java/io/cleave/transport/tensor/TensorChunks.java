package io.cleave.transport.tensor;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.cleave.transport.grpc.TensorHead;
import java.nio.ByteBuffer;
import java.util.List;

/** The bytes of encoded tensors one after the other, in pieces that are views. Not thread-safe. */
public final class TensorChunks {
  private final List<EncodedTensor> tensors;
  private final long totalBytes;
  private int current;
  private ByteBuffer rest;
  private long takenBytes;

  public TensorChunks(List<EncodedTensor> tensors) {
    this.tensors = List.copyOf(tensors);
    this.totalBytes = tensors.stream().mapToLong(t -> t.head().getWireBytes()).sum();
    this.rest = ByteBuffer.allocate(0);
  }

  /** The heads, in the order of the bytes. */
  public List<TensorHead> heads() {
    return tensors.stream().map(EncodedTensor::head).toList();
  }

  public long totalBytes() {
    return totalBytes;
  }

  /** Bytes that {@link #next} has given. */
  public long takenBytes() {
    return takenBytes;
  }

  public boolean hasNext() {
    return takenBytes < totalBytes;
  }

  /** The next piece, of at least one byte and at most so many, all of one tensor. */
  public ByteString next(int mostBytes) {
    while (!rest.hasRemaining()) {
      rest = tensors.get(current++).bytes().duplicate();
    }
    int size = Math.min(mostBytes, rest.remaining());
    ByteString piece = UnsafeByteOperations.unsafeWrap(rest.slice(rest.position(), size));
    rest.position(rest.position() + size);
    takenBytes += size;
    return piece;
  }
}
