package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TraceLibraryTest {
  private static final TraceLibrary LIBRARY = TraceLibrary.builtIn();

  static List<NamedCsvRecord> index() throws IOException {
    InputStream index = TraceLibrary.class.getResourceAsStream("library/index.csv");
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder()
            .ofNamedCsvRecord(
                new InputStreamReader(Objects.requireNonNull(index), StandardCharsets.UTF_8))) {
      return rows.stream().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("index")
  void hasTheFiguresOfItsIndex(NamedCsvRecord row) {
    Trace trace = LIBRARY.trace(row.getField("name"));
    TraceSummary down = TraceSummary.down(trace);
    assertThat(trace.name()).isEqualTo(row.getField("name"));
    assertThat(trace.source()).isEqualTo(row.getField("source")).isNotBlank();
    // whole steps of 2 s: the last one may reach beyond the recording's last second
    assertThat(down.durationSeconds()).isEqualTo(number(row, "seconds"), within(2.0));
    assertThat(down.meanMbps()).isEqualTo(number(row, "down_mean_mbps"), within(0.006));
    assertThat(down.longestOutageSeconds()).isEqualTo(number(row, "longest_outage_s"));
    assertThat(down.warnings()).isEmpty();
    if (row.getField("up_mean_mbps").isEmpty()) {
      assertThat(trace.up()).isSameAs(trace.down());
    } else {
      assertThat(TraceSummary.up(trace).meanMbps())
          .isEqualTo(number(row, "up_mean_mbps"), within(0.006));
    }
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }

  @Test
  void holds15RecordingsInTheOrderOfItsIndex() throws IOException {
    assertThat(LIBRARY.names())
        .hasSize(15)
        .isEqualTo(index().stream().map(row -> row.getField("name")).toList());
  }

  @Test
  void splitsThemWithoutOverlap() {
    assertThat(LIBRARY.names(Split.TRAIN)).hasSize(6);
    assertThat(LIBRARY.names(Split.VALIDATION))
        .containsExactlyInAnyOrder("belgium-4g-foot", "norway-3g-metro", "lte-verizon");
    assertThat(LIBRARY.names(Split.TEST))
        .containsExactlyInAnyOrder(
            "belgium-4g-tram",
            "belgium-4g-train-outage",
            "norway-3g-bus",
            "lte-att-driving",
            "umts-tmobile-driving",
            "fcc-fixed-line");
    List<String> all = new ArrayList<>();
    for (Split split : Split.values()) {
      all.addAll(LIBRARY.names(split));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(LIBRARY.names());
  }

  @Test
  void takesTheRoundTripOfItsKindOfNetwork() {
    assertThat(LIBRARY.trace("belgium-4g-tram").roundTrip().at(0)).isEqualTo(0.05);
    assertThat(LIBRARY.trace("umts-tmobile-driving").roundTrip().at(0)).isEqualTo(0.1);
    assertThat(LIBRARY.trace("norway-3g-bus").roundTrip().at(0)).isEqualTo(0.1);
    assertThat(LIBRARY.trace("fcc-fixed-line").roundTrip().at(0)).isEqualTo(0.03);
    assertThat(LIBRARY.trace("lte-verizon").roundTrip().isMeasured()).isFalse();
  }

  @Test
  void namesTheNearestForAnUnknownName() {
    assertThatThrownBy(() -> LIBRARY.trace("belgium-4g-tran"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'belgium-4g-tran'. Maybe belgium-4g-tram?");
  }
}
