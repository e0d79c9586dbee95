package io.cleave.policies.plan;

/**
 * What something that is known has to do with what was learned of a plan.
 *
 * @param feature its name
 * @param meaning for people
 * @param seconds by which it makes the plan look dearer, or cheaper
 */
public record Influence(String feature, String meaning, double seconds) {}
