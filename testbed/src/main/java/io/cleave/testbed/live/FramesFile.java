package io.cleave.testbed.live;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what an agent wrote down of its frames, a line each. */
final class FramesFile {
  private final PlanText plans;
  private final DnnGraph graph;

  /**
   * @param servers names by node number minus one
   * @param graph of the network that the agent ran
   */
  FramesFile(List<String> servers, DnnGraph graph) {
    this.plans = new PlanText(servers);
    this.graph = graph;
  }

  /**
   * All frames in the order of their answers; none if there is no file. A last line without its end
   * is left out: its agent was stopped while it wrote.
   */
  List<MeasuredFrame> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = text(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    return parse(file, whole);
  }

  /**
   * The frames of a text.
   *
   * @param file that it is of, for errors
   * @param text header and whole lines
   */
  List<MeasuredFrame> parse(Path file, String text) {
    List<MeasuredFrame> frames = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : csv) {
        frames.add(frame(file, row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frames;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MeasuredFrame frame(Path file, NamedCsvRecord row) {
    try {
      return frame(new Row(row));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s line %d: %s Maybe agent and testbed are of different versions."
              .formatted(file, row.getStartingLineNumber(), e.getMessage()),
          e);
    }
  }

  private MeasuredFrame frame(Row row) {
    Plan plan = // the agent writes the stages of a leg as one
        new Plan(
                plans.stages(row.text("stages")),
                Codec.valueOf(row.text("codec").toUpperCase(Locale.ROOT)),
                new Hedge(row.seconds("hedge_delay_ms")),
                row.rule())
            .divided(graph);
    return new MeasuredFrame(
        Long.parseLong(row.text("frame")),
        row.number("arrival_unix_seconds"),
        row.seconds("latency_ms"),
        new MeasuredFrame.Promise(
            plan,
            Long.parseLong(row.text("plan_version")),
            row.seconds("predicted_ms"),
            1e6 * row.number("uplink_estimate_mbps")),
        new MeasuredFrame.Bytes(row.number("uplink_bytes"), row.number("downlink_bytes")),
        new MeasuredFrame.Ending(
            row.flag("hedge_won"),
            row.flag("rescued"),
            row.flag("late"),
            Integer.parseInt(row.text("zeros"))),
        new MeasuredFrame.Parts(
            row.seconds("device_ms"),
            row.seconds("codec_ms"),
            row.seconds("uplink_ms"),
            row.seconds("queue_ms"),
            row.seconds("remote_ms"),
            row.seconds("downlink_ms")),
        new MeasuredFrame.Busy(row.seconds("device_busy_ms"), row.seconds("hedge_busy_ms")),
        new MeasuredFrame.Answer(row.exit(), row.right()));
  }

  private record Row(NamedCsvRecord csv) {
    String text(String column) {
      return csv.findField(column)
          .orElseThrow(
              () -> new IllegalArgumentException("There is no column %s.".formatted(column)));
    }

    double number(String column) {
      String text = text(column);
      return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    double seconds(String column) {
      return number(column) / 1e3;
    }

    OptionalInt exit() {
      String text = text("exit");
      return text.equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    Optional<ExitRule> rule() {
      String text = text("rule");
      return text.equals("none") ? Optional.empty() : Optional.of(ExitRule.parse(text));
    }

    Optional<Boolean> right() {
      return text("right").equals("unknown") ? Optional.empty() : Optional.of(flag("right"));
    }

    boolean flag(String column) {
      String text = text(column);
      if (!text.equals("1") && !text.equals("0") && !text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException("%s must be 1 or 0, not %s.".formatted(column, text));
      }
      return text.equals("1") || text.equals("true");
    }
  }
}
