package io.cleave.policies.tiling;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.plan.Codec;

/**
 * What the model of a shared stage takes for granted.
 *
 * @param codec form of the tensors that cross
 * @param airtime whether the helpers' transfers share the device's radio
 */
public record Terms(Codec codec, Airtime airtime) {}
