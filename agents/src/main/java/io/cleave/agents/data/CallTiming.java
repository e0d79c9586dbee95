package io.cleave.agents.data;

/**
 * Where the time of an answered call went. Encoding, upload, wait and download follow each other;
 * what the server tells lies within the wait, and decoding within the download.
 *
 * @param encodeSeconds putting the tensors into their form
 * @param uploadSeconds from the first byte offered to the word that the last one arrived, which
 *     includes the way back of that word; without the time to connect
 * @param waitSeconds from there to the answer's head
 * @param downloadSeconds from there to the answer's last byte
 * @param decodeSeconds of the answer
 * @param queueSeconds that the work waited at the server
 * @param computeSeconds that it ran there, pacing included
 * @param codecSeconds of decoding and encoding at the server
 * @param roundTripSeconds the least time from sending some bytes to the word that they arrived; 0
 *     if no such word came
 * @param uplinkBytes of tensors that were sent
 * @param downlinkBytes of tensors that came
 */
public record CallTiming(
    double encodeSeconds,
    double uploadSeconds,
    double waitSeconds,
    double downloadSeconds,
    double decodeSeconds,
    double queueSeconds,
    double computeSeconds,
    double codecSeconds,
    double roundTripSeconds,
    long uplinkBytes,
    long downlinkBytes) {
  private static final long FRAME_BYTES = 16 << 10;
  private static final long LEAST_FRAMES = 4;

  /**
   * Of the answer's bytes those whose crossing took {@link #downloadSeconds}: not what came in one
   * HTTP/2 frame with the head. 0 for an answer of few frames, of which that cannot be told: most
   * often its head and all of it are heard at once.
   */
  public long streamedBytes() {
    return downlinkBytes < LEAST_FRAMES * FRAME_BYTES ? 0 : downlinkBytes - FRAME_BYTES;
  }
}
