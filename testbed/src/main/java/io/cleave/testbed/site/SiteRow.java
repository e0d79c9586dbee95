package io.cleave.testbed.site;

/**
 * Figures of a run of a site.
 *
 * @param meanSeconds latency of all frames of all devices
 * @param p50Seconds likewise, and so on
 * @param missed share of frames later than their deadline
 * @param helped share of frames that a server took part in
 * @param fairness Jain's index of the devices' speed-ups
 * @param meanUse share of time that servers worked, on average over them
 * @param mostUse likewise of the busiest
 * @param switchesPerMinute decisions that changed the plan, a device
 */
public record SiteRow(
    double meanSeconds,
    double p50Seconds,
    double p95Seconds,
    double p99Seconds,
    double missed,
    double helped,
    double fairness,
    double meanUse,
    double mostUse,
    double switchesPerMinute) {}
