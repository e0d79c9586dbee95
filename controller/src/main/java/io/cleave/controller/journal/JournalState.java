package io.cleave.controller.journal;

import java.util.Optional;

/**
 * How a journal is doing.
 *
 * @param written events since the start
 * @param dropped events since the start, for which there was no room or no database
 * @param waiting events now
 * @param lagSeconds between an event and its being written, of the last that was
 * @param trouble of the database, for people; empty while all is well
 */
public record JournalState(
    long written, long dropped, int waiting, double lagSeconds, Optional<String> trouble) {}
