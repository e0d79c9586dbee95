package io.cleave.agents.data;

/**
 * What a probe of a link found.
 *
 * @param roundTripSeconds from the first byte offered to the first word from the server: a round
 *     trip, and for a probe that carries bytes up the crossing of the first few
 * @param uploadSeconds from the first byte offered to the word that the last one arrived; 0 if none
 *     went up
 * @param downloadSeconds from the server's first word to the last byte that came; 0 if none did
 */
public record ProbeResult(double roundTripSeconds, double uploadSeconds, double downloadSeconds) {}
