package io.cleave.policies.partition;

/**
 * Seconds for which each stage of the pipeline is busy with one frame.
 *
 * @param device computing
 * @param link sending to the server
 * @param server computing and answering
 */
public record StageTimes(double device, double link, double server) {
  /** What bounds the frame rate: 1 / this many frames a second pass. */
  public double longest() {
    return Math.max(device, Math.max(link, server));
  }
}
