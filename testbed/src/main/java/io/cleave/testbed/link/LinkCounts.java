package io.cleave.testbed.link;

/**
 * What a link has done since it was opened.
 *
 * @param connections open now
 * @param accepted connections ever
 * @param dropped connections that broke: reset by either end or by the link, or never reached the
 *     far end
 */
public record LinkCounts(Way up, Way down, int connections, long accepted, long dropped) {
  /**
   * One direction.
   *
   * @param enteredBytes read from senders
   * @param arrivedBytes handed to receivers
   * @param queuedBytes that wait or are crossing now
   * @param worstLateSeconds how much too late the latest portion was handed over: what a busy
   *     machine adds
   */
  public record Way(
      long enteredBytes, long arrivedBytes, long queuedBytes, double worstLateSeconds) {}
}
