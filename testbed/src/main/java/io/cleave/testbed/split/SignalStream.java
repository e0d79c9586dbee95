package io.cleave.testbed.split;

import io.cleave.policies.learning.Signal;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tensors by name over a socket: name, rank, sizes, then 4 bytes a number, all big-endian. */
final class SignalStream {
  private static final int MOST_NUMBERS = 1 << 28;
  private static final int MOST_AXES = 8;

  private final DataInputStream in;
  private final DataOutputStream out;

  SignalStream(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  /** For what is sent beside tensors; flush it. */
  DataOutputStream out() {
    return out;
  }

  /** For what is received beside tensors. */
  DataInputStream in() {
    return in;
  }

  void write(Map<String, Signal> signals) throws IOException {
    out.writeInt(signals.size());
    for (Map.Entry<String, Signal> entry : signals.entrySet()) {
      Signal signal = entry.getValue();
      out.writeUTF(entry.getKey());
      out.writeInt(signal.shape().length);
      for (long size : signal.shape()) {
        out.writeLong(size);
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(bytes(signal)));
      bytes.asFloatBuffer().put(signal.content());
      out.write(bytes.array());
    }
  }

  /**
   * What {@link #write} wrote.
   *
   * @throws IOException also if it cannot be that
   */
  Map<String, Signal> read() throws IOException {
    int count = in.readInt();
    Map<String, Signal> signals = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      long[] shape = new long[within(in.readInt(), MOST_AXES)];
      long numbers = 1;
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = within(in.readLong(), MOST_NUMBERS);
        numbers = within(numbers * shape[axis], MOST_NUMBERS);
      }
      float[] content = new float[(int) numbers];
      ByteBuffer.wrap(in.readNBytes(Float.BYTES * content.length)).asFloatBuffer().get(content);
      signals.put(name, new Signal(shape, content));
    }
    return signals;
  }

  private static int within(long size, int most) throws IOException {
    if (size < 0 || size > most) {
      throw new IOException("A size must be in 0..%d, not %d.".formatted(most, size));
    }
    return (int) size;
  }

  /** Of the numbers, names and sizes apart. */
  static long bytes(Map<String, Signal> signals) {
    return signals.values().stream().mapToLong(SignalStream::bytes).sum();
  }

  private static long bytes(Signal signal) {
    return (long) Float.BYTES * signal.content().length;
  }
}
