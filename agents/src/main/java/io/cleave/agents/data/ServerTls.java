package io.cleave.agents.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server proves who it is, and whom it lets in.
 *
 * @param certificates its chain, as PEM
 * @param key its private key, as PEM (PKCS#8, not encrypted)
 * @param clients certificates of those who sign the devices', as PEM; empty lets anybody in
 */
public record ServerTls(Path certificates, Path key, Optional<Path> clients) {}
