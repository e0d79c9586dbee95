package io.cleave.agents.data;

import io.cleave.transport.grpc.AnswerHead;

/** The moments of one call, as the device sees them. */
final class Stopwatch {
  private final long startNanos = System.nanoTime();
  private long encodedNanos = startNanos;
  private long uploadNanos = startNanos;
  private long arrivedNanos;
  private long answerNanos;

  void encoded() {
    encodedNanos = System.nanoTime();
  }

  void uploadBegins() {
    uploadNanos = System.nanoTime();
  }

  void uploadEnds() {
    arrivedNanos = System.nanoTime();
  }

  void answerBegins() {
    answerNanos = System.nanoTime();
    if (arrivedNanos == 0) {
      arrivedNanos = answerNanos; // the answer was known before all had arrived
    }
  }

  /** The timing of a call whose answer is complete now. */
  CallTiming timing(
      AnswerHead head, double decodeSeconds, double roundTripSeconds, long up, long down) {
    return new CallTiming(
        seconds(startNanos, encodedNanos),
        seconds(uploadNanos, arrivedNanos),
        seconds(arrivedNanos, answerNanos),
        seconds(answerNanos, System.nanoTime()),
        decodeSeconds,
        head.getQueueSeconds(),
        head.getComputeSeconds(),
        head.getCodecSeconds(),
        roundTripSeconds,
        up,
        down);
  }

  private static double seconds(long from, long to) {
    return (to - from) * 1e-9;
  }
}
