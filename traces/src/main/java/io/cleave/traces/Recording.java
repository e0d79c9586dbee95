package io.cleave.traces;

import java.util.List;

/**
 * A trace with what its reader found out about the files.
 *
 * @param trace ready for replay
 * @param format of the files
 * @param sessions stretches without a gap that the files hold, at least 1
 * @param applicationLimited true if an application, not the link, set the rate
 * @param notes what a person should know, a sentence each
 */
public record Recording(
    Trace trace, TraceFormat format, int sessions, boolean applicationLimited, List<String> notes) {
  public Recording {
    notes = List.copyOf(notes);
  }
}
