package io.cleave.agents.data;

/**
 * What a probe of a link found.
 *
 * @param roundTripSeconds from the first byte offered to the first word from the server: a round
 *     trip, and for a probe that carries bytes the crossing of the first few
 * @param uploadSeconds from the first byte offered to the word that the last one arrived
 * @param downloadSeconds from there to the last byte that came back
 */
public record ProbeResult(double roundTripSeconds, double uploadSeconds, double downloadSeconds) {}
