package io.cleave.policies.learning;

/**
 * What the ways of a moment cost.
 *
 * @param moment to decide
 * @param cost [way] in any unit in which a difference of 1 is a large one
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares lessons
record Lesson(Moment moment, double[] cost) {}
