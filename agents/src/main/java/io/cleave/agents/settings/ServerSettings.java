package io.cleave.agents.settings;

import java.util.Optional;

/**
 * The role of a server: an agent that runs slices for others.
 *
 * @param port of its data plane; 0 for any free one
 * @param advertisedHost by which others reach it; absent: its own address
 * @param advertisedPort absent: the port that it listens at
 */
public record ServerSettings(
    int port, Optional<String> advertisedHost, Optional<Integer> advertisedPort) {}
