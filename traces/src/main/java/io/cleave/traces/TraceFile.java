package io.cleave.traces;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads recordings from files: finds the format, reads, joins sessions, settles the round trip. */
public final class TraceFile {
  /** In force where neither the recording nor a person says anything; always noted. */
  public static final double ASSUMED_ROUND_TRIP_SECONDS = 0.05;

  private TraceFile() {}

  /**
   * Reads one recording.
   *
   * @param name of the trace to make
   * @param files one; for mahimahi a pair or the name both share before .up and .down; for Starlink
   *     the ping CSV too
   * @throws TraceFormatException if they cannot be read as such
   */
  public static Recording read(String name, List<Path> files, ReadingOptions options) {
    List<Lines> texts = files.stream().flatMap(f -> pair(f).stream()).map(Lines::of).toList();
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("A trace needs at least one file.");
    }
    Lines first = texts.get(0);
    TraceFormat format = options.format().orElseGet(() -> TraceFormat.sniff(first));
    check(format, texts, options);
    Draft draft = format.read(texts, options);
    List<String> notes = new ArrayList<>(draft.notes());
    Session session = session(first.file(), draft, options, notes);
    RoundTrip roundTrip = roundTrip(draft, session, options, notes);
    Capacity down = session.down().capacity(first.file());
    Capacity up = session.up().isPresent() ? session.up().get().capacity(first.file()) : down;
    Trace trace = new Trace(name, source(draft, texts, format), up, down, roundTrip);
    return new Recording(trace, format, draft.sessions().size(), draft.applicationLimited(), notes);
  }

  private static List<Path> pair(Path file) {
    List<Path> pair = MahimahiReader.pair(file);
    boolean stem = !Files.exists(file) && pair.stream().allMatch(Files::exists);
    return stem ? pair : List.of(file);
  }

  private static void check(TraceFormat format, List<Lines> texts, ReadingOptions options) {
    Lines first = texts.get(0);
    if (texts.size() > format.mostFiles()) {
      throw new TraceFormatException(
          first.file(),
          "is a %s recording, which is one file; %d were given."
              .formatted(format.id(), texts.size()));
    }
    if (options.unit().isPresent() && !format.unitIsOpen()) {
      throw new TraceFormatException(
          first.file(), "is a %s recording, whose unit is fixed.".formatted(format.id()));
    }
  }

  private static Session session(
      Path file, Draft draft, ReadingOptions options, List<String> notes) {
    List<Session> sessions = draft.sessions();
    if (sessions.isEmpty()) {
      throw new TraceFormatException(file, "holds no interval with a rate.");
    }
    if (options.session().isEmpty()) {
      if (sessions.size() > 1) {
        notes.add("the sessions are laid end to end; a single one can be chosen by its number.");
      }
      return Session.joined(sessions);
    }
    int number = options.session().getAsInt();
    if (number < 1 || number > sessions.size()) {
      throw new TraceFormatException(
          file, "has sessions 1 to %d, not %d.".formatted(sessions.size(), number));
    }
    return sessions.get(number - 1);
  }

  private static RoundTrip roundTrip(
      Draft draft, Session session, ReadingOptions options, List<String> notes) {
    if (options.roundTripSeconds().isPresent()) {
      return RoundTrip.constant(options.roundTripSeconds().getAsDouble());
    }
    if (!session.pings().isEmpty()) {
      return session.pings().measured();
    }
    if (draft.roundTripSeconds().isEmpty()) {
      notes.add(
          "no round trip is known: %.0f ms assumed.".formatted(ASSUMED_ROUND_TRIP_SECONDS * 1e3));
    }
    return RoundTrip.constant(draft.roundTripSeconds().orElse(ASSUMED_ROUND_TRIP_SECONDS));
  }

  private static String source(Draft draft, List<Lines> texts, TraceFormat format) {
    return draft
        .source()
        .orElseGet(
            () ->
                texts.stream()
                    .map(lines -> String.valueOf(lines.file().getFileName()))
                    .collect(Collectors.joining(", ", "", " (" + format.id() + ")")));
  }
}
