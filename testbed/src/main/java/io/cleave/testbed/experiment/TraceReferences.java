package io.cleave.testbed.experiment;

import io.cleave.testbed.settings.Section;
import io.cleave.testbed.settings.Setting;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.traces.RateUnit;
import io.cleave.traces.ReadOptions;
import io.cleave.traces.Split;
import io.cleave.traces.Trace;
import io.cleave.traces.TraceFile;
import io.cleave.traces.TraceLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks up the traces that an experiment file names. */
final class TraceReferences {
  private final TraceLibrary library = TraceLibrary.builtIn();
  private final Recordings recordings = Recordings.ofUser();
  private final Path folder;

  /**
   * @param folder that paths are relative to
   */
  TraceReferences(Path folder) {
    this.folder = folder;
  }

  /** Names, files, pieces, and splits of the library. */
  List<Trace> traces(Section top) {
    Setting whole = top.at("traces");
    List<Setting> settings = isSplit(whole) ? List.of(whole) : top.items("traces");
    List<Trace> traces = new ArrayList<>();
    for (Setting setting : settings) {
      if (isSplit(setting)) {
        Split split = new Section((Setting.Fields) setting).choice("split", Split.class);
        Section section = new Section((Setting.Fields) setting);
        library.names(split).stream()
            .map(library::trace)
            .map(trace -> shared(trace, section))
            .forEach(traces::add);
      } else {
        traces.add(trace(setting));
      }
    }
    return traces;
  }

  private static boolean isSplit(Setting setting) {
    return setting instanceof Setting.Fields fields && fields.values().containsKey("split");
  }

  /** One trace, by name, file or piece. */
  Trace trace(Setting setting) {
    if (!(setting instanceof Setting.Fields fields)) {
      String text = Section.text(setting);
      return looksLikeFile(text)
          ? TraceFile.read(folder.resolve(text).normalize())
          : Section.parsed(setting, recordings::trace);
    }
    Section section = new Section(fields);
    return shared(piece(setting, section), section);
  }

  /** What is left of a recording for one of many. */
  private static Trace shared(Trace trace, Section section) {
    return section.has("share")
        ? TraceShare.of(
            trace, section.number("share", n -> n > 0 && n <= 1, "above 0 and at most 1"))
        : trace;
  }

  private Trace piece(Setting setting, Section section) {
    Trace whole =
        section.has("file")
            ? TraceFile.read(Section.path(section.at("file"), folder), options(section))
            : Section.parsed(section.at("name"), recordings::trace);
    String name = section.has("file") && section.has("name") ? section.text("name") : whole.name();
    if (!section.has("seconds") && !section.has("from-seconds")) {
      return renamed(whole, name);
    }
    double from = section.number("from-seconds", n -> n >= 0, "of at least 0");
    double seconds = section.number("seconds", n -> n > 0, "above 0");
    String piece =
        "%s@%s+%s".formatted(name, section.text("from-seconds"), section.text("seconds"));
    try {
      return TracePiece.of(whole, piece, from, seconds);
    } catch (IllegalArgumentException e) {
      throw setting.error(String.valueOf(e.getMessage()));
    }
  }

  /** Names of the library hold neither slashes nor dots. */
  private static boolean looksLikeFile(String text) {
    return text.indexOf('/') >= 0 || text.indexOf('.') >= 0 || Files.exists(Path.of(text));
  }

  private static ReadOptions options(Section section) {
    ReadOptions options = ReadOptions.defaults();
    if (section.has("unit")) {
      options = options.withUnit(section.choice("unit", RateUnit.class));
    }
    if (section.has("rtt-ms")) {
      double millis = section.number("rtt-ms", n -> n >= 0 && n <= 60_000, "from 0 to 60000");
      options = options.withRttSeconds(millis / 1e3);
    }
    return options;
  }

  private static Trace renamed(Trace trace, String name) {
    return new Trace(name, trace.source(), trace.up(), trace.down(), trace.roundTrip());
  }
}
