package io.cleave.agents.link;

/**
 * How a link does.
 *
 * @param open true if the far end is there, as far as is known
 * @param uplinkBitsPerSecond estimated; 0 while unknown
 * @param downlinkBitsPerSecond estimated; 0 while unknown
 * @param rttSeconds measured; 0 while unknown
 * @param probes that were sent
 * @param probeBits that crossed, both ways
 * @param rejectedSamples measurements that could not be true
 */
public record LinkStatus(
    boolean open,
    double uplinkBitsPerSecond,
    double downlinkBitsPerSecond,
    double rttSeconds,
    long probes,
    double probeBits,
    long rejectedSamples) {}
