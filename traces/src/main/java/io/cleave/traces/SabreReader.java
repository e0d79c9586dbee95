package io.cleave.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sabre's JSON: an array of {@code {"duration_ms", "bandwidth_kbps", "latency_ms"}} in the order of
 * time. A value holds for its own duration. A latency that never changes was set by somebody and
 * counts as given, not as measured.
 */
final class SabreReader {
  private static final JsonFactory JSON = new JsonFactory();

  private SabreReader() {}

  static boolean fits(Sample sample) {
    return sample.first().startsWith("[");
  }

  static Trace read(Path file, ReadOptions options) throws IOException {
    Intervals intervals = new Intervals();
    List<Double> times = new ArrayList<>();
    List<Double> latencies = new ArrayList<>();
    double millis = 0; // a whole number: seconds would collect rounding
    try (Reader text = Files.newBufferedReader(file);
        JsonParser json = JSON.createParser(text)) {
      expect(file, json, json.nextToken(), JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(file, json, json.currentToken(), JsonToken.START_OBJECT);
        Map<String, Double> step = step(file, json);
        if (step.containsKey("latency_ms")) {
          times.add(millis / 1e3);
          latencies.add(need(file, json, step, "latency_ms") / 1e3);
        }
        millis += need(file, json, step, "duration_ms");
        intervals.until(millis / 1e3, need(file, json, step, "bandwidth_kbps") * 1e3);
      }
    } catch (JsonParseException e) {
      throw new TraceFormatException(
          file.toString(),
          e.getLocation().getLineNr(),
          "column " + e.getLocation().getColumnNr(),
          "",
          "not JSON: " + e.getOriginalMessage());
    }
    return Origin.of(TraceFormat.SABRE, file, options)
        .trace(intervals, roundTrip(times, latencies, options), "");
  }

  private static RoundTrip roundTrip(
      List<Double> times, List<Double> latencies, ReadOptions options) {
    if (latencies.isEmpty()) {
      return RoundTrip.constant(options.rttSeconds());
    }
    return latencies.stream().distinct().count() == 1
        ? RoundTrip.constant(latencies.get(0))
        : RoundTrip.measured(Numbers.array(times), Numbers.array(latencies));
  }

  /** The numbers of one object, by field; others are passed over. */
  private static Map<String, Double> step(Path file, JsonParser json) throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isNumeric()) {
        double number = json.getDoubleValue();
        if (!(number >= 0) || Double.isInfinite(number)) {
          throw bad(file, json, field, json.getText());
        }
        numbers.put(field, number);
      } else if (field.endsWith("_ms") || field.endsWith("_kbps")) {
        throw bad(file, json, field, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return numbers;
  }

  private static double need(Path file, JsonParser json, Map<String, Double> step, String field) {
    Double value = step.get(field);
    if (value == null) {
      throw bad(file, json, field, "");
    }
    return value;
  }

  private static void expect(Path file, JsonParser json, JsonToken is, JsonToken wanted) {
    if (is != wanted) {
      throw new TraceFormatException(
          file.toString(),
          json.currentLocation().getLineNr(),
          "json",
          String.valueOf(is),
          wanted + " is needed: an array of objects");
    }
  }

  private static TraceFormatException bad(Path file, JsonParser json, String field, String value) {
    return new TraceFormatException(
        file.toString(),
        json.currentLocation().getLineNr(),
        field,
        value,
        "a number of at least 0 is needed");
  }
}
