package io.cleave.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sabre JSON: an array of {@code {"duration_ms", "bandwidth_kbps", "latency_ms"}}.
 *
 * <p>Intervals follow each other; a long one is a real one (an outage may be a single row). The
 * latency is the same in every row of the published files: a constant, not a measurement.
 */
final class SabreReader {
  private final Path file;
  private final JsonParser json;
  private final Session session = Session.oneWay();
  private final List<Double> starts = new ArrayList<>();
  private final List<Double> latencies = new ArrayList<>(); // ms

  private SabreReader(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  static boolean claims(Lines lines) {
    return lines.first().stripLeading().startsWith("[");
  }

  static Draft read(List<Lines> files, ReadingOptions options) {
    Lines lines = files.get(0);
    try (JsonParser json = new JsonFactory().createParser(lines.content())) {
      return new SabreReader(lines.file(), json).draft();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new TraceFormatException(
          lines.file(),
          at.getLineNr(),
          at.getColumnNr(),
          lines.text().get(Math.min(lines.text().size(), at.getLineNr()) - 1).strip(),
          "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Draft draft() throws IOException {
    expect(JsonToken.START_ARRAY, "the array");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw wrong("is not an interval {...}.");
      }
      interval();
    }
    Draft draft = Draft.of(session, List.of());
    if (latencies.stream().distinct().count() == 1) {
      return draft.withRoundTrip(latencies.get(0) / 1e3);
    }
    for (int i = 0; i < latencies.size(); i++) {
      session.pings().add(starts.get(i), latencies.get(i) / 1e3);
    }
    return draft;
  }

  private void interval() throws IOException {
    double seconds = Double.NaN;
    double rate = Double.NaN;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "duration_ms" -> seconds = number() / 1e3;
        case "bandwidth_kbps" -> rate = RateUnit.KBPS.toBitsPerSecond(number());
        case "latency_ms" -> {
          starts.add(session.down().seconds());
          latencies.add(number());
        }
        default -> json.skipChildren();
      }
    }
    if (Double.isNaN(seconds) || Double.isNaN(rate)) {
      throw wrong("ends an interval without duration_ms or bandwidth_kbps.");
    }
    session.down().lasting(seconds, rate);
  }

  private double number() throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw wrong("is not a number (%s).".formatted(json.currentName()));
    }
    double value = json.getDoubleValue();
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw wrong("must be at least 0 (%s).".formatted(json.currentName()));
    }
    return value;
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (json.nextToken() != token) {
      throw wrong("is not the beginning of %s.".formatted(what));
    }
  }

  private TraceFormatException wrong(String problem) throws IOException {
    JsonLocation at = json.currentTokenLocation();
    return new TraceFormatException(
        file, at.getLineNr(), at.getColumnNr(), String.valueOf(json.getText()), problem);
  }
}
