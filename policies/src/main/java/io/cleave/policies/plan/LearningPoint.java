package io.cleave.policies.plan;

/**
 * How well a planner did when it had learned from so much.
 *
 * @param lessons so far
 * @param ratio of what frames cost over the cost model's planner, in worlds that it did not learn
 *     in: below 1 if what it learned is worth something
 * @param spread standard error of the ratio
 */
public record LearningPoint(long lessons, double ratio, double spread) {}
