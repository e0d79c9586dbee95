package io.cleave.policies.wire;

/**
 * Whether a site's controller is there, for people and their tools: agents go by leases alone,
 * since a plan stays good for a while without its controller.
 *
 * @param site that it decides for
 * @param online false in a will or a farewell
 */
public record ControllerStatus(String site, boolean online) {}
