package io.cleave.agents.data;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Sends what is to be sent as fast as the link and the window allow. Owned by one thread at a time.
 *
 * @param <Q> the call's messages
 */
final class Upload<Q> {
  private final long totalBytes;
  private final IntFunction<ByteString> source;
  private final Function<ByteString, Q> message;
  private final SendWindow window;
  private final long unasked;
  private boolean closed;

  /**
   * @param totalBytes to be sent
   * @param source gives the next bytes, at most so many and at least one
   * @param message wraps them
   * @param unasked bytes that go before the stream says that it is ready
   */
  Upload(
      long totalBytes,
      IntFunction<ByteString> source,
      Function<ByteString, Q> message,
      SendWindow window,
      long unasked) {
    this.totalBytes = totalBytes;
    this.source = source;
    this.message = message;
    this.window = window;
    this.unasked = unasked;
  }

  /** Sends what may be sent now; closes the sending half at the end. */
  void send(ClientCallStreamObserver<Q> stream) {
    while (window.sentBytes() < totalBytes && window.open() && mayGo(stream)) {
      ByteString bytes = source.apply(window.chunkBytes());
      window.sent(bytes.size(), System.nanoTime());
      stream.onNext(message.apply(bytes));
    }
    if (window.sentBytes() == totalBytes && !closed) {
      closed = true;
      stream.onCompleted();
    }
  }

  private boolean mayGo(ClientCallStreamObserver<Q> stream) {
    return window.sentBytes() < unasked || stream.isReady();
  }
}
