package io.cleave.policies.plan;

/** A server and the link that leads to it. */
public record ServerState(NodeState node, LinkState link) {}
