package io.cleave.policies.partition;

/**
 * What moves in one transfer.
 *
 * @param bits of tensors
 * @param slopedBits of those among them by which the loss has a slope that is needed: in training
 *     as many come back
 */
record Freight(double bits, double slopedBits) {}
