package io.cleave.agents.data;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Is told of one call, on the executor that the client was given: progress as often as the executor
 * takes it, the last of it before the end, the end exactly once.
 *
 * @param packed what is to be sent, before any of it is; not told by calls without tensors
 * @param uploadedBits that have crossed so far, as the server says
 * @param downloadedBits that have come so far
 * @param ended how it ended
 */
public record CallListener<T>(
    Consumer<Parcel> packed,
    DoubleConsumer uploadedBits,
    DoubleConsumer downloadedBits,
    Consumer<Outcome<T>> ended) {
  /** Of a call without tensors. */
  public CallListener(
      DoubleConsumer uploadedBits, DoubleConsumer downloadedBits, Consumer<Outcome<T>> ended) {
    this(parcel -> {}, uploadedBits, downloadedBits, ended);
  }

  /** Wants to know the end only. */
  public static <T> CallListener<T> atEnd(Consumer<Outcome<T>> ended) {
    return new CallListener<>(bits -> {}, bits -> {}, ended);
  }
}
