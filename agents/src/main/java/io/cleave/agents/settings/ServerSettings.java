package io.cleave.agents.settings;

import io.cleave.policies.wire.Capacity;
import java.util.Optional;

/**
 * The role of a server: an agent that runs slices for others.
 *
 * @param port of its data plane; 0 for any free one
 * @param advertisedHost by which others reach it; absent: the address by which it reaches {@code
 *     broker}
 * @param advertisedPort absent: the port that it listens at
 * @param broker host of the broker, which others reach too
 * @param capacity how much the controller may send it
 */
public record ServerSettings(
    int port,
    Optional<String> advertisedHost,
    Optional<Integer> advertisedPort,
    String broker,
    Capacity capacity) {}
