package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceLibraryTest {
  private static final TraceLibrary LIBRARY = TraceLibrary.builtIn();

  /** The figures that came with the recordings: length, means, longest outage; then ours. */
  @ParameterizedTest
  @CsvSource({
    "belgium-4g-train-outage,300,22.02,,16,50",
    "belgium-4g-tram,300,15.11,,2,50",
    "belgium-4g-bus,300,20.40,,0,50",
    "belgium-4g-car,300,26.04,,2,50",
    "belgium-4g-foot,222,17.89,,0,50",
    "norway-3g-outage,300,1.53,,72,100",
    "norway-3g-long,300,1.46,,8,100",
    "norway-3g-ferry,300,1.09,,0,100",
    "norway-3g-metro,300,0.81,,0,100",
    "norway-3g-bus,300,1.19,,0,100",
    "fcc-fixed-line,300,2.52,,0,30",
    "lte-tmobile,138,16.66,13.16,0,50",
    "lte-verizon,140,5.04,5.96,0,50",
    "lte-att-driving,120,4.57,1.91,0,50",
    "umts-tmobile-driving,300,1.48,0.87,16,100"
  })
  void eachTraceHasTheFiguresOfTheIndex(
      String name, double seconds, double down, Double up, double outage, double rttMillis) {
    Trace trace = LIBRARY.trace(name);
    assertThat(trace.periodSeconds()).isEqualTo(seconds);
    CapacityFigures figures = CapacityFigures.of(trace.down());
    assertThat(figures.meanMbps()).isCloseTo(down, within(0.0051));
    assertThat(figures.longestOutageSeconds()).isEqualTo(outage);
    assertThat(trace.oneWay()).isEqualTo(!Optional.ofNullable(up).isPresent());
    Optional.ofNullable(up)
        .ifPresent(
            mean ->
                assertThat(trace.up().meanBitsPerSecond() / 1e6).isCloseTo(mean, within(0.0051)));
    assertThat(trace.roundTrip().at(0)).isCloseTo(rttMillis / 1e3, within(1e-12));
    assertThat(trace.source()).isNotBlank();
    assertThat(trace.name()).isEqualTo(name);
  }

  @Test
  void theSplitNeverChanges() {
    assertThat(LIBRARY.names(Split.TEST))
        .containsExactlyInAnyOrder(
            "belgium-4g-tram",
            "belgium-4g-train-outage",
            "norway-3g-bus",
            "lte-att-driving",
            "umts-tmobile-driving",
            "fcc-fixed-line");
    assertThat(LIBRARY.names(Split.VALIDATION))
        .containsExactlyInAnyOrder("belgium-4g-foot", "norway-3g-metro", "lte-verizon");
    assertThat(LIBRARY.names(Split.TRAIN)).hasSize(6);
    assertThat(LIBRARY.names()).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> LIBRARY.trace("belgium-4g-trm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no trace 'belgium-4g-trm'. Maybe 'belgium-4g-tram'?");
    assertThatThrownBy(() -> LIBRARY.split("zzz")).hasMessage("There is no trace 'zzz'.");
  }

  @Test
  void importedTracesHaveNamesAsWell(@TempDir Path store) {
    Trace bus = LIBRARY.trace("norway-3g-bus");
    OwnCsv.write(
        new Trace("mine", "me", bus.up(), bus.down(), bus.roundTrip()), store.resolve("mine.csv"));
    OwnCsv.write(bus.first(10), store.resolve("norway-3g-metro.csv"));
    TraceLibrary both = LIBRARY.with(store);
    assertThat(both.names()).hasSize(16).endsWith("mine");
    assertThat(both.split("mine")).isEmpty();
    assertThat(both.trace("mine").source()).isEqualTo("me");
    assertThat(both.trace("mine").down().bitsPerLap())
        .isCloseTo(bus.down().bitsPerLap(), within(1.0));
    // a built-in name cannot be taken over
    assertThat(both.trace("norway-3g-metro").periodSeconds()).isEqualTo(300);
    assertThat(LIBRARY.contains("mine")).isFalse();
    assertThat(LIBRARY.with(store.resolve("absent")).names()).hasSize(15);
  }
}
