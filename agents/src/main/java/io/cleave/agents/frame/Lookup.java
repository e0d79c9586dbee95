package io.cleave.agents.frame;

/**
 * What was found for a frame when it started.
 *
 * @param course that it takes
 * @param planVersion of the decision; 0 for the safe plan
 * @param uplinkBitsPerSecond by which it was looked up; 0 if no uplink counted
 * @param predictedSeconds until its answer, from its start
 */
record Lookup(
    Course course, long planVersion, double uplinkBitsPerSecond, double predictedSeconds) {}
